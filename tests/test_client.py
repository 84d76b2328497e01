# Made by "make sync" from aio/test_client.py: edit that file instead of this one.
"""Clients at work: closing, hooks, logs, bad responses, and a token that never leaks."""

from __future__ import annotations

import gzip
import json
import logging
import socket
import ssl
import traceback
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from cachet_sdk import Client
from cachet_sdk.errors import (
    CachetError,
    ClientStateError,
    EndpointNotFoundError,
    NotFoundError,
    RateLimitError,
    RedirectError,
    ResponseTooLargeError,
    ServerError,
    TransportError,
    UnexpectedResponseError,
)
from cachet_sdk.errors import TimeoutError as CachetTimeoutError
from cachet_sdk.testing import FakeCachet
from tests.leaks import parts_of, traces_in, traces_of
from tests.script import Script, Step, answer, streamed

ENDPOINT = "https://status.example.com/api/v1"
TOKEN = "very-secret-token"
PONG = {"data": "Pong!"}
ROW = {"data": {"id": 7, "name": "API", "status": 1}}


def client_of(script: Script, **options: Any) -> Any:
    return Client(ENDPOINT, TOKEN, transport=script.transport, **options)


def test_a_client_is_closed_by_its_with_statement(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        assert client.ping()
    with pytest.raises(ClientStateError, match="the client is closed; create a new one"):
        client.components.get(1)
    client.close()


def test_a_client_that_is_closed_twice_closes_its_transport_once() -> None:
    class Counting(httpx.BaseTransport):
        closed = 0

        def close(self) -> None:
            self.closed += 1

    transport = Counting()
    client = Client(ENDPOINT, TOKEN, transport=transport)
    client.close()
    client.close()
    assert transport.closed == 1


def test_a_list_cannot_be_iterated_further_after_closing(fake_cachet: FakeCachet) -> None:
    client = fake_cachet.client()
    for number in range(5):
        client.components.create(name=f"{number}", status=1)
    components = client.components.list(per_page=2)
    assert (next(components)).name == "0"
    client.close()
    with pytest.raises(ClientStateError, match="the client is closed"):
        _ = [component.id for component in components]


def test_a_request_is_sent_as_documented() -> None:
    script = Script(answer(ROW))
    with client_of(script, user_agent="my-tool/1") as client:
        client.components.create(name="API", status=1)

    request = script.requests[0]
    assert (request.method, str(request.url)) == ("POST", f"{ENDPOINT}/components")
    assert request.headers["X-Cachet-Token"] == TOKEN
    assert request.headers["User-Agent"] == "my-tool/1"
    assert request.headers["Content-Type"] == "application/json"
    assert int(request.headers["Content-Length"]) == len(request.content)


def test_hooks_see_each_request_and_each_response() -> None:
    script, seen = Script(answer({}, 503, Retry_After="0"), answer(ROW)), list[object]()

    def on_request(request: httpx.Request) -> None:
        seen.append((request.method, request.url.path))
        request.headers["X-Trace"] = "1"

    def on_response(response: httpx.Response) -> None:
        seen.append((response.status_code, response.request.method))

    hooks: dict[str, Any] = {"request": [on_request], "response": [on_response]}
    with client_of(script, event_hooks=hooks) as client:
        client.components.get(7)

    assert seen == [("GET", "/api/v1/components/7"), (503, "GET"), ("GET", "/api/v1/components/7"), (200, "GET")]
    assert all(request.headers["X-Trace"] == "1" for request in script.requests)


def test_a_hook_may_read_the_response_first() -> None:
    script, seen = Script(streamed(b'{"data":', b' "Pong!"}')), list[bytes]()

    def on_response(response: httpx.Response) -> None:
        seen.append(response.read())

    with client_of(script, event_hooks={"response": [on_response]}) as client:
        assert client.ping()
    assert seen == [b'{"data": "Pong!"}']


def test_an_exception_from_a_hook_is_not_wrapped() -> None:
    def on_request(request: httpx.Request) -> None:
        raise LookupError("mine")

    def on_response(response: httpx.Response) -> None:
        raise LookupError("mine too")

    with client_of(Script(), event_hooks={"request": [on_request]}) as client:
        with pytest.raises(LookupError, match="mine") as caught:
            client.components.get(1)
        assert TOKEN not in traces_of(caught.value)
    with client_of(Script(answer(PONG)), event_hooks={"response": [on_response]}) as client:
        with pytest.raises(LookupError, match="mine too") as caught:
            client.components.get(1)
        assert TOKEN not in traces_of(caught.value)


def test_each_request_is_logged_at_debug_level(caplog: pytest.LogCaptureFixture) -> None:
    script = Script(answer({}, 502), answer(ROW))
    with caplog.at_level(logging.DEBUG, logger="cachet_sdk"):
        with client_of(script) as client:
            client.components.get(7)

    records = [(record.levelname, record.getMessage()) for record in caplog.records if record.name == "cachet_sdk"]
    assert [level for level, _ in records] == ["DEBUG", "WARNING", "DEBUG"]
    assert records[0][1].startswith("GET /components/7: 502 in ")
    assert records[1][1].startswith("GET /components/7: 502; attempt 2 follows in ")
    assert records[2][1].endswith(", attempt 2")
    assert TOKEN not in caplog.text


def test_a_successful_request_is_not_logged_above_debug_level(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="cachet_sdk"):
        with client_of(Script(answer(PONG))) as client:
            client.ping()
    assert not [record for record in caplog.records if record.name == "cachet_sdk"]


FAILURES: list[tuple[str, Callable[[], Any], type[CachetError]]] = [
    ("not found", lambda: answer({"errors": [{"detail": f"no {TOKEN}"}]}, 404), NotFoundError),
    ("server error", lambda: answer({"message": f"headers: {TOKEN}"}, 500, X_Debug=TOKEN), ServerError),
    ("rate limit", lambda: answer({}, 429, Retry_After="999"), RateLimitError),
    ("redirect", lambda: answer({}, 301, Location=f"https://other.example.com/?t={TOKEN}"), RedirectError),
    ("html", lambda: httpx.Response(200, html=f"<pre>{TOKEN}</pre>"), UnexpectedResponseError),
    ("wrong shape", lambda: answer({"data": [1]}), UnexpectedResponseError),
    ("wrong fields", lambda: answer({"data": {"id": "x"}}), UnexpectedResponseError),
    ("no id", lambda: answer({"data": {}}), UnexpectedResponseError),
    ("empty", lambda: httpx.Response(200), UnexpectedResponseError),
    ("too long", lambda: streamed(b" " * 600, b" " * 600), ResponseTooLargeError),
    ("no gzip", lambda: streamed(b"plain", Content_Encoding="gzip"), UnexpectedResponseError),
    ("other encoding", lambda: streamed(b"x", Content_Encoding="br"), UnexpectedResponseError),
    ("cut off", lambda: streamed(gzip.compress(b"x")[:-5], Content_Encoding="gzip"), UnexpectedResponseError),
    ("refused", lambda: httpx.ConnectError("refused"), TransportError),
    ("slow", lambda: httpx.ReadTimeout("slow"), CachetTimeoutError),
    ("broken", lambda: ConnectionResetError("reset"), TransportError),
    ("untrusted", lambda: ssl.SSLCertVerificationError("self-signed"), TransportError),
    ("url", lambda: httpx.UnsupportedProtocol("gopher"), TransportError),
]


@pytest.mark.parametrize(("make", "kind"), [one[1:] for one in FAILURES], ids=[one[0] for one in FAILURES])
def test_every_failure_is_a_cachet_error_that_shows_no_token(
    make: Callable[[], Any], kind: type[CachetError], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with client_of(Script(make()), max_retries=0, max_response_bytes=1000) as client:
        with pytest.raises(kind) as caught:
            client.components.get(7)

    assert type(caught.value) is kind
    assert TOKEN not in traces_of(caught.value)
    assert TOKEN not in caplog.text
    response = getattr(caught.value, "response", None)
    assert TOKEN not in repr(response and (response.headers, response.request.headers, response.text))


def test_a_failed_connection_shows_no_token() -> None:
    with Client("http://127.0.0.1:1/api/v1", TOKEN, max_retries=0) as client:
        assert not client.ping()
        with pytest.raises(TransportError, match="no connection") as caught:
            client.components.create(name="API", status=1)
    assert not caught.value.maybe_applied
    assert TOKEN not in traces_of(caught.value)


def test_an_interruption_within_the_http_library_shows_no_token() -> None:
    def interrupt(request: httpx.Request) -> httpx.Response:
        headers = list(request.headers.raw)  # as the frames of HTTP libraries do
        raise KeyboardInterrupt(len(headers))

    with client_of(Script(interrupt)) as client:
        with pytest.raises(KeyboardInterrupt) as caught:
            client.components.get(7)
    assert TOKEN not in traces_of(caught.value)


def test_no_repr_and_no_pickle_of_a_client_shows_the_token(fake_cachet: FakeCachet) -> None:
    with Client(ENDPOINT, TOKEN, transport=fake_cachet.transport) as client:
        assert repr(client).endswith(f"Client {ENDPOINT}>")
        parts = parts_of(client)
        assert len(parts) > 20
        assert not [part for part in parts if TOKEN in traces_in(part)]


def test_a_client_has_its_endpoint_without_the_trailing_slash(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client(endpoint=f"{ENDPOINT}/") as client:
        assert client.endpoint == ENDPOINT


def test_a_failed_read_is_retried_and_a_post_is_not() -> None:
    script = Script(answer({}, 504), answer(ROW), answer({}, 504))
    with client_of(script) as client:
        assert (client.components.get(7)).name == "API"
        with pytest.raises(ServerError) as caught:
            client.components.create(name="API", status=1)
    assert caught.value.maybe_applied
    assert len(script.requests) == 3


def test_a_post_that_was_rejected_before_processing_is_retried() -> None:
    script = Script(answer({}, 429, Retry_After="0"), answer({}, 503, Retry_After="0"), answer(ROW))
    with client_of(script) as client:
        assert (client.components.create(name="API", status=1)).id == 7
    assert [request.content for request in script.requests] == [script.requests[0].content] * 3


def test_a_delete_whose_response_was_lost_succeeds_if_the_row_is_gone() -> None:
    script = Script(httpx.ReadTimeout("lost"), answer({}, 404), answer({}, 404))
    with client_of(script) as client:
        client.components.delete(7)
        with pytest.raises(NotFoundError):
            client.components.delete(7)


def test_a_call_is_not_retried_beyond_its_total_timeout() -> None:
    script = Script(*[answer({}, 503, Retry_After="1")] * 5)
    with client_of(script, total_timeout=0.5, max_retries=5) as client:
        with pytest.raises(ServerError):
            client.components.get(7)
    assert len(script.requests) == 1


def test_a_client_that_is_closed_during_a_request_does_not_retry_it() -> None:
    def close_and_refuse(_: httpx.Request) -> httpx.Response:
        client.close()
        return answer({}, 502)

    client = Client(ENDPOINT, TOKEN, transport=httpx.MockTransport(close_and_refuse))
    with pytest.raises(ClientStateError, match="closed before the request could be sent again") as caught:
        client.components.delete(7)
    assert caught.value.maybe_applied


def test_ping_is_false_without_a_response_from_cachet() -> None:
    steps: list[Step] = [
        httpx.ConnectError("x"),
        httpx.Response(200, html="<html>"),
        answer({}, 500),
        answer({"ok": True}),
    ]
    for step in steps:
        with client_of(Script(step), max_retries=0) as client:
            assert client.ping() is False


@pytest.mark.parametrize("error", [httpx.ReadError("mine"), OSError(28, "mine"), TimeoutError("mine")])
def test_an_exception_from_a_hook_is_not_mistaken_for_a_failed_connection(error: Exception) -> None:
    def fail(_: object) -> None:
        raise error

    script = Script(answer({}, 204))
    with client_of(script, event_hooks={"request": [fail]}) as client:
        with pytest.raises(type(error), match="mine"):
            client.components.create(name="API", status=1)
    assert not script.requests
    with client_of(script, event_hooks={"response": [fail]}) as client:
        with pytest.raises(type(error), match="mine"):
            client.components.delete(7)
    assert len(script.requests) == 1


def test_a_hook_that_raises_for_a_status_is_called_once() -> None:
    def check(response: httpx.Response) -> None:
        response.raise_for_status()

    script = Script(answer({}, 404))
    with client_of(script, event_hooks={"response": [check]}) as client:
        with pytest.raises(httpx.HTTPStatusError, match="404"):
            client.components.get(7)
    assert len(script.requests) == 1


def test_custom_hooks_and_transports_can_read_the_request_body() -> None:
    seen = list[bytes]()

    def record(request: httpx.Request) -> None:
        seen.append(request.content)

    class Recording(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            seen.append(request.content)
            return answer(ROW)

    with Client(ENDPOINT, TOKEN, transport=Recording(), event_hooks={"request": [record]}) as client:
        client.components.create(name="API", status=1)
    assert [json.loads(body) for body in seen] == [{"name": "API", "status": 1, "enabled": True}] * 2


def test_a_custom_transport_is_used_even_if_it_is_falsy() -> None:
    class Empty(httpx.MockTransport):
        def __len__(self) -> int:
            return 0

    with Client(ENDPOINT, TOKEN, transport=Empty(lambda _: answer(PONG))) as client:
        assert client.ping()


def test_an_exception_that_the_caller_is_handling_keeps_its_traceback() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with Client(f"http://127.0.0.1:{port}/api/v1", TOKEN, max_retries=1) as client:
        handled = ssl.SSLCertVerificationError(1, "the certificate of the shop has expired")
        try:
            raise handled
        except ssl.SSLCertVerificationError:
            with pytest.raises(TransportError, match="no connection .* after 2 attempts"):
                client.incidents.create(name="The shop is down", message="Its certificate has expired", status=1)
    assert traceback.extract_tb(handled.__traceback__)


def test_an_exception_raised_while_a_request_is_being_sent_shows_no_token(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class SoftTimeLimitError(Exception):
        """An exception that a signal handler raises at an arbitrary point."""

    def interrupt(_: object, request: httpx.Request) -> None:
        headers = request.headers
        raise SoftTimeLimitError(len(headers))

    with socket.create_server(("127.0.0.1", 0)) as server:
        endpoint = f"http://127.0.0.1:{server.getsockname()[1]}/api/v1"
        with Client(endpoint, TOKEN) as client:
            monkeypatch.setattr(httpx.HTTPTransport, "handle_request", interrupt)
            with pytest.raises(SoftTimeLimitError) as caught:
                client.components.create(name="API", status=1)
    assert TOKEN not in traces_of(caught.value)


def test_a_retried_delete_succeeds_if_cachet_finds_no_row_and_fails_if_a_gateway_finds_no_page() -> None:
    missing = answer({"errors": [{"detail": "No query results for model [Component]."}]}, 404)
    with client_of(Script(answer({}, 504), missing)) as client:
        client.components.delete(7)
    page = httpx.Response(404, html="<html><title>No such page</title></html>")
    with client_of(Script(answer({}, 504), page)) as client:
        with pytest.raises(EndpointNotFoundError) as caught:
            client.components.delete(7)
    assert caught.value.maybe_applied
