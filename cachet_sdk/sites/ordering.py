"""Assignment of order numbers to rows, changing as few of the present ones as possible. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

#: The distance between new numbers. It leaves room to insert rows later without moving others.
_GAP = 10


def assign_orders(present: Sequence[int | None]) -> list[int]:
    """Return increasing order numbers, keeping as many of the present ones as possible.

    Args:
        present: The numbers of the rows, in the wanted order; None for a new row.

    Example:
        >>> assign_orders([None, None])
        [10, 20]
        >>> assign_orders([10, 30, 20])
        [10, 15, 20]
    """
    kept = _longest_increasing(present)
    result: list[int] = []
    last = 0
    index = 0
    while index < len(present):
        if index in kept and (number := present[index]) is not None and number > last:
            result.append(number)
            last = number
            index += 1
            continue
        end = index + 1
        while end < len(present) and end not in kept:
            end += 1
        following = present[end] if end < len(present) else None
        count = end - index
        if following is not None and following - last > count:
            step = (following - last) / (count + 1)
            result += [last + max(number, int(step * number)) for number in range(1, count + 1)]
        else:
            result += [last + _GAP * number for number in range(1, count + 1)]
        last = result[-1]
        index = end
    return result


def _longest_increasing(present: Sequence[int | None]) -> set[int]:
    """Return the indices of a longest strictly increasing subsequence of positive numbers."""
    ends: list[int] = []
    indices: list[int] = []
    before: list[int] = [-1] * len(present)
    for index, number in enumerate(present):
        if number is None or number <= 0:
            continue
        at = bisect_left(ends, number)
        if at > 0:
            before[index] = indices[at - 1]
        if at == len(ends):
            ends.append(number)
            indices.append(index)
        else:
            ends[at], indices[at] = number, index
    kept: set[int] = set()
    index = indices[-1] if indices else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return kept
