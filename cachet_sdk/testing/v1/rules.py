"""Laravel's validation, as far as Cachet uses it: rules like ``required|int|max:4``, and the sentences they give."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cachet_sdk.testing.v1 import php
from cachet_sdk.testing.v1.errors import Refusal

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
    """Refuse with 400 and one sentence for every fault, in the order of the rules.

    Args:
        values: The fields of the request; a missing one counts as null.
        rules: For each field its rules, joined by ``|``.

    Raises:
        Refusal: 400 with the sentences as details.
    """
    faults = [fault for name, text in rules.items() for fault in _faults(name, values, _parsed(text))]
    if faults:
        raise Refusal(400, reasons=faults)


def _is_empty(value: Json) -> bool:
    return value in (None, [], {}) or (isinstance(value, str) and not value.strip())


def _faults(name: str, values: Mapping[str, Json], rules: tuple[tuple[str, str], ...]) -> list[str]:
    value = values.get(name)
    label = name.replace("_", " ")
    faults: list[str] = []
    for rule, argument in rules:
        if rule == "required" and _is_empty(value):
            return [f"The {label} field is required."]
        if rule == "required_with" and _is_empty(value) and not _is_empty(values.get(argument)):
            return [f"The {label} field is required when {argument.replace('_', ' ')} is present."]
        # A null or blank value is only looked at by the rules above.
        if value is not None and not (isinstance(value, str) and not value.strip()):
            fault = _fault(rule, argument, value)
            if fault:
                faults.append(f"The {label} {fault}.")
    return faults


def _size(value: Json) -> float:
    if isinstance(value, str):
        return php.number_at_start(value) if php.is_numeric(value) else len(value)
    return float(value) if isinstance(value, int | float) else len(value or ())


#: For each rule, whether a value that is there passes, and the end of the sentence when it does not.
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


def _fault(rule: str, argument: str, value: Json) -> str:
    """What is wrong with a value that is there, as the end of a sentence; empty when nothing is."""
    if rule in _CHECKS:
        passes, complaint = _CHECKS[rule]
        return "" if passes(value) else complaint
    if rule == "min":
        return "" if _size(value) >= float(argument) else f"must be at least {argument}"
    if rule == "max":
        return "" if _size(value) <= float(argument) else f"may not be greater than {argument}"
    if rule == "between":
        low, high = argument.split(",")
        return "" if float(low) <= _size(value) <= float(high) else f"must be between {low} and {high}"
    return ""
