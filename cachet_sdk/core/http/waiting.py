"""Sync and async waits, and their limits."""

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
    import asyncio  # noqa: PLC0415  (30 modules that sync programs do not need)

    await asyncio.sleep(seconds)


def sleep(seconds: float) -> None:
    """Wait.

    Raises:
        ClientStateError: If the batch of this thread was stopped.
    """
    stopped: threading.Event | None = getattr(_this_thread, "stopped", None)
    if stopped is None:
        time.sleep(seconds)
    elif stopped.wait(seconds):
        raise ClientStateError("the batch was stopped before the request could be sent again")


def stop_waiting_at(event: threading.Event) -> None:
    """Make the waits of this thread end at an event, which another thread sets to stop the batch."""
    _this_thread.stopped = event


#: Seconds between the deadline and the cancellation of a task, so that httpx's own, more specific timeout comes first.
_GRACE = 0.05


def async_deadline_scope(deadline: float | None) -> asyncio.Timeout:
    """Cancel the block of an ``async with`` statement at a deadline, by ``time.monotonic()``."""
    import asyncio  # noqa: PLC0415  (30 modules that sync programs do not need)

    return asyncio.timeout(None if deadline is None else deadline - time.monotonic() + _GRACE)
