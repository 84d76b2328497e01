"""A server that says exactly what a test tells it to: for answers that no Cachet gives."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import TypeAlias

import httpx
from pydantic_core import to_json

#: One answer; a failure to raise in place of one; or a function that makes either.
Step: TypeAlias = "httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]"


class Script:
    """Answers requests in order, and remembers them. Asking for more than was written fails the test.

    Attributes:
        requests: The requests that came, with their bodies.
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
        assert self._steps, f"nobody expected {request.method} {request.url}"
        step = self._steps.pop(0)
        if isinstance(step, Exception):
            raise step
        return step if isinstance(step, httpx.Response) else step(request)


class Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in pieces."""

    def __init__(self, pieces: Iterable[bytes], *, pause: float = 0.0) -> None:
        self._pieces = pieces
        self._pause = pause

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            time.sleep(self._pause)
            yield piece

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            yield piece


def answer(document: object, status: int = 200, **headers: str) -> httpx.Response:
    """An answer with a JSON body; ``Retry_After="0"`` is the header ``Retry-After``."""
    return httpx.Response(
        status, content=to_json(document), headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


def streamed(*pieces: bytes, status: int = 200, **headers: str) -> httpx.Response:
    """An answer whose body comes in pieces."""
    return httpx.Response(
        status, stream=Stream(pieces), headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
