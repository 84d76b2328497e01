# Made by "make sync" from aio/test_error_messages.py: edit that file instead of this one.
"""Error messages say who sent the response and what to do next, are limited in length, and show no secret."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from cachet_sdk import Client, errors
from tests.leaks import traces_of
from tests.script import Script, answer

ENDPOINT = "https://status.example.com/api/v1"
TOKEN = "very/secret+token"
ROW = {"data": {"id": 7, "name": "API", "status": 1}}
JUST_A_MOMENT = "<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>"

REFUSALS: dict[str, tuple[Callable[[], httpx.Response], type[errors.CachetError], str]] = {
    "404 as an HTML page": (
        lambda: httpx.Response(404, html="<html><title>404 Not Found</title></html>"),
        errors.EndpointNotFoundError,
        r"a page that begins '404 Not Found'.*the endpoint is wrong.*detect_version",
    ),
    "404 of Cachet 3 for an unknown route": (
        lambda: answer({"message": "The route api/v1/components/7 could not be found."}, 404),
        errors.EndpointNotFoundError,
        "detect_version",
    ),
    "a gateway with basic auth": (
        lambda: httpx.Response(401, html="<h1>401</h1>", headers={"WWW-Authenticate": 'Basic realm="ops"'}),
        errors.AuthenticationError,
        r"a gateway in front of Cachet.*Basic realm=\"ops\".*auth=\(user, password\)",
    ),
    "a challenge of a gateway": (
        lambda: httpx.Response(403, html=JUST_A_MOMENT),
        errors.PermissionDeniedError,
        "a page that begins 'Just a moment...'.*a gateway in front of Cachet refused.*headers= or auth=",
    ),
    "a challenge with 503": (
        lambda: httpx.Response(503, html=JUST_A_MOMENT),
        errors.ServerError,
        "a page that begins 'Just a moment...'.*a gateway in front of Cachet.*headers= or auth=",
    ),
    "a challenge recognizable only by its header": (
        lambda: httpx.Response(503, html="<title>Ein Moment</title>", headers={"cf-mitigated": "challenge"}),
        errors.ServerError,
        "a page that begins 'Ein Moment'.*a gateway in front of Cachet.*headers= or auth=",
    ),
    "a redirect to another host": (
        lambda: answer({}, 301, Location="https://other.example.com/api/v1/components/7?session=1"),
        errors.RedirectError,
        "points to 'https://other.example.com/api/v1': if that is the API of your Cachet, use it as the endpoint",
    ),
    "a redirect that adds a slash": (
        lambda: answer({}, 301, Location=f"{ENDPOINT}/components/7/"),
        errors.RedirectError,
        "points to 'https://status.example.com/api/v1/components/7/', so something in front of Cachet rewrites",
    ),
    "a redirect to a login page": (
        lambda: answer({}, 302, Location="/auth/login"),
        errors.RedirectError,
        "'https://status.example.com/auth/login' looks like a login page",
    ),
    "a redirect to an invalid URL": (
        lambda: answer({}, 302, Location="//[no-address"),
        errors.RedirectError,
        "it has no Location header",
    ),
    "a login page": (
        lambda: httpx.Response(200, html="<title>Sign in</title>"),
        errors.UnexpectedResponseError,
        "is not JSON.*<title>Sign in",
    ),
    "a response about another row": (
        lambda: answer({"data": {"id": 666, "name": "API", "status": 1}}),
        errors.UnexpectedResponseError,
        "is about /components/666, but /components/7 was requested",
    ),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_an_error_says_who_sent_the_response_and_what_to_do(refusal: str) -> None:
    make, kind, pattern = REFUSALS[refusal]
    with Client(ENDPOINT, TOKEN, transport=Script(make()).transport, max_retries=0) as client:
        with pytest.raises(kind, match=pattern) as caught:
            client.components.get(7)
    assert not isinstance(caught.value, errors.NotFoundError)


def test_a_missing_row_is_a_not_found_error() -> None:
    gone = answer({"errors": [{"detail": "No query results for model [Component]."}]}, 404)
    with Client(ENDPOINT, TOKEN, transport=Script(gone).transport) as client:
        with pytest.raises(errors.NotFoundError, match="No query results"):
            client.components.get(7)


@pytest.mark.parametrize("status", [200, 400, 422, 500])
def test_an_error_message_is_limited_in_length_however_long_the_response_is(status: int) -> None:
    reasons = {str(number): ["why " * 1000] for number in range(500)}
    with Client(
        ENDPOINT, TOKEN, transport=Script(answer({"errors": reasons}, status)).transport, max_retries=0
    ) as client:
        with pytest.raises(errors.CachetError) as caught:
            client.components.create(name="x" * 10_000, status=1)
    assert len(str(caught.value)) < 3000


def test_the_maintenance_page_of_cachet_is_not_attributed_to_a_gateway() -> None:
    page = httpx.Response(503, html="<title>Service Unavailable</title>")
    with Client(ENDPOINT, TOKEN, transport=Script(page).transport, max_retries=0) as client:
        with pytest.raises(errors.ServerError, match="begins 'Service Unavailable'") as caught:
            client.components.get(7)
    assert "in front" not in str(caught.value)


@pytest.mark.parametrize("token", ["e", "at", "the"])
def test_a_very_short_token_is_not_redacted_from_messages(token: str) -> None:
    refusal = answer({"errors": [{"detail": "The name field is required at the least."}]}, 400)
    with Client(ENDPOINT, token, transport=Script(refusal).transport) as client:
        with pytest.raises(errors.BadRequestError, match=r"The name field is required at the least\."):
            client.components.get(7)


def test_a_token_of_four_characters_is_redacted() -> None:
    refusal = answer({"errors": [{"detail": "The token is abcd."}]}, 400)
    with Client(ENDPOINT, "abcd", transport=Script(refusal).transport) as client:
        with pytest.raises(errors.BadRequestError, match=r"The token is \*\*\*\."):
            client.components.get(7)


ECHOES: dict[str, str] = {
    "verbatim": TOKEN,
    "with slashes escaped": TOKEN.replace("/", "\\/"),
    "as unicode escapes": "".join(f"\\u{ord(letter):04x}" for letter in TOKEN),
    "percent-encoded": quote(TOKEN, safe=""),
}


@pytest.mark.parametrize("echo", ECHOES)
def test_an_echoed_token_is_redacted_however_it_is_encoded(echo: str) -> None:
    content = f'{{"message": "you sent {ECHOES[echo]}"}}'.encode()
    with Client(ENDPOINT, TOKEN, transport=Script(httpx.Response(400, content=content)).transport) as client:
        with pytest.raises(errors.BadRequestError, match=r"you sent \*\*\*") as caught:
            client.components.get(7)
    assert TOKEN not in traces_of(caught.value)
    assert quote(TOKEN, safe="") not in traces_of(caught.value)


@pytest.mark.parametrize("headers", [{}, {"Content-Encoding": "utf-8"}, {"Content-Encoding": "none"}])
def test_a_byte_order_mark_and_a_pointless_content_encoding_are_ignored(headers: dict[str, str]) -> None:
    content = b"\xef\xbb\xbf" + json.dumps(ROW).encode()
    with Client(
        ENDPOINT, TOKEN, transport=Script(httpx.Response(200, content=content, headers=headers)).transport
    ) as client:
        assert (client.components.get(7)).name == "API"


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:1/api/v1", "https://127.0.0.1:1/api/v1"])
def test_an_unreachable_proxy_is_named_without_its_password(endpoint: str) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with Client(endpoint, TOKEN, proxy=f"http://user:pr0xy-s3cret@127.0.0.1:{port}", max_retries=0) as client:
            with pytest.raises(errors.TransportError, match=f"to the proxy http://127.0.0.1:{port}") as caught:
                client.components.create(name="API", status=1)
    assert not caught.value.maybe_applied
    assert "pr0xy-s3cret" not in traces_of(caught.value)


def test_tls_to_a_plain_http_port_is_explained_and_not_retried() -> None:
    received: list[bytes] = []

    def answer_in_plain(listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                received.append(connection.recv(1024))
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer_in_plain, args=(listener,))
        thread.start()
        with Client(f"https://127.0.0.1:{listener.getsockname()[1]}/api/v1", TOKEN) as client:
            with pytest.raises(errors.TransportError, match="does not use TLS.*http://"):
                client.components.get(7)
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)
    assert len(received) == 1


def test_a_missing_file_in_ssl_cert_file_is_a_configuration_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "missing.pem"))
    with pytest.raises(errors.ConfigurationError, match="SSL_CERT_FILE"):
        Client(ENDPOINT, TOKEN)
