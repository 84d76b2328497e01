"""Times in requests and responses: naive ones unchanged, aware ones in UTC. Pure.

Cachet 2 returns and accepts times without an offset. They are in the zone of the server's configuration, or in UTC if
the request has the header ``Time-Zone: UTC``. So aware times are sent in UTC with this header, and naive ones without.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import TypeAlias

from cachet_sdk.errors import ArgumentError, short_repr

#: A time: a datetime, or Unix seconds.
Moment: TypeAlias = datetime | float
#: A metric point to create: its value, or its value and time.
PointInput: TypeAlias = float | tuple[float, Moment | None]

#: The only format in which Cachet 2 accepts times.
TO_THE_MINUTE = "%Y-%m-%d %H:%M"

#: How many seconds may pass between a time that the server puts into a response and its ``Date`` header.
DATE_HEADER_DELAY = 2


def to_zone(value: datetime, zone: tzinfo) -> datetime:
    """Convert a received time to a zone. A naive time is in UTC."""
    moment = value if value.tzinfo else value.replace(tzinfo=UTC)
    try:
        return moment.astimezone(zone)
    except OverflowError:  # on the first and the last day of the calendar
        return moment


def is_aware(value: datetime) -> bool:
    """Return whether a time has an offset from UTC."""
    return value.utcoffset() is not None


def needs_utc_header(values: Mapping[str, object], zone: tzinfo | None) -> bool:
    """Return whether a request with these values needs the header ``Time-Zone: UTC``.

    Raises:
        ArgumentError: For a naive time if the client has a time zone, and for naive and aware times together.
    """
    aware = {name: is_aware(value) for name, value in values.items() if isinstance(value, datetime)}
    for name, has_offset in aware.items():
        if zone is not None and not has_offset:
            raise ArgumentError(
                name, "is a naive time, but the client has a timezone; pass an aware one, such as datetime.now(UTC)"
            )
        if has_offset != next(iter(aware.values())):
            raise ArgumentError(name, "naive and aware times cannot be mixed in one request")
    return zone is not None or any(aware.values())


def to_wire(value: datetime, time_format: str = TO_THE_MINUTE) -> str:
    """Format a time for the server, in UTC if it is aware. Seconds are dropped, because the server refuses them."""
    return (value.astimezone(UTC) if is_aware(value) else value).strftime(time_format)


def to_epoch(argument: str, value: datetime | float) -> int:
    """Convert a time to whole Unix seconds.

    Raises:
        ArgumentError: For a naive time, a time before 1970, and milliseconds.
    """
    if isinstance(value, datetime):
        if not is_aware(value):
            raise ArgumentError(argument, "is a naive time; pass an aware one, such as datetime.now(UTC)")
        value = value.timestamp()
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ArgumentError(argument, f"expected Unix seconds or an aware datetime, got {short_repr(value)}")
    # Cachet 2 takes 0 for the current time, and stores negative numbers and milliseconds as other times.
    if not 1 <= value < 100_000_000_000:
        raise ArgumentError(argument, f"expected seconds since 1970, got {short_repr(value)}; are those milliseconds?")
    return int(value)


def point_arguments(point: PointInput) -> dict[str, object]:
    """Return the arguments of a point. Anything invalid becomes the value, whose check refuses it."""
    value, timestamp = point if isinstance(point, tuple) and len(point) == 2 else (point, None)
    return {"value": value, "timestamp": timestamp}


def same_moment(one: datetime, other: datetime) -> bool:
    """Return whether two times are the same moment. A naive and an aware time never are.

    ``==`` is wrong in the hour that clocks repeat: there, two times in one zone are equal although they are an hour
    apart, and two times in different zones are never equal.
    """
    if one.tzinfo is other.tzinfo and one.fold == other.fold and one == other:
        return True
    first, second = one.utcoffset(), other.utcoffset()
    if first is None or second is None:
        return one == other
    return one.replace(tzinfo=None) - other.replace(tzinfo=None) == first - second


def same_value(one: object, other: object) -> bool:
    """Return whether two values are equal. Times are equal if they are the same moment."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return same_moment(one, other)
    return one == other


def same_minute(one: datetime, other: datetime) -> bool:
    """Return whether two times are in the same minute, which is the server's precision. Naive times are in UTC."""
    return to_wire(one) == to_wire(other)
