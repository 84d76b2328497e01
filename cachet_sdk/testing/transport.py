"""An httpx transport, blocking and asynchronous in one, that leads to an embedded Cachet instead of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from cachet_sdk.testing.http import Answer, Request

if TYPE_CHECKING:
    from collections.abc import Callable


class FakeTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Responds to requests for any host; pass it to ``httpx.Client`` or ``httpx.AsyncClient`` as ``transport``.

    Args:
        handle: Answers one request; called from whatever thread or task sends it.
    """

    def __init__(self, handle: Callable[[Request], Answer]) -> None:
        self._handle = handle

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a blocking client."""
        request.read()
        return _to_httpx(self._handle(_from_httpx(request)))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer an asyncio client."""
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


def _to_httpx(answer: Answer) -> httpx.Response:
    return httpx.Response(answer.status, headers=list(answer.headers), content=answer.body)
