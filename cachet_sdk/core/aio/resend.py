"""Sends a write whose response may be lost, without applying it twice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from cachet_sdk.core.http.failures import mark_maybe_applied
from cachet_sdk.errors import CachetError

ResultT = TypeVar("ResultT")


async def async_send_unless_found(
    send: Callable[[], Awaitable[ResultT]], find: Callable[[], Awaitable[ResultT | None]]
) -> ResultT:
    """Send a write. If its response is lost, check whether it was applied before sending it once more.

    Args:
        send: Sends the write.
        find: Returns what the write created, or None if the server does not have it.
    """
    try:
        return await send()
    except CachetError as error:
        if not error.maybe_applied:
            raise
        with mark_maybe_applied():
            found = await find()
    return await send() if found is None else found
