"""Dates on their way in (one exact form) and out (without an offset, in the zone of the server or of the request)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cachet_sdk.testing.v1.errors import Refusal

#: What MariaDB stores for a date that it cannot hold.
NO_DATE = datetime.min.replace(tzinfo=UTC)

#: What ``incident_date_format`` is until somebody changes it on the dashboard.
PROSE = "l jS F Y H:i:s"

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _suffix(local: datetime) -> str:
    teens = 11 <= local.day <= 13
    return "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(local.day % 10, "th")


_LETTER = re.compile(r"\\(.)|.", re.DOTALL)
_FORMATTED: dict[str, Callable[[datetime], str]] = {
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
_PIECES = {
    "Y": (re.compile(r"\d{4}"), "A four digit year could not be found"),
    "m": (re.compile(r"\d\d"), "A two digit month could not be found"),
    "d": (re.compile(r"\d\d"), "A two digit day could not be found"),
    "H": (re.compile(r"\d\d"), "A two digit hour could not be found"),
    "i": (re.compile(r"\d\d"), "A two digit minute could not be found"),
}


class BadDate(ValueError):  # noqa: N818 - its text is PHP's own list of complaints
    """A date in another form than the one asked for."""


@lru_cache(maxsize=256)
def zone_named(name: str) -> tzinfo:
    """The time zone of this name; one that does not exist is a 500, as on the real server."""
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refusal(500) from None


def shown(moment: datetime, zone: tzinfo = UTC) -> str:
    """``YYYY-MM-DD HH:MM:SS`` in that zone."""
    if moment is NO_DATE:
        return "-0001-11-30 00:00:00"
    return (moment if zone is UTC else moment.astimezone(zone)).replace(tzinfo=None).isoformat(" ")


def formatted(moment: datetime, zone: tzinfo, form: str = PROSE) -> str:
    """A date in a form of PHP's ``date()``; a letter that stands for nothing stands for itself."""
    local = moment.astimezone(zone)

    def written(found: re.Match[str]) -> str:
        write = _FORMATTED.get(found[0])
        return write(local) if write else str(found[1] or found[0])

    return _LETTER.sub(written, form)


def parsed(text: str, zone: tzinfo, form: str = "Y-m-d H:i") -> datetime:
    """Read a date of exactly this form, in PHP's letters; too high days or months roll over, as they do there.

    Raises:
        BadDate: With PHP's complaints, one a line.
    """
    position, found, faults = 0, dict.fromkeys(_PIECES, 0), dict[int, str]()
    for letter in form:
        if position >= len(text):
            faults[position] = "Data missing"
            break
        if letter in _PIECES:
            pattern, complaint = _PIECES[letter]
            piece = pattern.match(text, position)
            if piece:
                found[letter] = int(piece[0])
            else:
                # What lies before the digits was complained of already when the separator was missing.
                faults.setdefault(position, complaint)
                piece = pattern.search(text, position)
            position = piece.end() if piece else len(text)
        elif text[position] == letter:
            position += 1
        else:
            faults[position] = "The separation symbol could not be found"
    else:
        if position < len(text):
            faults[position] = "Trailing data"
    if faults:
        raise BadDate("\n".join(faults.values()))
    year, month = divmod(found["Y"] * 12 + found["m"] - 1, 12)
    try:
        local = datetime(year, month + 1, 1, tzinfo=zone)
        local += timedelta(days=found["d"] - 1, hours=found["H"], minutes=found["i"])
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadDate("The parsed date was invalid") from None
