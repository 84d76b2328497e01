"""Which order numbers to change so that rows stand as in a document: as few as possible. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

#: What is left free between new numbers, so that rows can go between them later without moving others.
GAP = 10


def assign(present: Sequence[int | None]) -> list[int]:
    """Return order numbers that increase, keeping as many of the present ones as possible.

    Args:
        present: The numbers of the rows in the wanted order; None for a new row.

    Example:
        >>> assign([None, None])
        [10, 20]
        >>> assign([10, 30, 20])
        [10, 15, 20]
    """
    kept = _longest_rise(present)
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
            result += [last + max(place + 1, int(step * (place + 1))) for place in range(count)]
        else:
            result += [last + GAP * (place + 1) for place in range(count)]
        last = result[-1]
        index = end
    return result


def _longest_rise(present: Sequence[int | None]) -> set[int]:
    """Return the places of a longest strictly increasing subsequence of positive numbers."""
    ends: list[int] = []
    places: list[int] = []
    before: list[int] = [-1] * len(present)
    for index, number in enumerate(present):
        if number is None or number <= 0:
            continue
        at = bisect_left(ends, number)
        if at > 0:
            before[index] = places[at - 1]
        if at == len(ends):
            ends.append(number)
            places.append(index)
        else:
            ends[at], places[at] = number, index
    kept: set[int] = set()
    index = places[-1] if places else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return kept
