"""The deadline of sync calls, with httpx's own connections as well, which are used for proxies."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx
import pytest

from cachet_sdk import Client
from cachet_sdk.core.http.deadline import DeadlineBackend, deadline_scope, time_left
from cachet_sdk.errors import TimeoutError as CachetTimeoutError


@contextmanager
def trickling_server(head: bytes) -> Generator[int]:
    """Listen on loopback, and send a head at once, then a byte every 20 ms for 5 seconds. Yields the port."""
    done = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection:
            connection.recv(65536)
            try:
                connection.sendall(head)
                for _ in range(250):
                    if done.wait(0.02):
                        return
                    connection.sendall(b" ")
            except OSError:
                return

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threads.append(threading.Thread(target=serve, args=(connection,)))
            threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threads = [threading.Thread(target=accept)]
        threads[0].start()
        try:
            yield listener.getsockname()[1]
        finally:
            done.set()
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            for thread in threads:
                thread.join()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n"


@pytest.mark.parametrize("head", [HEAD, b"HTTP/1.1 200 OK\r\nX-Slow: "], ids=["body", "header"])
@pytest.mark.parametrize("through_proxy", [False, True], ids=["direct", "proxy"])
def test_a_response_that_trickles_in_is_aborted_at_the_deadline(head: bytes, through_proxy: bool) -> None:
    with trickling_server(head) as port:
        address = f"http://127.0.0.1:{port}"
        with Client(
            f"{address}/api/v1",
            "token",
            timeout=5,
            total_timeout=0.5,
            max_retries=5,
            proxy=address if through_proxy else None,
        ) as client:
            started = time.monotonic()
            with pytest.raises(CachetTimeoutError, match="no response in time"):
                client.components.get(1)
            assert 0.4 < time.monotonic() - started < 0.5 * 1.1 + 0.1


def test_a_timeout_is_shortened_to_the_time_left() -> None:
    assert time_left(5, httpcore.ReadTimeout) == 5
    assert time_left(None, httpcore.ReadTimeout) is None
    with deadline_scope(time.monotonic() + 3):
        assert 2 < (time_left(None, httpcore.ReadTimeout) or 0) <= 3
        assert 2 < (time_left(5, httpcore.ReadTimeout) or 0) <= 3
        assert time_left(1, httpcore.ReadTimeout) == 1
        with deadline_scope(None):
            assert time_left(None, httpcore.ReadTimeout) is None
        assert time_left(None, httpcore.ReadTimeout) is not None
    assert time_left(None, httpcore.ReadTimeout) is None


def test_nothing_is_started_after_the_deadline() -> None:
    backend = DeadlineBackend(httpcore.SyncBackend())
    with deadline_scope(time.monotonic() - 1):
        with pytest.raises(httpcore.ConnectTimeout, match="deadline"):
            backend.connect_tcp("127.0.0.1", 1)


def test_a_deadline_applies_to_its_own_thread_only() -> None:
    seen: list[float | None] = []
    with deadline_scope(time.monotonic() + 3):
        thread = threading.Thread(target=lambda: seen.append(time_left(None, httpcore.ReadTimeout)))
        thread.start()
        thread.join()
    assert seen == [None]


@pytest.mark.parametrize("mounted", [False, True], ids=["its own transport", "mounted"])
def test_the_deadline_holds_in_an_http_client_too(mounted: bool) -> None:
    with trickling_server(b"HTTP/1.1 200 OK\r\nX-Slow: ") as port:
        mounts = {"http://": httpx.HTTPTransport(), "all://no.example": None} if mounted else None
        with httpx.Client(mounts=mounts, trust_env=False) as http_client:
            client = Client(
                f"http://127.0.0.1:{port}/api/v1", "token", timeout=5, total_timeout=0.3, http_client=http_client
            )
            started = time.monotonic()
            with pytest.raises(CachetTimeoutError, match="no response in time"):
                client.components.get(1)
            assert 0.2 < time.monotonic() - started < 0.3 * 1.1 + 0.1


def test_the_backend_delegates_all_other_calls() -> None:
    backend = DeadlineBackend(httpcore.MockBackend([b"data"]))
    stream = backend.connect_tcp("127.0.0.1", 1)

    backend.sleep(0)
    stream.write(b"request")
    assert stream.read(10) == b"data"
    assert isinstance(stream.start_tls(httpcore.default_ssl_context()), httpcore.NetworkStream)
    assert stream.get_extra_info("ssl_object") is not None
    stream.close()


class Recording(httpcore.NetworkBackend, httpcore.NetworkStream):
    """Records the timeouts that it gets, and takes a while. Every address except the last refuses."""

    def __init__(self) -> None:
        self.waits: list[float | None] = []
        self.hosts: list[str] = []
        self.written = b""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: object = None,
    ) -> httpcore.NetworkStream:
        self.hosts.append(host)
        self.waits.append(timeout)
        time.sleep(0.02)
        if host != "192.0.2.3":
            raise httpcore.ConnectError("refused")
        return self

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.waits.append(timeout)
        self.written += buffer
        time.sleep(0.02)


def test_the_addresses_of_a_host_share_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", (f"192.0.2.{number}", 443)) for number in (1, 2, 2, 3)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    network = Recording()
    with deadline_scope(time.monotonic() + 1):
        DeadlineBackend(network).connect_tcp("status.example.com", 443, 30)
    assert network.hosts == ["192.0.2.1", "192.0.2.2", "192.0.2.3"]
    assert sorted(network.waits, reverse=True) == network.waits  # type: ignore[type-var]  # all are numbers
    assert len(set(network.waits)) == 3


def test_a_link_local_address_keeps_its_interface(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(10, 1, 6, "", ("fe80::1", 443, 0, 3))])
    network = Recording()
    with pytest.raises(httpcore.ConnectError, match="refused"):
        DeadlineBackend(network).connect_tcp("fe80::1%eth0", 443)
    assert network.hosts == ["fe80::1%3"]


def test_an_unknown_host_name_is_a_connect_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> list[Any]:
        raise socket.gaierror("unknown name")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(httpcore.ConnectError, match="unknown name"):
        DeadlineBackend(Recording()).connect_tcp("cachet.invalid", 443)


def test_the_chunks_of_a_long_body_share_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("192.0.2.3", 443))])
    network = Recording()
    stream = DeadlineBackend(network).connect_tcp("192.0.2.3", 443)
    body = bytes(range(256)) * 256
    with deadline_scope(time.monotonic() + 0.05), pytest.raises(httpcore.WriteTimeout, match="deadline"):
        stream.write(body, 30)
    assert body.startswith(network.written)
    network.written = b""
    stream.write(body)
    assert network.written == body
