"""Collects the metadata of the server's responses within a ``with`` block."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from cachet_sdk.core.http.call import Call  # imports pydantic, and users import CapturedResponse


@dataclass(frozen=True, slots=True)
class CapturedResponse:
    """The metadata of a response: everything except its JSON. The API token is redacted everywhere.

    Attributes:
        method: The HTTP method of the request.
        url: The full URL of the request.
        status_code: The HTTP status.
        headers: The response's headers.
        attempts: The number of attempts, including the one that got this response.
        elapsed: The time since the call began, including all attempts and the waits between them.
    """

    method: str
    url: str
    status_code: int
    headers: httpx.Headers = field(repr=False)
    attempts: int
    elapsed: timedelta


class _Recording:
    """The responses recorded for one ``with`` block."""

    __slots__ = ("_lock", "_positions", "_sender", "responses")

    def __init__(self, sender: object) -> None:
        self.responses: list[CapturedResponse] = []
        self._sender: object = sender
        self._lock = threading.Lock()
        self._positions: dict[Call, int] = {}

    def is_for(self, sender: object) -> bool:
        return self._sender is sender

    def add(self, call: Call, response: CapturedResponse) -> None:
        """Add the response to a call, replacing that of an earlier attempt."""
        with self._lock:
            position = self._positions.setdefault(call, len(self.responses))
            self.responses[position : position + 1] = [response]

    def end(self) -> None:
        """Stop recording, also for threads and tasks that still have a copy of the context."""
        with self._lock:
            self._sender, self._positions = None, {}


_recordings: ContextVar[tuple[_Recording, ...]] = ContextVar("cachet_sdk_recordings", default=())


@contextmanager
def capture(sender: object) -> Generator[list[CapturedResponse]]:
    """Collect the responses that a sender receives for calls made in this context."""
    recording = _Recording(sender)
    _recordings.set((*_recordings.get(), recording))
    try:
        yield recording.responses
    finally:
        recording.end()
        # Not reset by a token, because a fixture may be entered in one context and left in another.
        _recordings.set(tuple(one for one in _recordings.get() if one is not recording))


def record(sender: object, call: Call, response: httpx.Response) -> None:
    """Add a response to the recordings for its sender in this context. Usually there are none."""
    for recording in _recordings.get():
        if recording.is_for(sender):
            recording.add(
                call,
                CapturedResponse(
                    method=call.method,
                    url=call.url,
                    status_code=response.status_code,
                    headers=call.redacted(response.headers),
                    attempts=call.attempt,
                    elapsed=timedelta(seconds=time.monotonic() - call.started),
                ),
            )
