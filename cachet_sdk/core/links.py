"""Lists that tell no total, only whether another page follows (``links.next``, as Cachet 3). Pure.

The links themselves are of no use: they forget how many rows a page has, and what was filtered (wire/v3, trap 1).
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cachet_sdk.core.paging import IdSet, PagingProblem, whole

#: How many pages in a row may bring nothing new before a list counts as one that repeats itself. Rows that come while
#: a list is read move others to later pages, but not whole pages of them again and again.
STALE_PAGES = 3


@dataclass(frozen=True, slots=True)
class LinksInfo:
    """What a page says of itself."""

    current_page: int
    per_page: int
    has_next: bool

    @classmethod
    def read(cls, document: object) -> LinksInfo:
        """Find it in an answer.

        Raises:
            PagingProblem: when it is not there.
        """
        links = document.get("links") if isinstance(document, dict) else None
        meta = document.get("meta") if isinstance(document, dict) else None
        if not isinstance(links, dict) or not isinstance(meta, dict):
            raise PagingProblem("has no links and meta")
        current_page, per_page = whole(meta.get("current_page")), whole(meta.get("per_page"))
        if current_page is None or not per_page:
            raise PagingProblem("has no page numbers under meta")
        return cls(current_page, per_page, links.get("next") is not None)


class Moves:
    """Counts what was done to resources that may move others to another page: deletions and changes."""

    __slots__ = ("_next", "_seen")

    def __init__(self) -> None:
        # Counting itself is atomic, so threads lose none; the highest number is what counts.
        self._next = itertools.count(1).__next__
        self._seen = 0

    def add(self) -> None:
        """Count one."""
        self._seen = max(self._next(), self._seen)

    def count(self) -> int:
        """Tell how many there were."""
        return self._seen


class LinksWalk:
    """A reading of all pages of one list, from a page on.

    Without a total nothing shows that rows have gone, except for those that went through this client: what it deletes
    or changes is counted, and the walk goes back over what may have moved up.
    """

    __slots__ = ("_first", "_moves", "_noted", "_page", "_per_page", "_seen", "_stale", "_stepped", "last")

    def __init__(self, first: int, moves: Callable[[], int]) -> None:
        self.last = first
        self._first = first
        self._page: int | None = first
        self._per_page = 1
        self._moves = moves
        self._noted = moves()
        self._seen = IdSet()
        self._stepped = 0  # pages that are read again, and so may bring nothing new
        self._stale = 0

    @property
    def page(self) -> int | None:
        """The page to read next; None at the end."""
        if self._page is not None:
            self._page = self._behind_moves(self._page)
        return self._page

    def read(self, document: object, ids: Sequence[int]) -> list[int]:
        """Take in the answer that was asked for; tell which of its rows are new, by position.

        Raises:
            PagingProblem: when it is no page, or contradicts the others.
        """
        return self.take(LinksInfo.read(document), ids)

    def take(self, info: LinksInfo, ids: Sequence[int]) -> list[int]:
        """Take in the page that was asked for; tell which of its rows are new, by position.

        Raises:
            PagingProblem: when the pages contradict each other.
        """
        page = self._page or self._first
        if info.current_page != page:
            raise PagingProblem(f"says that it is page {info.current_page}, and page {page} was asked for")
        if info.has_next and not ids:
            raise PagingProblem(f"is empty, though page {page} is said not to be the last")
        self._per_page = info.per_page
        fresh = [position for position, number in enumerate(ids) if self._seen.add(number)]
        self._stale = 0 if fresh or self._stepped else self._stale + 1
        self._stepped = max(0, self._stepped - 1)
        if info.has_next and self._stale >= STALE_PAGES:
            raise PagingProblem(f"repeats rows of earlier pages: {STALE_PAGES} pages in a row brought nothing new")
        following = self._behind_moves(page + 1)
        # What moved while the last page was on its way may have moved past it.
        self._page = following if info.has_next or following <= page else None
        # How many pages follow, nobody knows: reading ahead may ask for a few that are empty.
        self.last = sys.maxsize if info.has_next else page
        return fresh

    def _behind_moves(self, page: int) -> int:
        moved = self._moves() - self._noted
        if not moved:
            return page
        self._noted += moved
        target = max(self._first, page - -(-moved // self._per_page))
        self._stepped += page - target
        return target


class CountSearch:
    """Finds how many rows a list has by asking for few of its pages: the number doubles, then halves.

    Attributes:
        page: The page to read next; None when the total is known.
        total: How many rows there are, once it is known.
    """

    __slots__ = ("_empty", "_full", "page", "total")

    def __init__(self) -> None:
        self.page: int | None = 1
        self.total = 0
        self._full = 0  # the last page that is known to have another one after it
        self._empty: int | None = None  # the first page that is known to be empty

    def take(self, document: object, rows: int) -> None:
        """Take in the page that was asked for.

        Raises:
            PagingProblem: when it is no page, or not the one that was asked for.
        """
        info, page = LinksInfo.read(document), self.page
        if info.current_page != page:
            raise PagingProblem(f"says that it is page {info.current_page}, and page {page} was asked for")
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
        else:  # rows went meanwhile
            self._finish(self._full * info.per_page)
        return None

    def _finish(self, total: int) -> None:
        self.page, self.total = None, total
