"""Code that both kinds of paginated lists share. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

#: A list counts as endless after reading this multiple of the pages that the first one promised, plus this many more.
#: Deleting every other row while iterating reads a page about ten times.
REREADS = 16
SLACK_PAGES = 100
#: How many consecutive pages may be shorter than promised and bring nothing new before the total counts as wrong.
SHORT_PAGES = 3

_CHUNK_BITS = 12
_FULL = (1 << (1 << _CHUNK_BITS)) - 1


class PagingProblem(Exception):  # noqa: N818  (internal: becomes a PaginationError where the response is at hand)
    """A problem with the pages of a list."""


class Pages(Protocol):
    """The state of reading all pages of one list, from a given page on."""

    @property
    def page(self) -> int | None:
        """The page to read next; None at the end."""
        ...

    @property
    def last(self) -> int:
        """The last page that may be prefetched."""
        ...

    def read(self, document: object, ids: Sequence[int]) -> list[int]:
        """Process the requested response; return the positions of its new rows.

        Raises:
            PagingProblem: If it is not a page, or contradicts the others.
        """
        ...


class IdSet:
    """The ids seen so far: one bit each where there are gaps, almost no memory where there are none."""

    __slots__ = ("_chunks",)

    def __init__(self) -> None:
        self._chunks: dict[int, int] = {}

    def add(self, number: int) -> bool:
        """Add an id; return whether it is new."""
        chunk, bit = number >> _CHUNK_BITS, 1 << (number & ((1 << _CHUNK_BITS) - 1))
        known = self._chunks.get(chunk, 0)
        if known & bit:
            return False
        filled = known | bit
        # Full chunks share one number, so that ids without gaps take almost no memory.
        self._chunks[chunk] = _FULL if filled == _FULL else filled
        return True


def whole(number: object) -> int | None:
    """Read a whole number, which may be text; return None for anything else."""
    # A server echoes per_page=2.5, but this package never requests that.
    if isinstance(number, str) and number.isascii() and number.isdigit() and len(number) < 16:
        number = int(number)
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 1 << 62:
        return None
    return number
