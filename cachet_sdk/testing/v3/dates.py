"""Dates: parsing and formatting. They are stored naive, in the server's zone, in whole seconds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from cachet_sdk.testing.v3.values import Json

_DATE = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(?:(Z)|([+-])(\d{2}):?(\d{2}))?)?",
    re.IGNORECASE,
)
_MONTHS_PER_YEAR = 12
_DAYS_PER_WEEK = 7
_POINT_SECONDS = 30
#: Offset in days and hour of day, by word; without an hour, the current time of day.
_DAYS: dict[str, tuple[int, int | None]] = {
    "now": (0, None),
    "today": (0, 0),
    "midnight": (0, 0),
    "noon": (0, 12),
    "yesterday": (-1, 0),
    "tomorrow": (1, 0),
}
_RELATIVE_TIME = re.compile(
    rf"(?P<day>{'|'.join(_DAYS)})?"
    r"(?:\s*(?P<sign>[+-])?\s*(?P<count>\d{1,4})\s*(?P<unit>second|minute|hour|day|week)s?(?P<ago>\s+ago)?)?"
)


def parse_date(value: Json, zone: tzinfo) -> datetime:
    """Parse a date that the server accepts; one with an offset is converted to the server's zone.

    Raises:
        ValueError: If it is something else: a relative time, a number, or a day that does not exist.
    """
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(value)
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    naive = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - stored naive, in the server's zone
    if match[7]:
        return in_zone(naive.replace(tzinfo=UTC), zone)
    if match[8]:
        offset = timedelta(hours=int(match[9]), minutes=int(match[10]))
        return in_zone(naive.replace(tzinfo=timezone(-offset if match[8] == "-" else offset)), zone)
    return naive


def parse_timestamp(value: Json, zone: tzinfo) -> datetime:
    """Parse a metric point's timestamp: a date, or a Unix time as a number, not as a string.

    ``relative_time`` parses relative times.

    Raises:
        ValueError: If it is neither.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return in_zone(datetime.fromtimestamp(value, UTC), zone).replace(microsecond=0)
        except (OverflowError, OSError) as error:
            raise ValueError(value) from error
    return parse_date(value, zone)


def relative_time(words: str, now: datetime) -> datetime:
    """Parse a relative time as PHP does, such as "yesterday", "tomorrow +2 hours" or "5 minutes ago".

    Raises:
        ValueError: For any other text, including some that PHP would accept.
    """
    match = _RELATIVE_TIME.fullmatch(words.strip().lower()) if is_relative_time(words) else None
    if match is None:
        raise ValueError(words)
    days, hour = _DAYS.get(match["day"] or "now", (0, None))
    moment = now + timedelta(days=days)
    if hour is not None:
        moment = moment.replace(hour=hour, minute=0, second=0, microsecond=0)
    amount = int(match["count"] or 0) * (-1 if match["sign"] == "-" else 1) * (-1 if match["ago"] else 1)
    return moment + timedelta(**{f"{match['unit'] or 'second'}s": amount})


def is_relative_time(value: Json) -> TypeGuard[str]:
    """Return whether ``relative_time`` accepts a value."""
    if not isinstance(value, str):
        return False
    match = _RELATIVE_TIME.fullmatch(value.strip().lower())
    return match is not None and bool(match["day"] or match["count"])


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Convert an aware time to the naive time in the server's zone."""
    return moment.astimezone(zone).replace(tzinfo=None)


def round_to_half_minute(moment: datetime) -> datetime:
    """Round to 30 seconds, as the server rounds the times of metric points."""
    elapsed = (moment - datetime(1970, 1, 1)).total_seconds()  # noqa: DTZ001 - both are naive
    seconds = _POINT_SECONDS * int(elapsed / _POINT_SECONDS + 0.5)
    return datetime(1970, 1, 1) + timedelta(seconds=seconds)  # noqa: DTZ001


def format_date(moment: datetime) -> str:
    """Format a date as in responses and in the database, without an offset."""
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def date_json(moment: datetime | None, now: datetime) -> dict[str, Json]:
    """Return a date as responses show it: relative to now and as text, both null if it is not set."""
    if moment is None:
        return {"human": None, "string": None}
    return {"human": diff_for_humans(moment, now), "string": format_date(moment)}


def diff_for_humans(moment: datetime, now: datetime) -> str:
    """Return the time to or since a date, in the largest whole unit: "10 months ago", "3 years from now"."""
    count, unit = _distance(*sorted((moment, now)))
    direction = "from now" if moment > now else "ago"
    return f"{count} {unit}{'' if count == 1 else 's'} {direction}"


def _distance(early: datetime, late: datetime) -> tuple[int, str]:
    months = (late.year - early.year) * _MONTHS_PER_YEAR + late.month - early.month
    if (late.day, late.time()) < (early.day, early.time()):
        months -= 1
    elapsed = late - early
    minutes, seconds = divmod(elapsed.seconds, 60)
    for count, unit in (
        (months // _MONTHS_PER_YEAR, "year"),
        (months, "month"),
        (elapsed.days // _DAYS_PER_WEEK, "week"),
        (elapsed.days, "day"),
        (minutes // 60, "hour"),
        (minutes, "minute"),
    ):
        if count > 0:
            return count, unit
    return seconds, "second"
