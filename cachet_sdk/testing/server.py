"""An embedded Cachet on a loopback socket: HTTP/1.1 with keep-alive, one thread per connection."""

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

from cachet_sdk.testing.http import Request, Response

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_STATUSES_WITHOUT_BODY = frozenset({204, 304})
_CONTENT_LENGTH = re.compile(r"[0-9]{1,18}")
_CHUNK_SIZE = re.compile(rb"[0-9A-Fa-f]{1,15}")
_MAX_LINE = 65_536
_MAX_BODY = 256 * 1024 * 1024


class _BadRequestBodyError(Exception):
    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class FakeServer:
    """A server on 127.0.0.1, from its creation until it is closed; a context manager.

    Args:
        handle: Handles one request; called from several threads.
        prefix: The path of the API, for ``endpoint``.
        port: The port; 0 picks a free one.

    Attributes:
        port: The port it listens on.
        url: The scheme and authority, such as ``http://127.0.0.1:8000``.
        endpoint: The endpoint to pass to a client.
    """

    def __init__(self, handle: Callable[[Request], Response], *, prefix: str, port: int = 0) -> None:
        self._server = _Server(port, handle)
        self.port: int = self._server.server_address[1]
        self.url: str = f"http://127.0.0.1:{self.port}"
        self.endpoint: str = self.url + prefix
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="fake-cachet", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop listening and close every connection."""
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
    # Each connection's thread ends by itself once server_close() has shut its socket down.
    block_on_close = False
    request_queue_size = 128

    def __init__(self, port: int, handle: Callable[[Request], Response]) -> None:
        self._connections: set[socket.socket] = set()
        self._connections_lock = threading.Lock()
        super().__init__(("127.0.0.1", port), partial(_Handler, handle))

    def server_bind(self) -> None:
        # HTTPServer resolves its own host name, which can take seconds on a machine without DNS.
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
                with suppress(OSError):  # already closed by the client
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A client may disconnect at any time; only bugs of the model are reported.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Buffer the whole response and send it without delay: headers and body in one write.
    disable_nagle_algorithm = True
    wbufsize = -1

    def __init__(self, handle: Callable[[Request], Response], *arguments: Any) -> None:
        self._handle = handle
        super().__init__(*arguments)

    def version_string(self) -> str:
        """Return the value of the header ``Server``."""
        return "EmbeddedCachet"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name for it
        """Log nothing, so that the output of tests stays clean."""

    def _respond(self) -> None:
        try:
            body = self._read_body()
        except _BadRequestBodyError as reason:
            # The end of the body is unknown, so the next request cannot be found on this connection.
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
        response = self._handle(request)
        # Not send_response, which would add a Date header from the system clock instead of the model's.
        self.send_response_only(response.status)
        self.send_header("Server", self.version_string())
        if not any(name == "Date" for name, _ in response.headers):
            self.send_header("Date", self.date_time_string())
        for name, value in response.headers:
            self.send_header(name, value)
        if response.status not in _STATUSES_WITHOUT_BODY:
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    def _read_body(self) -> bytes:
        lengths = set(self.headers.get_all("Content-Length", ()))
        coding = self.headers.get("Transfer-Encoding")
        if coding is not None:
            if coding.strip().lower() != "chunked" or lengths:
                raise _BadRequestBodyError(400, "Bad Transfer-Encoding")
            return self._read_chunks()
        if not lengths:
            return b""
        length = lengths.pop().strip()
        if lengths or not _CONTENT_LENGTH.fullmatch(length):
            raise _BadRequestBodyError(400, "Bad Content-Length")
        return self._read_exactly(int(length))

    def _read_chunks(self) -> bytes:
        chunks, total = list[bytes](), 0
        while True:
            size = self.rfile.readline(_MAX_LINE).partition(b";")[0].strip()
            if not _CHUNK_SIZE.fullmatch(size):
                raise _BadRequestBodyError(400, "Bad chunk size")
            if int(size, 16) == 0:
                break
            total += int(size, 16)
            if total > _MAX_BODY:
                raise _BadRequestBodyError(413, "Body too large")
            chunks.append(self._read_exactly(int(size, 16)))
            if self.rfile.readline(_MAX_LINE).strip():
                raise _BadRequestBodyError(400, "Bad chunk size")
        while self.rfile.readline(_MAX_LINE).strip():
            pass  # trailers
        return b"".join(chunks)

    def _read_exactly(self, size: int) -> bytes:
        if size > _MAX_BODY:
            raise _BadRequestBodyError(413, "Body too large")
        body = self.rfile.read(size)
        if len(body) < size:
            raise ConnectionAbortedError("the client disconnected in the middle of its request")
        return body

    def __getattr__(self, name: str) -> Any:
        # The base class looks up do_GET, do_POST and so on; all methods are handled alike.
        if name.startswith("do_"):
            return self._respond
        raise AttributeError(name)
