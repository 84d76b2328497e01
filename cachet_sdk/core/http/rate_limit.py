"""The rate limit that a server states in its headers. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RateLimit:
    """The rate limit, as stated by the last response with rate limit headers.

    Cachet 3 has two limits: reads are counted by IP address, everything else by user. This is the one that applied to
    the last request.

    Attributes:
        limit: Requests allowed per minute.
        remaining: Requests left in this minute.
        reset_at: When requests are allowed again, in seconds since the epoch. None unless ``remaining`` is 0.
    """

    limit: int
    remaining: int
    reset_at: float | None = None

    @classmethod
    def read(cls, headers: Mapping[str, str]) -> RateLimit | None:
        """Return the rate limit of a response's headers, or None if they state none."""
        limit, remaining = (
            parse_header_number(headers.get("X-RateLimit-Limit")),
            parse_header_number(headers.get("X-RateLimit-Remaining")),
        )
        if limit is None or remaining is None:
            return None
        return cls(limit, remaining, parse_header_number(headers.get("X-RateLimit-Reset")))


def parse_header_number(value: str | None) -> int | None:
    """Return the whole number of a header, or None if it is not one."""
    return int(value) if value is not None and re.fullmatch(r"\d{1,15}", value, re.ASCII) else None
