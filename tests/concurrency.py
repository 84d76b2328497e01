"""Run the same work several times concurrently: in asyncio tasks, or in threads for sync code."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


async def async_run_concurrently(work: Callable[[int], Awaitable[T]], times: int) -> list[T]:
    """Call ``work`` with each number below ``times``, each in a task of its own."""
    return await asyncio.gather(*(work(number) for number in range(times)))


def run_concurrently(work: Callable[[int], T], times: int) -> list[T]:
    """Call ``work`` with each number below ``times``, each in a thread of its own."""
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(work, range(times)))
