"""Checks of arguments, common to all API versions. Pure."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import TypeGuard

from cachet_sdk.errors import ArgumentError, short_repr


def check_id(argument: str, value: int) -> int:
    """Refuse anything but an id, so that no path ever contains text from a caller.

    Raises:
        ArgumentError: Names the argument.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 1 << 63:
        raise ArgumentError(argument, f"expected a positive int, got {short_repr(value)}")
    return int(value)


def check_count(argument: str, value: int, *, at_least: int) -> int:
    """Refuse anything but a whole number of at least a minimum.

    Raises:
        ArgumentError: Names the argument.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not at_least <= value < 1 << 31:
        raise ArgumentError(argument, f"expected a whole number of at least {at_least}, got {short_repr(value)}")
    return value


def is_member_of(value: object, kind: type[IntEnum]) -> bool:
    """Return whether a value is a member of this enumeration, or a plain int with the value of one."""
    plain = isinstance(value, int) and not isinstance(value, bool | Enum)
    return (plain or isinstance(value, kind)) and value in kind.__members__.values()


def is_text(value: object) -> TypeGuard[str]:
    """Return whether a value is text that is not blank and can be sent (has no lone surrogates)."""
    if not isinstance(value, str) or not value.strip():
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
