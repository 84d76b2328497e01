"""Connections to one server: HTTP/1.1 over httpcore's network streams, and a stack of those that are idle.

The sockets, TLS and timeouts are httpcore's, by its public interface, and the exceptions are httpx's. Above that stands
only what a status page needs, which takes a third of the time (docs/performance.md).
"""

from __future__ import annotations

import contextlib
import ssl
import time
from collections import deque
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

from cachet_sdk.core.framing import LONGEST_HEAD, Body, ProtocolProblem, body_of, read_head, write_head
from cachet_sdk.core.http.body import SENT
from cachet_sdk.core.http.body import RequestBody as SentBody
from cachet_sdk.core.streams import async_backend, async_holds_unread

if TYPE_CHECKING:
    from cachet_sdk.core.framing import Headers

#: Bytes to read at a time.
_PIECE = 64 * 1024


class AsyncLanes(httpx.AsyncBaseTransport):
    """An httpx transport for one server, without a proxy.

    How many requests are under way is limited by whoever calls; here connections are kept and used again, the one used
    last first, so that those that are not needed grow old and are closed.
    """

    def __init__(self, endpoint: httpx.URL, ssl_context: ssl.SSLContext | None, limits: httpx.Limits) -> None:
        self._host = endpoint.raw_host.decode("ascii")
        self._port = endpoint.port or (443 if endpoint.scheme == "https" else 80)
        self._ssl_context = ssl_context
        self._most_idle = limits.max_keepalive_connections
        self._expiry = limits.keepalive_expiry
        self._idle: deque[AsyncLane] = deque()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request over an idle connection, or over a new one."""
        request.extensions[SENT] = False
        lane = await self._take() or AsyncLane()
        try:
            if not lane.is_open:
                await lane.open(self._host, self._port, self._ssl_context, request.extensions["timeout"])
            return await lane.exchange(request, self)
        except BaseException as error:
            await lane.aclose()
            if isinstance(error, httpcore.NetworkError | httpcore.TimeoutException | httpcore.ProtocolError):
                raise _as_httpx(error, request) from error
            raise

    async def give_back(self, lane: AsyncLane) -> None:
        """Keep a connection for the next request, unless there are enough; close what has grown too old."""
        now = time.monotonic()
        lane.idle_since = now
        try:
            # Other threads take and give at the same time, so what was there a moment ago may be gone.
            with contextlib.suppress(IndexError):
                while self._is_superfluous(self._idle[0], now):
                    await self._idle.popleft().aclose()
        except BaseException:
            await lane.aclose()
            raise
        if self._most_idle == 0:
            await lane.aclose()
        else:
            self._idle.append(lane)  # last: from here on it may be another's

    def _is_superfluous(self, oldest: AsyncLane, now: float) -> bool:
        if self._most_idle is not None and len(self._idle) >= self._most_idle:
            return True
        return self._expiry is not None and now - oldest.idle_since > self._expiry

    async def aclose(self) -> None:
        """Close the idle connections. Those in use are closed by those who use them."""
        self._most_idle = 0
        while self._idle:
            try:
                lane = self._idle.pop()
            except IndexError:
                return
            await lane.aclose()

    async def _take(self) -> AsyncLane | None:
        while self._idle:
            try:
                lane = self._idle.pop()
            except IndexError:
                return None
            too_old = self._expiry is not None and time.monotonic() - lane.idle_since > self._expiry
            if not too_old and not lane.was_hung_up():
                return lane
            await lane.aclose()
        return None


class AsyncLane:
    """One connection."""

    __slots__ = ("_stream", "idle_since")

    def __init__(self) -> None:
        self._stream: httpcore.AsyncNetworkStream | None = None
        self.idle_since: float = 0.0

    @property
    def is_open(self) -> bool:
        """Whether there is a connection."""
        return self._stream is not None

    async def open(
        self, host: str, port: int, ssl_context: ssl.SSLContext | None, timeout: dict[str, float | None]
    ) -> None:
        """Connect."""
        self._stream = await async_backend().connect_tcp(host, port, timeout=timeout["connect"])
        if ssl_context is not None:
            self._stream = await self._stream.start_tls(ssl_context, host, timeout=timeout["connect"])

    def was_hung_up(self) -> bool:
        """Whether the server has closed the connection, or said something that nobody asked for."""
        return self._stream is None or bool(self._stream.get_extra_info("is_readable"))

    async def exchange(self, request: httpx.Request, lanes: AsyncLanes) -> httpx.Response:
        """Send a request and read the head of its answer; the body follows when it is iterated over."""
        stream = self._stream
        assert stream is not None  # noqa: S101  (opened by the caller)
        timeout = request.extensions["timeout"]
        try:
            head = write_head(request.method, request.url.raw_path, request.headers.raw)
        except ValueError as error:
            raise httpx.LocalProtocolError(str(error), request=request) from None
        content = request.stream.content if isinstance(request.stream, SentBody) else await request.aread()
        request.extensions[SENT] = True
        broken: httpcore.WriteError | None = None
        try:
            await stream.write(head + content, timeout=timeout["write"])
        except httpcore.WriteError as error:
            broken = error  # perhaps after an answer: a server need not read all of what it refuses
        del head, content
        try:
            status, headers, persistent, rest = await self._read_head(stream, timeout["read"])
            body = body_of(status, headers)
            first = body.take(rest) if rest else b""
        except (ProtocolProblem, httpcore.NetworkError) as problem:
            if broken is not None:
                raise broken from None
            if isinstance(problem, ProtocolProblem):
                raise httpx.RemoteProtocolError(str(problem), request=request) from None
            raise
        persistent = persistent and broken is None and not body.ends_with_connection
        if body.done:
            await self.finish(body, lanes, persistent=persistent)
            return httpx.Response(status, headers=headers, stream=httpx.ByteStream(first))
        return httpx.Response(
            status,
            headers=headers,
            stream=AsyncLaneStream(self, lanes, body, first, timeout["read"], persistent=persistent),
        )

    async def read(self, timeout: float | None) -> bytes:
        """Read what comes next; nothing when the connection was closed."""
        assert self._stream is not None  # noqa: S101
        return await self._stream.read(_PIECE, timeout=timeout)

    async def _read_head(
        self, stream: httpcore.AsyncNetworkStream, timeout: float | None
    ) -> tuple[int, Headers, bool, bytes]:
        buffer = b""
        received = 0
        while True:
            end = buffer.find(b"\r\n\r\n")
            if end >= 0:
                status, headers, persistent = read_head(buffer[: end + 4])
                buffer = buffer[end + 4 :]
                if status >= 200:
                    return status, headers, persistent, buffer
                if status == 101:
                    raise ProtocolProblem("the server wants to speak another protocol")
                continue
            if b"\n\n" in buffer:
                raise ProtocolProblem("the answer's lines do not end as HTTP's do")
            # Answers before the answer count too: they could go on for ever.
            if received > LONGEST_HEAD:
                raise ProtocolProblem("the answer's head is too long")
            piece = await stream.read(_PIECE, timeout=timeout)
            if not piece:
                raise ProtocolProblem("the server closed the connection without an answer")
            buffer += piece
            received += len(piece)

    async def finish(self, body: Body, lanes: AsyncLanes, *, persistent: bool) -> None:
        """Be done with an answer: ready for the next one where that is safe, and closed otherwise."""
        if persistent and body.done and not body.rest and self._stream and not async_holds_unread(self._stream):
            await lanes.give_back(self)
        else:
            await self.aclose()

    async def aclose(self) -> None:
        """Close the connection."""
        stream, self._stream = self._stream, None
        if stream is not None:
            await stream.aclose()


class AsyncLaneStream(httpx.AsyncByteStream):
    """The body of an answer, as it comes."""

    def __init__(
        self,
        lane: AsyncLane,
        lanes: AsyncLanes,
        body: Body,
        first: bytes,
        timeout: float | None,
        *,
        persistent: bool,
    ) -> None:
        self._lane = lane
        self._lanes = lanes
        self._body = body
        self._first = first
        self._timeout = timeout
        self._persistent = persistent
        self._closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self._first:
            yield self._first
        try:
            while not self._body.done:
                data = await self._lane.read(self._timeout)
                if data:
                    piece = self._body.take(data)
                    if piece:
                        yield piece
                else:
                    self._body.end()
        except ProtocolProblem as problem:
            raise httpx.RemoteProtocolError(str(problem)) from None
        except (httpcore.NetworkError, httpcore.TimeoutException) as error:
            raise _as_httpx(error, None) from error

    async def aclose(self) -> None:
        """Be done with the answer, read to its end or not."""
        if not self._closed:
            self._closed = True
            await self._lane.finish(self._body, self._lanes, persistent=self._persistent)


def _as_httpx(error: Exception, request: httpx.Request | None) -> httpx.TransportError:
    """Give httpx's exception of the same name."""
    kind: Any = getattr(httpx, type(error).__name__, httpx.NetworkError)
    made: httpx.TransportError = kind(str(error), request=request)
    return made
