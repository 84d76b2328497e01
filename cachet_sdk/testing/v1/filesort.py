"""How MariaDB sorts the rows of a page: the order of rows that compare equal depends on the page.

``ORDER BY … LIMIT n`` keeps the n + 1 best rows in a heap, in slots that are overwritten in place, and sorts the
slots with an unstable quicksort. So pages of rows that compare equal repeat some rows and miss others. This module
follows both algorithms step by step, and reproduces the recorded pages exactly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

R = TypeVar("R")

_INSERTION_SORT_LIMIT = 10
#: A row with its sort key.
Keyed = tuple[float, R]


def first_rows(rows: Sequence[R], key: Callable[[R], float], limit: int) -> list[R]:
    """Return the result of ``ORDER BY key LIMIT limit``.

    Args:
        rows: The rows, in the order in which the database finds them.
        key: The sort key, ascending.
        limit: The most rows to return.
    """
    slots = _best([(key(row), row) for row in rows], limit + 1)
    _quicksort(slots, 0, len(slots) - 1)
    return [row for _, row in slots[:limit]]


def _best(found: list[Keyed[R]], size: int) -> list[Keyed[R]]:
    """Fill the slots; each further row replaces the worst one, even if it is not better."""
    if len(found) <= size:
        return found
    slots = found[:size]
    # A heap of slot numbers, with the worst row at index 1.
    heap = [0]
    for slot in range(size):
        heap.append(slot)
        index = len(heap) - 1
        while index > 1 and slots[slot][0] > slots[heap[index // 2]][0]:
            heap[index] = heap[index // 2]
            index //= 2
        heap[index] = slot
    for row in found[size:]:
        slots[heap[1]] = row
        _sift_down(slots, heap)
    return slots


def _sift_down(slots: list[Keyed[R]], heap: list[int]) -> None:
    index, moved, last = 1, heap[1], len(heap) - 1
    while index <= last // 2:
        child = 2 * index
        if child < last and slots[heap[child + 1]][0] > slots[heap[child]][0]:
            child += 1
        if slots[heap[child]][0] <= slots[moved][0]:
            break
        heap[index] = heap[child]
        index = child
    heap[index] = moved


def _quicksort(rows: list[Keyed[R]], low: int, high: int) -> None:
    while high - low >= _INSERTION_SORT_LIMIT:
        left, right = _partition(rows, low, high)
        _quicksort(rows, low, right)
        low = left
    for index in range(low + 1, high + 1):
        row, place = rows[index], index
        while place > low and rows[place - 1][0] > row[0]:
            rows[place] = rows[place - 1]
            place -= 1
        rows[place] = row


def _partition(rows: list[Keyed[R]], low: int, high: int) -> tuple[int, int]:
    """Partition at the median of three; return the start of the right part and the end of the left one."""
    middle = low + (high - low) // 2
    for one, other in ((low, middle), (middle, high), (low, middle)):
        if rows[one][0] > rows[other][0]:
            rows[one], rows[other] = rows[other], rows[one]
    pivot = rows[middle][0]
    left, right = low + 1, high - 1
    while left <= right:
        while rows[left][0] < pivot:
            left += 1
        while pivot < rows[right][0]:
            right -= 1
        if left < right:
            rows[left], rows[right] = rows[right], rows[left]
        if left <= right:
            left, right = left + 1, right - 1
    return left, right
