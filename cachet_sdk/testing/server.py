"""An embedded Cachet on a loopback socket: HTTP/1.1 with keep-alive, one thread a connection."""

from __future__ import annotations

import re
import socket
import socketserver
import sys
import threading
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote

from cachet_sdk.testing.http import Answer, Request

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_NO_BODY = frozenset({204, 304})
_LENGTH = re.compile(r"[0-9]{1,18}")
_CHUNK_SIZE = re.compile(rb"[0-9A-Fa-f]{1,15}")
_LONGEST_LINE = 65_536
_LARGEST_BODY = 256 * 1024 * 1024


class _BadBodyError(Exception):
    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class FakeServer:
    """Serves on 127.0.0.1 from the moment it is made until it is closed; a context manager.

    Args:
        handle: Answers one request; called from many threads.
        prefix: The API's path, for ``endpoint``.
        port: 0 picks a free one.

    Attributes:
        port: The port that it listens on.
        url: Scheme and authority, ``http://127.0.0.1:8000``.
        endpoint: The endpoint to pass to a client.
    """

    def __init__(self, handle: Callable[[Request], Answer], *, prefix: str, port: int = 0) -> None:
        self._server = _Server(port, handle)
        self.port: int = self._server.server_address[1]
        self.url: str = f"http://127.0.0.1:{self.port}"
        self.endpoint: str = self.url + prefix
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="fake-cachet", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop listening and hang up on every client."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Threads of the connections that close() hangs up on end by themselves.
    block_on_close = False
    request_queue_size = 128

    def __init__(self, port: int, handle: Callable[[Request], Answer]) -> None:
        self._connections: set[socket.socket] = set()
        self._connections_lock = threading.Lock()
        super().__init__(("127.0.0.1", port), partial(_Handler, handle))

    def server_bind(self) -> None:
        # HTTPServer looks its own name up, which can take seconds on a machine without DNS.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._connections_lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._connections_lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        super().server_close()
        with self._connections_lock:
            for connection in self._connections:
                with suppress(OSError):  # the client was faster
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A client that hangs up is no news; a bug in the model is.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # One write an answer, sent at once: head and body go out in one packet.
    disable_nagle_algorithm = True
    wbufsize = -1

    def __init__(self, handle: Callable[[Request], Answer], *arguments: Any) -> None:
        self._handle = handle
        super().__init__(*arguments)

    def version_string(self) -> str:
        """Return the value of the header ``Server``."""
        return "EmbeddedCachet"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that the base class gives it
        """Log nothing: tests check their own output."""

    def _answer(self) -> None:
        try:
            body = self._body()
        except _BadBodyError as reason:
            # Where the body ends is not known, so nothing more can be read from this connection.
            self.send_error(reason.status, str(reason))
            self.close_connection = True
            return
        path, _, query = self.path.partition("?")
        headers = {name.lower(): ", ".join(self.headers.get_all(name, ())) for name in self.headers}
        request = Request(
            method=self.command,
            path=unquote(path),
            query=query,
            headers=headers,
            body=body,
            origin=f"http://{headers.get('host', '127.0.0.1')}",
        )
        answer = self._handle(request)
        # Not send_response: it would add a Date of its own, by another clock than the server's.
        self.send_response_only(answer.status)
        self.send_header("Server", self.version_string())
        if not any(name == "Date" for name, _ in answer.headers):
            self.send_header("Date", self.date_time_string())
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.status not in _NO_BODY:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _body(self) -> bytes:
        lengths = set(self.headers.get_all("Content-Length", ()))
        coding = self.headers.get("Transfer-Encoding")
        if coding is not None:
            if coding.strip().lower() != "chunked" or lengths:
                raise _BadBodyError(400, "Bad Transfer-Encoding")
            return self._chunks()
        if not lengths:
            return b""
        length = lengths.pop().strip()
        if lengths or not _LENGTH.fullmatch(length):
            raise _BadBodyError(400, "Bad Content-Length")
        return self._read(int(length))

    def _chunks(self) -> bytes:
        chunks, total = list[bytes](), 0
        while True:
            size = self.rfile.readline(_LONGEST_LINE).partition(b";")[0].strip()
            if not _CHUNK_SIZE.fullmatch(size):
                raise _BadBodyError(400, "Bad chunk size")
            if int(size, 16) == 0:
                break
            total += int(size, 16)
            if total > _LARGEST_BODY:
                raise _BadBodyError(413, "Body too large")
            chunks.append(self._read(int(size, 16)))
            if self.rfile.readline(_LONGEST_LINE).strip():
                raise _BadBodyError(400, "Bad chunk size")
        while self.rfile.readline(_LONGEST_LINE).strip():
            pass  # trailers
        return b"".join(chunks)

    def _read(self, size: int) -> bytes:
        if size > _LARGEST_BODY:
            raise _BadBodyError(413, "Body too large")
        body = self.rfile.read(size)
        if len(body) < size:
            raise ConnectionAbortedError("the client hung up in the midst of its request")
        return body

    def __getattr__(self, name: str) -> Any:
        # The base class looks for do_GET, do_POST and so on; every method is answered the same way.
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)
