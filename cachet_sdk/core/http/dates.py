"""Dates in HTTP headers. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def read_http_date(text: str | None) -> datetime | None:
    """Read a header's date; return None if it is missing or not a date."""
    try:
        date = parsedate_to_datetime(text) if text else None
        # RFC 9110 dates are in GMT; one that names no zone parses as naive.
        return date and (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
