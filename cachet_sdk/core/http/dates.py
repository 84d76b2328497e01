"""Dates in HTTP headers. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def read_http_date(text: str | None) -> datetime | None:
    """Return the date of a header, or None if it is missing or not a date."""
    try:
        date = parsedate_to_datetime(text) if text else None
        # Dates of RFC 9110 are in GMT. One without a zone is parsed as naive.
        return date and (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
