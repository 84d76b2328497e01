# Made by "make sync" from aio/test_error_messages.py: edit that file instead of this one.
"""Errors that name the party that spoke, say what to do next, have a bound, and show no secret."""

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
    "a page says 404": (
        lambda: httpx.Response(404, html="<html><title>404 Not Found</title></html>"),
        errors.EndpointNotFoundError,
        r"a page that begins '404 Not Found'.*the endpoint is wrong.*detect_version",
    ),
    "Cachet 3 knows no such route": (
        lambda: answer({"message": "The route api/v1/components/7 could not be found."}, 404),
        errors.EndpointNotFoundError,
        "detect_version",
    ),
    "basic auth in front": (
        lambda: httpx.Response(401, html="<h1>401</h1>", headers={"WWW-Authenticate": 'Basic realm="ops"'}),
        errors.AuthenticationError,
        r"a gateway in front of Cachet.*Basic realm=\"ops\".*auth=\(user, password\)",
    ),
    "a challenge in front": (
        lambda: httpx.Response(403, html=JUST_A_MOMENT),
        errors.PermissionDeniedError,
        "a page that begins 'Just a moment...'.*a gateway in front of Cachet refused.*headers= or auth=",
    ),
    "a challenge in front that says unavailable": (
        lambda: httpx.Response(503, html=JUST_A_MOMENT),
        errors.ServerError,
        "a page that begins 'Just a moment...'.*a gateway in front of Cachet.*headers= or auth=",
    ),
    "a challenge in front that only its header tells of": (
        lambda: httpx.Response(503, html="<title>Ein Moment</title>", headers={"cf-mitigated": "challenge"}),
        errors.ServerError,
        "a page that begins 'Ein Moment'.*a gateway in front of Cachet.*headers= or auth=",
    ),
    "a redirect elsewhere": (
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
    "a redirect to no address": (
        lambda: answer({}, 302, Location="//[no-address"),
        errors.RedirectError,
        "it has no Location header",
    ),
    "a login page": (
        lambda: httpx.Response(200, html="<title>Sign in</title>"),
        errors.UnexpectedResponseError,
        "is not JSON.*<title>Sign in",
    ),
    "an answer about another row": (
        lambda: answer({"data": {"id": 666, "name": "API", "status": 1}}),
        errors.UnexpectedResponseError,
        "is about /components/666, but /components/7 was requested",
    ),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_an_error_names_the_party_that_spoke_and_what_to_do(refusal: str) -> None:
    make, kind, says = REFUSALS[refusal]
    with Client(ENDPOINT, TOKEN, transport=Script(make()).transport, max_retries=0) as client:
        with pytest.raises(kind, match=says) as caught:
            client.components.get(7)
    assert not isinstance(caught.value, errors.NotFoundError)


def test_a_row_that_is_not_there_is_what_is_not_found() -> None:
    gone = answer({"errors": [{"detail": "No query results for model [Component]."}]}, 404)
    with Client(ENDPOINT, TOKEN, transport=Script(gone).transport) as client:
        with pytest.raises(errors.NotFoundError, match="No query results"):
            client.components.get(7)


@pytest.mark.parametrize("status", [200, 400, 422, 500])
def test_an_error_has_a_bound_however_much_the_server_says(status: int) -> None:
    reasons = {str(number): ["why " * 1000] for number in range(500)}
    with Client(
        ENDPOINT, TOKEN, transport=Script(answer({"errors": reasons}, status)).transport, max_retries=0
    ) as client:
        with pytest.raises(errors.CachetError) as caught:
            client.components.create(name="x" * 10_000, status=1)
    assert len(str(caught.value)) < 3000


def test_a_page_of_maintenance_of_cachet_itself_is_not_taken_for_one_in_front() -> None:
    page = httpx.Response(503, html="<title>Service Unavailable</title>")
    with Client(ENDPOINT, TOKEN, transport=Script(page).transport, max_retries=0) as client:
        with pytest.raises(errors.ServerError, match="begins 'Service Unavailable'") as caught:
            client.components.get(7)
    assert "in front" not in str(caught.value)


@pytest.mark.parametrize("token", ["e", "at", "the"])
def test_a_token_too_short_to_be_one_does_not_garble_messages(token: str) -> None:
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
    "as it is": TOKEN,
    "as JSON escapes it": TOKEN.replace("/", "\\/"),
    "in numbers": "".join(f"\\u{ord(letter):04x}" for letter in TOKEN),
    "in a URL": quote(TOKEN, safe=""),
}


@pytest.mark.parametrize("echo", ECHOES)
def test_a_token_that_the_server_echoes_is_redacted_however_it_is_written(echo: str) -> None:
    content = f'{{"message": "you sent {ECHOES[echo]}"}}'.encode()
    with Client(ENDPOINT, TOKEN, transport=Script(httpx.Response(400, content=content)).transport) as client:
        with pytest.raises(errors.BadRequestError, match=r"you sent \*\*\*") as caught:
            client.components.get(7)
    assert TOKEN not in traces_of(caught.value)
    assert quote(TOKEN, safe="") not in traces_of(caught.value)


@pytest.mark.parametrize("headers", [{}, {"Content-Encoding": "utf-8"}, {"Content-Encoding": "none"}])
def test_what_is_harmless_is_read(headers: dict[str, str]) -> None:
    content = b"\xef\xbb\xbf" + json.dumps(ROW).encode()
    with Client(
        ENDPOINT, TOKEN, transport=Script(httpx.Response(200, content=content, headers=headers)).transport
    ) as client:
        assert (client.components.get(7)).name == "API"


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:1/api/v1", "https://127.0.0.1:1/api/v1"])
def test_a_proxy_that_cannot_be_reached_is_named_without_its_password(endpoint: str) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        with Client(endpoint, TOKEN, proxy=f"http://user:pr0xy-s3cret@127.0.0.1:{port}", max_retries=0) as client:
            with pytest.raises(errors.TransportError, match=f"to the proxy http://127.0.0.1:{port}") as caught:
                client.components.create(name="API", status=1)
    assert not caught.value.maybe_applied
    assert "pr0xy-s3cret" not in traces_of(caught.value)


def test_tls_to_a_plain_port_says_so_and_is_not_tried_again() -> None:
    asked: list[bytes] = []

    def answer_in_plain(listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                asked.append(connection.recv(1024))
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer_in_plain, args=(listener,))
        thread.start()
        with Client(f"https://127.0.0.1:{listener.getsockname()[1]}/api/v1", TOKEN) as client:
            with pytest.raises(errors.TransportError, match="does not use TLS.*http://"):
                client.components.get(7)
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)
    assert len(asked) == 1


def test_certificates_that_the_environment_names_and_that_are_not_there_are_a_wrong_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "missing.pem"))
    with pytest.raises(errors.ConfigurationError, match="SSL_CERT_FILE"):
        Client(ENDPOINT, TOKEN)
