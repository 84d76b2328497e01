"""Options shared by commands, and the command classes that accept the common ones in any position."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import click

from cachet_sdk.cli.session import Session

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])

OUTPUTS = ("table", "json", "jsonl", "yaml", "csv")


def _remember(ctx: click.Context, parameter: click.Parameter, value: object) -> None:
    if value is not None and value is not False and not ctx.resilient_parsing:
        ctx.ensure_object(Session).flags[str(parameter.name)] = str(value)


def common_options() -> Iterator[click.Option]:
    """Yield the options that are accepted after ``cachet`` and after any subcommand."""

    def option(*declarations: str, **attributes: Any) -> click.Option:
        return CommonOption([*declarations], expose_value=False, callback=_remember, **attributes)

    yield option(
        "--context",
        metavar="NAME",
        help="Use this saved status page. Takes precedence over the environment.",
        shell_complete=complete_contexts,
    )
    yield option("--endpoint", metavar="URL", help="URL of the API, such as https://status.example.com/api/v1.")
    yield option("--api-version", "version", type=click.Choice(["1", "3"]), help="1 for Cachet 2, 3 for Cachet 3.")
    yield option("--token-file", metavar="FILE", help="Read the API token from a file, or from standard input for -.")
    yield option("--timezone", metavar="ZONE", help="Time zone for input and output, such as Europe/Oslo.")
    yield option("--request-timeout", metavar="SECONDS", help="Timeout of one attempt of a request.")
    yield option("--debug", is_flag=True, help="Show tracebacks of errors.")


def output_options(function: FunctionT) -> FunctionT:
    """Add ``-o``, ``--columns`` and ``--no-header`` to a command that prints data."""

    def option(*declarations: str, **attributes: Any) -> Callable[[FunctionT], FunctionT]:
        return click.option(*declarations, expose_value=False, callback=_remember, **attributes)

    for decorate in (
        option("--no-header", is_flag=True, help="Omit the column names (table, csv)."),
        option("--columns", metavar="NAMES", help="Comma-separated columns to print."),
        option("-o", "--output", type=click.Choice(OUTPUTS), help="Output format. Defaults to table."),
    ):
        function = decorate(function)
    return function


def dry_run_option(function: FunctionT) -> FunctionT:
    """Add ``--dry-run`` to a command that writes."""
    return click.option(
        "--dry-run",
        is_flag=True,
        expose_value=False,
        callback=_remember,
        help="Print the first request that would change something, and stop.",
    )(output_options(function) if not _has_output(function) else function)


def yes_option(function: FunctionT) -> FunctionT:
    """Add ``--yes`` to a destructive command."""
    return click.option(
        "--yes", "-y", is_flag=True, expose_value=False, callback=_remember, help="Do not ask for confirmation."
    )(function)


def _has_output(function: Callable[..., Any]) -> bool:
    parameters: list[click.Parameter] = getattr(function, "__click_params__", [])
    return any(parameter.name == "output" for parameter in parameters)


def complete_contexts(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Complete the name of a context."""
    from cachet_sdk.cli.config import Config  # noqa: PLC0415  (only needed for completion)

    return [name for name in Config.load().contexts if name.startswith(incomplete)]


class CommonOption(click.Option):
    """An option of every command. The help of a command only lists their names."""


class Command(click.Command):
    """A command that also accepts the common options."""

    def __init__(self, name: str | None, *, params: list[click.Parameter] | None = None, **attributes: Any) -> None:
        super().__init__(name, params=[*(params or []), *common_options()], **attributes)
        # In a raw docstring, click's marker for a preformatted paragraph is two characters.
        self.help: str | None = self.help.replace("\\b\n", "\b\n") if self.help is not None else None

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's own options in full, and the names of the common ones."""
        records: list[tuple[str, str]] = []
        common: list[str] = []
        for parameter in self.get_params(ctx):
            if isinstance(parameter, CommonOption):
                common.append(parameter.opts[0])
            elif isinstance(parameter, click.Option) and (record := parameter.get_help_record(ctx)) is not None:
                records.append(record)
        with formatter.section("Options"):
            formatter.write_dl(records)
        with formatter.section("Common options (see: cachet --help)"):
            formatter.write_text(", ".join(common))


class Group(click.Group):
    """A group whose commands also accept the common options."""

    command_class: type[click.Command] | None = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments start with. The error for an unknown one suggests a similar one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            similar = difflib.get_close_matches(args[0], self.list_commands(ctx), n=1)
            if not similar:
                raise
            raise click.UsageError(f"{error.message} Did you mean {similar[0]!r}?", error.ctx) from None


Group.group_class = Group
