"""What the two flavours cannot have in common: waiting, and doing several things at a time.

Everything here stands twice, by hand: with tasks for asyncio, with threads for blocking code.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, TypeVar

from cachet_sdk.core.deadline import within

__all__ = ["AsyncGate", "AsyncLookahead", "Gate", "Lookahead", "async_sleep", "async_within", "sleep", "within"]

T = TypeVar("T")


async def async_sleep(seconds: float) -> None:
    """Wait."""
    await asyncio.sleep(seconds)


def sleep(seconds: float) -> None:
    """Wait."""
    time.sleep(seconds)


#: Seconds after the deadline at which a task is cancelled, so that httpx's own and more telling timeout comes first.
_GRACE = 0.05


def async_within(deadline: float | None) -> asyncio.Timeout:
    """Cancel what a task does inside when the deadline, a ``time.monotonic()``, has passed."""
    return asyncio.timeout(None if deadline is None else deadline - time.monotonic() + _GRACE)


class AsyncGate:
    """Lets only so many in at once.

    httpcore's pool looks through all waiting requests whenever one begins or ends, so a thousand at once cost a
    thousand times as much each. Those that wait here are not seen there.
    """

    __slots__ = ("_limit", "_semaphore")

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._semaphore: asyncio.Semaphore | None = None

    async def __aenter__(self) -> None:
        if self._limit is not None:
            if self._semaphore is None:
                self._semaphore = asyncio.Semaphore(self._limit)
            await self._semaphore.acquire()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._semaphore is not None:
            self._semaphore.release()


class Gate:
    """Lets everyone in: a thread that waits in httpcore's pool costs the others little."""

    __slots__ = ()

    def __init__(self, limit: int | None) -> None:
        pass

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        pass


class AsyncLookahead(Generic[T]):
    """Has the next pages on their way while one is in use. Hands them out in order; holds at most ``ahead``."""

    def __init__(self, fetch: Callable[[int], Awaitable[T]], ahead: int) -> None:
        self._fetch = fetch
        self._ahead = ahead
        self._tasks: dict[int, asyncio.Task[T]] = {}

    async def get(self, page: int, last: int) -> T:
        """Give a page, and send for those after it, up to the last that exists."""
        if not self._ahead:
            return await self._fetch(page)
        if page not in self._tasks:
            await self.aclose()  # the reader went elsewhere: what is under way is of no use
            self._send_for(page)
        task = self._tasks.pop(page)
        for number in range(page + 1, min(page + self._ahead, last) + 1):
            if number not in self._tasks:
                self._send_for(number)
        try:
            return await task
        except asyncio.CancelledError:
            task.cancel()
            raise

    async def aclose(self) -> None:
        """Cancel what is under way."""
        tasks, self._tasks = list(self._tasks.values()), {}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _send_for(self, page: int) -> None:
        async def fetch() -> T:
            return await self._fetch(page)

        self._tasks[page] = asyncio.create_task(fetch())


class Lookahead(Generic[T]):
    """Has the next pages on their way while one is in use. Hands them out in order; holds at most ``ahead``."""

    def __init__(self, fetch: Callable[[int], T], ahead: int) -> None:
        self._fetch = fetch
        self._ahead = ahead
        self._pool: ThreadPoolExecutor | None = None
        self._futures: dict[int, Future[T]] = {}

    def get(self, page: int, last: int) -> T:
        """Give a page, and send for those after it, up to the last that exists."""
        if not self._ahead or (page >= last and not self._futures):
            return self._fetch(page)  # alone: no thread is needed
        if page not in self._futures:
            self.close()  # the reader went elsewhere: what is under way is of no use
            self._send_for(page)
        future = self._futures.pop(page)
        for number in range(page + 1, min(page + self._ahead, last) + 1):
            if number not in self._futures:
                self._send_for(number)
        return future.result()

    def close(self) -> None:
        """Drop what is under way: what has not begun never does, and what has ends unheard."""
        pool, self._pool, self._futures = self._pool, None, {}
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    def _send_for(self, page: int) -> None:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._ahead + 1, thread_name_prefix="cachet_sdk-prefetch")
        self._futures[page] = self._pool.submit(self._fetch, page)
