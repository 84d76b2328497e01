"""Several operations at a time, sync and async: order, bounds, errors at their place, nothing left behind."""

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
    """Counts how many are fetched at a time; page 3 fails when asked to."""

    def __init__(self, *, broken: int | None = None) -> None:
        self.broken = broken
        self.fetched: list[int] = []
        self.now = 0
        self.most = 0
        self._lock = threading.Lock()

    def _begin(self, page: int) -> None:
        with self._lock:
            self.fetched.append(page)
            self.now += 1
            self.most = max(self.most, self.now)

    def _end(self, page: int) -> str:
        with self._lock:
            self.now -= 1
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
            self.now -= 1
            raise
        return self._end(page)


@pytest.mark.parametrize("ahead", [0, 1, 3])
def test_pages_come_in_order_and_no_more_are_under_way_than_asked_for(ahead: int) -> None:
    pages = Pages()
    lookahead = Prefetcher(pages.fetch, ahead)

    assert [lookahead.get(page, 9) for page in range(1, 10)] == [f"page {page}" for page in range(1, 10)]
    assert sorted(pages.fetched) == list(range(1, 10))
    assert pages.most <= ahead + 1
    lookahead.close()


@pytest.mark.parametrize("ahead", [0, 1, 3])
async def test_pages_come_in_order_in_tasks_too(ahead: int) -> None:
    pages = Pages()
    lookahead = AsyncPrefetcher(pages.async_fetch, ahead)

    assert [await lookahead.get(page, 9) for page in range(1, 10)] == [f"page {page}" for page in range(1, 10)]
    assert sorted(pages.fetched) == list(range(1, 10))
    assert pages.most <= ahead + 1


def test_an_error_is_raised_where_its_page_is_asked_for() -> None:
    lookahead = Prefetcher(Pages(broken=3).fetch, 3)

    assert [lookahead.get(1, 9), lookahead.get(2, 9)] == ["page 1", "page 2"]
    with pytest.raises(LookupError, match="page 3"):
        lookahead.get(3, 9)
    lookahead.close()


async def test_an_error_is_raised_where_its_page_is_asked_for_in_tasks_too() -> None:
    lookahead = AsyncPrefetcher(Pages(broken=3).async_fetch, 3)

    assert [await lookahead.get(1, 9), await lookahead.get(2, 9)] == ["page 1", "page 2"]
    with pytest.raises(LookupError, match="page 3"):
        await lookahead.get(3, 9)
    await lookahead.aclose()


def test_a_reader_that_goes_back_gets_the_page_anew() -> None:
    pages = Pages()
    lookahead = Prefetcher(pages.fetch, 2)

    assert [lookahead.get(page, 9) for page in (1, 2, 1, 2)] == ["page 1", "page 2", "page 1", "page 2"]
    assert pages.fetched.count(1) == 2
    lookahead.close()


async def test_a_reader_that_goes_back_gets_the_page_anew_in_tasks_too() -> None:
    pages = Pages()
    lookahead = AsyncPrefetcher(pages.async_fetch, 2)

    assert [await lookahead.get(page, 9) for page in (1, 2, 1, 2)] == ["page 1", "page 2", "page 1", "page 2"]
    assert pages.fetched.count(1) == 2
    await lookahead.aclose()


def test_a_list_of_one_page_needs_no_thread() -> None:
    lookahead = Prefetcher(lambda _: threading.current_thread(), 5)

    assert lookahead.get(1, 1) is threading.current_thread()


def test_what_has_not_begun_never_does_after_closing() -> None:
    pages, proceed = Pages(), threading.Event()

    def fetch(page: int) -> str:
        if page > 1:
            proceed.wait(5)
        return pages.fetch(page)

    lookahead = Prefetcher(fetch, 2)
    lookahead.get(1, 50)
    lookahead.close()
    proceed.set()
    time.sleep(0.05)
    assert set(pages.fetched) <= {1, 2, 3}
    lookahead.close()


async def test_closing_cancels_the_tasks_that_are_under_way() -> None:
    pages = Pages()

    async def fetch(page: int) -> str:
        await asyncio.sleep(0 if page == 1 else 5)
        return await pages.async_fetch(page)

    lookahead = AsyncPrefetcher(fetch, 4)
    await lookahead.get(1, 50)
    assert len(asyncio.all_tasks()) == 5

    await lookahead.aclose()
    assert pages.fetched == [1]
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_cancelled_reader_cancels_its_page() -> None:
    pages = Pages()
    lookahead = AsyncPrefetcher(pages.async_fetch, 1)
    reader = asyncio.create_task(lookahead.get(1, 1))
    await asyncio.sleep(0.001)

    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert pages.now == 0


async def test_an_asyncio_gate_lets_so_many_in() -> None:
    gate, inside, most = AsyncConnectionLimiter(3, None), 0, 0

    async def visit() -> None:
        nonlocal inside, most
        async with gate:
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.001)
            inside -= 1

    await asyncio.gather(*(visit() for _ in range(20)))
    assert most == 3


def test_a_blocking_gate_lets_so_many_in() -> None:
    gate, lock, inside, most = ConnectionLimiter(3, None), threading.Lock(), 0, 0

    def visit() -> None:
        nonlocal inside, most
        with gate:
            with lock:
                inside += 1
                most = max(most, inside)
            time.sleep(0.002)
            with lock:
                inside -= 1

    threads = [threading.Thread(target=visit) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 3


async def test_waiting_at_a_gate_has_a_limit() -> None:
    gate, async_gate = ConnectionLimiter(1, 0.01), AsyncConnectionLimiter(1, 0.01)

    with held_by_another_thread(gate), pytest.raises(httpx.PoolTimeout, match="no connection became free"), gate:
        pass
    async with async_gate:
        with pytest.raises(httpx.PoolTimeout, match="no connection became free"):
            async with async_gate:
                pass
    with gate:
        pass


def test_waiting_at_a_gate_ends_with_the_deadline() -> None:
    gate, started = ConnectionLimiter(1, None), time.monotonic()

    with held_by_another_thread(gate):
        with deadline_scope(started + 0.05), pytest.raises(httpx.PoolTimeout), gate:
            pass
        with deadline_scope(started), pytest.raises(httpx.PoolTimeout), gate:
            pass
    assert time.monotonic() - started < 1
    with gate:
        pass


def test_a_thread_that_is_inside_may_enter_again() -> None:
    gate = ConnectionLimiter(1, 0.01)

    with gate, gate:
        pass
    with held_by_another_thread(gate), pytest.raises(httpx.PoolTimeout), gate:
        pass


async def test_a_gate_without_a_limit_is_always_open() -> None:
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


def test_each_is_done_once_with_so_many_at_a_time() -> None:
    pages, steps = Pages(), list[tuple[int, int]]()

    run_each(10, lambda number: void(pages.fetch(number)), 3, lambda done, total: steps.append((done, total)))
    assert sorted(pages.fetched) == list(range(10))
    assert pages.most <= 3
    assert steps == [(done, 10) for done in range(1, 11)]


async def test_each_is_done_once_in_tasks_too() -> None:
    pages, steps = Pages(), list[tuple[int, int]]()

    async def work(number: int) -> None:
        await pages.async_fetch(number)

    await async_run_each(10, work, 3, lambda done, total: steps.append((done, total)))
    assert sorted(pages.fetched) == list(range(10))
    assert pages.most <= 3
    assert steps == [(done, 10) for done in range(1, 11)]


async def test_an_error_that_nobody_expected_ends_everything() -> None:
    pages, async_pages = Pages(broken=3), Pages(broken=3)

    async def work(number: int) -> None:
        await async_pages.async_fetch(number)

    with pytest.raises(LookupError, match="page 3"):
        run_each(1000, lambda number: void(pages.fetch(number)), 2, None)
    with pytest.raises(LookupError, match="page 3"):
        await async_run_each(1000, work, 2, None)
    assert len(pages.fetched) < 20
    assert len(async_pages.fetched) < 20
    assert async_pages.now == 0


async def test_doing_nothing_is_quick_and_reports_nothing() -> None:
    calls: list[object] = []

    async def work(number: int) -> None:
        calls.append(number)

    def report(done: int, total: int) -> None:
        calls.append((done, total))

    run_each(0, calls.append, 3, report)
    await async_run_each(0, work, 3, report)
    assert calls == []


@contextmanager
def held_by_another_thread(gate: ConnectionLimiter) -> Generator[None]:
    inside, done = threading.Event(), threading.Event()

    def hold() -> None:
        with gate:
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
    """Drop a result."""


def test_who_has_waited_longest_is_let_in_first() -> None:
    gate, order = ConnectionLimiter(1, 5), list[str]()

    def use(name: str) -> None:
        with gate:
            order.append(name)

    with gate:
        threads = [threading.Thread(target=use, args=(name,)) for name in "abc"]
        for count, thread in enumerate(threads, 1):
            thread.start()
            wait_for(lambda count=count: gate.waiting == count)  # type: ignore[misc]
    use("who comes again at once")
    for thread in threads:
        thread.join()
    assert order == ["a", "b", "c", "who comes again at once"]


def test_no_thread_starves_where_all_of_them_come_again_at_once() -> None:
    gate, turns, until = ConnectionLimiter(2, 5), [0] * 8, time.monotonic() + 0.5

    def use(number: int) -> None:
        while time.monotonic() < until:
            with gate:
                turns[number] += 1

    threads = [threading.Thread(target=use, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert min(turns) > 10
    # There are still two slots, and not one more.
    with held_by_another_thread(gate), held_by_another_thread(gate):
        with deadline_scope(time.monotonic() + 0.05), pytest.raises(httpx.PoolTimeout), gate:
            pass


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something is so."""
    until = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.001)
