"""Paging of lists with a total: which page to read next, and which of its rows are new. Pure.

The server computes each page anew, so rows that are added or deleted between two requests shift the others: a row that
moves down is seen twice, and one that moves up is missed. ``LengthAwarePages`` returns every row once: it omits rows
seen before, and after deletions reads again the pages that rows may have moved to. A server counts the rows before it
reads them, so rows may be deleted in between: then a page is shorter than its total suggests, or shifted although its
total is unchanged. For lists without a total see ``simple.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cachet_sdk.core.json_types import is_object
from cachet_sdk.core.paging.pages import REREADS, SHORT_PAGES, SLACK_PAGES, IdSet, PagingProblem, parse_whole_number
from cachet_sdk.errors import short_repr


@dataclass(frozen=True, slots=True)
class PageInfo:
    """A page's metadata, ``meta.pagination``."""

    total: int
    per_page: int
    current_page: int
    total_pages: int

    @classmethod
    def read(cls, document: object) -> PageInfo:
        """Return the metadata of a response.

        Raises:
            PagingProblem: If it is missing or invalid.
        """
        meta = document.get("meta") if is_object(document) else None
        pagination = meta.get("pagination") if is_object(meta) else None
        if not is_object(pagination):
            raise PagingProblem("has no meta.pagination")
        numbers = [pagination.get(name) for name in ("total", "per_page", "current_page", "total_pages")]
        total, per_page, current_page, total_pages = (parse_whole_number(number) for number in numbers)
        if total is None or per_page is None or current_page is None or total_pages is None:
            raise PagingProblem(f"has impossible page numbers {short_repr(numbers)}")
        return cls(total, max(per_page, 1), current_page, total_pages)


class LengthAwarePages:
    """The state of reading the pages of a list.

    Attributes:
        page: The page to read next. None at the end.
        last: The last page known to exist, for prefetching.
    """

    __slots__ = (
        "_added",
        "_first",
        "_frontier",
        "_in_flight",
        "_limit",
        "_previous",
        "_read",
        "_repeated",
        "_returned",
        "_seen",
        "_short",
        "_verified",
        "last",
        "page",
    )

    def __init__(self, first: int, in_flight: int = 1) -> None:
        """Start at a page.

        Args:
            first: The first page to read.
            in_flight: The largest number of pages that are requested concurrently.
        """
        self.page: int | None = first
        self._in_flight = in_flight
        self._short = 0  # consecutive pages with fewer rows than expected and no new ones
        self._verified = in_flight == 1
        self.last: int = first
        self._first = first
        self._frontier = 0  # the last page read so far; earlier ones are read again after deletions
        self._seen = IdSet()
        self._previous: PageInfo | None = None
        self._returned = 0  # rows returned
        self._added = 0  # rows added while reading
        self._repeated = 0  # rows seen twice without a reason
        self._read = 0
        self._limit = 0

    def read(self, document: object, ids: Sequence[int]) -> list[int]:
        """Process the requested response. Return the positions of its new rows.

        Raises:
            PagingProblem: If it is not a page, or contradicts the others.
        """
        return self.feed(PageInfo.read(document), ids)

    def feed(self, info: PageInfo, ids: Sequence[int]) -> list[int]:
        """Process the requested page. Return the positions of its new rows.

        Raises:
            PagingProblem: If the pages contradict each other.
        """
        page = self.page or self._first
        previous, self._previous = self._previous, info
        self._read += 1
        self.last = info.total_pages
        if previous is None:
            self._limit = REREADS * self._in_flight * max(info.total_pages - self._first + 1, 1) + SLACK_PAGES
        if self._read > self._limit:
            raise PagingProblem(f"is page {page} of a list that never ends: {self._read} pages have been read")
        if info.current_page != page:
            raise PagingProblem(f"is page {info.current_page}, but page {page} was requested")
        is_further, self._frontier = page > self._frontier > 0, max(page, self._frontier)
        deleted = previous.total - info.total if previous else 0
        if deleted > 0 and page > self._first:
            self._verified = self._in_flight == 1
            self.page = self._step_back(page, deleted, info)
            return []
        self._added += max(0, -deleted)
        fresh = [position for position, number in enumerate(ids) if self._seen.add(number)]
        self._returned += len(fresh)
        missing = min(info.per_page, info.total - (page - 1) * info.per_page) - len(ids)
        if fresh:
            self._short = 0
        elif missing > 0:
            self._short += 1
        if missing > 0 and self._short < SHORT_PAGES:
            self.page = self._step_back(page, missing, info)
            return fresh
        self._refuse_repeats(info, len(ids) - len(fresh) if is_further else 0, fresh)
        if page < info.total_pages and not ids:
            raise PagingProblem(f"is empty, although it is page {page} of {info.total_pages}")
        self._advance(info)
        return fresh

    def _refuse_repeats(self, info: PageInfo, repeated: int, fresh: list[int]) -> None:
        self._repeated += repeated
        if repeated and self._repeated > self._added + info.per_page and not fresh:
            raise PagingProblem(f"repeats rows of earlier pages: page {info.current_page} has no new ones")

    def _advance(self, info: PageInfo) -> None:
        page = info.current_page
        if page < info.total_pages:
            self.page = page + 1
        elif self._verified or page == self._first:
            self._finish(info)
        else:
            # Pages requested together may all have been read after deletions that their totals do not include.
            self._verified = True

    def _step_back(self, page: int, deleted: int, info: PageInfo) -> int:
        """Return the page to go back to, because rows behind the deleted ones moved to pages that were already read.

        Pages in flight at that time may have been counted before the deletion and read after it, so go back further.
        """
        return max(self._first, page - self._in_flight - -(-deleted // info.per_page))

    def _finish(self, info: PageInfo) -> None:
        self.page = None
        skipped = (self._first - 1) * info.per_page
        expected = info.total - self._added - skipped
        if self._returned < expected:
            raise PagingProblem(f"ends a list of {self._returned} different rows, although its total is {info.total}")


def check_whole(info: PageInfo, rows: int) -> None:
    """Check that the response to a request for all rows contains all of them.

    Raises:
        PagingProblem: If rows are missing.
    """
    if rows < info.total:
        raise PagingProblem(f"contains {rows} rows, although its total is {info.total}")
