"""Logs, hooks and warnings, none of which shows the token."""

from __future__ import annotations

import logging
import pickle
import re
import warnings

import httpx
import pytest

from cachet_sdk import AsyncClient, Client
from tests.faults.cells import everything_shown
from tests.faults.server import Connection, Fault, FaultServer, ReceivedRequest, answer, healthy_response

TOKEN = "a-token-that-nobody-may-see"


def failing_once() -> Fault:
    """Return a fault that answers the first request with 503."""
    answers = iter([answer("503 Service Unavailable", b"", "Retry-After: 0")])
    return Fault(
        "fails once", lambda connection, request: connection.send(next(answers, None) or healthy_response(request))
    )


def test_each_request_is_logged_at_debug_and_each_retry_at_warning(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with FaultServer(failing_once()) as server, Client(server.endpoint, TOKEN) as client:
        client.components.get(1)
    logged = [(record.levelname, record.getMessage()) for record in caplog.records if record.name == "cachet_sdk"]
    assert [level for level, _ in logged] == ["DEBUG", "WARNING", "DEBUG"]
    assert re.fullmatch(r"GET /components/1: 503 in \d+\.\d ms, attempt 1", logged[0][1])
    assert re.fullmatch(r"GET /components/1: 503; attempt 2 follows in 0\.00 s", logged[1][1])
    assert re.fullmatch(r"GET /components/1: 200 in \d+\.\d ms, attempt 2", logged[2][1])
    assert TOKEN not in caplog.text


def test_a_request_without_a_response_is_logged_with_its_failure(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "cachet_sdk")
    with FaultServer(Fault("resets", lambda connection, _: connection.reset())) as server:
        with Client(server.endpoint, TOKEN) as client:
            client.ping()
    assert re.fullmatch(r"GET /ping: ReadError in \d+\.\d ms, attempt 1", caplog.messages[0])


def test_a_successful_request_is_not_logged_above_debug(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with FaultServer(Fault("none")) as server, Client(server.endpoint, TOKEN) as client:
        client.components.get(1)
    assert caplog.records == []


def test_hooks_see_each_request_and_each_response() -> None:
    seen: list[object] = []

    def on_request(request: httpx.Request) -> None:
        seen.append((request.method, request.url.path))
        request.headers["X-Trace"] = "abc"

    def on_response(response: httpx.Response) -> None:
        response.read()
        seen.append((response.status_code, response.json()["data"]["id"], response.request.method))

    with FaultServer(Fault("none")) as server:
        with Client(server.endpoint, TOKEN, event_hooks={"request": [on_request], "response": [on_response]}) as client:
            assert client.components.get(1).id == 1
        assert b"X-Trace: abc" in server.received[0].head
    assert seen == [("GET", "/api/v1/components/1"), (200, 1, "GET")]


async def test_async_hooks_see_each_request_and_each_response() -> None:
    seen: list[object] = []

    async def on_request(request: httpx.Request) -> None:
        seen.append(request.method)

    async def on_response(response: httpx.Response) -> None:
        await response.aread()
        seen.append(response.status_code)

    with FaultServer(Fault("none")) as server:
        async with AsyncClient(
            server.endpoint, TOKEN, event_hooks={"request": [on_request], "response": [on_response]}
        ) as client:
            assert (await client.components.get(1)).id == 1
    assert seen == ["GET", 200]


def test_an_exception_from_a_hook_is_not_wrapped_and_the_connection_is_released() -> None:
    def fails(response: httpx.Response) -> None:
        if response.request.method == "POST":
            raise LookupError("mine")

    limits = httpx.Limits(max_connections=1)
    with FaultServer(Fault("none")) as server:
        with Client(server.endpoint, TOKEN, limits=limits, event_hooks={"response": [fails]}, timeout=2) as client:
            with pytest.raises(LookupError, match="mine"):
                client.components.create(name="API", status=1)
            assert client.ping()


def test_plain_http_to_another_machine_warns_once() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        for _ in range(3):
            Client("http://status.example.com/api/v1", TOKEN).close()
    assert [str(it.message).split(":")[0] for it in caught] == ["the endpoint is plain HTTP"]
    assert caught[0].filename == __file__


def test_unverified_tls_warns_once() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        for _ in range(3):
            Client("https://status.example.com/api/v1", TOKEN, verify_tls=False).close()
    assert [str(it.message).split(":")[0] for it in caught] == ["verify_tls=False"]
    assert caught[0].filename == __file__


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:1/api/v1", "http://localhost/api/v1", "http://[::1]/api/v1"])
def test_plain_http_to_this_machine_does_not_warn(endpoint: str) -> None:
    Client(endpoint, TOKEN).close()  # a warning is an error here


def test_no_repr_and_no_pickle_shows_the_token() -> None:
    with FaultServer(Fault("none")) as server, Client(server.endpoint, TOKEN) as client:
        component = client.components.get(1)
        shown = everything_shown(client, None) + repr(component) + str(component) + component.to_json()
        shown += "".join(repr(vars(it)) for it in vars(client).values() if hasattr(it, "__dict__"))
        assert TOKEN not in shown
        assert TOKEN.encode() not in pickle.dumps(component)
        with pytest.raises(TypeError):
            pickle.dumps(client)


def test_a_redirect_sends_no_request_to_another_origin() -> None:
    with FaultServer(Fault("none")) as other:

        def redirect(connection: Connection, request: ReceivedRequest) -> None:
            connection.send(
                answer("307 Temporary Redirect", b"", f"Location: http://localhost:{other.port}{request.target}")
            )

        with FaultServer(Fault("redirects", redirect)) as server, Client(server.endpoint, TOKEN) as client:
            with pytest.raises(Exception, match="redirects are not followed") as caught:
                client.components.create(name="API", status=1)
            assert TOKEN not in everything_shown(client, caught.value)
        assert other.connections == 0
