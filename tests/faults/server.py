"""A server on a real socket that misbehaves as a fault describes, and records what it received."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from tests.faults.certificates import serving

COMPONENT = {
    "id": 1,
    "name": "API",
    "description": "",
    "link": "",
    "status": 1,
    "order": 0,
    "group_id": 0,
    "enabled": True,
    "meta": None,
    "created_at": "2026-11-24 10:00:00",
    "updated_at": "2026-11-24 10:00:00",
    "deleted_at": None,
    "status_name": "Operational",
    "tags": {},
}


@dataclass(frozen=True)
class ReceivedRequest:
    """A request that arrived completely."""

    method: str
    target: str
    head: bytes = field(repr=False)
    body: bytes


class Connection:
    """An accepted connection, through which a fault acts."""

    def __init__(self, sock: socket.socket, stopped: threading.Event) -> None:
        self.sock = sock
        self.stopped = stopped
        self.is_closed = False

    def send(self, data: bytes) -> None:
        """Send data, and close the connection if the client has closed it."""
        try:
            self.sock.sendall(data)
        except OSError:
            self.close()

    def send_slowly(self, data: bytes, pause: float = 0.05) -> None:
        """Send one byte at a time, until the client closes the connection."""
        for position in range(len(data)):
            if self.is_closed or self.stopped.is_set():
                break
            self.send(data[position : position + 1])
            time.sleep(pause)
        self.close()

    def wait(self) -> None:
        """Send nothing until the client closes the connection."""
        with contextlib.suppress(OSError):
            while not self.stopped.is_set() and self.sock.recv(65536):
                pass
        self.close()

    def reset(self) -> None:
        """Close the connection with RST instead of FIN."""
        with contextlib.suppress(OSError):
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.is_closed = True
        with contextlib.suppress(OSError):
            self.sock.close()

    def close(self) -> None:
        """Close the connection."""
        self.is_closed = True
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        with contextlib.suppress(OSError):
            self.sock.close()


@dataclass(frozen=True)
class Fault:
    """How a server misbehaves.

    Attributes:
        name: Its name in the matrix.
        play: What the server does after it has received a request.
        at_connect: What the server does as soon as a connection is open, instead of reading a request.
        certificate: The kind of the server's certificate, or None for plain http.
        is_refusing: Whether no server listens on the port.
        host: The host in the endpoint.
        closes_between: Whether the server closes connections after each response without announcing it.
        scheme: The scheme in the endpoint, if it differs from the server's.
    """

    name: str
    play: Callable[[Connection, ReceivedRequest], None] | None = None
    at_connect: Callable[[Connection], None] | None = None
    certificate: str | None = None
    is_refusing: bool = False
    host: str = "127.0.0.1"
    closes_between: bool = False
    scheme: str | None = None

    @property
    def blocks_all_requests(self) -> bool:
        """Whether no request gets through at all, so that a list cannot fail in the middle."""
        return self.host != "127.0.0.1" or self.scheme is not None

    @property
    def is_unreachable(self) -> bool:
        """Whether no connection to the server is possible."""
        return self.is_refusing or self.host != "127.0.0.1"

    @property
    def occurs_while_connecting(self) -> bool:
        """Whether it occurs while connecting, so that no connection may be reused."""
        return self.play is None


def answer(status: str, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    """Return the bytes of a response."""
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body) if length is None else length}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def healthy_response(request: ReceivedRequest, *headers: str) -> bytes:
    """Return Cachet's response to a request of the matrix."""
    if request.method == "DELETE":
        return answer("204 No Content", b"", *headers)
    if "/api/v1/" not in request.target:
        return answer(
            "200 OK", json.dumps(_cachet_3_document(request)).encode(), "Content-Type: application/json", *headers
        )
    data: object = COMPONENT
    document: dict[str, object] = {"data": data}
    if "/ping" in request.target:
        document = {"data": "Pong!"}
    elif match := re.search(r"[?&]page=(\d+)", request.target):
        page = int(match[1])
        pagination = {"total": 4, "count": 2, "per_page": 2, "current_page": page, "total_pages": 2, "links": {}}
        rows = [COMPONENT | {"id": 2 * page - 1}, COMPONENT | {"id": 2 * page}]
        document = {"meta": {"pagination": pagination}, "data": rows}
    return answer("200 OK", json.dumps(document).encode(), "Content-Type: application/json", *headers)


def _cachet_3_document(request: ReceivedRequest) -> dict[str, object]:
    """Return the document of Cachet 3's response."""
    if "/ping" in request.target:
        return {"data": "Pong!"}
    match = re.search(r"[?&]page=(\d+)", request.target)
    if not match:
        return {"data": _resource(1)}
    page = int(match[1])
    # There is no total: a link to the next page shows that there is one.
    return {
        "data": [_resource(2 * page - 1), _resource(2 * page)],
        "links": {"first": "?page=1"} | ({"next": f"?page={page + 1}"} if page < 2 else {}),
        "meta": {"current_page": page, "from": 2 * page - 1, "to": 2 * page, "per_page": 2, "path": "/api/components"},
    }


def _resource(number: int) -> dict[str, object]:
    moment = {"human": "now", "string": "2026-11-24 10:00:00"}
    status = {"human": "Operational", "value": 1}
    attributes = {"id": number, "name": "API", "status": status, "enabled": True, "created": moment, "updated": moment}
    return {"id": str(number), "type": "components", "attributes": attributes}


@dataclass
class FaultServer:
    """Serves on loopback from its creation until it is closed.

    Attributes:
        fault: What goes wrong.
        version: The version of the API that is served.
        healthy_first: Whether the first page of a list gets through, so that the fault occurs in mid-iteration.
        received: The requests that arrived completely.
        connections: How many connections were accepted.
    """

    fault: Fault
    healthy_first: bool = False
    version: str = "1"
    received: list[ReceivedRequest] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self._stopped = threading.Event()
        self._open: set[socket.socket] = set()
        self._placeholder: socket.socket | None = None
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)
        if self.fault.is_refusing and not self.healthy_first:
            self._refuse()
        else:
            self._thread.start()

    @property
    def endpoint(self) -> str:
        """The endpoint to pass to a client."""
        scheme = self.fault.scheme or ("https" if self.fault.certificate else "http")
        return f"{scheme}://{self.fault.host}:{self.port}/api{'/v1' if self.version == '1' else ''}"

    def close(self) -> None:
        """Stop listening and close all connections."""
        self._stopped.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        if self._placeholder:
            self._placeholder.close()
        for sock in list(self._open):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        if self._thread.ident:
            self._thread.join(5)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _refuse(self) -> None:
        """Stop listening, but keep the port, so that no other test's server gets it."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._placeholder = socket.socket()
        self._placeholder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._placeholder.bind(("127.0.0.1", self.port))

    def _accept(self) -> None:
        threads: list[threading.Thread] = []
        with contextlib.suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                self.connections += 1
                first = self.connections == 1
                threads.append(threading.Thread(target=self._serve, args=(sock, first), daemon=True))
                threads[-1].start()
        for thread in threads:
            thread.join(5)

    def _serve(self, sock: socket.socket, first: bool) -> None:
        fault = self.fault
        is_healthy = first and self.healthy_first
        self._open.add(sock)
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if fault.certificate:
                sock.settimeout(5)
                raw = sock
                sock = serving("good" if is_healthy else fault.certificate).wrap_socket(sock, server_side=True)
                self._open.discard(raw)
                self._open.add(sock)
            connection = Connection(sock, self._stopped)
            if fault.at_connect and not is_healthy:
                fault.at_connect(connection)
            else:
                self._serve_requests(connection)
        except (OSError, ssl.SSLError):
            pass  # the client closed or reset the connection
        finally:
            self._open.discard(sock)
            with contextlib.suppress(OSError):
                sock.close()

    def _serve_requests(self, connection: Connection) -> None:
        while not connection.is_closed and (request := read_request(connection.sock)):
            self.received.append(request)
            fault = self.fault
            if self.healthy_first and re.search(r"[?&]page=1\b", request.target):
                if fault.is_refusing:
                    self._refuse()
                connection.send(
                    healthy_response(request, *(("Connection: close",) if fault.occurs_while_connecting else ()))
                )
                if fault.occurs_while_connecting:
                    return
            elif fault.play:
                fault.play(connection, request)
            else:
                connection.send(healthy_response(request))
                if fault.closes_between:
                    return


def read_request(sock: socket.socket) -> ReceivedRequest | None:
    """Read a complete request. Return None if the client closes the connection."""
    buffer = b""
    while b"\r\n\r\n" not in buffer:
        chunk = sock.recv(65536)
        if not chunk:
            return None
        buffer += chunk
    head, _, body = buffer.partition(b"\r\n\r\n")
    match = re.search(rb"(?im)^content-length: *(\d+)", head)
    length = int(match[1]) if match else 0
    while len(body) < length:
        chunk = sock.recv(65536)
        if not chunk:
            return None
        body += chunk
    method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
    return ReceivedRequest(method, target, head, body)
