"""Times on the wire: naive ones as they are, aware ones in UTC. Pure.

Cachet sends and takes times without an offset, in a zone that is the server's setting, unless a request says
``Time-Zone: UTC`` (wire/v1, trap 4). So an aware time travels in UTC with that header, and a naive one without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import TypeAlias

from cachet_sdk.errors import ArgumentError, short_repr

#: A moment: a datetime, or Unix seconds.
Moment: TypeAlias = datetime | float
#: A point to push: its value, or the value and when it was measured.
PointInput: TypeAlias = float | tuple[float, Moment | None]

#: The only form in which Cachet 2 takes a moment.
TO_THE_MINUTE = "%Y-%m-%d %H:%M"

#: Seconds between a server's reading of its clock and its writing of the ``Date`` header, at most.
SECONDS_TO_ANSWER = 2


def to_zone(value: datetime, zone: tzinfo) -> datetime:
    """Show a time of the wire in a zone; a naive one is in UTC."""
    moment = value if value.tzinfo else value.replace(tzinfo=UTC)
    try:
        return moment.astimezone(zone)
    except OverflowError:  # the first and the last day of the calendar have no other zone
        return moment


def is_aware(value: datetime) -> bool:
    """Whether a time knows its offset from UTC."""
    return value.utcoffset() is not None


def needs_utc_header(values: Mapping[str, object], zone: tzinfo | None) -> bool:
    """Tell whether a request with these values has to say ``Time-Zone: UTC``.

    Raises:
        ArgumentError: for a naive time where the client has a time zone, and for naive and aware ones together.
    """
    aware = {name: is_aware(value) for name, value in values.items() if isinstance(value, datetime)}
    for name, knows in aware.items():
        if zone is not None and not knows:
            raise ArgumentError(
                name, "is a naive time, but the client has a timezone; pass an aware one, such as datetime.now(UTC)"
            )
        if knows != next(iter(aware.values())):
            raise ArgumentError(name, "naive and aware times in one request; pass all of them naive, or all aware")
    return zone is not None or any(aware.values())


def to_wire(value: datetime, form: str = TO_THE_MINUTE) -> str:
    """Write a time as the server takes it; an aware one in UTC. Seconds are dropped: the server takes none."""
    return (value.astimezone(UTC) if is_aware(value) else value).strftime(form)


def to_epoch(argument: str, value: datetime | float) -> int:
    """Turn a moment into whole Unix seconds.

    Raises:
        ArgumentError: for a naive time, which is no moment, for one before 1970, and for milliseconds.
    """
    if isinstance(value, datetime):
        if not is_aware(value):
            raise ArgumentError(argument, "is a naive time; pass an aware one, such as datetime.now(UTC)")
        value = value.timestamp()
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ArgumentError(argument, f"expected Unix seconds or an aware datetime, got {short_repr(value)}")
    # wire/v1: 0 means now, negative ones and milliseconds are stored as another time.
    if not 1 <= value < 100_000_000_000:
        raise ArgumentError(argument, f"expected seconds since 1970, got {short_repr(value)}; are those milliseconds?")
    return int(value)


def point_arguments(point: PointInput) -> dict[str, object]:
    """Name the two parts of a point. What is neither form becomes the value, for its check to refuse."""
    value, timestamp = point if isinstance(point, tuple) and len(point) == 2 else (point, None)
    return {"value": value, "timestamp": timestamp}


def same_moment(one: datetime, other: datetime) -> bool:
    """Whether two times are the same moment; a naive one is none, and like no aware one.

    Not the same as ``==``, which is wrong in the hour that the clocks repeat: there two times of one zone are equal to
    it although they are an hour apart, and two of different zones never are.
    """
    if one.tzinfo is other.tzinfo and one.fold == other.fold and one == other:
        return True
    first, second = one.utcoffset(), other.utcoffset()
    if first is None or second is None:
        return one == other
    return one.replace(tzinfo=None) - other.replace(tzinfo=None) == first - second


def same_value(one: object, other: object) -> bool:
    """Whether two values are the same; two times when they are one moment."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return same_moment(one, other)
    return one == other


def same_minute(one: datetime, other: datetime) -> bool:
    """Whether two times are the same to the minute, which is all that the server takes; a naive one is UTC here."""
    return to_wire(one) == to_wire(other)
