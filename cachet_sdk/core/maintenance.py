"""Arguments and end times of maintenance windows. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal, TypeAlias, get_args

from cachet_sdk.core.arguments import check_id
from cachet_sdk.errors import ArgumentError, short_repr

#: What happens to the window if its block fails.
OnError: TypeAlias = Literal["close", "extend", "incident"]

#: Text of the incident that a failed block opens. It does not show the error to the public.
FAILED_MESSAGE = "The maintenance did not go as planned. We are looking into it."


def check_on_error(on_error: str) -> None:
    """Refuse an unknown value of ``on_error``.

    Raises:
        ArgumentError: Lists the valid values.
    """
    if on_error not in get_args(OnError):
        raise ArgumentError("on_error", f'expected "close", "extend" or "incident", got {short_repr(on_error)}')


def to_duration(duration: timedelta | float) -> timedelta:
    """Return the length of a window.

    Raises:
        ArgumentError: If it is not between a second and a year.
    """
    value = duration
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 1e9:
        value = timedelta(seconds=value)
    if not isinstance(value, timedelta) or not timedelta(seconds=1) <= value <= timedelta(days=366):
        raise ArgumentError(
            "duration", f"expected a timedelta or seconds, between 1 second and a year, got {short_repr(duration)}"
        )
    return value


def check_start(start: datetime | None) -> None:
    """Refuse a naive time.

    Raises:
        ArgumentError: Suggests an aware one.
    """
    if start is not None and (not isinstance(start, datetime) or start.utcoffset() is None):
        raise ArgumentError("start", f"expected an aware datetime, such as datetime.now(UTC), got {short_repr(start)}")


def statuses_by_id(components: Mapping[int, int] | Sequence[int] | None) -> dict[int, int | None]:
    """Return the status to set on each component, by its id. None for ids without a status.

    Args:
        components: Statuses by id, or only ids.

    Raises:
        ArgumentError: If something is not an id.
    """
    if components is None:
        return {}
    if isinstance(components, (str, bytes)) or not isinstance(components, (Mapping, Sequence)):
        raise ArgumentError("components", f"expected ids, or statuses by id, got {short_repr(components)}")
    for number in components:
        check_id("components", number)
    return dict(components) if isinstance(components, Mapping) else dict.fromkeys(components)


def later_end(end: datetime, duration: timedelta) -> datetime:
    """Return the end of a window that is extended by a duration, from its planned end or from now if that is later."""
    return max(end, datetime.now(UTC)) + duration
