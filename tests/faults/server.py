"""A server on a real socket that misbehaves as it is told, and notes what reached it."""

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
class Heard:
    """A request that arrived whole."""

    method: str
    target: str
    head: bytes = field(repr=False)
    body: bytes


class Connection:
    """One accepted connection, for a fault to play on."""

    def __init__(self, sock: socket.socket, stopped: threading.Event) -> None:
        self.sock = sock
        self.stopped = stopped
        self.is_closed = False

    def send(self, data: bytes) -> None:
        """Send, and close when the client has gone."""
        try:
            self.sock.sendall(data)
        except OSError:
            self.close()

    def send_slowly(self, data: bytes, pause: float = 0.05) -> None:
        """Send one byte at a time, for as long as the client listens."""
        for position in range(len(data)):
            if self.is_closed or self.stopped.is_set():
                break
            self.send(data[position : position + 1])
            time.sleep(pause)
        self.close()

    def wait(self) -> None:
        """Say nothing until the client hangs up."""
        with contextlib.suppress(OSError):
            while not self.stopped.is_set() and self.sock.recv(65536):
                pass
        self.close()

    def reset(self) -> None:
        """Hang up with RST in place of FIN."""
        with contextlib.suppress(OSError):
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.is_closed = True
        with contextlib.suppress(OSError):
            self.sock.close()

    def close(self) -> None:
        """Hang up."""
        self.is_closed = True
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        with contextlib.suppress(OSError):
            self.sock.close()


@dataclass(frozen=True)
class Fault:
    """How a server misbehaves.

    Attributes:
        name: What it is called in the matrix.
        play: What is done when a request has arrived whole.
        at_connect: What is done as soon as there is a connection, in place of all else.
        certificate: The kind of certificate that is shown; None for plain http.
        is_refusing: Whether nobody listens.
        host: The host in the endpoint.
        closes_between: Whether connections are closed after each answer without a word.
        scheme: The scheme in the endpoint, where it is not the one that the server speaks.
    """

    name: str
    play: Callable[[Connection, Heard], None] | None = None
    at_connect: Callable[[Connection], None] | None = None
    certificate: str | None = None
    is_refusing: bool = False
    host: str = "127.0.0.1"
    closes_between: bool = False
    scheme: str | None = None

    @property
    def shows_at_once(self) -> bool:
        """Whether no request at all comes through, so that a list cannot fail in the middle."""
        return self.host != "127.0.0.1" or self.scheme is not None

    @property
    def is_unreachable(self) -> bool:
        """Whether nobody can connect to the server."""
        return self.is_refusing or self.host != "127.0.0.1"

    @property
    def is_of_connections(self) -> bool:
        """Whether it shows when connecting, so that a connection must not be kept."""
        return self.play is None


def answer(status: str, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    """Write an answer."""
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body) if length is None else length}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def proper(heard: Heard, *headers: str) -> bytes:
    """Write what Cachet answers to the requests of the matrix."""
    if heard.method == "DELETE":
        return answer("204 No Content", b"", *headers)
    if "/api/v1/" not in heard.target:
        return answer("200 OK", json.dumps(_of_cachet_3(heard)).encode(), "Content-Type: application/json", *headers)
    data: object = COMPONENT
    document: dict[str, object] = {"data": data}
    if "/ping" in heard.target:
        document = {"data": "Pong!"}
    elif match := re.search(r"[?&]page=(\d+)", heard.target):
        page = int(match[1])
        pagination = {"total": 4, "count": 2, "per_page": 2, "current_page": page, "total_pages": 2, "links": {}}
        rows = [COMPONENT | {"id": 2 * page - 1}, COMPONENT | {"id": 2 * page}]
        document = {"meta": {"pagination": pagination}, "data": rows}
    return answer("200 OK", json.dumps(document).encode(), "Content-Type: application/json", *headers)


def _of_cachet_3(heard: Heard) -> dict[str, object]:
    """Give the document that Cachet 3 answers with."""
    if "/ping" in heard.target:
        return {"data": "Pong!"}
    match = re.search(r"[?&]page=(\d+)", heard.target)
    if not match:
        return {"data": _resource(1)}
    page = int(match[1])
    # There is no total: that there is more shows in a link to it.
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
    """Serves on loopback from the moment it is made until it is closed.

    Attributes:
        fault: What goes wrong.
        version: The version of the API that is asked for.
        healthy_first: Whether the first page of a list comes through, so that the fault shows in mid-iteration.
        heard: The requests that arrived whole.
        connections: How many connections were accepted.
    """

    fault: Fault
    healthy_first: bool = False
    version: str = "1"
    heard: list[Heard] = field(default_factory=list)
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
        """What a client takes as its endpoint."""
        scheme = self.fault.scheme or ("https" if self.fault.certificate else "http")
        return f"{scheme}://{self.fault.host}:{self.port}/api{'/v1' if self.version == '1' else ''}"

    def close(self) -> None:
        """Stop listening and hang up on everybody."""
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
        """Stop listening, and keep the port, which another test's server would get otherwise."""
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
                self._converse(connection)
        except (OSError, ssl.SSLError):
            pass  # the client did not like it
        finally:
            self._open.discard(sock)
            with contextlib.suppress(OSError):
                sock.close()

    def _converse(self, connection: Connection) -> None:
        while not connection.is_closed and (heard := read_request(connection.sock)):
            self.heard.append(heard)
            fault = self.fault
            if self.healthy_first and re.search(r"[?&]page=1\b", heard.target):
                if fault.is_refusing:
                    self._refuse()
                connection.send(proper(heard, *(("Connection: close",) if fault.is_of_connections else ())))
                if fault.is_of_connections:
                    return
            elif fault.play:
                fault.play(connection, heard)
            else:
                connection.send(proper(heard))
                if fault.closes_between:
                    return


def read_request(sock: socket.socket) -> Heard | None:
    """Read a request whole; give None when the client hangs up."""
    buffer = b""
    while b"\r\n\r\n" not in buffer:
        piece = sock.recv(65536)
        if not piece:
            return None
        buffer += piece
    head, _, body = buffer.partition(b"\r\n\r\n")
    match = re.search(rb"(?im)^content-length: *(\d+)", head)
    length = int(match[1]) if match else 0
    while len(body) < length:
        piece = sock.recv(65536)
        if not piece:
            return None
        body += piece
    method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
    return Heard(method, target, head, body)
