"""Connections to an embedded Cachet that fail, before or after it has processed a request."""

from __future__ import annotations

from typing import Any

import httpx

from cachet_sdk.testing import FakeCachet
from cachet_sdk.testing.http import Request, Response


class LossyTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Forwards requests, and fails the next one that matches.

    Attributes:
        lost: ``(method, end of the path)`` of the next requests whose responses are lost.
        refused: The same for requests that a proxy answers with 500 instead of forwarding them.
    """

    def __init__(self, fake: FakeCachet[Any, Any]) -> None:
        self._inner = fake.transport
        self.lost: list[tuple[str, str]] = []
        self.refused: list[tuple[str, str]] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Handle a request of a sync client."""
        if self._is_next(self.refused, request):
            return httpx.Response(500, json={"message": "Server Error"})
        response = self._inner.handle_request(request)
        if self._is_next(self.lost, request):
            raise httpx.ReadError("the connection broke")
        return response

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Handle a request of an async client."""
        await request.aread()
        return self.handle_request(request)

    def _is_next(self, kinds: list[tuple[str, str]], request: httpx.Request) -> bool:
        for kind in kinds:
            if request.method == kind[0] and request.url.path.endswith(kind[1]):
                kinds.remove(kind)
                return True
        return False


def forward(fake: FakeCachet[Any, Any], request: Request) -> Response:
    """Return the response of an embedded Cachet to a request that another server received."""
    url = httpx.URL(request.origin).copy_with(path=request.path, query=request.query.encode() or None)
    response = fake.transport.handle_request(
        httpx.Request(request.method, url, headers=dict(request.headers), content=request.body)
    )
    return Response(response.status_code, tuple(response.headers.multi_items()), response.content)
