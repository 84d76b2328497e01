"""What JSON can be, told so that type checkers know it afterwards. Pure."""

from __future__ import annotations

from typing import TypeGuard

from pydantic import JsonValue


def is_object(value: object) -> TypeGuard[dict[str, JsonValue]]:
    """Whether a value out of JSON is an object."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[JsonValue]]:
    """Whether a value out of JSON is an array."""
    return isinstance(value, list)
