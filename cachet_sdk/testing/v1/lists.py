"""Lists: which rows the query keeps, in which order, and which page of them; every quirk of it is in wire/v1."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Generic

from cachet_sdk.testing.v1 import dates, php
from cachet_sdk.testing.v1.errors import Refusal
from cachet_sdk.testing.v1.store import R, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cachet_sdk.testing.v1.context import Call
    from cachet_sdk.testing.v1.php import Json

#: Taken out of the query before the rest of it becomes a WHERE clause.
_NO_COLUMNS = frozenset({"sort", "order", "per_page"})


@dataclass(frozen=True, slots=True)
class Listing(Generic[R]):
    """What one endpoint's list can do.

    Attributes:
        present: A row as JSON.
        sortable: Columns that ``sort`` takes; others are ignored.
        searchable: Columns that filter; without any, the query filters nothing.
        columns: All columns: what may stand beside a filter.
        for_guests: Whether a guest sees a row in the list.
        both_ways: Whether ``order`` counts; elsewhere sorting is always descending.
        since_2_4: Columns that 2.3 can neither filter nor sort by.
    """

    present: Callable[[Call, R], Json]
    sortable: frozenset[str] = frozenset()
    searchable: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    for_guests: Callable[[R], bool] | None = None
    both_ways: bool = False
    since_2_4: frozenset[str] = frozenset()

    def rows(self, call: Call, table: Table[R]) -> list[R]:
        """The rows that this request asks for, all pages of them."""
        hide = self.for_guests if call.guest else None
        column = self.sort_column(call)
        descending = not self.both_ways or call.inputs.query.get("order", "asc") != "asc"

        def build(rows: Iterable[R]) -> list[R]:
            kept = [row for row in rows if hide is None or hide(row)]
            if column:
                kept.sort(key=lambda row: _rank(getattr(row, column)), reverse=descending)
            return kept

        return self._searched(call, table.view((hide is None, column, descending), build))

    def sort_column(self, call: Call) -> str:
        """The column that the request sorts by, empty for none."""
        sort = call.inputs.query.get("sort")
        return sort if isinstance(sort, str) and sort in self.sortable - call.missing(self.since_2_4) else ""

    def _searched(self, call: Call, rows: list[R]) -> list[R]:
        search = {name: value for name, value in call.inputs.query.items() if name not in _NO_COLUMNS}
        missing = call.missing(self.since_2_4)
        if not search.keys() & self.searchable - missing:
            return rows
        # From here on every parameter is a column, `page` among them: "Unknown column 'page'".
        if search.keys() - (self.columns - missing) or any(isinstance(value, list | dict) for value in search.values()):
            raise Refusal(500)
        return [row for row in rows if all(_equals(getattr(row, name, None), value) for name, value in search.items())]

    def answer(
        self, call: Call, read: Callable[[], Sequence[R]], page_of: Callable[[int, int], Sequence[R]] | None = None
    ) -> dict[str, Json]:
        """One page of rows with its ``meta``; they are counted first and read then, as two queries are.

        Args:
            call: The request, which names the page.
            read: Reads all of them.
            page_of: Reads one page, where pages are not simply cut from all rows: given how many rows come before
                it, and how many it has at most.
        """
        page = _Page.asked_for(call, len(read()))
        call.counted()
        rows = read()[page.first : page.first + page.size] if page_of is None else page_of(page.first, page.size)
        shown = [self.present(call, row) for row in rows]
        return {"meta": {"pagination": page.meta(call, len(shown))}, "data": shown}


def collated(text: str) -> str:
    """Strings that MariaDB holds for equal have the same one of these."""
    return php.without_accents(text).casefold().rstrip(" ")


def _rank(value: object) -> tuple[bool, object]:
    """A sort key: null before everything, strings without regard to case."""
    return value is not None, collated(value) if isinstance(value, str) else value


def _equals(stored: object, asked: Json) -> bool:
    """``column = 'text'`` in MariaDB."""
    text = str(asked)
    if isinstance(stored, str):
        return collated(stored) == collated(text)
    if isinstance(stored, datetime):
        return dates.shown(stored) == text
    return isinstance(stored, int) and stored == php.number_at_start(text)


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    size: int
    total: int
    total_pages: int

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size

    @classmethod
    def asked_for(cls, call: Call, total: int) -> _Page:
        asked = call.inputs.query.get("per_page", "20")
        # PHP's `?:` takes "" and "0" for "not given", and the framework's own default is 15.
        per_page = asked if php.truth(asked) else "15"
        if not isinstance(per_page, str) or not php.is_numeric(per_page) or not 0 < float(per_page) < math.inf:
            raise Refusal(500)
        page = call.inputs.query.get("page")
        number = int(page) if isinstance(page, str) and php.is_integer(page) and int(page) >= 1 else 1
        return cls(number, int(float(per_page)), total, max(1, math.ceil(total / float(per_page))))

    def meta(self, call: Call, count: int) -> dict[str, Json]:
        return {
            "total": self.total,
            "count": count,
            "per_page": self.size,
            "current_page": self.number,
            "total_pages": self.total_pages,
            "links": {
                "next_page": self._link(call, self.number + 1) if self.number < self.total_pages else None,
                "previous_page": self._link(call, self.number - 1) if self.number > 1 else None,
            },
        }

    @staticmethod
    def _link(call: Call, number: int) -> str:
        others = {name: value for name, value in call.inputs.query.items() if name != "page"}
        return f"{call.url}?{php.build_query({**others, 'page': number})}"
