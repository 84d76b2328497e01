"""JSON types, and checks that narrow them for type checkers. Pure."""

from __future__ import annotations

import math
from typing import TypeGuard

from pydantic import JsonValue
from pydantic_core import from_json


def is_object(value: object) -> TypeGuard[dict[str, JsonValue]]:
    """Return whether a JSON value is an object."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[JsonValue]]:
    """Return whether a JSON value is an array."""
    return isinstance(value, list)


def parse_json(data: str | bytes | bytearray) -> JsonValue:
    """Parse JSON from a caller or a webhook.

    Raises:
        ValueError: If it is not JSON, or contains a number that is too large, such as ``1e400``.
        TypeError: If it contains a lone surrogate.
    """
    parsed: JsonValue = from_json(data, allow_inf_nan=False)
    if _has_infinity(parsed):
        raise ValueError("it contains a number that is too large")
    return parsed


def _has_infinity(value: object) -> bool:
    if is_object(value):
        return any(map(_has_infinity, value.values()))
    if is_array(value):
        return any(map(_has_infinity, value))
    return isinstance(value, float) and not math.isfinite(value)
