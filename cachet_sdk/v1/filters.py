"""Filters and sort orders of lists, as query strings of the v1 server. Pure.

If a list is filtered, the server takes ``page`` for a filter, too, so the list must be read in one request. So must a
sorted list, because rows with equal values change places between pages. Cachet 2.3 ignores filters that it does not
have and returns every row, so rows are filtered again here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import TypeVar

from cachet_sdk.core.arguments import is_member_of, is_text
from cachet_sdk.core.http.request import Query
from cachet_sdk.core.json_types import is_object
from cachet_sdk.errors import ArgumentError, UnsupportedError, short_repr
from cachet_sdk.v1.enums import ComponentStatus
from cachet_sdk.v1.models.tags import slug_of

JsonT = TypeVar("JsonT")

#: The sort field that still allows pages, because no two rows share a value.
_UNIQUE = "id"
#: The ranges of filters with few values. (``collapsed`` has values without a documented name.)
_RANGES = {"enabled": (0, 1), "visible": (0, 1), "stickied": (0, 1), "collapsed": (0, 4)}
#: Filters and sort fields that Cachet 2.3 ignores, because its rows lack these fields.
_SINCE_2_4 = frozenset({"user_id", "stickied", "visible", "occurred_at"})


@dataclass(frozen=True, slots=True)
class ListQuery:
    """The parameters of a list, and whether it must be read in one request.

    Attributes:
        parameters: The query string.
        whole: Whether the list must be read in one request.
        required: Fields that rows must contain. If they do not, the server does not support the filter or order.
        values: Values of these fields by which the returned rows are filtered again.
        tags: Slugs and case-folded names of tags. A row must have at least one of them.
    """

    parameters: Query
    whole: bool
    required: frozenset[str] = frozenset()
    values: Mapping[str, int] = field(default_factory=dict[str, int])
    tags: frozenset[str] = frozenset()

    def matching(self, rows: list[JsonT]) -> list[JsonT]:
        """Return the rows that match, whether or not the server applied the filters.

        Raises:
            UnsupportedError: For a filter or sort field that this server does not have.
        """
        return [row for row in rows if self._matches(row)] if self.required or self.tags else rows

    def _matches(self, row: object) -> bool:
        if not is_object(row):
            return True  # validation reports it
        for name in self.required:
            if name not in row:
                raise UnsupportedError(
                    f"{name}: this server does not have this field, so it cannot filter or sort by it; "
                    "it requires Cachet 2.4"
                )
        if any(not _is_equal(row.get(name), value) for name, value in self.values.items()):
            return False
        return not self.tags or not self.tags.isdisjoint(_tags_of(row))


def _tags_of(row: Mapping[str, object]) -> set[str]:
    """Return the slugs and case-folded names of a row's tags."""
    tags = row.get("tags")
    return {*tags, *(str(name).casefold() for name in tags.values())} if is_object(tags) else set()


def _is_equal(actual: object, value: int) -> bool:
    """Return whether a row has a value. Some database drivers return numbers and flags as text."""
    return isinstance(actual, int | str) and str(int(actual) if isinstance(actual, int) else actual) == str(value)


def list_query(
    filters: Mapping[str, object], sort: str | None, sortable: tuple[str, ...], *, default_sort: str | None = None
) -> ListQuery:
    """Check filters and the sort order, and build the query.

    Raises:
        ArgumentError: Names the invalid argument.
    """
    if sort is not None and sort not in sortable:
        raise ArgumentError("sort", f"expected one of {', '.join(sortable)}, got {short_repr(sort)}")
    parameters = [(name, _value(name, value)) for name, value in filters.items() if value is not None]
    by = sort or default_sort
    values = {name: value for name, value in parameters if name in _SINCE_2_4 and isinstance(value, int)}
    return ListQuery(
        (*parameters, ("sort", by)) if by else tuple(parameters),
        bool(parameters) or by not in {None, _UNIQUE},
        required=frozenset(values) | (_SINCE_2_4 & {by}),
        values=values,
    )


def _value(name: str, value: object) -> str | int:
    # For a value that no row can have, the server would silently return an empty list.
    if name == "name":
        if is_text(value):
            return value
    elif isinstance(value, int):
        least, most = _RANGES.get(name, (0, (1 << 63) - 1))
        if least <= value <= most and (name in _RANGES or not isinstance(value, bool)):
            return int(value)
    raise ArgumentError(name, f"cannot be filtered by {short_repr(value)}")


def check_status(status: int | None, kind: type[IntEnum]) -> None:
    """Refuse an unknown status, which the server would treat as 0.

    Raises:
        ArgumentError: Names the argument.
    """
    if status is not None and not is_member_of(status, kind):
        raise ArgumentError(
            "status", f"expected one of {', '.join(f'{m.value} ({m.name})' for m in kind)}, got {short_repr(status)}"
        )


def check_order(order: str) -> None:
    """Refuse an unknown direction, which the server would treat as descending.

    Raises:
        ArgumentError: Names the argument.
    """
    if not isinstance(order, str) or order not in {"asc", "desc"}:
        raise ArgumentError("order", f"expected 'asc' or 'desc', got {short_repr(order)}")


def components_query(
    *,
    status: int | None,
    tags: str | Iterable[str] | None,
    sort: str | None,
    sortable: tuple[str, ...],
    **filters: object,
) -> ListQuery:
    """Build the query of a component list.

    In two cases tags are not sent, but only filtered here: together with another filter, on which the server fails, and
    if one is not ASCII, because its slug then depends on the server's release.
    """
    check_status(status, ComponentStatus)
    query = list_query({**filters, "status": status}, sort, sortable)
    if tags is None:
        return query
    names = _tag_names(tags)
    slugs = {slug_of(name) for name in names} - {""}
    is_only_filter = all(name == "sort" for name, _ in query.parameters)
    is_sent = is_only_filter and all(name.isascii() and slug_of(name) for name in names)
    parameters = tuple(("tags[]", slug) for slug in sorted(slugs)) if is_sent else ()
    wanted = frozenset(slugs | {name.casefold() for name in names})
    return replace(query, parameters=(*query.parameters, *parameters), whole=True, tags=wanted)


def _tag_names(tags: str | Iterable[str]) -> list[str]:
    names = tags.split(",") if isinstance(tags, str) else list(tags) if isinstance(tags, Iterable) else []
    if not names or not all(isinstance(name, str) and name.strip() for name in names):
        raise ArgumentError("tags", f"expected slugs such as 'web-server', or names, got {short_repr(tags)}")
    return [name.strip() for name in names]
