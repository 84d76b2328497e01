"""What the two kinds of paginated lists share. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

#: How many times the pages that the first one promised may be read, and how many more, before a list counts as one
#: that never ends. Deleting every other row while iterating reads a page about ten times.
REREADS = 16
SLACK_PAGES = 100
#: How many pages in a row may be shorter than promised and bring nothing new before the promise counts as wrong.
SHORT_PAGES = 3

_CHUNK_BITS = 12
_FULL = (1 << (1 << _CHUNK_BITS)) - 1


class PagingProblem(Exception):  # noqa: N818  (not for users: becomes a PaginationError where the answer is at hand)
    """What is wrong with the pages of a list."""


class Pages(Protocol):
    """A reading of all pages of one list, from a page on."""

    @property
    def page(self) -> int | None:
        """The page to read next; None at the end."""
        ...

    @property
    def last(self) -> int:
        """The last page that may be read ahead."""
        ...

    def read(self, document: object, ids: Sequence[int]) -> list[int]:
        """Take in the answer that was asked for; tell which of its rows are new, by position.

        Raises:
            PagingProblem: when it is no page, or contradicts the others.
        """
        ...


class IdSet:
    """The ids seen so far: a bit for each where there are gaps, next to nothing where there are none."""

    __slots__ = ("_chunks",)

    def __init__(self) -> None:
        self._chunks: dict[int, int] = {}

    def add(self, number: int) -> bool:
        """Add an id; tell whether it is new."""
        chunk, bit = number >> _CHUNK_BITS, 1 << (number & ((1 << _CHUNK_BITS) - 1))
        known = self._chunks.get(chunk, 0)
        if known & bit:
            return False
        filled = known | bit
        # Full chunks share one number, so that ids without gaps take next to nothing.
        self._chunks[chunk] = _FULL if filled == _FULL else filled
        return True


def whole(number: object) -> int | None:
    """Read a whole number of an answer, which may come as text; None for what is none."""
    # per_page=2.5 is echoed by a server that was asked for it; nothing here asks.
    if isinstance(number, str) and number.isascii() and number.isdigit() and len(number) < 16:
        number = int(number)
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 1 << 62:
        return None
    return number
