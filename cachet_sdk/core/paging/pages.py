"""What both kinds of paginated lists share. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

#: A list counts as endless once more pages have been read than this multiple of the number that the first page states,
#: plus the slack. Deleting every other row while iterating reads each page about ten times.
REREADS = 16
SLACK_PAGES = 100
#: How many consecutive pages may have fewer rows than expected and no new ones before the total counts as wrong.
SHORT_PAGES = 3

_CHUNK_BITS = 12
_FULL = (1 << (1 << _CHUNK_BITS)) - 1


class PagingProblem(Exception):  # noqa: N818  (internal: managers turn it into a PaginationError)
    """A problem with the pages of a list."""


class Pages(Protocol):
    """The state of reading the pages of a list."""

    @property
    def page(self) -> int | None:
        """The page to read next. None at the end."""
        ...

    @property
    def last(self) -> int:
        """The last page that may be prefetched."""
        ...

    def read(self, document: object, ids: Sequence[int]) -> list[int]:
        """Process the requested response. Return the positions of its new rows.

        Raises:
            PagingProblem: If it is not a page, or contradicts the others.
        """
        ...


class IdSet:
    """A set of ids that takes little memory: one bit per id, and almost nothing for ids without gaps."""

    __slots__ = ("_chunks",)

    def __init__(self) -> None:
        self._chunks: dict[int, int] = {}

    def add(self, number: int) -> bool:
        """Add an id. Return whether it is new."""
        chunk, bit = number >> _CHUNK_BITS, 1 << (number & ((1 << _CHUNK_BITS) - 1))
        known = self._chunks.get(chunk, 0)
        if known & bit:
            return False
        filled = known | bit
        # Full chunks share one number, so that ids without gaps take almost no memory.
        self._chunks[chunk] = _FULL if filled == _FULL else filled
        return True


def parse_whole_number(number: object) -> int | None:
    """Return a whole number, which may be text, or None for anything else."""
    if isinstance(number, str) and number.isascii() and number.isdigit() and len(number) < 16:
        number = int(number)
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 1 << 62:
        return None
    return number
