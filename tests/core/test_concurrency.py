"""Concurrent operations, sync and async: their order, limits and errors, and that they leave nothing behind."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

import httpx
import pytest

from cachet_sdk.core.concurrency import async_run_each, run_each
from cachet_sdk.core.http.limiter import AsyncConnectionLimiter, ConnectionLimiter
from cachet_sdk.core.http.waiting import async_deadline_scope, deadline_scope
from cachet_sdk.core.paging.prefetch import AsyncPrefetcher, Prefetcher


class Pages:
    """Counts how many pages are fetched at a time. The page ``broken`` fails."""

    def __init__(self, *, broken: int | None = None) -> None:
        self.broken = broken
        self.fetched: list[int] = []
        self.current = 0
        self.peak = 0
        self._lock = threading.Lock()

    def _begin(self, page: int) -> None:
        with self._lock:
            self.fetched.append(page)
            self.current += 1
            self.peak = max(self.peak, self.current)

    def _end(self, page: int) -> str:
        with self._lock:
            self.current -= 1
        if page == self.broken:
            raise LookupError(f"page {page}")
        return f"page {page}"

    def fetch(self, page: int) -> str:
        self._begin(page)
        time.sleep(0.005)
        return self._end(page)

    async def async_fetch(self, page: int) -> str:
        self._begin(page)
        try:
            await asyncio.sleep(0.005)
        except asyncio.CancelledError:
            self.current -= 1
            raise
        return self._end(page)


@pytest.mark.parametrize("ahead", [0, 1, 3])
def test_pages_are_returned_in_order_and_prefetching_is_limited(ahead: int) -> None:
    pages = Pages()
    prefetcher = Prefetcher(pages.fetch, ahead)

    assert [prefetcher.get(page, 9) for page in range(1, 10)] == [f"page {page}" for page in range(1, 10)]
    assert sorted(pages.fetched) == list(range(1, 10))
    assert pages.peak <= ahead + 1
    prefetcher.close()


@pytest.mark.parametrize("ahead", [0, 1, 3])
async def test_pages_are_returned_in_order_and_prefetching_is_limited_in_tasks(ahead: int) -> None:
    pages = Pages()
    prefetcher = AsyncPrefetcher(pages.async_fetch, ahead)

    assert [await prefetcher.get(page, 9) for page in range(1, 10)] == [f"page {page}" for page in range(1, 10)]
    assert sorted(pages.fetched) == list(range(1, 10))
    assert pages.peak <= ahead + 1


def test_an_error_is_raised_when_its_page_is_requested() -> None:
    prefetcher = Prefetcher(Pages(broken=3).fetch, 3)

    assert [prefetcher.get(1, 9), prefetcher.get(2, 9)] == ["page 1", "page 2"]
    with pytest.raises(LookupError, match="page 3"):
        prefetcher.get(3, 9)
    prefetcher.close()


async def test_an_error_is_raised_when_its_page_is_requested_in_tasks() -> None:
    prefetcher = AsyncPrefetcher(Pages(broken=3).async_fetch, 3)

    assert [await prefetcher.get(1, 9), await prefetcher.get(2, 9)] == ["page 1", "page 2"]
    with pytest.raises(LookupError, match="page 3"):
        await prefetcher.get(3, 9)
    await prefetcher.aclose()


def test_a_reader_that_goes_back_fetches_the_page_again() -> None:
    pages = Pages()
    prefetcher = Prefetcher(pages.fetch, 2)

    assert [prefetcher.get(page, 9) for page in (1, 2, 1, 2)] == ["page 1", "page 2", "page 1", "page 2"]
    assert pages.fetched.count(1) == 2
    prefetcher.close()


async def test_a_reader_that_goes_back_fetches_the_page_again_in_tasks() -> None:
    pages = Pages()
    prefetcher = AsyncPrefetcher(pages.async_fetch, 2)

    assert [await prefetcher.get(page, 9) for page in (1, 2, 1, 2)] == ["page 1", "page 2", "page 1", "page 2"]
    assert pages.fetched.count(1) == 2
    await prefetcher.aclose()


def test_a_list_of_one_page_needs_no_thread() -> None:
    prefetcher = Prefetcher(lambda _: threading.current_thread(), 5)

    assert prefetcher.get(1, 1) is threading.current_thread()


def test_pages_that_are_not_being_fetched_are_not_fetched_after_closing() -> None:
    pages, proceed = Pages(), threading.Event()

    def fetch(page: int) -> str:
        if page > 1:
            proceed.wait(5)
        return pages.fetch(page)

    prefetcher = Prefetcher(fetch, 2)
    prefetcher.get(1, 50)
    prefetcher.close()
    proceed.set()
    time.sleep(0.05)
    assert set(pages.fetched) <= {1, 2, 3}
    prefetcher.close()


async def test_closing_cancels_the_running_tasks() -> None:
    pages = Pages()

    async def fetch(page: int) -> str:
        await asyncio.sleep(0 if page == 1 else 5)
        return await pages.async_fetch(page)

    prefetcher = AsyncPrefetcher(fetch, 4)
    await prefetcher.get(1, 50)
    assert len(asyncio.all_tasks()) == 5

    await prefetcher.aclose()
    assert pages.fetched == [1]
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_cancelled_reader_cancels_its_page() -> None:
    pages = Pages()
    prefetcher = AsyncPrefetcher(pages.async_fetch, 1)
    reader = asyncio.create_task(prefetcher.get(1, 1))
    await asyncio.sleep(0.001)

    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert pages.current == 0


async def test_an_async_limiter_admits_at_most_its_limit() -> None:
    limiter, active, peak = AsyncConnectionLimiter(3, None), 0, 0

    async def use() -> None:
        nonlocal active, peak
        async with limiter:
            active += 1
            peak = max(peak, active)
            await asyncio.sleep(0.001)
            active -= 1

    await asyncio.gather(*(use() for _ in range(20)))
    assert peak == 3


def test_a_sync_limiter_admits_at_most_its_limit() -> None:
    limiter, lock, active, peak = ConnectionLimiter(3, None), threading.Lock(), 0, 0

    def use() -> None:
        nonlocal active, peak
        with limiter:
            with lock:
                active += 1
                peak = max(peak, active)
            time.sleep(0.002)
            with lock:
                active -= 1

    threads = [threading.Thread(target=use) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert peak == 3


async def test_waiting_for_a_limiter_times_out() -> None:
    limiter, async_limiter = ConnectionLimiter(1, 0.01), AsyncConnectionLimiter(1, 0.01)

    with held_by_another_thread(limiter), pytest.raises(httpx.PoolTimeout, match="no connection became free"), limiter:
        pass
    async with async_limiter:
        with pytest.raises(httpx.PoolTimeout, match="no connection became free"):
            async with async_limiter:
                pass
    with limiter:
        pass


def test_waiting_for_a_limiter_ends_at_the_deadline() -> None:
    limiter, started = ConnectionLimiter(1, None), time.monotonic()

    with held_by_another_thread(limiter):
        with deadline_scope(started + 0.05), pytest.raises(httpx.PoolTimeout), limiter:
            pass
        with deadline_scope(started), pytest.raises(httpx.PoolTimeout), limiter:
            pass
    assert time.monotonic() - started < 1
    with limiter:
        pass


def test_a_limiter_is_reentrant_within_a_thread() -> None:
    limiter = ConnectionLimiter(1, 0.01)

    with limiter, limiter:
        pass
    with held_by_another_thread(limiter), pytest.raises(httpx.PoolTimeout), limiter:
        pass


async def test_a_limiter_without_a_limit_admits_everyone() -> None:
    gate, async_gate = ConnectionLimiter(None, 0.01), AsyncConnectionLimiter(None, 0.01)

    with held_by_another_thread(gate), held_by_another_thread(gate), gate:
        assert gate.waiting == 0
    async with async_gate, async_gate:
        pass


async def test_a_task_is_cancelled_shortly_after_its_deadline() -> None:
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        async with async_deadline_scope(started + 0.01):
            await asyncio.sleep(5)
    assert time.monotonic() - started < 1
    async with async_deadline_scope(None):
        pass


def test_each_item_is_done_once_and_concurrency_is_limited() -> None:
    pages, steps = Pages(), list[tuple[int, int]]()

    run_each(10, lambda number: void(pages.fetch(number)), 3, lambda done, total: steps.append((done, total)))
    assert sorted(pages.fetched) == list(range(10))
    assert pages.peak <= 3
    assert steps == [(done, 10) for done in range(1, 11)]


async def test_each_item_is_done_once_and_concurrency_is_limited_in_tasks() -> None:
    pages, steps = Pages(), list[tuple[int, int]]()

    async def work(number: int) -> None:
        await pages.async_fetch(number)

    await async_run_each(10, work, 3, lambda done, total: steps.append((done, total)))
    assert sorted(pages.fetched) == list(range(10))
    assert pages.peak <= 3
    assert steps == [(done, 10) for done in range(1, 11)]


async def test_an_unexpected_error_stops_all_work() -> None:
    pages, async_pages = Pages(broken=3), Pages(broken=3)

    async def work(number: int) -> None:
        await async_pages.async_fetch(number)

    with pytest.raises(LookupError, match="page 3"):
        run_each(1000, lambda number: void(pages.fetch(number)), 2, None)
    with pytest.raises(LookupError, match="page 3"):
        await async_run_each(1000, work, 2, None)
    assert len(pages.fetched) < 20
    assert len(async_pages.fetched) < 20
    assert async_pages.current == 0


async def test_an_empty_batch_does_and_reports_nothing() -> None:
    calls: list[object] = []

    async def work(number: int) -> None:
        calls.append(number)

    def report(done: int, total: int) -> None:
        calls.append((done, total))

    run_each(0, calls.append, 3, report)
    await async_run_each(0, work, 3, report)
    assert calls == []


@contextmanager
def held_by_another_thread(limiter: ConnectionLimiter) -> Generator[None]:
    inside, done = threading.Event(), threading.Event()

    def hold() -> None:
        with limiter:
            inside.set()
            done.wait(5)

    thread = threading.Thread(target=hold)
    thread.start()
    inside.wait(5)
    try:
        yield
    finally:
        done.set()
        thread.join()


def void(_: object) -> None:
    """Discard a result."""


def test_the_thread_that_has_waited_longest_is_admitted_first() -> None:
    limiter, order = ConnectionLimiter(1, 5), list[str]()

    def use(name: str) -> None:
        with limiter:
            order.append(name)

    with limiter:
        threads = [threading.Thread(target=use, args=(name,)) for name in "abc"]
        for count, thread in enumerate(threads, 1):
            thread.start()
            wait_for(lambda count=count: limiter.waiting == count)  # type: ignore[misc]
    use("latecomer")
    for thread in threads:
        thread.join()
    assert order == ["a", "b", "c", "latecomer"]


def test_no_thread_starves_under_contention() -> None:
    limiter, turns, until = ConnectionLimiter(2, 5), [0] * 8, time.monotonic() + 0.5

    def use(number: int) -> None:
        while time.monotonic() < until:
            with limiter:
                turns[number] += 1

    threads = [threading.Thread(target=use, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert min(turns) > 10
    # There are still exactly two slots.
    with held_by_another_thread(limiter), held_by_another_thread(limiter):
        with deadline_scope(time.monotonic() + 0.05), pytest.raises(httpx.PoolTimeout), limiter:
            pass


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    until = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.001)
