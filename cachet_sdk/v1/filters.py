"""What a list may be narrowed and ordered by: query strings that the v1 server understands. Pure.

wire/v1, trap 2: as soon as one filter is there the server takes ``page`` for another, so a filtered list must be read
in one request. The same is done for a sorted one: rows of equal rank change places between two pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from cachet_sdk.core.arguments import is_member_of, is_text
from cachet_sdk.core.http.request import Query
from cachet_sdk.core.json_types import is_object
from cachet_sdk.errors import ArgumentError, short_repr
from cachet_sdk.v1.enums import ComponentStatus
from cachet_sdk.v1.models.tags import slug_of

#: What every sortable list can be sorted by and still be read in pages: no two rows are equal.
_UNIQUE = "id"
#: What filters with few values can be. (Servers know ways to fold up a group that have no name here.)
_RANGES = {"enabled": (0, 1), "visible": (0, 1), "stickied": (0, 1), "collapsed": (0, 4)}


@dataclass(frozen=True, slots=True)
class ListQuery:
    """The parameters of a list, and whether it has to be read in one request."""

    parameters: Query
    whole: bool


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
    return ListQuery(
        (*parameters, ("sort", by)) if by else tuple(parameters), bool(parameters) or by not in {None, _UNIQUE}
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
) -> tuple[ListQuery, frozenset[str]]:
    """Write the query of a component list.

    Returns:
        The query, and the slugs that are left to look for here: the server fails on tags beside another filter.
    """
    check_status(status, ComponentStatus)
    query = list_query({**filters, "status": status}, sort, ("id", "name", "status", "order", "group_id", "enabled"))
    slugs = _slugs(tags)
    if not slugs:
        return query, frozenset()
    if any(name != "sort" for name, _ in query.parameters):
        return query, slugs
    return ListQuery((*query.parameters, *(("tags[]", slug) for slug in sorted(slugs))), query.whole), frozenset()


def _slugs(tags: str | Iterable[str] | None) -> frozenset[str]:
    if tags is None:
        return frozenset()
    names = tags.split(",") if isinstance(tags, str) else tags if isinstance(tags, Iterable) else ()
    slugs = {slug_of(name) if isinstance(name, str) else "" for name in names}
    if not slugs or "" in slugs:
        raise ArgumentError("tags", f"expected slugs such as 'web-server', got {short_repr(tags)}")
    return frozenset(slugs)


def has_slug(slugs: frozenset[str]) -> Callable[[object], bool]:
    """Make the test for rows that have one of these tags."""

    def test(row: object) -> bool:
        if not is_object(row):
            return True  # for the validation to find
        tags = row.get("tags")
        return is_object(tags) and not slugs.isdisjoint(tags)

    return test
