"""An httpx transport, sync and async, that passes requests to an embedded Cachet instead of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from cachet_sdk.testing.http import Request, Response

if TYPE_CHECKING:
    from collections.abc import Callable


class FakeTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport for ``httpx.Client`` and ``httpx.AsyncClient``; it responds for any host.

    Args:
        handle: Handles one request; called in the thread or task that sends it.
    """

    def __init__(self, handle: Callable[[Request], Response]) -> None:
        self._handle = handle

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Handle a request of a sync client."""
        request.read()
        return _to_httpx(self._handle(_from_httpx(request)))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Handle a request of an async client."""
        await request.aread()
        return _to_httpx(self._handle(_from_httpx(request)))


def _from_httpx(request: httpx.Request) -> Request:
    headers = dict(request.headers.items())
    return Request(
        method=request.method,
        path=request.url.path,
        query=request.url.query.decode("ascii"),
        headers=headers,
        body=request.content,
        origin=f"{request.url.scheme}://{headers['host']}",
    )


def _to_httpx(response: Response) -> httpx.Response:
    return httpx.Response(response.status, headers=list(response.headers), content=response.body)
