"""The validation rules that Cachet's forms use, with the messages that they give."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cachet_sdk.testing.v3.dates import is_relative_time, parse_date, parse_timestamp
from cachet_sdk.testing.v3.values import Json, intval, is_integer, is_numeric, number, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import tzinfo

    from cachet_sdk.testing.v3.store import Store

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)*")
_DECIMALS = re.compile(r"[+-]?\d*\.(\d*)")
_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Scene:
    """What a rule may look at besides the value: the whole input, the rows, and the same field of the other items."""

    data: Mapping[str, Json]
    store: Store
    zone: tzinfo
    siblings: Sequence[Json] = field(default=())


@dataclass(frozen=True, slots=True)
class Rule:
    """A test with its message; an implicit rule also runs when the field is missing, and failing ends the field."""

    passes: Callable[[Json, Scene], bool]
    message: str
    implicit: bool = False


def _filled(value: Json) -> bool:
    return value is not None and value not in ("", [], {})


def _is_list(value: Json) -> bool:
    return isinstance(value, (list, dict))


def _is_string(value: Json) -> bool:
    return isinstance(value, str)


def _is_boolean(value: Json) -> bool:
    return isinstance(value, bool) or (isinstance(value, (int, str)) and value in (0, 1, "0", "1"))


def _is_url(value: Json) -> bool:
    if not isinstance(value, str) or re.search(r"\s", value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _is_date(value: Json, scene: Scene) -> bool:
    try:
        parse_date(value, scene.zone)
    except ValueError:
        return False
    return True


def _is_timestamp(value: Json, scene: Scene) -> bool:
    if is_relative_time(value):
        return True
    try:
        parse_timestamp(value, scene.zone)
    except ValueError:
        return False
    return True


def _decimals(value: Json) -> int:
    match = _DECIMALS.fullmatch(text(value)) if is_numeric(value) else None
    return len(match[1]) if match else 0


#: Null is taken as if the field were missing. Only a marker: the validator looks for it.
NULLABLE = Rule(lambda _value, _scene: True, "")
REQUIRED = Rule(lambda value, _scene: _filled(value), "The {field} field is required.", implicit=True)
STRING = Rule(lambda value, _scene: _is_string(value), "The {field} field must be a string.")
INTEGER = Rule(lambda value, _scene: is_integer(value), "The {field} field must be an integer.")
NUMERIC = Rule(lambda value, _scene: is_numeric(value), "The {field} field must be a number.")
BOOLEAN = Rule(lambda value, _scene: _is_boolean(value), "The {field} field must be true or false.")
ARRAY = Rule(lambda value, _scene: _is_list(value), "The {field} field must be an array.")
URL = Rule(lambda value, _scene: _is_url(value), "The {field} field must be a valid URL.")
DATE = Rule(_is_date, "The {field} field must be a valid date.")
TIMESTAMP = Rule(_is_timestamp, "The {field} must be a date or Unix timestamp.")
EMAIL = Rule(
    lambda value, _scene: isinstance(value, str) and _EMAIL.fullmatch(value) is not None,
    "The {field} field must be a valid email address.",
)
ONE_OR_TWO_DECIMALS = Rule(
    lambda value, _scene: _decimals(value) in (1, 2), "The {field} field must have 1-2 decimal places."
)
FACTOR_OF_SIXTY = Rule(
    lambda value, _scene: intval(value) == 0 or _AN_HOUR % intval(value) == 0, "The {field} must be a factor of 60."
)
NOT_ZERO = Rule(lambda value, _scene: intval(value) != 0, "The {field} must be greater than 0.")
DISTINCT = Rule(lambda value, scene: scene.siblings.count(value) <= 1, "The {field} field has a duplicate value.")


def max_length(length: int) -> Rule:
    """A string of at most so many characters."""
    return Rule(
        lambda value, _scene: len(text(value) if not _is_list(value) else "") <= length,
        f"The {{field}} field must not be greater than {length} characters.",
    )


def at_least(limit: int) -> Rule:
    """A number of at least this; what is no number is left to the other rules."""
    return Rule(
        lambda value, _scene: not is_numeric(value) or float(text(value)) >= limit,
        f"The {{field}} field must be at least {limit}.",
    )


def at_most(limit: int) -> Rule:
    """A number of at most this; what is no number is left to the other rules."""
    return Rule(
        lambda value, _scene: not is_numeric(value) or float(text(value)) <= limit,
        f"The {{field}} field must not be greater than {limit}.",
    )


def one_of(*choices: int | str) -> Rule:
    """A case of an enum: the value itself, or an integer as a string; never its name."""

    def passes(value: Json, _scene: Scene) -> bool:
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            return False
        if isinstance(value, str) and is_integer(value) and isinstance(choices[0], int):
            return int(value) in choices
        return (number(value) if isinstance(value, float) else value) in choices

    return Rule(passes, "The selected {field} is invalid.")


def exists(table: str) -> Rule:
    """The id of a row, soft-deleted ones included."""

    def passes(value: Json, scene: Scene) -> bool:
        known: Callable[[int], bool] = getattr(scene.store, table).has_row
        return is_integer(value) and known(int(text(value)))

    return Rule(passes, "The selected {field} is invalid.")


def required_without(other: str) -> Rule:
    """Required when another field is missing or empty."""
    return Rule(
        lambda value, scene: _filled(value) or _filled(scene.data.get(other)),
        f"The {{field}} field is required when {other.replace('_', ' ')} is not present.",
        implicit=True,
    )


def required_with(other: str) -> Rule:
    """Required when another field is there."""
    return Rule(
        lambda value, scene: _filled(value) or not _filled(scene.data.get(other)),
        f"The {{field}} field is required when {other.replace('_', ' ')} is present.",
        implicit=True,
    )


def required_if(condition: Callable[[Mapping[str, Json]], bool]) -> Rule:
    """Required when the input says so."""
    return Rule(lambda value, scene: _filled(value) or not condition(scene.data), REQUIRED.message, implicit=True)
