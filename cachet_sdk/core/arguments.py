"""Checks of arguments that every API version shares. Pure."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import TypeGuard

from cachet_sdk.errors import (
    ArgumentError,
    short_repr,
)


def check_id(argument: str, value: int) -> int:
    """Refuse what is not the id of something, so that no path ever contains text of a caller's.

    Raises:
        ArgumentError: naming the argument.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 1 << 63:
        raise ArgumentError(argument, f"expected a positive int, got {short_repr(value)}")
    return int(value)


def check_count(argument: str, value: int, *, at_least: int) -> int:
    """Refuse what is not a whole number, or too small.

    Raises:
        ArgumentError: naming the argument.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not at_least <= value < 1 << 31:
        raise ArgumentError(argument, f"expected a whole number of at least {at_least}, got {short_repr(value)}")
    return value


def is_member_of(value: object, kind: type[IntEnum]) -> bool:
    """Whether a value is a member of an enumeration, or a plain int that one has. Another enumeration's is not."""
    plain = isinstance(value, int) and not isinstance(value, bool | Enum)
    return (plain or isinstance(value, kind)) and value in kind.__members__.values()


def is_text(value: object) -> TypeGuard[str]:
    """Whether a value is text that is not blank and that a request can hold, so without half of a surrogate pair."""
    if not isinstance(value, str) or not value.strip():
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
