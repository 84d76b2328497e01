"""A click group whose subcommands are imported when they are used, so that help and completion stay fast."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import NamedTuple

import click


class Row(NamedTuple):
    """One subcommand that is not loaded yet.

    Attributes:
        target: ``module:attribute`` of the click command.
        help: One line for the list of commands.
        section: The heading under which the list of commands shows it.
    """

    target: str
    help: str
    section: str = "Commands"


class LazyGroup(click.Group):
    """Loads a subcommand from its row when it is invoked, completed, or asked for help."""

    rows: Mapping[str, Row] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return [*self.rows, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a subcommand and return the command."""
        row = self.rows.get(cmd_name)
        if row is None:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = row.target.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table, without importing any."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for name, row in self.rows.items():
            sections.setdefault(row.section, []).append((name, row.help))
        for section, entries in sections.items():
            with formatter.section(section):
                formatter.write_dl(entries)
