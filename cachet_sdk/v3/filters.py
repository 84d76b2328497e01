"""Filters, sort orders and inclusions of lists, as query strings of the v3 server. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, tzinfo
from enum import IntEnum
from typing import TypeAlias, cast, get_args
from urllib.parse import quote

from cachet_sdk.core.arguments import check_count, is_member_of, is_text
from cachet_sdk.core.http.request import Query
from cachet_sdk.core.models.times import is_aware
from cachet_sdk.errors import ArgumentError, short_repr

#: The value of a filter by ``meta``: text, a number or a bool.
MetaValue: TypeAlias = str | int | float | bool
#: Maximum page size. The server silently reduces larger ones to it.
LARGEST_PAGE = 100
#: The limit of the integers that databases can compare.
_INTEGER_LIMIT = 1 << 63
#: The sort field whose values are unique, so that pages lose no rows ("No default order").
_UNIQUE = "id"

#: Filters and sort fields that are computed from other fields: a schedule's status from its times, a template's slug
#: from its name.
_COMPUTED_FROM = {
    "occurs_after": ("occurred_at",),
    "occurs_before": ("occurred_at",),
    "occurs_on": ("occurred_at",),
    "slug": ("slug", "name"),
    "status": ("status", "scheduled_at", "completed_at"),
}


def list_query(
    filters: Mapping[str, object] | None = None,
    *,
    meta: Mapping[str, MetaValue] | None = None,
    sort: str | Sequence[str] | None = None,
    sortable: Sequence[str] = (),
    include: Sequence[str] = (),
    includable: Sequence[str] = (),
    zone: tzinfo | None = None,
) -> Query:
    """Check the arguments of a list, and build the query.

    Args:
        filters: Values by the server's names. A sequence matches any of its items. None is no filter.
        meta: Key-value pairs that must all match.
        sort: Field or fields. A leading ``-`` sorts in descending order. Ties are sorted by id where that is allowed.
        sortable: Fields by which the server can sort this list.
        include: Relations and fields to include.
        includable: Relations and fields that the server can include in this list.
        zone: The server's time zone, if known, for filters by time.

    Raises:
        ArgumentError: Names the invalid argument.
    """
    if meta is not None and not isinstance(meta, Mapping):
        raise ArgumentError("meta", f"expected a dictionary, got {short_repr(meta)}")
    query: list[tuple[str, str | int | bool]] = [
        (f"filter[{name}]", _choices(name, value, zone)) for name, value in (filters or {}).items() if value is not None
    ]
    query += [(f"filter[meta][{_meta_key(key)}]", _meta_value(value)) for key, value in (meta or {}).items()]
    by = _order(sort, sortable)
    if by:
        query.append(("sort", by))
    return (*query, *include_query(include, includable))


def sort_fields(orders: object) -> tuple[str, ...]:
    """Return the fields of a ``Literal`` of sort orders, without the descending ones."""
    return tuple(name for name in get_args(orders) if not name.startswith("-"))


def fields_behind(query: Query) -> frozenset[str]:
    """Return the fields of a resource that determine whether and where it appears in a list."""
    names: set[str] = set()
    for name, value in query:
        if name == "sort":
            names.update(one.removeprefix("-") for one in str(value).split(","))
        elif name.startswith("filter["):
            names.add(name.removeprefix("filter[").partition("]")[0])
    return frozenset(source for name in names for source in _COMPUTED_FROM.get(name, (name,)))


def include_query(include: Sequence[str], includable: Sequence[str]) -> Query:
    """Check what to include, and build the query. It has no spaces, which the server does not accept.

    Raises:
        ArgumentError: For a name that the server cannot include here.
    """
    if isinstance(include, str):
        raise ArgumentError(
            "include", f"expected a tuple of names, such as ({short_repr(include)},), got {short_repr(include)}"
        )
    if not isinstance(include, list | tuple):
        raise ArgumentError("include", f"expected a tuple of names, got {short_repr(include)}")
    for name in include:
        if name not in includable:
            raise ArgumentError("include", f"expected some of {', '.join(includable)}, got {short_repr(name)}")
    return (("include", ",".join(dict.fromkeys(include))),) if include else ()


def check_kinds(argument: str, value: int | Sequence[int] | None, kind: type[IntEnum]) -> None:
    """Refuse numbers that are not in an enumeration, because the server would return nothing or ignore the filter.

    Raises:
        ArgumentError: Names the argument.
    """
    wanted = () if value is None else value if isinstance(value, Sequence | set | frozenset) else [value]
    for number in wanted:
        if not is_member_of(number, kind):
            listing = ", ".join(f"{member.value} ({member.name})" for member in kind)
            raise ArgumentError(argument, f"expected some of {listing}, got {short_repr(number)}")


def check_flag(argument: str, value: object) -> None:
    """Refuse values other than True and False, because the server would return nothing.

    Raises:
        ArgumentError: Names the argument.
    """
    if value is not None and not (type(value) in {bool, int} and value in {0, 1}):
        raise ArgumentError(argument, f"expected True or False, got {short_repr(value)}")


def check_moment(argument: str, value: date | None) -> None:
    """Refuse values that are not times, because databases would fail or return nothing.

    Raises:
        ArgumentError: Names the argument.
    """
    if value is not None and not isinstance(value, date):
        raise ArgumentError(argument, f"expected a datetime or a date, got {short_repr(value)}")


def check_day(argument: str, value: date | None) -> None:
    """Refuse values that are not dates. Type checkers accept a datetime as a date, but the server compares whole days.

    Raises:
        ArgumentError: Names the argument.
    """
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        remedy = "; pass its .date() in the server's time zone" if isinstance(value, datetime) else ""
        raise ArgumentError(argument, f"expected a date, got {short_repr(value)}{remedy}")


def check_per_page(per_page: int) -> int:
    """Refuse a page size that the server would silently change.

    Raises:
        ArgumentError: For less than 1 or more than 100.
    """
    if check_count("per_page", per_page, at_least=1) > LARGEST_PAGE:
        raise ArgumentError("per_page", f"expected 1 to {LARGEST_PAGE}, got {per_page}; the server returns no more")
    return per_page


def _order(sort: str | Sequence[str] | None, sortable: Sequence[str]) -> str:
    names = [] if sort is None else list(sort) if isinstance(sort, Sequence) and not isinstance(sort, str) else [sort]
    plain = [name.removeprefix("-") if isinstance(name, str) else name for name in names]
    for name, bare in zip(names, plain, strict=True):
        if bare not in sortable:
            raise ArgumentError("sort", f"expected one of {', '.join(sortable)}, or -name, got {short_repr(name)}")
    if _UNIQUE in sortable and _UNIQUE not in plain:
        names.append(_UNIQUE)
    return ",".join(names)


def _choices(name: str, value: object, zone: tzinfo | None) -> str:
    if isinstance(value, str | bytes) or not isinstance(value, Sequence | set | frozenset):
        return _choice(name, value, zone)
    choices = cast("Collection[object]", value)
    if not choices:
        # The server would ignore the filter.
        raise ArgumentError(name, "expected at least one value to filter by")
    return ",".join(_choice(name, one, zone) for one in choices)


def _choice(name: str, value: object, zone: tzinfo | None) -> str:
    if isinstance(value, datetime):
        return _moment(name, value, zone)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and abs(value) < _INTEGER_LIMIT:
        return str(int(value))
    if is_text(value):
        if "," in value:
            raise ArgumentError(
                name, f"cannot contain a comma, which separates alternatives; pass a tuple, not {short_repr(value)}"
            )
        return value
    raise ArgumentError(name, f"cannot be filtered by {short_repr(value)}")


def _moment(name: str, value: datetime, zone: tzinfo | None) -> str:
    """Format a time as stored in the server's database, which compares it as text: naive, in its time zone."""
    if is_aware(value):
        if zone is None:
            raise ArgumentError(
                name, "is an aware time, which the server does not convert here; pass a naive one in its zone"
            )
        value = value.astimezone(zone).replace(tzinfo=None)
    elif zone is not None:
        raise ArgumentError(name, "is a naive time, but the client has a timezone; pass an aware one")
    return value.isoformat(sep=" ", timespec="seconds")


def _meta_key(key: object) -> str:
    if not is_text(key) or set("[]") & set(key):
        raise ArgumentError("meta", f"expected keys without brackets, got {short_repr(key)}")
    return quote(key, safe="")


def _meta_value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        if not is_text(value) or "," in value:
            # The server would ignore such a pair and return every row.
            raise ArgumentError(
                "meta", f"cannot be filtered by text that is empty or contains a comma: {short_repr(value)}"
            )
        return value
    if isinstance(value, int | float) and abs(value) < _INTEGER_LIMIT:
        return str(value)
    raise ArgumentError("meta", f"expected text, a bool, or a number that is not too large, got {short_repr(value)}")
