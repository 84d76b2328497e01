"""``cachet config``: get, list, set, unset, path."""

from __future__ import annotations

import shlex

import click

from cachet_sdk.cli.config import KEYS, config_path, remove_value, set_value
from cachet_sdk.cli.exit_codes import FAILED, USAGE, CommandError
from cachet_sdk.cli.options import Group, output_options
from cachet_sdk.cli.session import Session, pass_session
from cachet_sdk.cli.settings import check_key

_KEY = click.argument("key", type=click.Choice(KEYS), metavar="KEY")

config: Group = Group("config", help="Read and change settings.")


@config.command("get")
@_KEY
@click.option("--origin", is_flag=True, help="Also print where the value comes from.")
@pass_session
def get(session: Session, key: str, *, origin: bool) -> None:
    """Print the effective value of a setting.

    It is taken from a flag, an environment variable, the context, or the defaults, in this order. The exit code is 3
    if it is not set. KEY is endpoint, version, timezone, request_timeout, output, token_file or token_command.
    """
    setting = session.settings.get(check_key(key))
    if setting is None:
        raise CommandError(f"{key} is not set", 3)
    click.echo(f"{setting.text}\t{setting.origin}" if origin else setting.text)


@config.command("list")
@output_options
@pass_session
def list_settings(session: Session) -> None:
    """List all settings that have a value, with their origins."""
    found = [(key, setting) for key in KEYS if (setting := session.settings.get(key)) is not None]
    records: list[dict[str, object]] = [
        {"key": key, "value": setting.text, "origin": setting.origin} for key, setting in found
    ]
    if session.settings.context is not None:
        context = {"key": "context", "value": session.settings.context, "origin": session.settings.context_origin}
        records.insert(0, {**context})
    session.out.list(records, ("key", "value", "origin"))


@config.command("set")
@_KEY
@click.argument("value")
@pass_session
def set_setting(session: Session, key: str, value: str) -> None:
    r"""Set KEY in a context or in the defaults.

    It is set in the context of --context or in the current one, and in the defaults if there is neither.

    \b
    Examples:
      cachet config set output json
      cachet config set token_command "pass show cachet" --context production
    """
    path = config_path()
    context = session.settings.context
    if context is None and key in ("endpoint", "version", "token_command", "token_file"):
        raise CommandError(
            f"{key} can only be set in a context; select one with --context, or create one with: cachet login",
            USAGE,
        )
    stored: object = shlex.split(value) if key == "token_command" else value
    set_value(path, ("contexts", context, key) if context is not None else ("defaults", key), stored)
    session.say(f"Set {key} in {f'context {context}' if context is not None else 'the defaults'} ({path}).")


@config.command("unset")
@_KEY
@pass_session
def unset(session: Session, key: str) -> None:
    """Remove KEY from a context or from the defaults.

    It is removed from the context of --context or from the current one, and from the defaults if there is neither.
    """
    context = session.settings.context
    if not remove_value(config_path(), ("contexts", context, key) if context is not None else ("defaults", key)):
        where = f"context {context}" if context is not None else "the defaults"
        raise CommandError(f"{key} is not set in {where}", FAILED)
    session.say(f"Removed {key}.")


@config.command("path")
def path() -> None:
    """Print the path of the configuration file."""
    click.echo(config_path())
