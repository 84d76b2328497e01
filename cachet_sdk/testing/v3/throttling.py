"""The rate limit: so many requests a minute, counted in buckets."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cachet_sdk.testing.v3.refusals import Refusal

if TYPE_CHECKING:
    from datetime import datetime

_WINDOW_SECONDS = 60


class Throttle:
    """Counts requests by bucket; a bucket empties a minute after its first request."""

    def __init__(self, limit: int | None) -> None:
        self.limit = limit
        self._buckets: dict[str, tuple[float, int]] = {}

    def reset(self) -> None:
        """Empty every bucket."""
        self._buckets.clear()

    def count(self, bucket: str, now: datetime) -> tuple[tuple[str, str], ...]:
        """Count a request and return the headers that tell what is left.

        Raises:
            Refusal: 429, when nothing was left.
        """
        if self.limit is None:
            return ()
        moment = now.timestamp()
        ends, used = self._buckets.get(bucket, (0.0, 0))
        if moment >= ends:
            ends, used = moment + _WINDOW_SECONDS, 0
        if used >= self.limit:
            wait = math.ceil(ends - moment)
            raise Refusal(
                429,
                "Too Many Attempts.",
                headers=(
                    *_headers(self.limit, 0),
                    ("Retry-After", str(wait)),
                    ("X-RateLimit-Reset", str(int(moment) + wait)),
                ),
            )
        self._buckets[bucket] = (ends, used + 1)
        return _headers(self.limit, self.limit - used - 1)


def _headers(limit: int, remaining: int) -> tuple[tuple[str, str], ...]:
    return (("X-RateLimit-Limit", str(limit)), ("X-RateLimit-Remaining", str(remaining)))
