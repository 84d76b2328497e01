"""The deadline of blocking calls, also through httpx's own connections, which a proxy needs."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager

import httpcore
import httpx
import pytest

from cachet_sdk import Client
from cachet_sdk.core.deadline import DeadlineBackend, limit_reads, time_left, within
from cachet_sdk.errors import TimeoutError as CachetTimeoutError


@contextmanager
def dribbling_server(head: bytes) -> Generator[int]:
    """Listen on loopback; send a head at once and then a byte every 20 ms, for ever. Gives the port."""
    done = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection:
            connection.recv(65536)
            try:
                connection.sendall(head)
                while not done.wait(0.02):
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
def test_an_answer_that_dribbles_in_ends_with_the_deadline(head: bytes, through_proxy: bool) -> None:
    with dribbling_server(head) as port:
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
            with pytest.raises(CachetTimeoutError, match="no answer in time"):
                client.components.get(1)
            assert 0.4 < time.monotonic() - started < 0.5 * 1.1 + 0.1


def test_a_timeout_is_shortened_to_what_is_left() -> None:
    assert time_left(5, httpcore.ReadTimeout) == 5
    assert time_left(None, httpcore.ReadTimeout) is None
    with within(time.monotonic() + 3):
        assert 2 < (time_left(None, httpcore.ReadTimeout) or 0) <= 3
        assert 2 < (time_left(5, httpcore.ReadTimeout) or 0) <= 3
        assert time_left(1, httpcore.ReadTimeout) == 1
        with within(None):
            assert time_left(None, httpcore.ReadTimeout) is None
        assert time_left(None, httpcore.ReadTimeout) is not None
    assert time_left(None, httpcore.ReadTimeout) is None


def test_nothing_is_begun_after_the_deadline() -> None:
    backend = DeadlineBackend(httpcore.SyncBackend())
    with within(time.monotonic() - 1):
        with pytest.raises(httpcore.ConnectTimeout, match="deadline"):
            backend.connect_tcp("127.0.0.1", 1)
        with pytest.raises(httpcore.ConnectTimeout, match="deadline"):
            backend.connect_unix_socket("/nowhere")


def test_a_deadline_is_that_of_its_thread_alone() -> None:
    seen: list[float | None] = []
    with within(time.monotonic() + 3):
        thread = threading.Thread(target=lambda: seen.append(time_left(None, httpcore.ReadTimeout)))
        thread.start()
        thread.join()
    assert seen == [None]


def test_httpx_still_keeps_its_backend_where_we_put_ours() -> None:
    transport = httpx.HTTPTransport()
    backend = vars(vars(transport)["_pool"])["_network_backend"]

    limit_reads(transport)

    assert isinstance(vars(vars(transport)["_pool"])["_network_backend"], DeadlineBackend)
    assert vars(vars(vars(transport)["_pool"])["_network_backend"])["_backend"] is backend


def test_an_httpx_that_keeps_it_elsewhere_is_left_alone() -> None:
    transport = httpx.HTTPTransport()
    del vars(transport)["_pool"]

    limit_reads(transport)
    assert "_pool" not in vars(transport)


def test_a_connection_can_be_waited_upon() -> None:
    backend = DeadlineBackend(httpcore.MockBackend([b"data"]))
    stream = backend.connect_tcp("127.0.0.1", 1)

    backend.sleep(0)
    stream.write(b"request")
    assert stream.read(10) == b"data"
    assert isinstance(stream.start_tls(httpcore.default_ssl_context()), httpcore.NetworkStream)
    assert stream.get_extra_info("ssl_object") is not None
    stream.close()
