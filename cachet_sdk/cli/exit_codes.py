"""How errors become one line on standard error and an exit code that scripts can branch on."""

from __future__ import annotations

import traceback

import click

FAILED = 1
USAGE = 2
NOT_FOUND = 3
REFUSED = 4
MAYBE_APPLIED = 5
CHANGES = 10
INTERRUPTED = 130

#: The exit codes and what they mean, as the manual shows them.
MEANINGS: dict[int, str] = {
    0: "Done.",
    FAILED: "Failed: no connection, a server that fails, or anything that no other code means.",
    USAGE: "Used in a wrong way: an unknown option, a bad value, an ambiguous name. Nothing was sent.",
    NOT_FOUND: "What was named does not exist on the page.",
    REFUSED: "Refused by the server, or there is no token.",
    MAYBE_APPLIED: "Failed, and the change may have been carried out: look before you repeat it.",
    CHANGES: "There is something to do (plan --exit-code).",
    INTERRUPTED: "Interrupted by Ctrl-C.",
}


class CommandError(click.ClickException):
    """An error of the command itself, with an exit code."""

    def __init__(self, message: str, exit_code: int = FAILED) -> None:
        super().__init__(message)
        vars(self)["exit_code"] = exit_code  # a class attribute to click


class NoTokenError(CommandError):
    """There is no token for the page."""

    def __init__(self) -> None:
        super().__init__(
            "no API token: set CACHET_API_TOKEN, pass --token-file, or save one with: cachet login", REFUSED
        )


def exit_code_of(error: BaseException) -> int:
    """Return the exit code that tells this error from others."""
    if isinstance(error, click.ClickException):
        return error.exit_code
    return _exit_code_of_sdk(error)


def _exit_code_of_sdk(error: BaseException) -> int:
    from cachet_sdk.errors import (  # noqa: PLC0415  (brings httpx, which help and completion do without)
        BatchError,
        CachetError,
        ConfigurationError,
        EndpointNotFoundError,
        HTTPError,
        NotFoundError,
        RedirectError,
        ServerError,
    )

    match error:
        case CachetError(maybe_applied=True):
            code = MAYBE_APPLIED
        case ServerError() | RedirectError() | EndpointNotFoundError():
            code = FAILED
        case NotFoundError():
            code = NOT_FOUND
        case ConfigurationError():
            code = USAGE
        case HTTPError():
            code = REFUSED
        case BatchError():
            code = max(exit_code_of(outcome.error) for outcome in error.batch.failures if outcome.error is not None)
        case _:
            code = FAILED
    return code


def report(error: Exception, *, debug: bool) -> int:
    """Print an error on standard error, in one line, and return the exit code for it."""
    code = exit_code_of(error)
    if debug:
        click.echo("".join(traceback.format_exception(error)).rstrip(), err=True)
    click.echo(f"cachet: {one_line(message_of(error))}", err=True)
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(f"See: {error.ctx.command_path} --help", err=True)
    return code


def message_of(error: Exception) -> str:
    """Return what an error says, with what to do when the change may have been carried out."""
    if isinstance(error, click.ClickException):
        return error.format_message()
    from cachet_sdk.errors import CachetError  # noqa: PLC0415

    if isinstance(error, CachetError):
        hint = " (the change may have been carried out: look before you repeat it)" if error.maybe_applied else ""
        return f"{error.message}{hint}"
    if isinstance(error, OSError):
        return str(error)
    return f"{type(error).__name__}: {error} (a bug of this command; --debug shows where)"


def one_line(text: str) -> str:
    """Write a text in one line, without what would move a terminal's cursor or change its colours."""
    return "".join(character if character.isprintable() else " " for character in " ".join(text.split()))
