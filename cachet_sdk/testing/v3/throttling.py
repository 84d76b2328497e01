"""The rate limit: requests per minute, counted per bucket."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cachet_sdk.testing.v3.http_errors import HttpError

if TYPE_CHECKING:
    from datetime import datetime

_WINDOW_SECONDS = 60


class Throttle:
    """Counts requests per bucket; a bucket resets one minute after its first request."""

    def __init__(self, limit: int | None) -> None:
        self.limit = limit
        self._buckets: dict[str, tuple[float, int]] = {}

    def reset(self) -> None:
        """Reset all buckets."""
        self._buckets.clear()

    def count(self, bucket: str, now: datetime) -> tuple[tuple[str, str], ...]:
        """Count a request and return the rate limit headers.

        Raises:
            HttpError: 429 if the limit is exceeded.
        """
        if self.limit is None:
            return ()
        moment = now.timestamp()
        ends, used = self._buckets.get(bucket, (0.0, 0))
        if moment >= ends:
            ends, used = moment + _WINDOW_SECONDS, 0
        if used >= self.limit:
            wait = math.ceil(ends - moment)
            raise HttpError(
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
