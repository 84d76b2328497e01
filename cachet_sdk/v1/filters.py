"""What a list may be narrowed and ordered by: query strings that the v1 server understands. Pure.

As soon as one filter is there the server takes ``page`` for another, so a filtered list must be read in one request.
The same is done for a sorted one: rows of equal rank change places between two pages. Cachet 2.3 ignores the filters
that it does not know and returns every row, so what came is filtered once more here.
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

#: What every sortable list can be sorted by and still be read in pages: no two rows are equal.
_UNIQUE = "id"
#: What filters with few values can be. (Servers know ways to fold up a group that have no name here.)
_RANGES = {"enabled": (0, 1), "visible": (0, 1), "stickied": (0, 1), "collapsed": (0, 4)}


#: Filters and orders that Cachet 2.3 ignores, since its rows do not have the field.
_SINCE_2_4 = frozenset({"user_id", "stickied", "visible", "occurred_at"})


@dataclass(frozen=True, slots=True)
class ListQuery:
    """The parameters of a list, and whether it has to be read in one request.

    Attributes:
        parameters: The query string.
        whole: Whether the list has to be read in one request.
        required: Fields that the rows must have for the server to know the filters and the order.
        values: The values of these fields to narrow what came by.
        tags: Slugs, and names in one case, of tags of which a row must have one.
    """

    parameters: Query
    whole: bool
    required: frozenset[str] = frozenset()
    values: Mapping[str, int] = field(default_factory=dict[str, int])
    tags: frozenset[str] = frozenset()

    def narrow(self, rows: list[JsonT]) -> list[JsonT]:
        """Return the rows that match, whether the server filtered or not.

        Raises:
            UnsupportedError: for a filter or an order by a field that this server does not have.
        """
        return [row for row in rows if self._matches(row)] if self.required or self.tags else rows

    def _matches(self, row: object) -> bool:
        if not is_object(row):
            return True  # for the validation to find
        for name in self.required:
            if name not in row:
                raise UnsupportedError(
                    f"{name}: this server's rows do not have it, so they cannot be filtered or sorted by it; "
                    "it needs Cachet 2.4"
                )
        if any(not _is(row.get(name), value) for name, value in self.values.items()):
            return False
        return not self.tags or not self.tags.isdisjoint(_tags_of(row))


def _tags_of(row: Mapping[str, object]) -> set[str]:
    """Find the slugs of a row's tags, and their names in one case."""
    tags = row.get("tags")
    return {*tags, *(str(name).casefold() for name in tags.values())} if is_object(tags) else set()


def _is(found: object, value: int) -> bool:
    """Whether a row's number is the one asked for; some drivers send numbers as text, and flags as either."""
    return isinstance(found, int | str) and str(int(found) if isinstance(found, int) else found) == str(value)


def list_query(
    filters: Mapping[str, object], sort: str | None, sortable: tuple[str, ...], *, default_sort: str | None = None
) -> ListQuery:
    """Check filters and sorting, and write them as the server takes them.

    Raises:
        ArgumentError: naming the argument that is wrong.
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
    # A value that no row has finds nothing, and nothing would say that it is a mistake.
    if name == "name":
        if is_text(value):
            return value
    elif isinstance(value, int):
        least, most = _RANGES.get(name, (0, (1 << 63) - 1))
        if least <= value <= most and (name in _RANGES or not isinstance(value, bool)):
            return int(value)
    raise ArgumentError(name, f"cannot be filtered by {short_repr(value)}")


def check_status(status: int | None, kind: type[IntEnum]) -> None:
    """Refuse a status that the server does not have: it would find status 0 instead.

    Raises:
        ArgumentError: naming the argument.
    """
    if status is not None and not is_member_of(status, kind):
        raise ArgumentError(
            "status", f"expected one of {', '.join(f'{m.value} ({m.name})' for m in kind)}, got {short_repr(status)}"
        )


def check_order(order: str) -> None:
    """Refuse a direction that the server would take for descending.

    Raises:
        ArgumentError: naming the argument.
    """
    if not isinstance(order, str) or order not in {"asc", "desc"}:
        raise ArgumentError("order", f"expected 'asc' or 'desc', got {short_repr(order)}")


def components_query(
    *, status: int | None, tags: str | Iterable[str] | None, sort: str | None, **filters: object
) -> ListQuery:
    """Write the query of a component list.

    Tags stay here beside another filter, where the server fails, and when one is not ASCII: then its slug depends on
    the server's release, and the name finds it.
    """
    check_status(status, ComponentStatus)
    query = list_query({**filters, "status": status}, sort, ("id", "name", "status", "order", "group_id", "enabled"))
    if tags is None:
        return query
    names = _tag_names(tags)
    slugs = {slug_of(name) for name in names} - {""}
    alone = all(name == "sort" for name, _ in query.parameters)
    certain = alone and all(name.isascii() and slug_of(name) for name in names)
    asked = tuple(("tags[]", slug) for slug in sorted(slugs)) if certain else ()
    wanted = frozenset(slugs | {name.casefold() for name in names})
    return replace(query, parameters=(*query.parameters, *asked), whole=True, tags=wanted)


def _tag_names(tags: str | Iterable[str]) -> list[str]:
    names = tags.split(",") if isinstance(tags, str) else list(tags) if isinstance(tags, Iterable) else []
    if not names or not all(isinstance(name, str) and name.strip() for name in names):
        raise ArgumentError("tags", f"expected slugs such as 'web-server', or names, got {short_repr(tags)}")
    return [name.strip() for name in names]
