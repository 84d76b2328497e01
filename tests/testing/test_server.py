"""The embedded server on a loopback socket, and ``python -m cachet_sdk.testing``."""

from __future__ import annotations

import http.client
import json
import re
import select
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx
import pytest

from cachet_sdk.testing.__main__ import run
from cachet_sdk.testing.server import FakeServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cachet_sdk.testing import FakeCachet
    from cachet_sdk.testing.http import Request, Response

HEADERS = {"X-Cachet-Token": "secret-token", "Content-Type": "application/json"}
BODY = b'{"name": "A", "status": 1}'


@pytest.fixture
def server(fake: FakeCachet) -> Iterator[FakeServer]:
    with fake.serve() as server:
        yield server


def test_a_connection_serves_many_requests(server: FakeServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    for expected in (1, 2, 3):
        connection.request("POST", "/api/v1/components", BODY, HEADERS)
        response = connection.getresponse()
        assert json.load(response)["data"]["id"] == expected
        assert not response.will_close
    connection.close()


def test_the_response_to_a_delete_has_no_body_and_no_content_length(server: FakeServer) -> None:
    with httpx.Client(base_url=server.endpoint, headers=HEADERS) as client:
        client.post("/components", content=BODY)
        response = client.delete("/components/1")
        assert response.status_code == 204
        assert not {"content-type", "content-length"} & set(response.headers)
        assert client.get("/ping").json() == {"data": "Pong!"}


def test_the_response_to_a_head_has_no_body(server: FakeServer) -> None:
    with httpx.Client(base_url=server.endpoint) as client:
        assert client.head("/ping").content == b""
        assert client.get("/ping").status_code == 200


def test_chunked_bodies_are_read(server: FakeServer) -> None:
    with httpx.Client(base_url=server.endpoint, headers=HEADERS) as client:
        response = client.post("/components", content=iter([BODY[:7], BODY[7:]]))
        assert response.json()["data"]["name"] == "A"
        assert client.get("/components").json()["meta"]["pagination"]["total"] == 1


def test_links_use_the_requested_host(server: FakeServer) -> None:
    with httpx.Client(base_url=server.endpoint, headers=HEADERS) as client:
        client.post("/incidents", json={"name": "I", "message": "m", "status": 1})
        permalink = client.get("/incidents/1").json()["data"]["permalink"]
        assert permalink == f"{server.url}/incidents/1"


def test_paths_are_unescaped(server: FakeServer) -> None:
    with httpx.Client(base_url=server.endpoint, headers=HEADERS) as client:
        client.post("/components", content=BODY)
        assert client.get("/components/%31").json()["data"]["id"] == 1


def test_the_socket_and_the_transport_share_rows_and_the_log(fake: FakeCachet, server: FakeServer) -> None:
    httpx.post(f"{server.endpoint}/components", content=BODY, headers=HEADERS)
    with httpx.Client(transport=fake.transport) as client:
        assert client.get(f"{fake.endpoint}/components/1").status_code == 200
    assert [request.method for request in fake.requests] == ["POST", "GET"]


def test_closing_disconnects_clients(fake: FakeCachet) -> None:
    with fake.serve() as server:
        idle = socket.create_connection(("127.0.0.1", server.port))
        httpx.get(f"{server.endpoint}/ping")
    with idle:
        idle.settimeout(5)
        assert idle.recv(1) == b""


def test_a_client_that_disconnects_early_causes_no_output(
    server: FakeServer, capfd: pytest.CaptureFixture[str]
) -> None:
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", server.port)) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            client.sendall(b"POST /api/v1/components HTTP/1.1\r\nContent-Length: 10\r\n\r\n{")
    assert httpx.get(f"{server.endpoint}/ping").status_code == 200
    assert capfd.readouterr().err == ""


def test_a_bug_in_a_model_is_logged(capfd: pytest.CaptureFixture[str]) -> None:
    def broken(request: Request) -> Response:
        raise ZeroDivisionError(request.path)

    with FakeServer(broken, prefix="/api") as server, pytest.raises(httpx.RemoteProtocolError):
        httpx.get(server.url)
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_a_request_without_a_host_header_works(server: FakeServer) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(b"GET /api/v1/components?per_page=1 HTTP/1.0\r\n\r\n")
        response = b"".join(iter(lambda: connection.recv(4096), b""))
    assert response.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_until_it_is_stopped(number: signal.Signals) -> None:
    command = [sys.executable, "-m", "cachet_sdk.testing", "--port", "0", "--token", "abc"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert select.select([process.stdout], [], [], 30)[0]
        line, token = process.stdout.readline(), process.stdout.readline()
        found = re.fullmatch(r"Cachet 2\.4 \(embedded\) at (http://127\.0\.0\.1:\d+/api/v1)\n", line)
        assert found
        assert token == "API token: abc\n"
        response = httpx.post(
            f"{found[1]}/components", json={"name": "A", "status": 1}, headers={"X-Cachet-Token": "abc"}, timeout=30
        )
        assert response.json()["data"]["id"] == 1
        with socket.create_connection(("127.0.0.1", httpx.URL(found[1]).port or 0)) as connection:
            connection.sendall(b"POST /api/v1/components HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
            process.send_signal(number)
            assert process.wait(30) == 0  # without waiting for the rest of the request
        assert process.stderr.read() == ""


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"Content-Length: abc\r\n\r\n", 400),
        (b"Content-Length: -1\r\n\r\n", 400),
        (b"Content-Length: +1\r\n\r\nx", 400),
        (b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx", 400),
        (b"Content-Length: 99999999999999999\r\n\r\n", 413),
        (b"Transfer-Encoding: gzip\r\n\r\n", 400),
        (b"Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n", 400),
        (b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"Transfer-Encoding: chunked\r\n\r\n-1\r\n", 400),
        (b"Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n", 400),
        (b"Transfer-Encoding: chunked\r\n\r\nfffffffffff\r\n", 413),
    ],
)
def test_a_body_of_unknown_length_is_refused(
    fake: FakeCachet, server: FakeServer, capfd: pytest.CaptureFixture[str], head: bytes, status: int
) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(b"POST /api/v1/components HTTP/1.1\r\nHost: x\r\n" + head)
        response = b"".join(iter(lambda: connection.recv(4096), b""))
    assert response.startswith(b"HTTP/1.1 %d " % status)
    assert b"\r\nConnection: close\r\n" in response
    assert (list(fake.requests), capfd.readouterr().err) == ([], "")


def test_an_incomplete_request_is_ignored(
    fake: FakeCachet, server: FakeServer, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(b"DELETE /api/v1/components/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc")
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(4096) == b""
    assert (list(fake.requests), capfd.readouterr().err) == ([], "")


def test_trailers_after_the_last_chunk_are_ignored(server: FakeServer) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        head = b"POST /api/v1/ping HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head + b"2;x=y\r\n{}\r\n0\r\nTrailer: 1\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 405 ")
        connection.sendall(b"GET /api/v1/ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert b'{"data":"Pong!"}' in b"".join(iter(lambda: connection.recv(4096), b""))


@pytest.mark.parametrize("release", ["2.3", "2.4.0-dev-2018"])
def test_the_command_serves_other_releases(capsys: pytest.CaptureFixture[str], release: str) -> None:
    run(["--port", "0", "--release", release], lambda: True)
    assert capsys.readouterr().out.startswith(f"Cachet {release} (embedded) at ")


def test_version_3_has_no_releases(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["--version", "3", "--release", "2.3"], lambda: True)
    assert "argument --release: only --version 1 has releases" in capsys.readouterr().err


def test_the_token_is_read_from_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CACHET_API_TOKEN", "from-the-environment")
    run(["--port", "0"], lambda: True)
    assert capsys.readouterr().out.splitlines()[1] == "API token: from-the-environment"
    run(["--port", "0", "--token", "given"], lambda: True)
    assert capsys.readouterr().out.splitlines()[1] == "API token: given"


@pytest.mark.parametrize(
    ("version", "begins", "ends"), [("1", "Cachet 2.4 (embedded)", "/api/v1"), ("3", "Cachet 3 (embedded)", "/api")]
)
def test_the_command_prints_what_it_serves_and_where(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, version: str, begins: str, ends: str
) -> None:
    monkeypatch.delenv("CACHET_API_TOKEN", raising=False)
    run(["--port", "0", "--version", version], lambda: True)
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{begins} at http://127.0.0.1:")
    assert first.endswith(ends)
    assert second == "API token: secret-token"


def test_the_command_refuses_unknown_versions(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["--version", "2"], lambda: True)
    assert "invalid choice" in capsys.readouterr().err


def test_the_command_explains_what_to_do_if_its_port_is_in_use(
    server: FakeServer, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        run(["--port", str(server.port)], lambda: True)
    assert caught.value.code == 2
    assert re.search(
        rf"argument --port: {server.port} cannot be used \(.+\); 0 picks a free one$", capsys.readouterr().err.strip()
    )


@pytest.mark.parametrize("port", ["99999", "-1"])
def test_the_command_refuses_an_invalid_port(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(["--port", port], lambda: True)
    assert caught.value.code == 2
    assert f"argument --port: expected 0 to 65535, got {port}; 0 picks a free one" in capsys.readouterr().err
