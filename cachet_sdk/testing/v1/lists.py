"""Lists: filtering, sorting and paging, with the server's quirks (described in tests/wire/v1)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Generic

from cachet_sdk.testing.v1 import dates, php
from cachet_sdk.testing.v1.errors import HttpError
from cachet_sdk.testing.v1.store import R, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cachet_sdk.testing.v1.context import Call
    from cachet_sdk.testing.v1.php import Json

#: Query parameters that do not become part of the WHERE clause.
_NOT_COLUMNS = frozenset({"sort", "order", "per_page"})


@dataclass(frozen=True, slots=True)
class Listing(Generic[R]):
    """How an endpoint lists its rows.

    Attributes:
        present: Converts a row to JSON.
        sortable: Columns that ``sort`` accepts; others are ignored.
        searchable: Columns that can be filtered by; if the query contains none of them, nothing is filtered.
        columns: All columns; the query may contain them in addition to a searchable one.
        visible_to_guests: Returns whether guests see a row in the list.
        honors_order: Whether ``order`` has an effect; otherwise sorting is always descending.
        since_2_4: Columns that 2.3 can neither filter nor sort by.
    """

    present: Callable[[Call, R], Json]
    sortable: frozenset[str] = frozenset()
    searchable: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    visible_to_guests: Callable[[R], bool] | None = None
    honors_order: bool = False
    since_2_4: frozenset[str] = frozenset()

    def rows(self, call: Call, table: Table[R]) -> list[R]:
        """Return the rows of all pages of this request."""
        is_visible = self.visible_to_guests if call.guest else None
        column = self.sort_column(call)
        descending = not self.honors_order or call.inputs.query.get("order", "asc") != "asc"

        def build(rows: Iterable[R]) -> list[R]:
            kept = [row for row in rows if is_visible is None or is_visible(row)]
            if column:
                kept.sort(key=lambda row: _sort_key(getattr(row, column)), reverse=descending)
            return kept

        return self._filter(call, table.view((is_visible is None, column, descending), build))

    def sort_column(self, call: Call) -> str:
        """Return the column that the request sorts by, or ""."""
        sort = call.inputs.query.get("sort")
        return sort if isinstance(sort, str) and sort in self.sortable - call.unsupported(self.since_2_4) else ""

    def _filter(self, call: Call, rows: list[R]) -> list[R]:
        search = {name: value for name, value in call.inputs.query.items() if name not in _NOT_COLUMNS}
        unsupported = call.unsupported(self.since_2_4)
        if not search.keys() & self.searchable - unsupported:
            return rows
        # Now every parameter becomes a column, `page` included: "Unknown column 'page'".
        if search.keys() - (self.columns - unsupported) or any(
            isinstance(value, list | dict) for value in search.values()
        ):
            raise HttpError(500)
        return [row for row in rows if all(_equals(getattr(row, name, None), value) for name, value in search.items())]

    def paginate(
        self, call: Call, read: Callable[[], Sequence[R]], read_page: Callable[[int, int], Sequence[R]] | None = None
    ) -> dict[str, Json]:
        """Return a page of rows with its ``meta``; rows are counted and then read, as by two queries.

        Args:
            call: The request.
            read: Reads all rows.
            read_page: Reads one page, given its offset and its size. Defaults to a slice of all rows.
        """
        page = _Page.from_query(call, len(read()))
        call.on_list()
        rows = read()[page.first : page.first + page.size] if read_page is None else read_page(page.first, page.size)
        shown = [self.present(call, row) for row in rows]
        return {"meta": {"pagination": page.meta(call, len(shown))}, "data": shown}


def collation_key(text: str) -> str:
    """Return a key that is the same for strings that MariaDB considers equal."""
    return php.without_accents(text).casefold().rstrip(" ")


def _sort_key(value: object) -> tuple[bool, object]:
    """Return a sort key: nulls first, strings case-insensitively."""
    return value is not None, collation_key(value) if isinstance(value, str) else value


def _equals(stored: object, wanted: Json) -> bool:
    """Return the result of ``column = 'text'`` in MariaDB."""
    text = str(wanted)
    if isinstance(stored, str):
        return collation_key(stored) == collation_key(text)
    if isinstance(stored, datetime):
        return dates.format_date(stored) == text
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
    def from_query(cls, call: Call, total: int) -> _Page:
        given = call.inputs.query.get("per_page", "20")
        # PHP's `?:` treats "" and "0" as missing, and then the framework's default of 15 applies.
        per_page = given if php.truth(given) else "15"
        if not isinstance(per_page, str) or not php.is_numeric(per_page) or not 0 < float(per_page) < math.inf:
            raise HttpError(500)
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
