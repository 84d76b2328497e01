"""Decides whether a failed request may be sent again, and after which wait. Pure.

GET, PUT and DELETE are idempotent and may be repeated. A POST creates something new each time, so it is repeated only
if the server cannot have carried it out: if there was no connection, or if the status is 429, or 503 with a
``Retry-After``. The numbers are those of a ``RetryPolicy``.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from datetime import UTC, datetime

from cachet_sdk.core.http.dates import read_http_date
from cachet_sdk.options import RetryPolicy


def is_repeatable(method: str) -> bool:
    """Return whether the method is idempotent."""
    return method != "POST"


def may_resend_after_failure(method: str, *, was_sent: bool) -> bool:
    """Return whether a request that got no response may be sent again."""
    return is_repeatable(method) or not was_sent


def may_have_been_applied(method: str, status: int, retry_after: float | None) -> bool:
    """Return whether a request that got this error status may have been carried out."""
    if method == "GET" or status < 500:
        return False
    return not (status == 503 and retry_after is not None)


def may_resend_after_status(policy: RetryPolicy, method: str, status: int, retry_after: float | None) -> bool:
    """Return whether a request that got this status may be sent again."""
    if status not in policy.statuses:
        return False
    return is_repeatable(method) or status == 429 or (status == 503 and retry_after is not None)


def wait_before(
    policy: RetryPolicy, attempt: int, retry_after: float | None, *, pick: Callable[[], float] = random.random
) -> float | None:
    """Return the seconds to wait before the next attempt, or None if the server requests too long a wait.

    Args:
        policy: The retry policy.
        attempt: The number of attempts made: 1 after the first.
        retry_after: The wait that the server requests, in seconds.
        pick: Returns a random number from 0 to 1, for the jitter.
    """
    if retry_after is not None:
        return retry_after if retry_after <= policy.longest_retry_after else None
    return pick() * min(policy.longest_wait, policy.first_wait * 2.0 ** min(attempt - 1, 16))


def parse_retry_after(value: str | None, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> float | None:
    """Return the seconds of a ``Retry-After`` header, which may be an HTTP date (0 if past). None for anything else."""
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        when = read_http_date(value)
        if when is None:
            return None
        seconds = max(0.0, (when - now()).total_seconds())
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
