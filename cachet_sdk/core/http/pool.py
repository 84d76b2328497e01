# Made by "make sync" from aio/pool.py: edit that file instead of this one.
"""What requests are sent through: the client's own connection pool, or what the caller passed."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TypeAlias

import httpx

#: Sends a request and returns the response before its body is read.
Send: TypeAlias = Callable[[httpx.Request], httpx.Response]


class Pool:
    """Sends requests; closes once it is retired and its last call has ended.

    Args:
        send: Sends a request.
        close: Closes the sender; None when the caller closes it.
    """

    __slots__ = ("_calls", "_close", "_is_retired", "_lock", "send")

    def __init__(self, send: Send, close: Callable[[], None] | None) -> None:
        self.send: Send = send
        self._close = close
        self._calls = 0
        self._is_retired = False
        self._lock = Lock()

    def enter(self) -> bool:
        """Count a call that is about to use the pool; return False if the pool is retired."""
        with self._lock:
            if self._is_retired:
                return False
            self._calls += 1
            return True

    def leave(self) -> None:
        """Count a call that has ended."""
        with self._lock:
            self._calls -= 1
            is_over = self._is_retired and self._calls == 0
        if is_over:
            self._shut()

    def retire(self) -> None:
        """Accept no more calls, and close once none is left."""
        with self._lock:
            is_over = not self._is_retired and self._calls == 0
            self._is_retired = True
        if is_over:
            self._shut()

    def _shut(self) -> None:
        close, self._close = self._close, None
        if close is not None:
            close()
