"""What is logged and what hooks see; what is warned of; and that none of it shows the token."""

from __future__ import annotations

import logging
import pickle
import re
import warnings

import httpx
import pytest

from cachet_sdk import AsyncClient, Client
from tests.faults.cells import exhibit
from tests.faults.server import Connection, Fault, FaultServer, Heard, answer, proper

TOKEN = "a-token-that-nobody-may-see"


def failing_once() -> Fault:
    """Fail the first request with 503."""
    answers = iter([answer("503 Service Unavailable", b"", "Retry-After: 0")])
    return Fault("fails once", lambda connection, heard: connection.send(next(answers, None) or proper(heard)))


def test_each_request_is_logged_at_debug_and_each_retry_at_warning(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with FaultServer(failing_once()) as server, Client(server.endpoint, TOKEN) as client:
        client.components.get(1)
    told = [(record.levelname, record.getMessage()) for record in caplog.records if record.name == "cachet_sdk"]
    assert [level for level, _ in told] == ["DEBUG", "WARNING", "DEBUG"]
    assert re.fullmatch(r"GET /components/1: 503 in \d+\.\d ms, attempt 1", told[0][1])
    assert re.fullmatch(r"GET /components/1: 503; attempt 2 follows in 0\.00 s", told[1][1])
    assert re.fullmatch(r"GET /components/1: 200 in \d+\.\d ms, attempt 2", told[2][1])
    assert TOKEN not in caplog.text


def test_a_request_without_an_answer_is_logged_with_what_went_wrong(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "cachet_sdk")
    with FaultServer(Fault("resets", lambda connection, _: connection.reset())) as server:
        with Client(server.endpoint, TOKEN) as client:
            client.ping()
    assert re.fullmatch(r"GET /ping: ReadError in \d+\.\d ms, attempt 1", caplog.messages[0])


def test_nothing_is_logged_above_debug_when_nothing_goes_wrong(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with FaultServer(Fault("none")) as server, Client(server.endpoint, TOKEN) as client:
        client.components.get(1)
    assert caplog.records == []


def test_hooks_see_each_request_and_each_response() -> None:
    seen: list[object] = []

    def asked(request: httpx.Request) -> None:
        seen.append((request.method, request.url.path))
        request.headers["X-Trace"] = "abc"

    def answered(response: httpx.Response) -> None:
        response.read()
        seen.append((response.status_code, response.json()["data"]["id"], response.request.method))

    with FaultServer(Fault("none")) as server:
        with Client(server.endpoint, TOKEN, event_hooks={"request": [asked], "response": [answered]}) as client:
            assert client.components.get(1).id == 1
        assert b"X-Trace: abc" in server.heard[0].head
    assert seen == [("GET", "/api/v1/components/1"), (200, 1, "GET")]


async def test_asynchronous_hooks_see_each_request_and_each_response() -> None:
    seen: list[object] = []

    async def asked(request: httpx.Request) -> None:
        seen.append(request.method)

    async def answered(response: httpx.Response) -> None:
        await response.aread()
        seen.append(response.status_code)

    with FaultServer(Fault("none")) as server:
        async with AsyncClient(
            server.endpoint, TOKEN, event_hooks={"request": [asked], "response": [answered]}
        ) as client:
            assert (await client.components.get(1)).id == 1
    assert seen == ["GET", 200]


def test_an_error_of_a_hook_comes_out_as_it_is_and_the_connection_is_given_back() -> None:
    def fails(response: httpx.Response) -> None:
        if response.request.method == "POST":
            raise LookupError("mine")

    limits = httpx.Limits(max_connections=1)
    with FaultServer(Fault("none")) as server:
        with Client(server.endpoint, TOKEN, limits=limits, event_hooks={"response": [fails]}, timeout=2) as client:
            with pytest.raises(LookupError, match="mine"):
                client.components.create(name="API", status=1)
            assert client.ping()


def test_plain_http_to_another_machine_is_warned_of_once() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        for _ in range(3):
            Client("http://status.example.com/api/v1", TOKEN).close()
    assert [str(it.message).split(":")[0] for it in caught] == ["the endpoint is plain HTTP"]
    assert caught[0].filename == __file__


def test_unverified_tls_is_warned_of_once() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        for _ in range(3):
            Client("https://status.example.com/api/v1", TOKEN, verify_tls=False).close()
    assert [str(it.message).split(":")[0] for it in caught] == ["verify_tls=False"]
    assert caught[0].filename == __file__


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:1/api/v1", "http://localhost/api/v1", "http://[::1]/api/v1"])
def test_plain_http_to_this_machine_is_not_warned_of(endpoint: str) -> None:
    Client(endpoint, TOKEN).close()  # a warning is an error here


def test_the_token_is_in_no_repr_and_in_no_pickle() -> None:
    with FaultServer(Fault("none")) as server, Client(server.endpoint, TOKEN) as client:
        component = client.components.get(1)
        shown = exhibit(client, None) + repr(component) + str(component) + component.to_json()
        shown += "".join(repr(vars(it)) for it in vars(client).values() if hasattr(it, "__dict__"))
        assert TOKEN not in shown
        assert TOKEN.encode() not in pickle.dumps(component)
        with pytest.raises(TypeError):
            pickle.dumps(client)


def test_a_redirect_leads_no_request_to_another_origin() -> None:
    with FaultServer(Fault("none")) as other:

        def elsewhere(connection: Connection, heard: Heard) -> None:
            connection.send(
                answer("307 Temporary Redirect", b"", f"Location: http://localhost:{other.port}{heard.target}")
            )

        with FaultServer(Fault("redirects", elsewhere)) as server, Client(server.endpoint, TOKEN) as client:
            with pytest.raises(Exception, match="redirects are not followed") as caught:
                client.components.create(name="API", status=1)
            assert TOKEN not in exhibit(client, caught.value)
        assert other.connections == 0
