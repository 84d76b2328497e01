"""A click group that imports a subcommand only when it is used, which keeps help and completion fast."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import NamedTuple

import click


class Row(NamedTuple):
    """A subcommand that is imported on first use.

    Attributes:
        target: ``module:attribute`` of the click command.
        help: Short help for the list of commands.
        section: Heading in the list of commands.
    """

    target: str
    help: str
    section: str = "Commands"


class LazyGroup(click.Group):
    """A group whose subcommands are listed in ``rows``."""

    rows: Mapping[str, Row] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of ``rows``."""
        return [*self.rows, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a subcommand."""
        row = self.rows.get(cmd_name)
        if row is None:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = row.target.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any of them."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for name, row in self.rows.items():
            sections.setdefault(row.section, []).append((name, row.help))
        for section, entries in sections.items():
            with formatter.section(section):
                formatter.write_dl(entries)
