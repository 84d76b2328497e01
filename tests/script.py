"""A scripted server: it sends exactly the responses that a test lists, also those that no Cachet would send."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import TypeAlias

import httpx
from pydantic_core import to_json

#: A response, an exception to raise instead, or a function that returns or raises either.
Step: TypeAlias = "httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]"


class Script:
    """Answers requests in order and records them. A request beyond the last step fails the test.

    Attributes:
        requests: The requests received, with their bodies.
    """

    def __init__(self, *steps: Step) -> None:
        self._steps = list(steps)
        self.requests: list[httpx.Request] = []

    @property
    def transport(self) -> httpx.MockTransport:
        """The transport to pass to a client, sync or async."""
        return httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        assert self._steps, f"unexpected request: {request.method} {request.url}"
        step = self._steps.pop(0)
        if isinstance(step, Exception):
            raise step
        return step if isinstance(step, httpx.Response) else step(request)


class Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A response body that arrives in chunks."""

    def __init__(self, chunks: Iterable[bytes], *, pause: float = 0.0) -> None:
        self._chunks = chunks
        self._pause = pause

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            time.sleep(self._pause)
            yield chunk

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self._chunks:
            yield chunk


def answer(document: object, status: int = 200, **headers: str) -> httpx.Response:
    """Return a response with a JSON body. ``Retry_After="0"`` sets the header ``Retry-After``."""
    return httpx.Response(
        status, content=to_json(document), headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


def streamed(*chunks: bytes, status: int = 200, **headers: str) -> httpx.Response:
    """Return a response whose body arrives in chunks."""
    return httpx.Response(
        status, stream=Stream(chunks), headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
