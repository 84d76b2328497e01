"""Paging of lists without a total, which state only whether another page follows (``links.next`` in Cachet 3). Pure.

The links themselves are not usable, because they lack the page size and the filters.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock

from cachet_sdk.core.json_types import is_object
from cachet_sdk.core.paging.pages import IdSet, PagingProblem, parse_whole_number

#: A list counts as changing too fast once more pages had no new rows than this multiple of those that had some, plus
#: the slack. Deleting each row while iterating reads each page twice.
REREADS = 4
SLACK_PAGES = 100
#: How many consecutive pages may have no new rows before the list counts as repeating itself. Rows added while a list
#: is read move others to later pages, but not whole pages again and again.
STALE_PAGES = 3


@dataclass(frozen=True, slots=True)
class SimplePageInfo:
    """A page's metadata."""

    current_page: int
    per_page: int
    has_next: bool

    @classmethod
    def read(cls, document: object) -> SimplePageInfo:
        """Return the metadata of a response.

        Raises:
            PagingProblem: If it is missing.
        """
        links = document.get("links") if is_object(document) else None
        meta = document.get("meta") if is_object(document) else None
        if not is_object(links) or not is_object(meta):
            raise PagingProblem("has no links and meta")
        current_page, per_page = parse_whole_number(meta.get("current_page")), parse_whole_number(meta.get("per_page"))
        if current_page is None or not per_page:
            raise PagingProblem("has no page numbers under meta")
        return cls(current_page, per_page, links.get("next") is not None)


#: Counts deletions among the names of changed values.
_DELETED = ""


class MutationCounter:
    """Counts deletions and changes of resources, which may move others to another page of a list."""

    __slots__ = ("_counts", "_lock")

    def __init__(self) -> None:
        self._counts: dict[str, int] = {_DELETED: 0}
        self._lock = Lock()

    def join(self, other: MutationCounter) -> None:
        """Share the counts of another counter. Call it before anything is counted."""
        self._counts, self._lock = other._counts, other._lock

    def deleted(self) -> None:
        """Count a deletion."""
        self.changed((_DELETED,))

    def changed(self, names: Iterable[str]) -> None:
        """Count a change of these values."""
        with self._lock:
            for name in names:
                self._counts[name] = self._counts.get(name, 0) + 1

    def count(self, names: Iterable[str] = ()) -> int:
        """Return the number of mutations that affect a list.

        Args:
            names: The values that the list is filtered or sorted by.
        """
        return self._counts[_DELETED] + sum(self._counts.get(name, 0) for name in names)


class SimplePages:
    """The state of reading the pages of a list.

    Without a total, only mutations through this client can be noticed: they are counted, and pages that rows may have
    moved to are read again.
    """

    __slots__ = (
        "_first",
        "_known_mutations",
        "_mutations",
        "_page",
        "_per_page",
        "_rereads",
        "_seen",
        "_stale",
        "_useful",
        "_useless",
        "last",
    )

    def __init__(self, first: int, mutations: Callable[[], int]) -> None:
        self.last: int = first
        self._first = first
        self._page: int | None = first
        self._per_page = 1
        self._mutations = mutations
        self._known_mutations = mutations()
        self._seen = IdSet()
        self._rereads = 0  # pages to be read again, which may have no new rows
        self._stale = 0
        self._useful = 0  # pages with new rows
        self._useless = 0  # pages without new rows

    @property
    def page(self) -> int | None:
        """The page to read next. None at the end."""
        if self._page is not None:
            self._page = self._step_back(self._page)
        return self._page

    def read(self, document: object, ids: Sequence[int]) -> list[int]:
        """Process the requested response. Return the positions of its new rows.

        Raises:
            PagingProblem: If it is not a page, or contradicts the others.
        """
        return self.feed(SimplePageInfo.read(document), ids)

    def feed(self, info: SimplePageInfo, ids: Sequence[int]) -> list[int]:
        """Process the requested page. Return the positions of its new rows.

        Raises:
            PagingProblem: If the pages contradict each other.
        """
        page = self._page or self._first
        if info.current_page != page:
            raise PagingProblem(f"is page {info.current_page}, but page {page} was requested")
        if info.has_next and not ids:
            raise PagingProblem(f"is empty, although page {page} is not the last one")
        self._per_page = info.per_page
        fresh = [position for position, number in enumerate(ids) if self._seen.add(number)]
        self._stale = 0 if fresh or self._rereads else self._stale + 1
        self._rereads = max(0, self._rereads - 1)
        if info.has_next and self._stale >= STALE_PAGES:
            raise PagingProblem(f"repeats rows of earlier pages: {STALE_PAGES} consecutive pages have no new ones")
        self._useful += bool(fresh)
        self._useless += not fresh
        if self._useless > SLACK_PAGES + REREADS * self._useful:
            raise PagingProblem("is of a list that keeps changing while it is read")
        if self._mutations() > self._known_mutations:
            # The change may have come before the server read the page: then rows of this page moved up, too.
            self._page = self._step_back(page)
        else:
            self._page = page + 1 if info.has_next else None
        # The number of further pages is unknown: prefetching may request a few empty ones.
        self.last = sys.maxsize if info.has_next else page
        return fresh

    def _step_back(self, page: int) -> int:
        """Return the page to go back to after changes that may have moved rows to earlier pages."""
        moved = self._mutations() - self._known_mutations
        if not moved:
            return page
        self._known_mutations += moved
        target = max(self._first, page - -(-moved // self._per_page))
        self._rereads += page + 1 - target
        return target


class CountSearch:
    """Counts the rows of a list from few of its pages: the page number doubles, then a binary search follows.

    Attributes:
        page: The page to read next. None once the total is known.
        total: The number of rows, once it is known.
    """

    __slots__ = ("_empty", "_full", "page", "total")

    def __init__(self) -> None:
        self.page: int | None = 1
        self.total: int = 0
        self._full = 0  # the last page known to be followed by another
        self._empty: int | None = None  # the first page known to be empty

    def feed(self, document: object, rows: int) -> None:
        """Process the requested page.

        Raises:
            PagingProblem: If it is not a page, or not the requested one.
        """
        info = SimplePageInfo.read(document)
        page = self.page or 1
        if info.current_page != page:
            raise PagingProblem(f"is page {info.current_page}, but page {page} was requested")
        if info.has_next and rows:
            self._full = max(self._full, page)
        elif rows or page == 1:
            return self._finish((page - 1) * info.per_page + rows)
        else:
            self._empty = page
        if self._empty is None:
            self.page = page * 2
        elif self._empty - self._full > 1:
            self.page = (self._full + self._empty) // 2
        else:  # rows were deleted in the meantime
            self._finish(self._full * info.per_page)
        return None

    def _finish(self, total: int) -> None:
        self.page, self.total = None, total
