"""The rate limit that a server states in its headers. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RateLimit:
    """How many requests are left, as stated by the last response with rate limit headers.

    Cachet 3 counts in two buckets: reads by address, all else by user. This is the bucket of the last request.

    Attributes:
        limit: Requests allowed per minute.
        remaining: Requests left in this minute.
        reset_at: When requests are allowed again, in seconds since the epoch; None unless none are left.
    """

    limit: int
    remaining: int
    reset_at: float | None = None

    @classmethod
    def read(cls, headers: Mapping[str, str]) -> RateLimit | None:
        """Read it from a response's headers; return None if it is not there."""
        limit, remaining = whole(headers.get("X-RateLimit-Limit")), whole(headers.get("X-RateLimit-Remaining"))
        if limit is None or remaining is None:
            return None
        return cls(limit, remaining, whole(headers.get("X-RateLimit-Reset")))


def whole(value: str | None) -> int | None:
    """Read a header's whole number; return None if it is not one."""
    return int(value) if value is not None and re.fullmatch(r"\d{1,15}", value, re.ASCII) else None
