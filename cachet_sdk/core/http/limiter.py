"""How many requests of a client are under way at a time."""

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
    """Lets only so many in at once, and keeps the others waiting as long as httpx's ``pool`` timeout says.

    httpcore's own pool looks through all waiting requests whenever one begins or ends, so a thousand at once cost a
    thousand times as much each. Those that wait here are not seen there.
    """

    __slots__ = ("_limit", "_semaphore", "_timeout")

    def __init__(self, limit: int | None, timeout: float | None) -> None:
        self._limit = limit
        self._timeout = timeout
        self._semaphore: asyncio.Semaphore | None = None

    async def __aenter__(self) -> None:
        if self._limit is None:
            return
        import asyncio  # noqa: PLC0415  (30 modules that blocking programs need not wait for)

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


#: More connections than a process opens.
_MOST_TOKENS = 10_000


class ConnectionLimiter:
    """Lets only so many in at once, and keeps the others waiting as long as httpx's ``pool`` timeout says.

    Who leaves calls in the one who has waited longest: a thread that comes again at once would else be the first to
    take what it has just given back, and the others would wait for ever.

    Ctrl-C may strike between any two steps here. So a thread's name is written down before its token is taken and
    struck out after it is given back: what is left behind is one admission too many, and never one too few.
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
            self._hand_on(self._tokens)
            self._holders.discard(me)

    def _wait(self, tokens: SimpleQueue[None], me: int) -> None:
        mine: SimpleQueue[None] = SimpleQueue()
        self._waiting.append(mine)
        try:
            # Given back before this thread was in the queue, and so for nobody.
            with suppress(Empty):
                tokens.get_nowait()
                self._hand_on(tokens)
            mine.get(timeout=time_left(self._timeout, httpx.PoolTimeout))
        except BaseException as error:
            try:
                self._waiting.remove(mine)
            except ValueError:
                self._hand_on(tokens)  # called in meanwhile
            self._holders.discard(me)
            if isinstance(error, Empty):
                raise httpx.PoolTimeout("no connection became free in time") from None
            raise

    def _hand_on(self, tokens: SimpleQueue[None]) -> None:
        """Call in who has waited longest; lay the token down where nobody waits."""
        while True:
            try:
                first = self._waiting.popleft()
            except IndexError:
                tokens.put(None)
                if not self._waiting:
                    return
                try:  # somebody has come meanwhile, perhaps before it lay there
                    tokens.get_nowait()
                except Empty:
                    return
            else:
                first.put(None)
                return
