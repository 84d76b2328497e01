"""Find, store and delete the API token. It is never an argument, because other users can see those."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from cachet_sdk.cli.config import credentials_path, read_toml, remove_value, set_value
from cachet_sdk.cli.exit_codes import FAILED, USAGE, CommandError, NoTokenError
from cachet_sdk.cli.settings import Settings

#: Service name of tokens in the keyring.
_SERVICE = "cachet"


class Keyring(Protocol):
    """The functions of the package keyring that are used here."""

    def get_password(self, service_name: str, username: str) -> str | None:
        """Return a stored password."""
        ...

    def set_password(self, service_name: str, username: str, password: str) -> None:
        """Store a password."""
        ...

    def delete_password(self, service_name: str, username: str) -> None:
        """Remove a password."""
        ...


def find_token(settings: Settings) -> tuple[str, str]:
    """Return the API token and a description of its origin.

    Raises:
        NoTokenError: If none is configured.
        CommandError: If the configured file or command does not provide one.
    """
    token_file = settings.get("token_file")
    if token_file is not None and token_file.layer == "flag":
        return read_secret("--token-file", token_file.text), token_file.origin
    if settings.context_is_flag and (found := _of_context(settings)):
        return found
    if token := os.environ.get("CACHET_API_TOKEN"):
        return token, "environment CACHET_API_TOKEN"
    if token_file is not None and token_file.layer == "environment":
        return read_secret("--token-file", token_file.text), token_file.origin
    if found := _of_context(settings):
        return found
    raise NoTokenError


def _of_context(settings: Settings) -> tuple[str, str] | None:
    if settings.context is None or not settings.is_own_endpoint():
        return None
    where = f"context {settings.context}"
    table = settings.context_table
    if command := table.get("token_command"):
        return _run(command), f"{where}, token_command"
    if file := table.get("token_file"):
        return read_secret("--token-file", str(file)), f"{where}, token_file"
    stored = read_toml(credentials_path()).get(settings.context)
    if isinstance(stored, str):
        return stored, f"{where}, {credentials_path()}"
    keyring = load_keyring()
    token = keyring.get_password(_SERVICE, settings.context) if keyring is not None else None
    return (token, f"{where}, keyring") if token else None


def read_secret(option: str, name: str) -> str:
    """Read a token or another secret from a file, or from standard input for ``-``.

    Raises:
        CommandError: If it cannot be read or is empty. The message names the option.
    """
    try:
        text = sys.stdin.read() if name == "-" else Path(name).expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise CommandError(f"{option}: {name} cannot be read: {reason}", USAGE) from None
    if not text.strip():
        raise CommandError(f"{option}: {name} is empty", USAGE)
    return text.strip()


def _run(command: object) -> str:
    is_list = isinstance(command, list)
    words = [str(word) for word in cast("list[object]", command)] if is_list else shlex.split(str(command))
    try:
        done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603  (the user's command)
    except (OSError, ValueError, IndexError) as error:
        raise CommandError(f"token_command: {words[0] if words else command!r} cannot be run: {error}") from None
    if done.returncode != 0 or not done.stdout.strip():
        raise CommandError(f"token_command: {words[0]} printed no token (exit code {done.returncode})")
    return done.stdout.strip()


def load_keyring() -> Keyring | None:
    """Return the package keyring, or None if it is not installed or has no usable backend."""
    try:
        module = import_module("keyring")
        fail = import_module("keyring.backends.fail")
    except ImportError:
        return None
    return None if isinstance(module.get_keyring(), fail.Keyring) else cast("Keyring", module)


def store_token(context: str, token: str, *, insecure: bool) -> str:
    """Store the token of a context, and return a description of the place.

    Raises:
        CommandError: If there is no keyring and ``insecure`` is false.
    """
    if insecure:
        set_value(credentials_path(), (context,), token)
        return str(credentials_path())
    keyring = load_keyring()
    if keyring is None:
        raise CommandError(
            "there is no keyring to store the token in: install one (pip install keyring), pass --insecure-storage to "
            "store it in a file that only you can read, or set token_command in the context",
            FAILED,
        )
    keyring.set_password(_SERVICE, context, token)
    return "the keyring"


def forget_token(context: str) -> bool:
    """Delete the stored token of a context. Return whether there was one."""
    removed = remove_value(credentials_path(), (context,)) if credentials_path().exists() else False
    keyring = load_keyring()
    if keyring is not None and keyring.get_password(_SERVICE, context):
        keyring.delete_password(_SERVICE, context)
        removed = True
    return removed
