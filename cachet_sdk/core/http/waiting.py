"""Waiting, with a limit: once for asyncio and once for blocking code."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from cachet_sdk.core.http.deadline import deadline_scope

if TYPE_CHECKING:
    import asyncio

__all__ = ["async_deadline_scope", "async_sleep", "deadline_scope", "sleep"]


async def async_sleep(seconds: float) -> None:
    """Wait."""
    import asyncio  # noqa: PLC0415  (30 modules that blocking programs need not wait for)

    await asyncio.sleep(seconds)


def sleep(seconds: float) -> None:
    """Wait."""
    time.sleep(seconds)


#: Seconds after the deadline at which a task is cancelled, so that httpx's own and more telling timeout comes first.
_GRACE = 0.05


def async_deadline_scope(deadline: float | None) -> asyncio.Timeout:
    """Cancel what a task does inside when the deadline, a ``time.monotonic()``, has passed."""
    import asyncio  # noqa: PLC0415  (30 modules that blocking programs need not wait for)

    return asyncio.timeout(None if deadline is None else deadline - time.monotonic() + _GRACE)
