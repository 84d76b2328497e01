"""What the two flavours cannot have in common: waiting, and doing several things at a time.

Everything here stands twice, by hand: with tasks for asyncio, with threads for blocking code.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Generic, TypeVar

import httpx

from cachet_sdk.core.deadline import time_left, within
from cachet_sdk.core.home import Home

__all__ = [
    "AsyncGate",
    "AsyncLookahead",
    "Gate",
    "Lookahead",
    "async_each",
    "async_sleep",
    "async_within",
    "each",
    "sleep",
    "within",
]

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


class Gate:
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
        self._home = Home()
        self._futures: dict[int, Future[T]] = {}

    def get(self, page: int, last: int) -> T:
        """Give a page, and send for those after it, up to the last that exists."""
        if not self._ahead or (page >= last and not self._futures):
            return self._fetch(page)  # alone: no thread is needed
        self._home.arrive(self._forget)
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

    def _forget(self) -> None:
        """Count on nothing: a forked child has none of its parent's threads."""
        self._pool, self._futures = None, {}

    def _send_for(self, page: int) -> None:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._ahead + 1, thread_name_prefix="cachet_sdk-prefetch")
        self._futures[page] = self._pool.submit(self._fetch, page)


async def async_each(
    total: int, work: Callable[[int], Awaitable[None]], concurrency: int, progress: Callable[[int, int], object] | None
) -> None:
    """Do the work for each number below a total, several at a time, in order of beginning.

    Args:
        total: How many.
        work: Does one; an exception of it ends everything.
        concurrency: How many at a time.
        progress: Called after each with how many are done, and the total.
    """
    numbers = iter(range(total))
    done = 0

    async def worker() -> None:
        nonlocal done
        for number in numbers:
            await work(number)
            done += 1
            if progress is not None:
                progress(done, total)

    tasks = [asyncio.create_task(worker()) for _ in range(min(concurrency, total))]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def each(
    total: int, work: Callable[[int], None], concurrency: int, progress: Callable[[int, int], object] | None
) -> None:
    """Do the work for each number below a total, several at a time, in order of beginning.

    Args:
        total: How many.
        work: Does one, in a thread; an exception of it ends everything.
        concurrency: How many at a time.
        progress: Called in this thread after each with how many are done, and the total.
    """
    numbers = iter(range(total))
    taking = threading.Lock()
    ends: SimpleQueue[BaseException | None] = SimpleQueue()
    stopped = False

    def worker() -> None:
        while not stopped:
            with taking:
                number = next(numbers, None)
            if number is None:
                return
            try:
                work(number)
            except BaseException as error:  # noqa: BLE001  (raised again in the thread that waits)
                ends.put(error)
                return
            ends.put(None)

    with ThreadPoolExecutor(max(1, min(concurrency, total)), thread_name_prefix="cachet_sdk-many") as pool:
        for _ in range(min(concurrency, total)):
            pool.submit(worker)
        try:
            for done in range(1, total + 1):
                error = ends.get()
                if error is not None:
                    raise error
                if progress is not None:
                    progress(done, total)
        finally:
            stopped = True
