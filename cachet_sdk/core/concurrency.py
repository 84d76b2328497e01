"""Runs several operations concurrently: async with tasks, sync with threads. Both are written by hand."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from queue import SimpleQueue
from typing import TypeVar

from cachet_sdk.core.http.waiting import stop_waiting_at

T = TypeVar("T")


async def async_run_each(
    total: int, work: Callable[[int], Awaitable[None]], concurrency: int, progress: Callable[[int, int], object] | None
) -> None:
    """Call ``work`` with each number below a total, several at a time, started in order.

    Args:
        total: The number of calls.
        work: Handles one number. An exception from it stops everything.
        concurrency: How many calls may run at the same time.
        progress: Called after each call with the number done and the total.
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


def run_each(
    total: int, work: Callable[[int], None], concurrency: int, progress: Callable[[int, int], object] | None
) -> None:
    """Call ``work`` with each number below a total, several at a time, started in order.

    An exception, such as Ctrl-C in the waiting thread, is raised as soon as the running attempts have ended. Until
    then, nothing new is started and nothing is retried.

    Args:
        total: The number of calls.
        work: Handles one number, in a thread. An exception from it stops everything.
        concurrency: How many calls may run at the same time.
        progress: Called in this thread after each call with the number done and the total.
    """
    numbers = iter(range(total))
    numbers_lock = threading.Lock()
    results: SimpleQueue[BaseException | None] = SimpleQueue()
    stopped = threading.Event()

    def worker() -> None:
        stop_waiting_at(stopped)
        while not stopped.is_set():
            with numbers_lock:
                number = next(numbers, None)
            if number is None:
                return
            try:
                work(number)
            except BaseException as error:  # noqa: BLE001  (raised again in the waiting thread)
                results.put(error)
                return
            results.put(None)

    with ThreadPoolExecutor(max(1, min(concurrency, total)), thread_name_prefix="cachet_sdk-many") as pool:
        for _ in range(min(concurrency, total)):
            pool.submit(copy_context().run, worker)  # as tasks do; capture_responses() relies on it
        try:
            for done in range(1, total + 1):
                error = results.get()
                if error is not None:
                    raise error
                if progress is not None:
                    progress(done, total)
        finally:
            stopped.set()
