"""``cachet login`` and ``cachet logout``: create a context with its token, and delete the token."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from cachet_sdk.cli.config import config_path, set_value
from cachet_sdk.cli.exit_codes import NOT_FOUND, REFUSED, USAGE, CommandError
from cachet_sdk.cli.options import Command, complete_contexts
from cachet_sdk.cli.session import Session, pass_session
from cachet_sdk.cli.tokens import forget_token, read_secret, store_token

if TYPE_CHECKING:
    from cachet_sdk.cli.session import AnyClient


@click.command("login", cls=Command)
@click.option("--name", help="Name of the context. Defaults to the host name.")
@click.option("--insecure-storage", is_flag=True, help="Store the token in a file that only you can read.")
@click.option("--no-verify", is_flag=True, help="Do not check the token on the server.")
@pass_session
def login(session: Session, name: str | None, *, insecure_storage: bool, no_verify: bool) -> None:
    r"""Save a status page and its token as a context, and make it the current one.

    The token is prompted for in a terminal, and otherwise read from standard input or --token-file. It is stored in
    the keyring (pip install keyring), or in a file with --insecure-storage.

    \b
    Examples:
      cachet login --endpoint https://status.example.com/api/v1
      cachet login --endpoint https://status.example.com/api --name production < token.txt
    """
    endpoint = session.flags.get("endpoint") or _ask("URL of the API", "--endpoint")
    session.flags["endpoint"] = endpoint
    chosen = name or session.flags.pop("context", None) or urlsplit(endpoint).hostname
    if not chosen:
        raise CommandError(
            f"--endpoint: expected a URL such as https://status.example.com/api/v1, got {endpoint!r}", USAGE
        )
    token = _token(session)
    version = session.flags.get("version")
    if not no_verify:
        version = version or ("1" if "/v1" in endpoint else session.api_version())
        _verify(endpoint, token, version)
    where = store_token(chosen, token, insecure=insecure_storage)
    path = config_path()
    set_value(path, ("contexts", chosen, "endpoint"), endpoint)
    if version is not None:
        set_value(path, ("contexts", chosen, "version"), version)
    set_value(path, ("current_context",), chosen)
    session.say(f"Saved context {chosen} in {path}, and its token in {where}.")


def _ask(question: str, option: str) -> str:
    if not sys.stdin.isatty():
        raise CommandError(f"cannot ask without a terminal; pass {option}", USAGE)
    answer: str = click.prompt(question, err=True)
    return answer


def _token(session: Session) -> str:
    if file := session.flags.get("token_file"):
        return read_secret("--token-file", file)
    if sys.stdin.isatty():
        answer: str = click.prompt("API token", hide_input=True, err=True)
        return answer.strip()
    return read_secret("--token-file", "-")


def _verify(endpoint: str, token: str, version: str | None) -> None:
    from cachet_sdk import Client  # noqa: PLC0415

    with Client(endpoint, token, version) as client:
        if not token_is_valid(client):
            raise CommandError("the server does not accept this token; nothing was saved", REFUSED)


def token_is_valid(client: AnyClient) -> bool:
    """Check a token by reading subscribers, which requires a token. One without permission for that is valid too."""
    from cachet_sdk import AuthenticationError, PermissionDeniedError  # noqa: PLC0415

    try:
        next(iter(client.subscribers.list(per_page=1)), None)
    except AuthenticationError:
        return False
    except PermissionDeniedError:
        return True
    return True


@click.command("logout", cls=Command)
@click.argument("name", required=False, shell_complete=complete_contexts)
@pass_session
def logout(session: Session, name: str | None) -> None:
    """Delete the saved token of a context. Defaults to the current context.

    The context itself is kept. To delete it too, use: cachet context delete
    """
    chosen = name or session.settings.context
    if chosen is None:
        raise CommandError("there is no current context; pass the name of one", USAGE)
    if not forget_token(chosen):
        raise CommandError(f"no token is saved for context {chosen}", NOT_FOUND)
    session.say(f"Deleted the token of context {chosen}.")
