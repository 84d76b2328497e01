"""Validates a request's input and converts it to column values, including values that the server does not check."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from cachet_sdk.testing.v3 import http_errors
from cachet_sdk.testing.v3.dates import is_relative_time, parse_date, parse_timestamp
from cachet_sdk.testing.v3.rules import NULLABLE, Rule, ValidationContext
from cachet_sdk.testing.v3.values import Json, entries, intval, is_numeric, lookup, text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime, tzinfo

_UNDERSCORE = re.compile(r"_([a-z])")
_TRUE = (True, 1, "1")


def as_is(value: Json, _zone: tzinfo) -> Json:
    """Return the value unchanged."""
    return value


def as_int(value: Json, _zone: tzinfo) -> int:
    """Convert to an integer; raise ValueError if the value is not numeric."""
    if not is_numeric(value) and not isinstance(value, bool):
        raise ValueError(value)
    return intval(value)


def as_float(value: Json, _zone: tzinfo) -> float:
    """Convert to a float; raise ValueError if the value is not numeric."""
    return float(text(value))


def as_bool(value: Json, _zone: tzinfo) -> bool:
    """Convert any accepted form of a boolean."""
    return value in _TRUE


def as_flag(value: Json, _zone: tzinfo) -> int:
    """Convert a boolean to the 0 or 1 that a ``visible`` column holds."""
    return int(value in _TRUE)


def as_date(value: Json, zone: tzinfo) -> datetime:
    """Convert a date; raise ValueError if the value is not one."""
    return parse_date(value, zone)


def as_timestamp(value: Json, zone: tzinfo) -> datetime | str:
    """Convert the time of a metric point; relative times stay text. Raise ValueError if the value is neither."""
    return value if is_relative_time(value) else parse_timestamp(value, zone)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a request: its name and rules, its conversion to a column, and the fields of its items."""

    name: str
    rules: tuple[Rule, ...] = ()
    cast: Callable[[Json, tzinfo], object] = as_is
    column: str = ""
    items: tuple[Field, ...] = ()
    item_rules: tuple[Rule, ...] = ()


def validate(fields: Sequence[Field], context: ValidationContext) -> dict[str, object]:
    """Validate an input and return the columns to set, without those that are missing or null.

    Raises:
        HttpError: 422 with all messages, or 500 for a value that passes the server's rules but cannot be converted.
    """
    errors: dict[str, list[str]] = {}
    for field in fields:
        _check(field.name, field.rules, (field.name in context.data, context.data.get(field.name)), context, errors)
    for field in fields:
        _check_items(field, context, errors)
    if errors:
        raise http_errors.validation_failed(errors)
    return _cast(fields, context)


def components_of(value: object) -> dict[int, int]:
    """Convert a validated list of ``{id, status}`` to statuses by component id."""
    pairs = cast("list[Json]", value) if isinstance(value, list) else []
    return {intval(lookup(pair, "id")[1]): intval(lookup(pair, "status")[1]) for pair in pairs}


def ids_of(value: object) -> dict[int, None]:
    """Return the ids of a validated list in their order, without duplicates."""
    items = cast("list[Json]", value) if isinstance(value, list) else []
    return {intval(item): None for item in items}


def _cast(fields: Sequence[Field], context: ValidationContext) -> dict[str, object]:
    columns: dict[str, object] = {}
    for field in fields:
        value = context.data.get(field.name)
        if value is None:
            # The server also stores camelCase names, without applying any rule.
            value = context.data.get(_camel(field.name))
        if value is None:
            continue
        try:
            columns[field.column or field.name] = field.cast(value, context.zone)
        except ValueError:
            raise http_errors.server_error() from None
    return columns


def _check_items(field: Field, context: ValidationContext, errors: dict[str, list[str]]) -> None:
    items = entries(context.data.get(field.name))
    for position, item in enumerate(items if field.item_rules else ()):
        _check(f"{field.name}.{position}", field.item_rules, (True, item), context, errors)
    for inner in field.items:
        found = [lookup(item, inner.name) for item in items]
        item_context = replace(context, siblings=[value for _, value in found])
        for position, (present, value) in enumerate(found):
            _check(f"{field.name}.{position}.{inner.name}", inner.rules, (present, value), item_context, errors)


def _check(
    key: str, rules: Sequence[Rule], found: tuple[bool, Json], context: ValidationContext, errors: dict[str, list[str]]
) -> None:
    present, value = found
    applies = present and not (value is None and NULLABLE in rules)
    for rule in rules:
        if not (applies or rule.implicit) or rule.passes(value, context):
            continue
        errors.setdefault(key, []).append(rule.message.format(field=key.replace("_", " ")))
        if rule.implicit:
            return


def _camel(name: str) -> str:
    return _UNDERSCORE.sub(lambda match: match[1].upper(), name)
