"""Times in requests and responses: naive ones unchanged, aware ones in UTC. Pure.

Cachet 2 sends and takes times without an offset, in the server's configured zone, unless a request has the header
``Time-Zone: UTC``. So an aware time is sent in UTC with that header, and a naive one without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import TypeAlias

from cachet_sdk.errors import ArgumentError, short_repr

#: A time: a datetime, or Unix seconds.
Moment: TypeAlias = datetime | float
#: A point to push: its value, or the value and when it was measured.
PointInput: TypeAlias = float | tuple[float, Moment | None]

#: The only format in which Cachet 2 takes a time.
TO_THE_MINUTE = "%Y-%m-%d %H:%M"

#: At most this many seconds pass between a server reading its clock and writing the ``Date`` header.
DATE_HEADER_DELAY = 2


def to_zone(value: datetime, zone: tzinfo) -> datetime:
    """Convert a received time to a zone; a naive one is in UTC."""
    moment = value if value.tzinfo else value.replace(tzinfo=UTC)
    try:
        return moment.astimezone(zone)
    except OverflowError:  # the first and the last day of the calendar cannot be converted
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
    for name, knows in aware.items():
        if zone is not None and not knows:
            raise ArgumentError(
                name, "is a naive time, but the client has a timezone; pass an aware one, such as datetime.now(UTC)"
            )
        if knows != next(iter(aware.values())):
            raise ArgumentError(name, "naive and aware times cannot be mixed in one request")
    return zone is not None or any(aware.values())


def to_wire(value: datetime, form: str = TO_THE_MINUTE) -> str:
    """Format a time for the server, an aware one in UTC. Seconds are dropped: the server does not accept them."""
    return (value.astimezone(UTC) if is_aware(value) else value).strftime(form)


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
    # Cachet 2 takes 0 for now, and stores negative numbers and milliseconds as another time.
    if not 1 <= value < 100_000_000_000:
        raise ArgumentError(argument, f"expected seconds since 1970, got {short_repr(value)}; are those milliseconds?")
    return int(value)


def point_arguments(point: PointInput) -> dict[str, object]:
    """Name the two parts of a point. Anything else becomes the value, whose check refuses it."""
    value, timestamp = point if isinstance(point, tuple) and len(point) == 2 else (point, None)
    return {"value": value, "timestamp": timestamp}


def same_moment(one: datetime, other: datetime) -> bool:
    """Return whether two times are the same moment; a naive and an aware time never are.

    ``==`` is wrong in the hour that clocks repeat: two times in one zone are equal there although they are an hour
    apart, and two times in different zones never are.
    """
    if one.tzinfo is other.tzinfo and one.fold == other.fold and one == other:
        return True
    first, second = one.utcoffset(), other.utcoffset()
    if first is None or second is None:
        return one == other
    return one.replace(tzinfo=None) - other.replace(tzinfo=None) == first - second


def same_value(one: object, other: object) -> bool:
    """Return whether two values are the same; times if they are the same moment."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return same_moment(one, other)
    return one == other


def same_minute(one: datetime, other: datetime) -> bool:
    """Return whether two times are in the same minute, the server's precision; a naive one is taken as UTC."""
    return to_wire(one) == to_wire(other)
