"""Writes docs/cli/reference.md from the command, whenever the documentation is built."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click

from cachet_sdk.cli.app import cachet
from cachet_sdk.cli.exit_codes import MEANINGS
from cachet_sdk.cli.options import CommonOption
from cachet_sdk.cli.settings import VARIABLES

TARGET = Path(__file__).parent / "cli" / "reference.md"


def write_reference() -> None:
    """Write the page if it has changed, so that Sphinx does not rebuild it otherwise."""
    text = "\n".join(_page()) + "\n"
    if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
        TARGET.write_text(text, encoding="utf-8")


def _page() -> Iterator[str]:
    yield "# Command reference\n\nGenerated from the command: `cachet COMMAND --help` prints the same.\n"
    yield "## Common options\n"
    yield "They can be placed before or after the subcommand.\n"
    root = click.Context(cachet, info_name="cachet")
    yield from _options([one for one in cachet.get_params(root) if isinstance(one, CommonOption)], root)
    yield "\n## Environment variables\n"
    yield "| variable | sets |\n|---|---|\n| `CACHET_API_TOKEN` | the API token |"
    for key, variable in VARIABLES.items():
        yield f"| `{variable}` | `{key}`, as in `cachet config get {key}` |"
    yield "| `CACHET_CONTEXT` | the saved page to use |\n| `CACHET_CONFIG` | the configuration file |"
    yield "| `CACHET_WEBHOOK_SECRET` | the secret for `cachet webhooks` |"
    yield "| `NO_COLOR`, `FORCE_COLOR` | disable or force colors |"
    yield "\n## Exit codes\n\n| code | meaning |\n|---|---|"
    for code, meaning in MEANINGS.items():
        yield f"| {code} | {_prose(meaning)} |"
    yield ""
    for name in cachet.list_commands(root):
        command = cachet.get_command(root, name)
        if command is not None:
            yield from _command(command, click.Context(command, root, name), 2)


def _command(command: click.Command, ctx: click.Context, level: int) -> Iterator[str]:
    yield f"{'#' * level} {ctx.command_path}\n"
    usage = [ctx.command_path, *(piece for piece in command.collect_usage_pieces(ctx) if piece != "[OPTIONS]")]
    if not isinstance(command, click.Group):
        yield f"```text\n{' '.join(usage)} [OPTIONS]\n```\n"
    yield _help(command.help or "")
    own = [
        one
        for one in command.get_params(ctx)
        if isinstance(one, click.Option) and not isinstance(one, CommonOption) and "--help" not in one.opts
    ]
    yield from _options(own, ctx)
    yield ""
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            inner = command.get_command(ctx, name)
            if inner is not None:
                yield from _command(inner, click.Context(inner, ctx, name), level + 1)


def _help(text: str) -> str:
    """Convert click's help to Markdown. Preformatted paragraphs become code blocks."""
    parts: list[str] = []
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        if paragraph.startswith("\b"):
            parts.append(f"```text{paragraph.removeprefix(chr(8))}\n```")
        else:
            parts.append(_prose(paragraph))
    return "\n\n".join(parts) + "\n"


def _options(options: list[click.Option], ctx: click.Context) -> Iterator[str]:
    for option in options:
        record = option.get_help_record(ctx)
        if record is not None:
            yield f"`{record[0]}`\n: {_prose(record[1])}\n"


def _prose(text: str) -> str:
    """Escape what Markdown would read as HTML, and mark options as code, so that "--" does not become a dash."""
    return re.sub(r"(?<![\w-])--[a-z][a-z-]*", r"`\g<0>`", text.replace("<", "\\<"))
