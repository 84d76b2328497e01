"""Conversion of a server's times to UTC. Naive times are refused unless the server's time zone is known. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cachet_sdk.errors import ArgumentError, ConfigurationError


class UtcConverter:
    """Converts the times that a client returns to UTC.

    Args:
        zone: The time zone of naive times, as a name or a ``tzinfo``; None if unknown.
    """

    def __init__(self, zone: str | tzinfo | None) -> None:
        self._zone: tzinfo | None = _parse_zone(zone)

    def convert(self, value: datetime) -> datetime:
        """Return a time in UTC.

        Raises:
            ConfigurationError: for a naive time if the time zone is unknown.
        """
        if value.utcoffset() is None:
            if self._zone is None:
                raise ConfigurationError(
                    "the server's time zone is unknown, so its naive times cannot be converted to UTC; pass "
                    "source_timezone, or create the client with a timezone: any zone on Cachet 2, the server's own "
                    "(APP_TIMEZONE) on Cachet 3"
                )
            value = value.replace(tzinfo=self._zone)
        return value.astimezone(UTC)

    def convert_optional(self, value: datetime | None) -> datetime | None:
        """Return a time in UTC, or None for None."""
        return None if value is None else self.convert(value)


def _parse_zone(zone: str | tzinfo | None) -> tzinfo | None:
    if zone is None or isinstance(zone, tzinfo):
        return zone
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError, TypeError):
        raise ArgumentError(
            "source_timezone", f"expected the name of a time zone, such as Europe/Oslo, not {str(zone)[:60]!r}"
        ) from None


def truncate_to_minute(value: datetime) -> datetime:
    """Return a time without its seconds, which Cachet 2 does not accept."""
    return value.replace(second=0, microsecond=0)


def format_utc(value: datetime) -> str:
    """Return a time as it is written into messages."""
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
