"""A deadline for blocking calls, after which no socket operation of a call continues.

httpx limits each wait for the next bytes, so a response that arrives one byte at a time can take forever. A task can be
cancelled, but a thread that waits for a socket cannot. So the timeout of each socket operation is the time left.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterable
from ssl import SSLContext
from types import TracebackType
from typing import Any

import httpcore
import httpx

#: How many bytes to write at a time.
_CHUNK_SIZE = 16 * 1024


class _ThreadState(threading.local):
    deadline: float | None = None


_current = _ThreadState()


class deadline_scope:  # noqa: N801  (used as a function)
    """Set the deadline of this thread within a ``with`` block. For asyncio see ``async_deadline_scope``."""

    __slots__ = ("_deadline", "_outer")

    def __init__(self, deadline: float | None) -> None:
        self._deadline = deadline
        self._outer: float | None = None

    def __enter__(self) -> None:
        self._outer, _current.deadline = _current.deadline, self._deadline

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        _current.deadline = self._outer


def time_left(timeout: float | None, exceeded: type[Exception]) -> float | None:
    """Shorten a timeout to the time left until the deadline of the thread's call.

    Raises:
        Exception: Of the given type, if the deadline has passed.
    """
    deadline = _current.deadline
    if deadline is None:
        return timeout
    left = deadline - time.monotonic()
    if left <= 0:
        raise exceeded("the deadline of the call has passed")
    return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    """A connection whose waits end at the deadline of the call that uses it."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, time_left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # In chunks, because the stream applies its timeout to each part that the server accepts.
        for start in range(0, len(buffer), _CHUNK_SIZE):
            self._stream.write(buffer[start : start + _CHUNK_SIZE], time_left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(
            self._stream.start_tls(ssl_context, server_hostname, time_left(timeout, httpcore.ConnectTimeout))
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _addresses(host: str, port: int) -> list[str]:
    """Resolve a name, because connecting to a name would apply the whole timeout to each of its addresses."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(str(error)) from error
    # A fourth element other than 0 is the scope of a link-local address.
    return list(dict.fromkeys(f"{at[0]}%{at[3]}" if len(at) > 3 and at[3] else str(at[0]) for *_, at in found))


class DeadlineBackend(httpcore.NetworkBackend):
    """Opens connections that respect the deadline."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._backend = backend

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect before the deadline."""
        refused: Exception | None = None
        for address in _addresses(host, port):
            left = time_left(timeout, httpcore.ConnectTimeout)
            try:
                return _Stream(self._backend.connect_tcp(address, port, left, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = error
        raise refused or httpcore.ConnectError(f"{host} has no address")


def limit_reads(transport: httpx.BaseTransport) -> None:
    """Make the connections of an ``httpx.HTTPTransport`` respect ``deadline_scope``. Other transports do not change.

    httpx does not expose httpcore's public ``network_backend``. A test fails if a later httpx renames the private
    attributes used here. Then blocking calls would only lose the deadline within the head of a response.
    """
    pool: object = vars(transport).get("_pool") if isinstance(transport, httpx.HTTPTransport) else None
    backend: object = None if pool is None else vars(pool).get("_network_backend")
    if isinstance(backend, httpcore.NetworkBackend) and not isinstance(backend, DeadlineBackend):
        vars(pool)["_network_backend"] = DeadlineBackend(backend)


def limit_reads_of_client(client: httpx.Client) -> None:
    """Make the connections of an ``httpx.Client`` respect ``deadline_scope``, through its private attributes."""
    mounts: dict[object, httpx.BaseTransport | None] = vars(client).get("_mounts", {})
    for transport in (vars(client).get("_transport"), *mounts.values()):
        if transport is not None:
            limit_reads(transport)
