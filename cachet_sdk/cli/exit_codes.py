"""Map errors to one line on standard error and an exit code for scripts."""

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

#: The exit codes, as documented in the reference.
MEANINGS: dict[int, str] = {
    0: "Success.",
    FAILED: "Failure: no connection, a server error, or any error without a code of its own.",
    USAGE: "Usage error: an unknown option, an invalid value, an ambiguous name. Nothing was sent.",
    NOT_FOUND: "Not found: the resource does not exist.",
    REFUSED: "Refused by the server, or no token is configured.",
    MAYBE_APPLIED: "Failure, but the change may have been applied. Check before you repeat it.",
    CHANGES: "There are changes to apply (plan --exit-code).",
    INTERRUPTED: "Interrupted by Ctrl-C.",
}


class CommandError(click.ClickException):
    """An error of the command itself, with an exit code."""

    def __init__(self, message: str, exit_code: int = FAILED) -> None:
        super().__init__(message)
        vars(self)["exit_code"] = exit_code  # a class attribute to click


class NoTokenError(CommandError):
    """No token is configured."""

    def __init__(self) -> None:
        super().__init__(
            "no API token is configured: set CACHET_API_TOKEN, pass --token-file, or run: cachet login", REFUSED
        )


def exit_code_of(error: BaseException) -> int:
    """Return the exit code for an error."""
    if isinstance(error, click.ClickException):
        return error.exit_code
    return _exit_code_of_sdk(error)


def _exit_code_of_sdk(error: BaseException) -> int:
    from cachet_sdk.errors import (  # noqa: PLC0415  (imports httpx, which help and completion do not need)
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
    """Print an error to standard error as one line, and return its exit code."""
    code = exit_code_of(error)
    if debug:
        click.echo("".join(traceback.format_exception(error)).rstrip(), err=True)
    click.echo(f"cachet: {one_line(message_of(error))}", err=True)
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(f"See: {error.ctx.command_path} --help", err=True)
    return code


def message_of(error: Exception) -> str:
    """Return the message of an error, with a hint if the change may have been applied."""
    if isinstance(error, click.ClickException):
        return error.format_message()
    from cachet_sdk.errors import CachetError  # noqa: PLC0415

    if isinstance(error, CachetError):
        hint = " (the change may have been applied: check before you repeat it)" if error.maybe_applied else ""
        return f"{error.message}{hint}"
    if isinstance(error, OSError):
        return str(error)
    return f"{type(error).__name__}: {error} (a bug in this command; --debug shows the traceback)"


def one_line(text: str) -> str:
    """Return a text as one line without control characters, which could move the cursor or change colors."""
    return "".join(character if character.isprintable() else " " for character in " ".join(text.split()))
