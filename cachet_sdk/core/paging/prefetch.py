"""Fetches the next pages of a list while one is in use: async with tasks, sync with threads. Written by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import Generic, TypeVar

from cachet_sdk.core.http.pool_owner import PoolOwner

T = TypeVar("T")


class AsyncPrefetcher(Generic[T]):
    """Fetches up to ``ahead`` next pages while one is in use, and returns them in order."""

    def __init__(self, fetch: Callable[[int], Awaitable[T]], ahead: int) -> None:
        self._fetch = fetch
        self._ahead = ahead
        self._tasks: dict[int, asyncio.Task[T]] = {}

    async def get(self, page: int, last: int) -> T:
        """Return a page, and request the following ones up to the last that exists."""
        if not self._ahead:
            return await self._fetch(page)
        if page not in self._tasks:
            await self.aclose()  # the reader jumped to another page, so the pending requests are useless
            self._request(page)
        task = self._tasks.pop(page)
        for number in range(page + 1, min(page + self._ahead, last) + 1):
            if number not in self._tasks:
                self._request(number)
        try:
            return await task
        except asyncio.CancelledError:
            task.cancel()
            raise

    async def aclose(self) -> None:
        """Cancel pending requests."""
        tasks, self._tasks = list(self._tasks.values()), {}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _request(self, page: int) -> None:
        async def fetch() -> T:
            return await self._fetch(page)

        self._tasks[page] = asyncio.create_task(fetch())


class Prefetcher(Generic[T]):
    """Fetches up to ``ahead`` next pages while one is in use, and returns them in order."""

    def __init__(self, fetch: Callable[[int], T], ahead: int) -> None:
        self._fetch = fetch
        self._ahead = ahead
        self._pool: ThreadPoolExecutor | None = None
        self._owner = PoolOwner()
        self._futures: dict[int, Future[T]] = {}

    def get(self, page: int, last: int) -> T:
        """Return a page, and request the following ones up to the last that exists."""
        if not self._ahead or (page >= last and not self._futures):
            return self._fetch(page)  # a single page needs no thread
        self._owner.ensure_current(self._discard)
        if page not in self._futures:
            self.close()  # the reader jumped to another page, so the pending requests are useless
            self._request(page)
        future = self._futures.pop(page)
        for number in range(page + 1, min(page + self._ahead, last) + 1):
            if number not in self._futures:
                self._request(number)
        return future.result()

    def close(self) -> None:
        """Drop pending requests. Those not started never start, and the results of the others are ignored."""
        pool, self._pool, self._futures = self._pool, None, {}
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    def _discard(self) -> None:
        """Discard everything, because a forked process has none of its parent's threads."""
        self._pool, self._futures = None, {}

    def _request(self, page: int) -> None:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._ahead + 1, thread_name_prefix="cachet_sdk-prefetch")
        self._futures[page] = self._pool.submit(copy_context().run, self._fetch, page)
