"""A loopback server that sends scripted bytes, for tests of how connections are used."""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

PONG = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{"data":"Pong!"}'


def _cork(connection: socket.socket, *, on: bool) -> None:
    """Hold data back, or release it, so that chunks that are encrypted one by one arrive together."""
    if hasattr(socket, "TCP_CORK"):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, on)


class ScriptedServer:
    """Answers the n-th request with the n-th script, on any number of connections.

    A script is the chunks to send, one after another; an empty chunk closes the connection. After the last script every
    request gets ``PONG``.

    Attributes:
        connections: How many connections were made.
        requests: Each request as received, head and body, with the number of its connection.
    """

    def __init__(self, *scripts: Sequence[bytes], tls: ssl.SSLContext | None = None) -> None:
        self._scripts = list(scripts)
        self._tls = tls
        self._lock = threading.Lock()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.connections = 0
        self.requests: list[tuple[int, bytes]] = []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def endpoint(self) -> str:
        """The endpoint to pass to a client."""
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self._socket.getsockname()[1]}/api/v1"

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            threading.Thread(target=self._begin, args=(connection, self.connections), daemon=True).start()

    def _begin(self, connection: socket.socket, number: int) -> None:
        with suppress(OSError):
            self._serve(self._tls.wrap_socket(connection, server_side=True) if self._tls else connection, number)

    def _serve(self, connection: socket.socket, number: int) -> None:
        # The client closes the connection if it rejects a response.
        with suppress(OSError), connection, connection.makefile("rb") as stream:
            while True:
                head = b""
                while not head.endswith(b"\r\n\r\n"):
                    line = stream.readline()
                    if not line:
                        return
                    head += line
                match = re.search(rb"(?i)\ncontent-length: *([0-9]+)", head)
                length = int(match[1]) if match else 0
                with self._lock:
                    self.requests.append((number, head + stream.read(length)))
                    script = self._scripts.pop(0) if self._scripts else (PONG,)
                if self._tls:
                    _cork(connection, on=True)
                for chunk in script:
                    if not chunk:
                        return
                    connection.sendall(chunk)
                if self._tls:
                    _cork(connection, on=False)

    def hang_up(self) -> None:
        """Close every connection, as servers do with idle ones."""
        for connection in self._open:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._socket.close()
        self.hang_up()
