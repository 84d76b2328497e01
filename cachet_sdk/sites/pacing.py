"""Staying within a server's rate limit."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TypeVar

from cachet_sdk.errors import RateLimitError
from cachet_sdk.sites.servers.base import Site

ResultT = TypeVar("ResultT")

#: How often a request is sent again after the server said that there were too many; nothing was carried out then.
_ATTEMPTS: Final = 10
_MINUTE: Final = 60.0


class Pacer:
    """Runs requests, and waits where the server wants it.

    Args:
        site: The server.
        wait: How to wait, given seconds.
    """

    def __init__(self, site: Site, wait: Callable[[float], object] = time.sleep) -> None:
        self._site = site
        self._wait = wait

    def run(self, request: Callable[[], ResultT]) -> ResultT:
        """Run a request, again when the limit was exceeded.

        Raises:
            RateLimitError: when that does not help.
        """
        for _ in range(_ATTEMPTS):
            try:
                return request()
            except RateLimitError as error:
                self._wait(min(error.retry_after or _MINUTE, 5 * _MINUTE))
        return request()
