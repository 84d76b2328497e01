"""Waiting, with a limit: once for asyncio and once for blocking code."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from cachet_sdk.core.http.deadline import deadline_scope
from cachet_sdk.errors import ClientStateError

if TYPE_CHECKING:
    import asyncio

__all__ = ["async_deadline_scope", "async_sleep", "deadline_scope", "sleep", "stop_waiting_at"]

_this_thread = threading.local()


async def async_sleep(seconds: float) -> None:
    """Wait."""
    import asyncio  # noqa: PLC0415  (30 modules that blocking programs need not wait for)

    await asyncio.sleep(seconds)


def sleep(seconds: float) -> None:
    """Wait.

    Raises:
        ClientStateError: when what this thread works for was stopped.
    """
    stopped: threading.Event | None = getattr(_this_thread, "stopped", None)
    if stopped is None:
        time.sleep(seconds)
    elif stopped.wait(seconds):
        raise ClientStateError("the batch was stopped before the request could be sent again")


def stop_waiting_at(event: threading.Event) -> None:
    """Have this thread wait no longer than until an event: what it works for may be stopped by another thread."""
    _this_thread.stopped = event


#: Seconds after the deadline at which a task is cancelled, so that httpx's own and more telling timeout comes first.
_GRACE = 0.05


def async_deadline_scope(deadline: float | None) -> asyncio.Timeout:
    """Cancel what a task does inside when the deadline, a ``time.monotonic()``, has passed."""
    import asyncio  # noqa: PLC0415  (30 modules that blocking programs need not wait for)

    return asyncio.timeout(None if deadline is None else deadline - time.monotonic() + _GRACE)
