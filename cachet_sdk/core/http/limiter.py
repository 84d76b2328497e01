"""Limits how many requests of a client run at a time."""

from __future__ import annotations

import threading
from collections import deque
from contextlib import suppress
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING

import httpx

from cachet_sdk.core.http.deadline import time_left

if TYPE_CHECKING:
    import asyncio


class AsyncConnectionLimiter:
    """A semaphore with httpx's ``pool`` timeout.

    httpcore's pool scans all waiting requests whenever one begins or ends, so with a thousand concurrent requests each
    costs a thousand times as much. Requests that wait here are not scanned.
    """

    __slots__ = ("_limit", "_semaphore", "_timeout")

    def __init__(self, limit: int | None, timeout: float | None) -> None:
        self._limit = limit
        self._timeout = timeout
        self._semaphore: asyncio.Semaphore | None = None

    async def __aenter__(self) -> None:
        if self._limit is None:
            return
        import asyncio  # noqa: PLC0415  (30 modules that sync programs do not need)

        if self._semaphore is None:
            self._semaphore = asyncio.Semaphore(self._limit)
        if not self._semaphore.locked():
            await self._semaphore.acquire()
            return
        try:
            async with asyncio.timeout(self._timeout):
                await self._semaphore.acquire()
        except TimeoutError:
            raise httpx.PoolTimeout("no connection became free in time") from None

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._semaphore is not None:
            self._semaphore.release()


#: More connections than a process can open.
_MOST_TOKENS = 10_000


class ConnectionLimiter:
    """A semaphore with httpx's ``pool`` timeout.

    It is fair: a thread that leaves admits the one that has waited longest. Otherwise a thread that returns at once
    would always get the slot it just released, and the others would wait forever.

    Ctrl-C may be raised between any two steps. So a thread is recorded before it takes its token, and removed after it
    has returned it: an interruption can leave one slot too many, but never one too few.
    """

    __slots__ = ("_holders", "_timeout", "_tokens", "_waiting")

    def __init__(self, limit: int | None, timeout: float | None) -> None:
        self._tokens: SimpleQueue[None] | None = None
        if limit is not None:
            self._tokens = SimpleQueue()
            for _ in range(min(limit, _MOST_TOKENS)):
                self._tokens.put(None)
        self._holders: set[int] = set()
        self._waiting: deque[SimpleQueue[None]] = deque()
        self._timeout = timeout

    @property
    def waiting(self) -> int:
        """How many threads wait for a slot."""
        return len(self._waiting)

    def __enter__(self) -> None:
        me = threading.get_ident()
        if self._tokens is None or me in self._holders:
            return
        self._holders.add(me)
        if not self._waiting:
            try:
                self._tokens.get_nowait()
            except Empty:
                pass
            else:
                return
        self._wait(self._tokens, me)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        me = threading.get_ident()
        if self._tokens is not None and me in self._holders:
            self._release(self._tokens)
            self._holders.discard(me)

    def _wait(self, tokens: SimpleQueue[None], me: int) -> None:
        mine: SimpleQueue[None] = SimpleQueue()
        self._waiting.append(mine)
        try:
            # A token may have been returned just before this thread joined the queue.
            with suppress(Empty):
                tokens.get_nowait()
                self._release(tokens)
            mine.get(timeout=time_left(self._timeout, httpx.PoolTimeout))
        except BaseException as error:
            try:
                self._waiting.remove(mine)
            except ValueError:
                self._release(tokens)  # it was admitted in the meantime
            self._holders.discard(me)
            if isinstance(error, Empty):
                raise httpx.PoolTimeout("no connection became free in time") from None
            raise

    def _release(self, tokens: SimpleQueue[None]) -> None:
        """Admit the thread that has waited longest, or return the token if none is waiting."""
        while True:
            try:
                first = self._waiting.popleft()
            except IndexError:
                tokens.put(None)
                if not self._waiting:
                    return
                try:  # a thread has joined in the meantime, perhaps before the token was returned
                    tokens.get_nowait()
                except Empty:
                    return
            else:
                first.put(None)
                return
