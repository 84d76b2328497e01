"""A proxy on loopback that forwards plain http and opens tunnels. It passes every fault on unchanged."""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import threading
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from tests.faults.server import answer, read_request

#: The credentials in the URL of the proxy. The password must not be shown, just like the token.
USER, PASSWORD = "matrix", "pr0xy-s3cret"


class Proxy:
    """Serves from its creation until it is closed.

    Attributes:
        connections: How many connections were accepted.
        tunnels: How many of them became tunnels.
    """

    def __init__(self) -> None:
        self.connections = 0
        self.tunnels = 0
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The URL to pass to a client as its proxy."""
        return f"http://{USER}:{PASSWORD}@127.0.0.1:{self._port}"

    def close(self) -> None:
        """Stop listening and close all connections."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for sock in list(self._open):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _accept(self) -> None:
        threads: list[threading.Thread] = []
        with contextlib.suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                self.connections += 1
                threads.append(threading.Thread(target=self._serve, args=(sock,), daemon=True))
                threads[-1].start()
        for thread in threads:
            thread.join(5)

    def _serve(self, client: socket.socket) -> None:  # noqa: C901, PLR0912  (two sockets to track and to close)
        self._open.add(client)
        upstream: socket.socket | None = None
        relay: threading.Thread | None = None
        try:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while request := read_request(client):
                is_tunnel = request.method == "CONNECT"
                host, port = _authority(request.target)
                if upstream is None:
                    try:
                        upstream = socket.create_connection((host, port), 5)
                    except ConnectionResetError:
                        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                        return
                    except OSError:
                        client.sendall(answer("502 Bad Gateway", b"<h1>The proxy cannot reach the server</h1>"))
                        return
                    self._open.add(upstream)
                    upstream.settimeout(None)
                    upstream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    if is_tunnel:
                        self.tunnels += 1
                        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    relay = threading.Thread(target=_relay, args=(upstream, client), daemon=True)
                    relay.start()
                if is_tunnel:
                    _relay(client, upstream)
                    return
                upstream.sendall(_forwarded(request.head) + b"\r\n\r\n" + request.body)
        except OSError:
            pass  # one side closed or reset its connection
        finally:
            for sock in (client, upstream):
                if sock is not None:
                    with contextlib.suppress(OSError):
                        sock.shutdown(socket.SHUT_RDWR)
            if relay is not None:
                relay.join(5)
            for sock in (client, upstream):
                if sock is not None:
                    self._open.discard(sock)
                    sock.close()


def _authority(target: str) -> tuple[str, int]:
    parts = urlsplit(target if "://" in target else f"//{target}")
    return parts.hostname or "", parts.port or 80


def _forwarded(head: bytes) -> bytes:
    """Make the target a path, and remove the headers that are meant for the proxy."""
    head = re.sub(rb"(?m)\A(\S+) http://[^/ ]*", rb"\1 ", head)
    return re.sub(rb"(?im)^proxy-[^\r\n]*\r\n", b"", head)


def _relay(source: socket.socket, target: socket.socket) -> None:
    """Pass on all data, and the way in which the connection ends: a reset as a reset."""
    try:
        while chunk := source.recv(65536):
            target.sendall(chunk)
    except ConnectionResetError:
        with contextlib.suppress(OSError):
            target.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    except OSError:
        pass
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)
