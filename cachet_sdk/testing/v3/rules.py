"""The validation rules of Cachet's requests, with their messages."""

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
_MINUTES_PER_HOUR = 60


@dataclass(frozen=True, slots=True)
class ValidationContext:
    """What a rule can use besides the value: the whole input, the rows, and the same field of all items."""

    data: Mapping[str, Json]
    store: Store
    zone: tzinfo
    siblings: Sequence[Json] = field(default=())


@dataclass(frozen=True, slots=True)
class Rule:
    """A test with its message; an implicit rule also applies to missing fields, and ends validation if it fails."""

    passes: Callable[[Json, ValidationContext], bool]
    message: str
    implicit: bool = False


def _is_filled(value: Json) -> bool:
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


def _is_date(value: Json, context: ValidationContext) -> bool:
    try:
        parse_date(value, context.zone)
    except ValueError:
        return False
    return True


def _is_timestamp(value: Json, context: ValidationContext) -> bool:
    if is_relative_time(value):
        return True
    try:
        parse_timestamp(value, context.zone)
    except ValueError:
        return False
    return True


def _decimals(value: Json) -> int:
    match = _DECIMALS.fullmatch(text(value)) if is_numeric(value) else None
    return len(match[1]) if match else 0


#: Null counts as missing. Only a marker, for which the validator checks.
NULLABLE = Rule(lambda _value, _context: True, "")
REQUIRED = Rule(lambda value, _context: _is_filled(value), "The {field} field is required.", implicit=True)
STRING = Rule(lambda value, _context: _is_string(value), "The {field} field must be a string.")
INTEGER = Rule(lambda value, _context: is_integer(value), "The {field} field must be an integer.")
NUMERIC = Rule(lambda value, _context: is_numeric(value), "The {field} field must be a number.")
BOOLEAN = Rule(lambda value, _context: _is_boolean(value), "The {field} field must be true or false.")
ARRAY = Rule(lambda value, _context: _is_list(value), "The {field} field must be an array.")
URL = Rule(lambda value, _context: _is_url(value), "The {field} field must be a valid URL.")
DATE = Rule(_is_date, "The {field} field must be a valid date.")
TIMESTAMP = Rule(_is_timestamp, "The {field} must be a date or Unix timestamp.")
EMAIL = Rule(
    lambda value, _context: isinstance(value, str) and _EMAIL.fullmatch(value) is not None,
    "The {field} field must be a valid email address.",
)
ONE_OR_TWO_DECIMALS = Rule(
    lambda value, _context: _decimals(value) in (1, 2), "The {field} field must have 1-2 decimal places."
)
FACTOR_OF_SIXTY = Rule(
    lambda value, _context: intval(value) == 0 or _MINUTES_PER_HOUR % intval(value) == 0,
    "The {field} must be a factor of 60.",
)
NOT_ZERO = Rule(lambda value, _context: intval(value) != 0, "The {field} must be greater than 0.")
DISTINCT = Rule(lambda value, context: context.siblings.count(value) <= 1, "The {field} field has a duplicate value.")


def max_length(length: int) -> Rule:
    """Require a string of at most this many characters."""
    return Rule(
        lambda value, _context: len(text(value) if not _is_list(value) else "") <= length,
        f"The {{field}} field must not be greater than {length} characters.",
    )


def at_least(limit: int) -> Rule:
    """Require at least this number; other rules check that the value is a number."""
    return Rule(
        lambda value, _context: not is_numeric(value) or float(text(value)) >= limit,
        f"The {{field}} field must be at least {limit}.",
    )


def at_most(limit: int) -> Rule:
    """Require at most this number; other rules check that the value is a number."""
    return Rule(
        lambda value, _context: not is_numeric(value) or float(text(value)) <= limit,
        f"The {{field}} field must not be greater than {limit}.",
    )


def one_of(*choices: int | str) -> Rule:
    """Require a value of an enum: the value itself, or an integer as a string, but not its name."""

    def passes(value: Json, _context: ValidationContext) -> bool:
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            return False
        if isinstance(value, str) and is_integer(value) and isinstance(choices[0], int):
            return int(value) in choices
        return (number(value) if isinstance(value, float) else value) in choices

    return Rule(passes, "The selected {field} is invalid.")


def exists(table: str) -> Rule:
    """Require the id of a row; soft-deleted rows count."""

    def passes(value: Json, context: ValidationContext) -> bool:
        known: Callable[[int], bool] = getattr(context.store, table).has_row
        return is_integer(value) and known(int(text(value)))

    return Rule(passes, "The selected {field} is invalid.")


def required_without(other: str) -> Rule:
    """Require the field if another one is missing or empty."""
    return Rule(
        lambda value, context: _is_filled(value) or _is_filled(context.data.get(other)),
        f"The {{field}} field is required when {other.replace('_', ' ')} is not present.",
        implicit=True,
    )


def required_with(other: str) -> Rule:
    """Require the field if another one is present."""
    return Rule(
        lambda value, context: _is_filled(value) or not _is_filled(context.data.get(other)),
        f"The {{field}} field is required when {other.replace('_', ' ')} is present.",
        implicit=True,
    )


def required_if(condition: Callable[[Mapping[str, Json]], bool]) -> Rule:
    """Require the field if the input fulfils a condition."""
    return Rule(
        lambda value, context: _is_filled(value) or not condition(context.data), REQUIRED.message, implicit=True
    )
