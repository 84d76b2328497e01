"""Dates: what is accepted, how they are stored (naive, in the server's zone, whole seconds) and how they are shown."""

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
_MONTHS_A_YEAR = 12
_DAYS_A_WEEK = 7
_POINT_SECONDS = 30


def parse_date(value: Json, zone: tzinfo) -> datetime:
    """Parse what the server takes for a date; an offset is converted to the server's zone.

    Raises:
        ValueError: When it is none: a relative word, a number, or a day that does not exist.
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
    """Parse a metric point's timestamp: a date, or a number of seconds since 1970 (not one in a string).

    Relative words are ``relative_time``'s.

    Raises:
        ValueError: When it is neither.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return in_zone(datetime.fromtimestamp(value, UTC), zone).replace(microsecond=0)
        except (OverflowError, OSError) as error:
            raise ValueError(value) from error
    return parse_date(value, zone)


def relative_time(words: str, now: datetime) -> datetime:
    """Return the time that PHP makes of a few words, such as "yesterday", "tomorrow +2 hours" or "5 minutes ago".

    Raises:
        ValueError: For any other text, also for some that PHP would take.
    """
    match = _WORDS.fullmatch(words.strip().lower()) if is_relative_time(words) else None
    if match is None:
        raise ValueError(words)
    days, hour = _DAYS.get(match["day"] or "now", (0, None))
    moment = now + timedelta(days=days)
    if hour is not None:
        moment = moment.replace(hour=hour, minute=0, second=0, microsecond=0)
    amount = int(match["count"] or 0) * (-1 if match["sign"] == "-" else 1) * (-1 if match["ago"] else 1)
    return moment + timedelta(**{f"{match['unit'] or 'second'}s": amount})


def is_relative_time(value: Json) -> TypeGuard[str]:
    """Whether a value is words that ``relative_time`` takes."""
    if not isinstance(value, str):
        return False
    match = _WORDS.fullmatch(value.strip().lower())
    return match is not None and bool(match["day"] or match["count"])


#: Days from today and the hour, of words that name a day; without an hour, the time of day is now.
_DAYS: dict[str, tuple[int, int | None]] = {
    "now": (0, None),
    "today": (0, 0),
    "midnight": (0, 0),
    "noon": (0, 12),
    "yesterday": (-1, 0),
    "tomorrow": (1, 0),
}
_WORDS = re.compile(
    rf"(?P<day>{'|'.join(_DAYS)})?"
    r"(?:\s*(?P<sign>[+-])?\s*(?P<count>\d{1,4})\s*(?P<unit>second|minute|hour|day|week)s?(?P<ago>\s+ago)?)?"
)


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Return an aware moment as the naive time that the server's clocks show."""
    return moment.astimezone(zone).replace(tzinfo=None)


def rounded(moment: datetime) -> datetime:
    """Round to the half minute, as the times of metric points are."""
    since = (moment - datetime(1970, 1, 1)).total_seconds()  # noqa: DTZ001 - both are naive
    seconds = _POINT_SECONDS * int(since / _POINT_SECONDS + 0.5)
    return datetime(1970, 1, 1) + timedelta(seconds=seconds)  # noqa: DTZ001


def shown(moment: datetime) -> str:
    """Return a date as answers and the database have it, without an offset."""
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def stamp(moment: datetime | None, now: datetime) -> dict[str, Json]:
    """Return a date as answers show it: in words and as text, both null when it is unset."""
    if moment is None:
        return {"human": None, "string": None}
    return {"human": in_words(moment, now), "string": shown(moment)}


def in_words(moment: datetime, now: datetime) -> str:
    """Say how far away a moment is, in the largest whole unit: "10 months ago", "3 years from now"."""
    count, unit = _distance(*sorted((moment, now)))
    direction = "from now" if moment > now else "ago"
    return f"{count} {unit}{'' if count == 1 else 's'} {direction}"


def _distance(early: datetime, late: datetime) -> tuple[int, str]:
    months = (late.year - early.year) * _MONTHS_A_YEAR + late.month - early.month
    if (late.day, late.time()) < (early.day, early.time()):
        months -= 1
    passed = late - early
    minutes, seconds = divmod(passed.seconds, 60)
    for count, unit in (
        (months // _MONTHS_A_YEAR, "year"),
        (months, "month"),
        (passed.days // _DAYS_A_WEEK, "week"),
        (passed.days, "day"),
        (minutes // 60, "hour"),
        (minutes, "minute"),
    ):
        if count > 0:
            return count, unit
    return seconds, "second"
