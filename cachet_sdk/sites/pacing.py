"""Waiting for a server's rate limit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from cachet_sdk.errors import RateLimitError

ResultT = TypeVar("ResultT")

#: How often a rejected request is sent again. The server carried out none of the rejected ones.
_MAX_RETRIES: Final = 10
_DEFAULT_WAIT: Final = 60.0
_MAX_WAIT: Final = 300.0


class Pacer:
    """Sends requests, and waits and retries when the server rejects one for its rate limit.

    Args:
        wait: Waits for a number of seconds.
    """

    def __init__(self, wait: Callable[[float], object]) -> None:
        self._wait = wait

    def run(self, request: Callable[[], ResultT]) -> ResultT:
        """Send a request, again if the rate limit was exceeded.

        Raises:
            RateLimitError: when the last retry is rejected, too.
        """
        for _ in range(_MAX_RETRIES):
            try:
                return request()
            except RateLimitError as error:
                self._wait(min(error.retry_after or _DEFAULT_WAIT, _MAX_WAIT))
        return request()
