"""``--wait`` and ``--timeout``: poll the server until a condition is met."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

import click

from cachet_sdk.cli.exit_codes import CommandError
from cachet_sdk.cli.values import duration

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])
T = TypeVar("T")

#: Seconds between the first two polls, and at most between any two.
_FIRST, _LONGEST = 0.5, 10.0


def wait_options(help: str) -> Callable[[FunctionT], FunctionT]:  # noqa: A002  (click's word)
    """Add ``--wait`` and ``--timeout`` to a command."""

    def decorate(function: FunctionT) -> FunctionT:
        function = click.option(
            "--timeout", metavar="DURATION", help="Stop waiting after this time, such as 90s or 10m, with exit code 1."
        )(function)
        return click.option("--wait", is_flag=True, help=help)(function)

    return decorate


def wait_until(look: Callable[[], T], is_so: Callable[[T], bool], *, timeout: str | None, goal: str) -> T:
    """Poll until a condition is met, and return what was read last.

    Args:
        look: Reads from the server.
        is_so: Returns whether the condition is met.
        timeout: The value of ``--timeout``; None to wait without limit.
        goal: The condition in words, for the error message.

    Raises:
        CommandError: If the condition is not met in time.
    """
    end = None if timeout is None else time.monotonic() + duration(timeout, "--timeout").total_seconds()
    pause = _FIRST
    while True:
        seen = look()
        if is_so(seen):
            return seen
        if end is not None and time.monotonic() + pause > end:
            raise CommandError(f"timed out after {timeout} waiting for {goal}")
        time.sleep(pause)
        pause = min(pause * 1.5, _LONGEST)
