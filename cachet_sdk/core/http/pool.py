# Made by "make sync" from aio/pool.py: edit that file instead of this one.
"""What requests are sent through: a pool of connections of a client's own, or what the caller passed."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TypeAlias

import httpx

#: Sends a request and returns the response, its body not read.
Send: TypeAlias = Callable[[httpx.Request], httpx.Response]


class Pool:
    """A way to send requests that closes once it is retired and its last call is over.

    Args:
        send: Sends a request.
        close: Closes what sends; None when that is the caller's business.
    """

    __slots__ = ("_calls", "_close", "_is_retired", "_lock", "send")

    def __init__(self, send: Send, close: Callable[[], None] | None) -> None:
        self.send: Send = send
        self._close = close
        self._calls = 0
        self._is_retired = False
        self._lock = Lock()

    def enter(self) -> bool:
        """Count a call that is about to use the pool; return False when it is retired."""
        with self._lock:
            if self._is_retired:
                return False
            self._calls += 1
            return True

    def leave(self) -> None:
        """Count a call that is over."""
        with self._lock:
            self._calls -= 1
            is_over = self._is_retired and self._calls == 0
        if is_over:
            self._shut()

    def retire(self) -> None:
        """Let no further call in, and close when none is left."""
        with self._lock:
            is_over = not self._is_retired and self._calls == 0
            self._is_retired = True
        if is_over:
            self._shut()

    def _shut(self) -> None:
        close, self._close = self._close, None
        if close is not None:
            close()
