"""PHP's semantics of values: arrays that are both lists and maps, numeric strings, floats written as integers."""

from __future__ import annotations

import re
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

_LEADING_INT = re.compile(r"\s*[+-]?\d+")
_NUMERIC = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_INTEGER = re.compile(r"[+-]?(0|[1-9]\d*)")


def number(value: float) -> int | float:
    """Return a number as PHP writes it in JSON: an integral float becomes an integer."""
    return value if value % 1 else int(value)


def php_array(value: Json) -> Json:
    """Convert a decoded value to a PHP array: ``{}`` equals ``[]``, and a map with the keys 0 to n-1 is a list."""
    if isinstance(value, list):
        return [php_array(item) for item in value]
    if isinstance(value, dict):
        items = [php_array(item) for item in value.values()]
        if all(key == str(position) for position, key in enumerate(value)):
            return items
        return dict(zip(value, items, strict=True))
    return number(value) if isinstance(value, float) else value


def entries(value: Json) -> list[Json]:
    """Return the values of a PHP array, or an empty list for any other value."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def lookup(array: Json, key: str) -> tuple[bool, Json]:
    """Return whether a PHP array has a key, and its value."""
    if isinstance(array, dict):
        return key in array, array.get(key)
    if isinstance(array, list) and key.isdecimal() and int(key) < len(array):
        return True, array[int(key)]
    return False, None


def intval(value: Json) -> int:
    """Convert as PHP's ``intval``: a string by its leading digits, a non-empty array to 1, an empty one to 0."""
    if isinstance(value, str):
        match = _LEADING_INT.match(value)
        return int(match.group()) if match else 0
    if isinstance(value, (bool, int, float)):
        return int(value)
    return 1 if value else 0


def is_integer(value: Json) -> bool:
    """Return whether PHP's integer filter accepts the value: ``5``, ``5.0``, ``"5"`` and ``true``, not ``"5.0"``."""
    if isinstance(value, str):
        return _INTEGER.fullmatch(value.strip()) is not None
    return isinstance(value, (bool, int)) or (isinstance(value, float) and value.is_integer())


def is_numeric(value: Json) -> bool:
    """Return whether PHP considers the value numeric: a number, or a string that contains one."""
    if isinstance(value, str):
        return _NUMERIC.fullmatch(value.strip()) is not None
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def text(value: Json) -> str:
    """Convert a scalar to a string as PHP does: ``1.0`` is ``"1"``, true is ``"1"``, false and null are empty."""
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    return str(number(value)) if isinstance(value, float) else str(value)
