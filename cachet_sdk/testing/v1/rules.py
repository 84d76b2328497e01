"""The part of Laravel's validation that Cachet uses: rules like ``required|int|max:4``, and their messages."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cachet_sdk.testing.v1 import php
from cachet_sdk.testing.v1.errors import HttpError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cachet_sdk.testing.v1.php import Json

_URL = re.compile(
    r"[a-z][a-z0-9+.-]*://([^\s/?#@]+@)?([\w-]+(\.[\w-]+)*\.?|\[[0-9a-f:.]+\])(:\d+)?([/?#]\S*)?", re.IGNORECASE
)
_EMAIL = re.compile(r"[^@\s<>(),;]+@[^@\s<>(),;.]+(\.[^@\s<>(),;.]+)*")


@cache
def _parsed(rules: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, argument) for name, _, argument in (rule.partition(":") for rule in rules.split("|")))


def validate(values: Mapping[str, Json], rules: Mapping[str, str]) -> None:
    """Validate the fields of a request.

    Args:
        values: The fields; a missing one counts as null.
        rules: The rules of each field, joined by ``|``.

    Raises:
        HttpError: 400 with one message per error, in the order of the rules.
    """
    errors = [failure for name, text in rules.items() for failure in _check(name, values, _parsed(text))]
    if errors:
        raise HttpError(400, reasons=errors)


def _is_empty(value: Json) -> bool:
    return value in (None, [], {}) or (isinstance(value, str) and not value.strip())


def _check(name: str, values: Mapping[str, Json], rules: tuple[tuple[str, str], ...]) -> list[str]:
    value = values.get(name)
    label = name.replace("_", " ")
    errors: list[str] = []
    for rule, argument in rules:
        if rule == "required" and _is_empty(value):
            return [f"The {label} field is required."]
        if rule == "required_with" and _is_empty(value) and not _is_empty(values.get(argument)):
            return [f"The {label} field is required when {argument.replace('_', ' ')} is present."]
        # The rules below ignore null and blank values.
        if value is not None and not (isinstance(value, str) and not value.strip()):
            failure = _failure(rule, argument, value)
            if failure:
                errors.append(f"The {label} {failure}.")
    return errors


def _size(value: Json) -> float:
    if isinstance(value, str):
        return php.number_at_start(value) if php.is_numeric(value) else len(value)
    return float(value) if isinstance(value, int | float) else len(value or ())


#: For each rule, a test of a value that is not null, and the end of the message if it fails.
_CHECKS: dict[str, tuple[Callable[[Json], bool], str]] = {
    "string": (lambda value: isinstance(value, str), "must be a string"),
    "int": (php.is_integer, "must be an integer"),
    "numeric": (php.is_numeric, "must be a number"),
    "bool": (lambda value: value in (0, 1, "0", "1"), "field must be true or false"),
    "array": (lambda value: isinstance(value, dict | list), "must be an array"),
    "url": (lambda value: isinstance(value, str) and _URL.fullmatch(value) is not None, "format is invalid"),
    "email": (
        lambda value: isinstance(value, str) and _EMAIL.fullmatch(value) is not None,
        "must be a valid email address",
    ),
}


def _failure(rule: str, argument: str, value: Json) -> str:
    """Check a value that is not null; return the end of the message, or "" if it passes."""
    if rule in _CHECKS:
        passes, message = _CHECKS[rule]
        return "" if passes(value) else message
    if rule == "min":
        return "" if _size(value) >= float(argument) else f"must be at least {argument}"
    if rule == "max":
        return "" if _size(value) <= float(argument) else f"may not be greater than {argument}"
    if rule == "between":
        low, high = argument.split(",")
        return "" if float(low) <= _size(value) <= float(high) else f"must be between {low} and {high}"
    return ""
