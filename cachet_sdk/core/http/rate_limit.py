"""What a server tells of its rate limit. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RateLimit:
    """How many requests are left, as the last answer that spoke of it told.

    Cachet 3 counts in two buckets: reads by address, and the rest by user. This is the one that the request went into.

    Attributes:
        limit: Requests allowed in a minute.
        remaining: Requests left of them.
        reset_at: When they are allowed again, in seconds since the epoch; None unless none are left.
    """

    limit: int
    remaining: int
    reset_at: float | None = None

    @classmethod
    def read(cls, headers: Mapping[str, str]) -> RateLimit | None:
        """Find it in an answer's headers; None when they do not tell."""
        limit, remaining = whole(headers.get("X-RateLimit-Limit")), whole(headers.get("X-RateLimit-Remaining"))
        if limit is None or remaining is None:
            return None
        return cls(limit, remaining, whole(headers.get("X-RateLimit-Reset")))


def whole(value: str | None) -> int | None:
    """Read a header's whole number; None for what is none."""
    return int(value) if value is not None and re.fullmatch(r"\d{1,15}", value, re.ASCII) else None
