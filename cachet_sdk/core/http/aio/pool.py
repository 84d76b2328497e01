"""A connection pool, the client's own or the caller's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from threading import Lock
from typing import TypeAlias

import httpx

#: Sends a request and returns the response before its body is read.
AsyncSend: TypeAlias = Callable[[httpx.Request], Awaitable[httpx.Response]]


class AsyncPool:
    """Sends requests. Closes when it is retired and its last call has ended.

    Args:
        send: Sends a request.
        close: Closes the connections. None if that is up to the caller.
    """

    __slots__ = ("_calls", "_close", "_is_retired", "_lock", "send")

    def __init__(self, send: AsyncSend, close: Callable[[], Awaitable[None]] | None) -> None:
        self.send: AsyncSend = send
        self._close = close
        self._calls = 0
        self._is_retired = False
        self._lock = Lock()

    def enter(self) -> bool:
        """Count a call that is about to use the pool. Return False if the pool is retired."""
        with self._lock:
            if self._is_retired:
                return False
            self._calls += 1
            return True

    async def leave(self) -> None:
        """Count a call that has ended."""
        with self._lock:
            self._calls -= 1
            is_idle = self._is_retired and self._calls == 0
        if is_idle:
            await self._shut_down()

    async def retire(self) -> None:
        """Accept no more calls, and close when the last one has ended."""
        with self._lock:
            is_idle = not self._is_retired and self._calls == 0
            self._is_retired = True
        if is_idle:
            await self._shut_down()

    async def _shut_down(self) -> None:
        close, self._close = self._close, None
        if close is not None:
            await close()
