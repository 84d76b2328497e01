"""Which page of a list to read next, and which of its rows are new. Pure: arithmetic over what pages say of themselves.

Pages are cut anew at each request, so rows that come or go between two of them move the rest: a row that moves down is
seen twice, one that moves up is missed. ``Walk`` gives every row once: rows seen before are left out, and when the
total has fallen it goes back over what may have moved up. For lists without a total there is ``links.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from cachet_sdk.core.shapes import is_object
from cachet_sdk.errors import show

#: How many times the pages that the first one promised may be read, and how many more, before a list counts as one
#: that never ends. Deleting each row while iterating reads each page twice.
REREADS = 4
SLACK_PAGES = 100

_CHUNK_BITS = 12
_FULL = (1 << (1 << _CHUNK_BITS)) - 1


class PagingProblem(Exception):  # noqa: N818  (not for users: becomes a PaginationError where the answer is at hand)
    """What is wrong with the pages of a list."""


class PageWalk(Protocol):
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


@dataclass(frozen=True, slots=True)
class PageInfo:
    """What a page says of itself: ``meta.pagination``."""

    total: int
    per_page: int
    current_page: int
    total_pages: int

    @classmethod
    def read(cls, document: object) -> PageInfo:
        """Find it in an answer.

        Raises:
            PagingProblem: when it is not there, or holds what cannot be.
        """
        meta = document.get("meta") if is_object(document) else None
        pagination = meta.get("pagination") if is_object(meta) else None
        if not is_object(pagination):
            raise PagingProblem("has no meta.pagination")
        numbers = [pagination.get(name) for name in ("total", "per_page", "current_page", "total_pages")]
        total, per_page, current_page, total_pages = (whole(number) for number in numbers)
        if total is None or per_page is None or current_page is None or total_pages is None:
            raise PagingProblem(f"has impossible page numbers {show(numbers)}")
        return cls(total, max(per_page, 1), current_page, total_pages)


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


class Walk:
    """A reading of all pages of one list, from a page on.

    Attributes:
        page: The page to read next; None at the end.
        last: The last page that is known to exist, for reading ahead.
    """

    __slots__ = (
        "_first",
        "_frontier",
        "_gained",
        "_given",
        "_limit",
        "_previous",
        "_read",
        "_repeated",
        "_seen",
        "last",
        "page",
    )

    def __init__(self, first: int) -> None:
        self.page: int | None = first
        self.last: int = first
        self._first = first
        self._frontier = 0  # the last page read so far; those before it are read again after rows went
        self._seen = IdSet()
        self._previous: PageInfo | None = None
        self._given = 0  # rows handed on
        self._gained = 0  # rows that came while reading
        self._repeated = 0  # rows seen twice without a reason
        self._read = 0
        self._limit = 0

    def read(self, document: object, ids: Sequence[int]) -> list[int]:
        """Take in the answer that was asked for; tell which of its rows are new, by position.

        Raises:
            PagingProblem: when it is no page, or contradicts the others.
        """
        return self.take(PageInfo.read(document), ids)

    def take(self, info: PageInfo, ids: Sequence[int]) -> list[int]:
        """Take in the page that was asked for; tell which of its rows are new, by position.

        Raises:
            PagingProblem: when the pages contradict each other.
        """
        page = self.page or self._first
        previous, self._previous = self._previous, info
        self._read += 1
        self.last = info.total_pages
        if previous is None:
            self._limit = REREADS * max(info.total_pages - self._first + 1, 1) + SLACK_PAGES
        if self._read > self._limit:
            raise PagingProblem(f"is page {page} of a list that never ends: {self._read} pages were read by now")
        if info.current_page != page:
            raise PagingProblem(f"says that it is page {info.current_page}, and page {page} was asked for")
        is_further, self._frontier = page > self._frontier > 0, max(page, self._frontier)
        gone = previous.total - info.total if previous else 0
        if gone > 0 and page > self._first:
            # Rows went while we read; up to that many of those behind them have moved to pages already read.
            self.page = max(self._first, page - -(-gone // info.per_page))
            return []
        self._gained += max(0, -gone)
        fresh = [position for position, number in enumerate(ids) if self._seen.add(number)]
        self._given += len(fresh)
        if is_further:
            self._repeated += len(ids) - len(fresh)
            if self._repeated > self._gained + info.per_page and not fresh:
                raise PagingProblem(f"repeats rows of earlier pages: page {page} brought nothing new")
        if page < info.total_pages and not ids:
            raise PagingProblem(f"is empty, though it is page {page} of {info.total_pages}")
        if page >= info.total_pages:
            self._finish(info)
        else:
            self.page = page + 1
        return fresh

    def _finish(self, info: PageInfo) -> None:
        self.page = None
        skipped = (self._first - 1) * info.per_page
        expected = info.total - self._gained - skipped
        if self._given < expected:
            raise PagingProblem(
                f"ends a list of {self._given} different rows, though a total of {info.total} was promised"
            )


def check_whole(info: PageInfo, rows: int) -> None:
    """Check that an answer to a request for everything holds everything.

    Raises:
        PagingProblem: when rows are missing.
    """
    if rows < info.total:
        raise PagingProblem(f"holds {rows} rows, though a total of {info.total} was promised")


def whole(number: object) -> int | None:
    """Read a whole number of an answer, which may come as text; None for what is none."""
    # per_page=2.5 is echoed by a server that was asked for it; nothing here asks.
    if isinstance(number, str) and number.isascii() and number.isdigit() and len(number) < 16:
        number = int(number)
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 1 << 62:
        return None
    return number
