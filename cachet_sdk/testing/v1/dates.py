"""Dates in requests (one exact format) and responses (no offset, in the zone of the server or the request)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cachet_sdk.testing.v1.errors import HttpError

#: What MariaDB stores for a date that it cannot hold.
NO_DATE = datetime.min.replace(tzinfo=UTC)

#: The default of ``incident_date_format``, which can be changed on the dashboard.
DEFAULT_INCIDENT_FORMAT = "l jS F Y H:i:s"

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _suffix(local: datetime) -> str:
    teens = 11 <= local.day <= 13
    return "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(local.day % 10, "th")


_FORMAT_LETTER = re.compile(r"\\(.)|.", re.DOTALL)
_FORMATTERS: dict[str, Callable[[datetime], str]] = {
    "d": lambda local: f"{local:%d}",
    "D": lambda local: _DAYS[local.weekday()][:3],
    "j": lambda local: str(local.day),
    "l": lambda local: _DAYS[local.weekday()],
    "S": _suffix,
    "F": lambda local: _MONTHS[local.month - 1],
    "M": lambda local: _MONTHS[local.month - 1][:3],
    "m": lambda local: f"{local:%m}",
    "n": lambda local: str(local.month),
    "Y": lambda local: f"{local.year:04}",
    "y": lambda local: f"{local:%y}",
    "H": lambda local: f"{local:%H}",
    "G": lambda local: str(local.hour),
    "h": lambda local: f"{local:%I}",
    "g": lambda local: str(local.hour % 12 or 12),
    "i": lambda local: f"{local:%M}",
    "s": lambda local: f"{local:%S}",
    "A": lambda local: "AM" if local.hour < 12 else "PM",
    "a": lambda local: "am" if local.hour < 12 else "pm",
}
_PATTERNS = {
    "Y": (re.compile(r"\d{4}"), "A four digit year could not be found"),
    "m": (re.compile(r"\d\d"), "A two digit month could not be found"),
    "d": (re.compile(r"\d\d"), "A two digit day could not be found"),
    "H": (re.compile(r"\d\d"), "A two digit hour could not be found"),
    "i": (re.compile(r"\d\d"), "A two digit minute could not be found"),
}


class DateParseError(ValueError):
    """A date in another format than the expected one; its text is PHP's list of messages."""


@lru_cache(maxsize=256)
def get_zone(name: str) -> tzinfo:
    """Return the time zone with this name; an unknown one is a 500, as on the real server."""
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise HttpError(500) from None


def format_date(moment: datetime, zone: tzinfo = UTC) -> str:
    """Format a date as ``YYYY-MM-DD HH:MM:SS`` in that zone."""
    if moment is NO_DATE:
        return "-0001-11-30 00:00:00"
    return (moment if zone is UTC else moment.astimezone(zone)).replace(tzinfo=None).isoformat(" ")


def format_php(moment: datetime, zone: tzinfo, php_format: str = DEFAULT_INCIDENT_FORMAT) -> str:
    """Format a date as PHP's ``date()`` does; letters without a meaning are kept."""
    local = moment.astimezone(zone)

    def replacement(match: re.Match[str]) -> str:
        formatter = _FORMATTERS.get(match[0])
        return formatter(local) if formatter else str(match[1] or match[0])

    return _FORMAT_LETTER.sub(replacement, php_format)


def parse_date(text: str, zone: tzinfo, php_format: str = "Y-m-d H:i") -> datetime:
    """Parse a date in exactly this PHP format; days and months that are too large roll over, as in PHP.

    Raises:
        DateParseError: If the format differs; the text has PHP's messages, one per line.
    """
    position, found, errors = 0, dict.fromkeys(_PATTERNS, 0), dict[int, str]()
    for letter in php_format:
        if position >= len(text):
            errors[position] = "Data missing"
            break
        if letter in _PATTERNS:
            pattern, message = _PATTERNS[letter]
            match = pattern.match(text, position)
            if match:
                found[letter] = int(match[0])
            else:
                # A missing separator may already have been reported at this position.
                errors.setdefault(position, message)
                match = pattern.search(text, position)
            position = match.end() if match else len(text)
        elif text[position] == letter:
            position += 1
        else:
            errors[position] = "The separation symbol could not be found"
    else:
        if position < len(text):
            errors[position] = "Trailing data"
    if errors:
        raise DateParseError("\n".join(errors.values()))
    year, month = divmod(found["Y"] * 12 + found["m"] - 1, 12)
    try:
        local = datetime(year, month + 1, 1, tzinfo=zone)
        local += timedelta(days=found["d"] - 1, hours=found["H"], minutes=found["i"])
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        raise DateParseError("The parsed date was invalid") from None
