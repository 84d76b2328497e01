"""Lists that tell no total, only whether another page follows (``links.next``, as Cachet 3). Pure.

The links themselves are of no use: they forget how many rows a page has, and what was filtered (wire/v3, trap 1).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock

from cachet_sdk.core.json_types import is_object
from cachet_sdk.core.paging.pages import IdSet, PagingProblem, whole

#: How many pages may bring nothing new for each one that does, and how many more, before a list counts as one that
#: never comes to rest. Deleting each row while iterating reads each page twice.
REREADS = 4
SLACK_PAGES = 100
#: How many pages in a row may bring nothing new before a list counts as one that repeats itself. Rows that come while
#: a list is read move others to later pages, but not whole pages of them again and again.
STALE_PAGES = 3


@dataclass(frozen=True, slots=True)
class SimplePageInfo:
    """What a page says of itself."""

    current_page: int
    per_page: int
    has_next: bool

    @classmethod
    def read(cls, document: object) -> SimplePageInfo:
        """Find it in an answer.

        Raises:
            PagingProblem: when it is not there.
        """
        links = document.get("links") if is_object(document) else None
        meta = document.get("meta") if is_object(document) else None
        if not is_object(links) or not is_object(meta):
            raise PagingProblem("has no links and meta")
        current_page, per_page = whole(meta.get("current_page")), whole(meta.get("per_page"))
        if current_page is None or not per_page:
            raise PagingProblem("has no page numbers under meta")
        return cls(current_page, per_page, links.get("next") is not None)


#: What stands for a deletion where changes stand by the names of values.
_DELETED = ""


class MutationCounter:
    """Counts what was done to resources that may move others to another page of a list: deletions, and changes."""

    __slots__ = ("_counts", "_lock")

    def __init__(self) -> None:
        self._counts: dict[str, int] = {_DELETED: 0}
        self._lock = Lock()

    def join(self, other: MutationCounter) -> None:
        """Count together with another one from here on; only for one that has counted nothing yet."""
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
        """Tell how many there were that matter to a list.

        Args:
            names: The values that the list is filtered or sorted by.
        """
        return self._counts[_DELETED] + sum(self._counts.get(name, 0) for name in names)


class SimplePages:
    """A reading of all pages of one list, from a page on.

    Without a total nothing shows that rows have gone, except for those that went through this client: what it deletes
    or changes is counted, and the walk goes back over what may have moved up.
    """

    __slots__ = (
        "_first",
        "_moves",
        "_noted",
        "_page",
        "_per_page",
        "_seen",
        "_stale",
        "_stepped",
        "_useful",
        "_useless",
        "last",
    )

    def __init__(self, first: int, moves: Callable[[], int]) -> None:
        self.last: int = first
        self._first = first
        self._page: int | None = first
        self._per_page = 1
        self._moves = moves
        self._noted = moves()
        self._seen = IdSet()
        self._stepped = 0  # pages that are read again, and so may bring nothing new
        self._stale = 0
        self._useful = 0  # pages that brought something new
        self._useless = 0

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
        return self.take(SimplePageInfo.read(document), ids)

    def take(self, info: SimplePageInfo, ids: Sequence[int]) -> list[int]:
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
        self._useful += bool(fresh)
        self._useless += not fresh
        if self._useless > SLACK_PAGES + REREADS * self._useful:
            raise PagingProblem("is of a list that never comes to rest: its rows change faster than they are read")
        if self._moves() > self._noted:
            # Done while the page was on its way, so perhaps before it was cut: then even it has rows on pages before.
            self._page = self._behind_moves(page)
        else:
            self._page = page + 1 if info.has_next else None
        # How many pages follow, nobody knows: reading ahead may ask for a few that are empty.
        self.last = sys.maxsize if info.has_next else page
        return fresh

    def _behind_moves(self, page: int) -> int:
        """Go back over what may have moved to pages before this one since it was noted last."""
        moved = self._moves() - self._noted
        if not moved:
            return page
        self._noted += moved
        target = max(self._first, page - -(-moved // self._per_page))
        self._stepped += page + 1 - target
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
        self.total: int = 0
        self._full = 0  # the last page that is known to have another one after it
        self._empty: int | None = None  # the first page that is known to be empty

    def take(self, document: object, rows: int) -> None:
        """Take in the page that was asked for.

        Raises:
            PagingProblem: when it is no page, or not the one that was asked for.
        """
        info = SimplePageInfo.read(document)
        page = self.page or 1
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
