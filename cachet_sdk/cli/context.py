"""``cachet context``: list, use, delete."""

from __future__ import annotations

import click

from cachet_sdk.cli.config import config_path, remove_value, set_value
from cachet_sdk.cli.exit_codes import NOT_FOUND, CommandError
from cachet_sdk.cli.options import Group, complete_contexts, output_options, yes_option
from cachet_sdk.cli.session import Session, pass_session
from cachet_sdk.cli.tokens import forget_token

context: Group = Group("context", help="List and switch between saved status pages.")


@context.command("list")
@output_options
@pass_session
def list_contexts(session: Session) -> None:
    """List the contexts. The current one is marked with an asterisk."""
    settings = session.settings
    records: list[dict[str, object]] = [
        {
            "current": "*" if name == settings.context else "",
            "name": name,
            "endpoint": table.get("endpoint"),
            "version": table.get("version"),
        }
        for name, table in sorted(settings.config.contexts.items())
    ]
    session.out.list(records, ("current", "name", "endpoint", "version"))


@context.command("use")
@click.argument("name", shell_complete=complete_contexts)
@pass_session
def use(session: Session, name: str) -> None:
    """Make a context the current one."""
    _check(session, name)
    set_value(config_path(), ("current_context",), name)
    session.say(f"Switched to context {name}.")


@context.command("delete")
@click.argument("name", shell_complete=complete_contexts)
@yes_option
@pass_session
def delete(session: Session, name: str) -> None:
    """Delete a context and its token."""
    _check(session, name)
    session.confirm(f"Delete context {name} and its token?")
    forget_token(name)
    remove_value(config_path(), ("contexts", name))
    if session.settings.config.current == name:
        remove_value(config_path(), ("current_context",))
    session.say(f"Deleted context {name}.")


def _check(session: Session, name: str) -> None:
    known = session.settings.config.contexts
    if name not in known:
        raise CommandError(
            f"context {name!r} does not exist; choose from: {', '.join(sorted(known)) or '(none)'}", NOT_FOUND
        )
