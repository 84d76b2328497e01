"""A bounded log of the requests that an embedded Cachet received."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from typing import overload

from cachet_sdk.testing.http import Request

#: The most requests that a log keeps, and the most bytes of their bodies.
LOG_SIZE = 10_000
LOG_BYTES = 16 * 1024 * 1024


class RequestLog(Sequence[Request]):
    """The requests that a server received, oldest first.

    Keeps the last 10,000, or fewer if their bodies exceed 16 MiB in total; the last one is always kept.
    """

    def __init__(self) -> None:
        self._requests: deque[Request] = deque()
        self._bytes = 0
        self._lock = threading.Lock()

    @overload
    def __getitem__(self, index: int) -> Request: ...
    @overload
    def __getitem__(self, index: slice) -> list[Request]: ...
    def __getitem__(self, index: int | slice) -> Request | list[Request]:
        return list(self._requests)[index] if isinstance(index, slice) else self._requests[index]

    def __iter__(self) -> Iterator[Request]:
        return iter(list(self._requests))

    def __len__(self) -> int:
        return len(self._requests)

    def __repr__(self) -> str:
        return f"<{len(self)} requests: {', '.join(f'{request.method} {request.path}' for request in self[-3:])}>"

    def add(self, request: Request) -> None:
        """Add a request."""
        with self._lock:
            self._requests.append(request)
            self._bytes += len(request.body)
            while len(self._requests) > LOG_SIZE or (self._bytes > LOG_BYTES and len(self._requests) > 1):
                self._bytes -= len(self._requests.popleft().body)

    def clear(self) -> None:
        """Remove all requests."""
        with self._lock:
            self._requests.clear()
            self._bytes = 0
