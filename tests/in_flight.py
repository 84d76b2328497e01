"""A connection to an embedded Cachet that counts the requests in flight."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

import httpx

from cachet_sdk.testing import FakeCachet

#: How long a request takes, in seconds: long enough for others to start in the meantime.
DURATION = 0.002


class InFlightTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Forwards requests slowly.

    Attributes:
        highest: The highest number of requests that were in flight at the same time.
    """

    def __init__(self, fake: FakeCachet[Any, Any]) -> None:
        self._inner = fake.transport
        self._lock = threading.Lock()
        self._in_flight = 0
        self.highest = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Handle a request of a sync client."""
        self._start()
        time.sleep(DURATION)
        return self._finish(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Handle a request of an async client."""
        self._start()
        await asyncio.sleep(DURATION)
        await request.aread()
        return self._finish(request)

    def _start(self) -> None:
        with self._lock:
            self._in_flight += 1
            self.highest = max(self.highest, self._in_flight)

    def _finish(self, request: httpx.Request) -> httpx.Response:
        response = self._inner.handle_request(request)
        with self._lock:
            self._in_flight -= 1
        return response
