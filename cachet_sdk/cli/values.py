"""Parse the values of options: statuses, times, durations, key=value pairs. Pure functions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import IntEnum
from importlib import import_module
from typing import TYPE_CHECKING, cast

import click

if TYPE_CHECKING:
    from pydantic import JsonValue

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_DURATION = re.compile(r"(?:\d+(?:\.\d+)?[smhdw])+")


def enum_of(version: str, name: str) -> type[IntEnum]:
    """Return an enumeration of an API version."""
    return cast("type[IntEnum]", getattr(import_module(f"cachet_sdk.v{version}.enums"), name))


def member(kind: type[IntEnum], text: str, option: str) -> IntEnum:
    """Return the member with a name or number. An unambiguous prefix of a name is sufficient.

    Raises:
        click.UsageError: If there is none. The message lists the names.
    """
    wanted = re.sub(r"[\s-]+", "_", text.strip()).upper()
    if wanted.isdecimal() and int(wanted) in {each.value for each in kind}:
        return kind(int(wanted))
    if wanted in kind.__members__:
        return kind[wanted]
    found = [each for each in kind if wanted and each.name.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    raise click.UsageError(f"{option}: expected one of {', '.join(words(kind))}, got {text!r}")


def words(kind: Iterable[IntEnum]) -> list[str]:
    """Return the names of the members of an enumeration in lower case."""
    return [each.name.lower() for each in kind]


def words_of(name: str) -> list[str]:
    """Return the names of the members of an enumeration in any API version, in lower case."""
    modules = (import_module(f"cachet_sdk.v{version}.enums") for version in "13")
    kinds = (getattr(module, name, ()) for module in modules)
    return list(dict.fromkeys(word for kind in kinds for word in words(kind)))


def moment(text: str, zone: tzinfo | None, option: str, now: datetime | None = None) -> datetime:
    """Parse a time: ISO 8601, ``now``, or relative to now such as ``+2h`` and ``-30m``.

    Args:
        text: The text.
        zone: Time zone for a time without an offset. With None it stays naive, and the server uses its own zone.
        option: Name of the option for error messages.
        now: The current time, to which relative times are added.

    Raises:
        click.UsageError: For anything else.
    """
    present = now or datetime.now(UTC)
    if text == "now":
        return present
    if text[:1] in "+-" and _DURATION.fullmatch(text[1:]):
        length = duration(text[1:], option)
        return present + length if text.startswith("+") else present - length
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError(
            f"{option}: expected a time such as 2026-12-01T22:00+01:00, now or +2h, got {text!r}"
        ) from None
    return parsed.replace(tzinfo=zone) if parsed.tzinfo is None and zone is not None else parsed


def day(text: str, option: str) -> date:
    """Parse a day such as ``2026-12-01``.

    Raises:
        click.UsageError: For anything else.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"{option}: expected a day such as 2026-12-01, got {text!r}") from None


def duration(text: str, option: str) -> timedelta:
    """Parse a duration: ``90s``, ``30m``, ``1h30m``, ``2d``, or a number of seconds.

    Raises:
        click.UsageError: For anything else.
    """
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return timedelta(seconds=float(text))
    if not _DURATION.fullmatch(text):
        raise click.UsageError(f"{option}: expected a duration such as 30m or 1h30m, got {text!r}")
    parts = re.findall(r"(\d+(?:\.\d+)?)([smhdw])", text)
    return timedelta(seconds=sum(float(number) * _UNITS[unit] for number, unit in parts))


def pairs(entries: Iterable[str], option: str) -> dict[str, JsonValue]:
    """Parse ``key=value`` pairs. A value that is valid JSON is parsed, any other is kept as a string.

    Raises:
        click.UsageError: For an entry without a key or an equals sign.
    """
    found: dict[str, JsonValue] = {}
    for entry in entries:
        key, equals, value = entry.partition("=")
        if not equals or not key:
            raise click.UsageError(f"{option}: expected key=value, got {entry!r}")
        try:
            found[key] = json.loads(value)
        except ValueError:
            found[key] = value
    return found
