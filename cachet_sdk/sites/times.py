"""Times of servers as moments: naive ones need the server's zone, and are refused without it. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cachet_sdk.errors import ArgumentError, ConfigurationError


class ZoneReader:
    """Turns what a client shows into moments in UTC.

    Args:
        zone: The zone of naive times, as a name or as what ``datetime`` takes; None when it is not known.
    """

    def __init__(self, zone: str | tzinfo | None) -> None:
        self._zone: tzinfo | None = _zone(zone)

    def moment(self, value: datetime) -> datetime:
        """Return a time in UTC.

        Raises:
            ConfigurationError: for a naive one whose zone is not known.
        """
        if value.utcoffset() is None:
            if self._zone is None:
                raise ConfigurationError(
                    "the server's time zone is not known, so its times are no moments; pass source_timezone, or make "
                    "the client with a timezone: any zone on Cachet 2, the server's own (APP_TIMEZONE) on Cachet 3"
                )
            value = value.replace(tzinfo=self._zone)
        return value.astimezone(UTC)

    def maybe(self, value: datetime | None) -> datetime | None:
        """Return a time in UTC, or None for None."""
        return None if value is None else self.moment(value)


def _zone(zone: str | tzinfo | None) -> tzinfo | None:
    if zone is None or isinstance(zone, tzinfo):
        return zone
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError, TypeError):
        raise ArgumentError(
            "source_timezone", f"expected the name of a zone, such as Europe/Oslo, not {str(zone)[:60]!r}"
        ) from None


def to_the_minute(value: datetime) -> datetime:
    """Return a time without its seconds, which Cachet 2 does not take."""
    return value.replace(second=0, microsecond=0)


def stamp(value: datetime) -> str:
    """Return a moment as it is written into texts."""
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
