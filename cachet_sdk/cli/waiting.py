"""``--wait`` and ``--timeout``: ask the server again until something is so."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

import click

from cachet_sdk.cli.exit_codes import CommandError
from cachet_sdk.cli.values import duration

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])
T = TypeVar("T")

#: Seconds between the first two looks, and the most between any two.
_FIRST, _LONGEST = 0.5, 10.0


def wait_options(help: str) -> Callable[[FunctionT], FunctionT]:  # noqa: A002  (click's word)
    """Add ``--wait`` and ``--timeout`` to a command."""

    def decorate(function: FunctionT) -> FunctionT:
        function = click.option(
            "--timeout", metavar="DURATION", help="Give up waiting after this long, such as 90s or 10m; exit code 1."
        )(function)
        return click.option("--wait", is_flag=True, help=help)(function)

    return decorate


def wait_until(look: Callable[[], T], is_so: Callable[[T], bool], *, timeout: str | None, goal: str) -> T:
    """Look again and again until something is so, and return what was seen last.

    Args:
        look: Asks the server.
        is_so: Whether the wait is over.
        timeout: How long to wait, as ``--timeout`` takes it; None for ever.
        goal: What is waited for, for the message.

    Raises:
        CommandError: when the time is over.
    """
    end = None if timeout is None else time.monotonic() + duration(timeout, "--timeout").total_seconds()
    pause = _FIRST
    while True:
        seen = look()
        if is_so(seen):
            return seen
        if end is not None and time.monotonic() + pause > end:
            raise CommandError(f"timed out after {timeout} of waiting for {goal}")
        time.sleep(pause)
        pause = min(pause * 1.5, _LONGEST)
