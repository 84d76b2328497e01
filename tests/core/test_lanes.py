# Made by "make sync" from aio/test_lanes.py: edit that file instead of this one.
"""Connections: which are used again, which are closed, and what a server may do to them."""

from __future__ import annotations

from contextlib import suppress

import httpcore
import httpx
import pytest

from cachet_sdk import CachetError, Client, TransportError, UnexpectedResponseError
from cachet_sdk.core.http.waiting import sleep
from cachet_sdk.core.lanes import Lane, Lanes
from cachet_sdk.errors import TimeoutError as CachetTimeoutError
from tests.core.scripted import PONG, ScriptedServer
from tests.faults.certificates import serving, trusting

COMPONENT = b'{"data":{"id":1,"name":"API","status":1}}'


def test_one_connection_serves_call_after_call() -> None:
    with ScriptedServer() as server:
        with Client(server.endpoint, "token") as client:
            for _ in range(5):
                assert client.ping()
        assert server.connections == 1


def test_a_connection_that_the_server_closed_meanwhile_is_not_used_again() -> None:
    with ScriptedServer() as server:
        with Client(server.endpoint, "token", max_retries=0) as client:
            assert client.ping()
            server.hang_up()
            sleep(0.05)
            assert client.ping()
        assert server.connections == 2


def test_a_connection_that_is_too_old_is_not_used_again() -> None:
    with ScriptedServer() as server:
        limits = httpx.Limits(max_connections=10, max_keepalive_connections=10, keepalive_expiry=0.05)
        with Client(server.endpoint, "token", limits=limits) as client:
            assert client.ping()
            sleep(0.1)
            assert client.ping()
        assert server.connections == 2


def test_no_connection_is_kept_where_none_is_to_be() -> None:
    with ScriptedServer() as server:
        limits = httpx.Limits(max_connections=10, max_keepalive_connections=0)
        with Client(server.endpoint, "token", limits=limits) as client:
            assert client.ping()
            assert client.ping()
        assert server.connections == 2


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param((b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 16\r\n\r\n" + PONG[-16:],), id="close"),
        pytest.param((b"HTTP/1.0 200 OK\r\nContent-Length: 16\r\n\r\n" + PONG[-16:],), id="HTTP/1.0"),
        pytest.param((b"HTTP/1.1 200 OK\r\n\r\n" + PONG[-16:], b""), id="until it closes"),
        pytest.param((PONG + b"HTTP/1.1 200 OK\r\n",), id="bytes behind the answer"),
    ],
)
def test_a_connection_that_cannot_be_trusted_with_another_request_is_closed(answer: tuple[bytes, ...]) -> None:
    with ScriptedServer(answer) as server:
        with Client(server.endpoint, "token", max_retries=0) as client:
            assert client.ping()
            assert client.ping()
        assert server.connections == 2


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param((b"HTTP/1.1 200 OK\r\nContent-Length: 41\r\n\r\n" + COMPONENT,), id="at once"),
        pytest.param((b"HTTP/1.1 200 OK\r\nContent-", b"Length: 41\r\n\r", b"\n{", COMPONENT[1:]), id="in pieces"),
        pytest.param(
            (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 41\r\n\r\n" + COMPONENT),
            id="after a 100",
        ),
        pytest.param(
            (
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n" + COMPONENT[:5] + b"\r\n24",
                b"\r\n" + COMPONENT[5:] + b"\r\n0\r\n\r\n",
            ),
            id="chunked",
        ),
    ],
)
def test_an_answer_is_the_same_however_it_arrives(pieces: tuple[bytes, ...]) -> None:
    with ScriptedServer(pieces) as server:
        with Client(server.endpoint, "token", max_retries=0) as client:
            assert (client.components.get(1)).name == "API"
            assert client.ping()
        assert server.connections == 1


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param((b"",), id="nothing"),
        pytest.param((b"HTTP/1.1 200 OK\r\n", b""), id="half a head"),
        pytest.param((b"SSH-2.0-OpenSSH_9.2\r\n\r\n",), id="another protocol"),
        pytest.param((b"HTTP/1.1 200 OK\nContent-Length: 2\n\n{}",), id="lines that end otherwise"),
        pytest.param((b"HTTP/1.1 101 Switching Protocols\r\n\r\n",), id="a change of protocol"),
        pytest.param((b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000,), id="an endless head"),
        pytest.param((b"HTTP/1.1 103 Early Hints\r\n\r\n" * 10_000,), id="answers before the answer, without end"),
        pytest.param((b"HTTP/1.1 200 OK\r\nContent-Length: 41\r\n\r\n" + COMPONENT[:9], b""), id="half a body"),
        pytest.param((b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",), id="broken chunks"),
        pytest.param((b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n", b"{xx"), id="a chunk too long"),
        pytest.param((b"HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\n",), id="two lengths"),
    ],
)
def test_a_broken_answer_is_an_error_and_the_next_call_works(pieces: tuple[bytes, ...]) -> None:
    with ScriptedServer(pieces) as server:
        with Client(server.endpoint, "token", max_retries=0, timeout=2) as client:
            with pytest.raises(TransportError) as caught:
                client.components.get(1)
            assert not isinstance(caught.value, CachetTimeoutError)  # seen at once, and not by waiting
            assert client.ping()
        assert server.connections == 2


def test_a_body_goes_out_with_its_length_and_the_token() -> None:
    made = b"HTTP/1.1 200 OK\r\nContent-Length: 41\r\n\r\n" + COMPONENT
    with ScriptedServer((made,)) as server:
        with Client(server.endpoint, "secret-token") as client:
            client.components.create(name="API", status=1)
        (_, request), *_ = server.requests
    head, _, body = request.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0] == b"POST /api/v1/components HTTP/1.1"
    assert b"X-Cachet-Token: secret-token" in lines
    assert b"Content-Length: %d" % len(body) in lines
    assert body == b'{"name":"API","status":1,"enabled":true}'


def test_a_hook_cannot_smuggle_a_header_in() -> None:
    def smuggle(request: httpx.Request) -> None:
        request.headers["X-Trace"] = "a\r\nX-Cachet-Token: other"

    with ScriptedServer() as server:
        with Client(server.endpoint, "token", event_hooks={"request": [smuggle]}) as client:
            with pytest.raises(TransportError, match="line break"):
                client.components.get(1)
        assert not server.requests


def test_a_hook_may_read_the_body_and_a_later_call_uses_the_connection() -> None:
    seen: list[bytes] = []

    def read(response: httpx.Response) -> None:
        seen.append(response.read())

    with ScriptedServer() as server:
        with Client(server.endpoint, "token", event_hooks={"response": [read]}) as client:
            assert client.ping()
            assert client.ping()
        assert server.connections == 1
    assert seen == [b'{"data":"Pong!"}'] * 2


def test_an_answer_that_is_too_long_is_not_read_to_its_end() -> None:
    endless = (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *([b"1000\r\n" + b" " * 4096 + b"\r\n"] * 100))
    with ScriptedServer(endless) as server:
        with Client(server.endpoint, "token", max_response_bytes=10_000) as client:
            with pytest.raises(UnexpectedResponseError, match="longer than max_response_bytes"):
                client.components.get(1)
            assert client.ping()
        assert server.connections == 2


def test_closing_the_client_closes_its_connections() -> None:
    with ScriptedServer() as server:
        client = Client(server.endpoint, "token")
        assert client.ping()
        client.close()
        client.close()
        with suppress(CachetError):
            client.ping()
        assert server.connections == 1


def test_what_comes_behind_an_answer_at_the_end_of_what_is_read_at_once_answers_nothing() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 41\r\nX: %b\r\n\r\n"
    first = head % (b"x" * (64 * 1024 - len(head) + 2 - len(COMPONENT))) + COMPONENT
    assert len(first) == 64 * 1024
    with ScriptedServer((first + PONG.replace(b"Pong", b"Evil"),)) as server:
        with Client(server.endpoint, "token", max_retries=0) as client:
            assert (client.components.get(1)).name == "API"
            sleep(0.05)
            assert client.ping()
        assert server.connections == 2


def test_what_comes_encrypted_behind_an_answer_answers_nothing() -> None:
    evil = PONG.replace(b"Pong", b"Evil")
    with ScriptedServer((PONG, evil), tls=serving("good")) as server:
        with Client(server.endpoint, "token", max_retries=0, verify_tls=trusting()) as client:
            assert client.ping()
            sleep(0.05)
            assert client.ping()
        assert server.connections == 2


def test_an_answer_before_all_was_sent_is_an_answer() -> None:
    lane = Lane()
    lane._stream = HalfDeaf(b"HTTP/1.1 413 Payload Too Large\r\nContent-Length: 0\r\n\r\n", b"")
    lanes = Lanes(httpx.URL("http://127.0.0.1"), None, httpx.Limits())
    response = lane.exchange(request_of(), lanes)
    assert response.status_code == 413
    assert not lane.is_open


def test_without_an_answer_a_broken_write_is_the_failure() -> None:
    lane = Lane()
    lane._stream = HalfDeaf(b"")
    lanes = Lanes(httpx.URL("http://127.0.0.1"), None, httpx.Limits())
    with pytest.raises(httpcore.WriteError, match="hung up"):
        lane.exchange(request_of(), lanes)


def test_a_connection_is_given_back_only_after_all_else_is_done() -> None:
    class Stuck(Lane):
        def close(self) -> None:
            raise LookupError("cancelled here, say")

    lanes = Lanes(httpx.URL("http://127.0.0.1"), None, httpx.Limits(max_keepalive_connections=1))
    lanes.give_back(Stuck())
    lane = Lane()
    lane._stream = HalfDeaf(b"")
    with pytest.raises(LookupError):
        lanes.give_back(lane)
    assert not lane.is_open
    assert not lanes._idle


def test_no_connection_is_kept_where_none_may_be() -> None:
    with ScriptedServer() as server:
        limits = httpx.Limits(max_keepalive_connections=0)
        with Client(server.endpoint, "token", limits=limits) as client:
            assert client.ping()
            assert client.ping()
        assert server.connections == 2


class HalfDeaf(httpcore.NetworkStream):
    """Takes nothing, and says something."""

    def __init__(self, *said: bytes) -> None:
        self._said = list(said)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        raise httpcore.WriteError("hung up")

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._said.pop(0)

    def close(self) -> None:
        pass

    def get_extra_info(self, info: str) -> None:
        return None


def request_of() -> httpx.Request:
    return httpx.Request("POST", "http://127.0.0.1/", content=b"{}", extensions={"timeout": httpx.Timeout(1).as_dict()})
