"""Which page of a list to read next, and which of its rows are new. Pure: arithmetic over what pages say of themselves.

Pages are cut anew at each request, so rows that come or go between two of them move the rest: a row that moves down is
seen twice, one that moves up is missed. ``Walk`` gives every row once: rows seen before are left out, and when the
total has fallen it goes back over what may have moved up. For lists without a total there is ``links.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cachet_sdk.core.json_types import is_object
from cachet_sdk.core.paging.pages import REREADS, SLACK_PAGES, IdSet, PagingProblem, whole
from cachet_sdk.errors import short_repr


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
            raise PagingProblem(f"has impossible page numbers {short_repr(numbers)}")
        return cls(total, max(per_page, 1), current_page, total_pages)


class LengthAwarePages:
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
