"""From a request's input to column values: every field's rules, then its cast, and what the server forgets to check."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from cachet_sdk.testing.v3 import refusals
from cachet_sdk.testing.v3.dates import is_relative_time, parse_date, parse_timestamp
from cachet_sdk.testing.v3.rules import NULLABLE, Rule, Scene
from cachet_sdk.testing.v3.values import Json, entries, intval, is_numeric, lookup, text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime, tzinfo

_UNDERSCORE = re.compile(r"_([a-z])")
_TRUE = (True, 1, "1")


def as_is(value: Json, _zone: tzinfo) -> Json:
    """Take the value as it came."""
    return value


def as_int(value: Json, _zone: tzinfo) -> int:
    """Convert to an integer; what has no number raises."""
    if not is_numeric(value) and not isinstance(value, bool):
        raise ValueError(value)
    return intval(value)


def as_float(value: Json, _zone: tzinfo) -> float:
    """Convert to a float; what has no number raises."""
    return float(text(value))


def as_bool(value: Json, _zone: tzinfo) -> bool:
    """Convert a boolean in any of its spellings."""
    return value in _TRUE


def as_flag(value: Json, _zone: tzinfo) -> int:
    """Convert a boolean to the 0 or 1 that a ``visible`` column holds."""
    return int(value in _TRUE)


def as_date(value: Json, zone: tzinfo) -> datetime:
    """Convert a date; what is none raises."""
    return parse_date(value, zone)


def as_timestamp(value: Json, zone: tzinfo) -> datetime | str:
    """Convert a metric point's time; relative words stay as they are, and what is none raises."""
    return value if is_relative_time(value) else parse_timestamp(value, zone)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: its name, its rules, how it becomes a column, and the fields of its items."""

    name: str
    rules: tuple[Rule, ...] = ()
    cast: Callable[[Json, tzinfo], object] = as_is
    column: str = ""
    items: tuple[Field, ...] = ()
    item_rules: tuple[Rule, ...] = ()


def validate(fields: Sequence[Field], scene: Scene) -> dict[str, object]:
    """Check an input and return the columns that it sets; missing and null ones are left out.

    Raises:
        Refusal: 422 with every message, or 500 where the server lets a value through that it cannot convert.
    """
    errors: dict[str, list[str]] = {}
    for field in fields:
        _check(field.name, field.rules, (field.name in scene.data, scene.data.get(field.name)), scene, errors)
    for field in fields:
        _check_items(field, scene, errors)
    if errors:
        raise refusals.invalid(errors)
    return _cast(fields, scene)


def components_of(value: object) -> dict[int, int]:
    """Return the statuses by component id of a validated ``components`` list of ``{id, status}``."""
    pairs = cast("list[Json]", value) if isinstance(value, list) else []
    return {intval(lookup(pair, "id")[1]): intval(lookup(pair, "status")[1]) for pair in pairs}


def ids_of(value: object) -> dict[int, None]:
    """Return the ids of a validated list of ids, each once, in order."""
    items = cast("list[Json]", value) if isinstance(value, list) else []
    return {intval(item): None for item in items}


def _cast(fields: Sequence[Field], scene: Scene) -> dict[str, object]:
    columns: dict[str, object] = {}
    for field in fields:
        value = scene.data.get(field.name)
        if value is None:
            # The server stores camelCase names without checking them against any rule.
            value = scene.data.get(_camel(field.name))
        if value is None:
            continue
        try:
            columns[field.column or field.name] = field.cast(value, scene.zone)
        except ValueError:
            raise refusals.server_error() from None
    return columns


def _check_items(field: Field, scene: Scene, errors: dict[str, list[str]]) -> None:
    items = entries(scene.data.get(field.name))
    for position, item in enumerate(items if field.item_rules else ()):
        _check(f"{field.name}.{position}", field.item_rules, (True, item), scene, errors)
    for inner in field.items:
        found = [lookup(item, inner.name) for item in items]
        among = replace(scene, siblings=[value for _, value in found])
        for position, (present, value) in enumerate(found):
            _check(f"{field.name}.{position}.{inner.name}", inner.rules, (present, value), among, errors)


def _check(
    key: str, rules: Sequence[Rule], found: tuple[bool, Json], scene: Scene, errors: dict[str, list[str]]
) -> None:
    present, value = found
    asked = present and not (value is None and NULLABLE in rules)
    for rule in rules:
        if not (asked or rule.implicit) or rule.passes(value, scene):
            continue
        errors.setdefault(key, []).append(rule.message.format(field=key.replace("_", " ")))
        if rule.implicit:
            return


def _camel(name: str) -> str:
    return _UNDERSCORE.sub(lambda match: match[1].upper(), name)
