"""The same work several times at once: in tasks for asyncio, in threads for blocking code."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


async def async_side_by_side(work: Callable[[int], Awaitable[T]], times: int) -> list[T]:
    """Do the work for each number below ``times``, each in a task."""
    return await asyncio.gather(*(work(number) for number in range(times)))


def side_by_side(work: Callable[[int], T], times: int) -> list[T]:
    """Do the work for each number below ``times``, each in a thread."""
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(work, range(times)))
