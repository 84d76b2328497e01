"""What JSON can be, told so that type checkers know it afterwards. Pure."""

from __future__ import annotations

import math
from typing import TypeGuard

from pydantic import JsonValue
from pydantic_core import from_json


def is_object(value: object) -> TypeGuard[dict[str, JsonValue]]:
    """Whether a value out of JSON is an object."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[JsonValue]]:
    """Whether a value out of JSON is an array."""
    return isinstance(value, list)


def parse_json(data: str | bytes | bytearray) -> JsonValue:
    """Parse JSON that somebody passes.

    Raises:
        ValueError: when it is none, or holds a number that is none, such as ``1e400``.
        TypeError: for half of a surrogate pair, which is no text to parse.
    """
    parsed: JsonValue = from_json(data, allow_inf_nan=False)
    if _holds_infinity(parsed):
        raise ValueError("it holds a number that is too large")
    return parsed


def _holds_infinity(value: object) -> bool:
    if is_object(value):
        return any(map(_holds_infinity, value.values()))
    if is_array(value):
        return any(map(_holds_infinity, value))
    return isinstance(value, float) and not math.isfinite(value)
