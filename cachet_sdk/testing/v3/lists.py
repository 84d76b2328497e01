"""Lists: the includes, filters and sorts that an endpoint allows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from cachet_sdk.testing.v3.dates import format_date
from cachet_sdk.testing.v3.documents import Tree, parse_fields, parse_include
from cachet_sdk.testing.v3.http_errors import HttpError
from cachet_sdk.testing.v3.values import Json, entries, is_integer, is_numeric, lookup, number, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

R = TypeVar("R")

Predicate: TypeAlias = "Callable[[R], bool]"
#: Converts a query parameter to a predicate; None if it has no effect.
Filter: TypeAlias = "Callable[[Json], Predicate[R] | None]"


def column(name: str) -> Callable[[object], object]:
    """Sort by a column."""
    return lambda row: getattr(row, name)


#: Columns that a default sort may use although the endpoint does not allow them in ``sort``.
_DEFAULT_SORTS: dict[str, Callable[[object], object]] = {"created_at": column("created_at")}


@dataclass(frozen=True, slots=True)
class Listing(Generic[R]):
    """What an endpoint allows in a query; None if it declares nothing, and so ignores that parameter."""

    sorts: Mapping[str, Callable[[R], object]]
    includes: tuple[str, ...] | None = None
    filters: Mapping[str, Filter[R]] | None = None
    default_sort: str | None = None
    default_filters: Mapping[str, str] = field(default_factory=dict[str, str])

    def tree(self, query: Mapping[str, Json]) -> Tree:
        """Return the requested includes.

        Raises:
            HttpError: 400 if one is not allowed, or is combined with ``fields``.
        """
        tree = parse_include(query)
        if self.includes is None:
            return {}
        requested = str(query.get("include") or "").split(",") if tree else []
        _reject_unknown("include", requested, self.includes, "are not allowed")
        fields = parse_fields(query)
        if tree and fields:
            names = ", ".join(sorted(name for attributes in fields.values() for name in attributes))
            raise HttpError(400, f"Requested field(s) `{names}` are not allowed (yet).")
        return tree

    def select(self, rows: Iterable[R], query: Mapping[str, Json]) -> Iterable[R]:
        """Return the rows that match the query's filters, in its order.

        Raises:
            HttpError: 400 if a filter or sort is not allowed.
        """
        predicates = self._predicates(query)
        keys = self._sort_keys(query)
        chosen = (row for row in rows if all(predicate(row) for predicate in predicates)) if predicates else rows
        for key, descending in reversed(keys):
            chosen = sorted(chosen, key=key, reverse=descending)
        return chosen

    def _predicates(self, query: Mapping[str, Json]) -> list[Predicate[R]]:
        if self.filters is None:
            return []
        requested = query.get("filter")
        values = requested if isinstance(requested, dict) else {}
        _reject_unknown("filter", list(values), tuple(self.filters), "are not allowed")
        predicates = [self.filters[name](value) for name, value in {**self.default_filters, **values}.items()]
        return [predicate for predicate in predicates if predicate is not None]

    def _sort_keys(self, query: Mapping[str, Json]) -> list[tuple[Callable[[R], tuple[bool, str | float]], bool]]:
        requested = query.get("sort")
        given = requested if isinstance(requested, str) else ",".join(text(name) for name in entries(requested))
        names = [name for name in (given or self.default_sort or "").split(",") if name]
        if given:
            _reject_unknown("sort", [name.lstrip("-") for name in names], tuple(self.sorts), "is not allowed")
        columns = {**self.sorts, **_DEFAULT_SORTS}
        return [(_nulls_first(columns[name.lstrip("-")]), name.startswith("-")) for name in names]


def with_counts(*names: str) -> tuple[str, ...]:
    """Return relations with the two other includes that each allows: ``group, groupCount, groupExists``."""
    return tuple(name + suffix for name in names for suffix in ("", "Count", "Exists"))


def partial(name: str) -> Filter[R]:
    """Filter by a substring of a column, case-insensitively."""

    def make(value: Json) -> Predicate[R] | None:
        parts = [part.lower() for part in _choices(value)]
        return (lambda row: _contains_any(getattr(row, name), parts)) if parts else None

    return make


def exact(name: str) -> Filter[R]:
    """Filter by a number."""

    def make(value: Json) -> Predicate[R] | None:
        choices = _choices(value)
        wanted = {int(choice) for choice in choices if is_integer(choice)}
        return (lambda row: getattr(row, name) in wanted) if choices else None

    return make


def flag(name: str) -> Filter[R]:
    """Filter by a boolean column: 1, 0, true or false, or several of them."""

    def make(value: Json) -> Predicate[R] | None:
        choices = _choices(value)
        wanted = {choice in ("1", "true") for choice in choices if choice in ("0", "1", "true", "false")}
        return (lambda row: getattr(row, name) in wanted) if choices else None

    return make


def by_date(name: str, compare: Callable[[str, str], bool]) -> Filter[R]:
    """Filter by a date column, compared as text, as SQLite does; a row without a date never matches."""

    def make(value: Json) -> Predicate[R] | None:
        choices = _choices(value)

        def predicate(row: R) -> bool:
            moment = getattr(row, name)
            return moment is not None and compare(format_date(moment), choices[0])

        return predicate if choices else None

    return make


def metadata(value: Json) -> Predicate[R] | None:
    """Filter by ``filter[meta][key]=value``: all pairs must match; lists are ignored."""
    keys = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    pairs = [
        (str(key), _meta_values(wanted))
        for key, wanted in keys
        if not isinstance(wanted, (list, dict)) and "," not in text(wanted)
    ]
    return (lambda row: all(_has_meta(getattr(row, "meta"), *pair) for pair in pairs)) if pairs else None  # noqa: B009


def _meta_values(wanted: Json) -> list[Json]:
    spelled = text(wanted)
    values: list[Json] = [spelled]
    if is_numeric(spelled):
        values.append(number(float(spelled)))
    if spelled in ("true", "false"):
        values.append(spelled == "true")
    return values


def _has_meta(meta: Json, key: str, values: list[Json]) -> bool:
    found, value = lookup(meta, key)
    return found and any(type(value) is type(wanted) and value == wanted for wanted in values)


def _choices(value: Json) -> list[str]:
    spelled = [value] if isinstance(value, str) else [text(item) for item in entries(value)]
    return [choice for part in spelled for choice in part.split(",") if choice]


def _contains_any(value: object, parts: list[str]) -> bool:
    lowered = "" if value is None else str(value).lower()
    return any(part in lowered for part in parts)


def _nulls_first(key: Callable[[R], object]) -> Callable[[R], tuple[bool, str | float]]:
    def wrapped(row: R) -> tuple[bool, str | float]:
        value = key(row)
        if value is None:
            return (False, 0)
        return (True, value if isinstance(value, (int, float, str)) else str(value))

    return wrapped


def _reject_unknown(kind: str, requested: list[str], allowed: tuple[str, ...], verdict: str) -> None:
    unknown = [name for name in requested if name not in allowed]
    if unknown:
        raise HttpError(
            400,
            f"Requested {kind}(s) `{', '.join(unknown)}` {verdict}. Allowed {kind}(s) are `{', '.join(allowed)}`.",
        )
