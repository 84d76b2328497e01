# Made by "make sync" from aio/test_detection.py: edit that file instead of this one.
"""Detecting the API version of servers of all kinds."""

from __future__ import annotations

import json
from typing import Any, Literal

import httpx
import pytest

from cachet_sdk import (
    ArgumentError,
    RedirectError,
    ServerError,
    TransportError,
    UnexpectedResponseError,
    detect_version,
)
from cachet_sdk.testing import FakeCachet
from tests.leaks import traces_of

__all__ = ["detect_version"]

V1_FAILURE = {"errors": [{"id": "x", "status": 500, "title": "Internal Server Error", "detail": "…"}]}


def serving(answers: dict[str, httpx.Response]) -> httpx.MockTransport:
    """Return a transport to a server that has these paths and no others."""
    return httpx.MockTransport(lambda request: answers.get(request.url.path, httpx.Response(404, html="Not found")))


@pytest.mark.parametrize("version", ["1", "3"])
def test_the_version_is_detected_without_sending_a_token(version: Literal["1", "3"]) -> None:
    server: FakeCachet[Any, Any] = FakeCachet(version)
    assert detect_version(server.endpoint, transport=server.transport) == version
    assert not {"authorization", "x-cachet-token"} & server.requests[-1].headers.keys()


@pytest.mark.parametrize("version", ["1", "3"])
def test_both_usual_paths_are_tried_if_the_endpoint_has_none(version: Literal["1", "3"]) -> None:
    server: FakeCachet[Any, Any] = FakeCachet(version)
    assert detect_version("https://fake-cachet.test/", transport=server.transport) == version


@pytest.mark.parametrize("version", ["1", "3"])
@pytest.mark.parametrize("page", ["https://a.test/status", "https://a.test/status/", "https://a.test/a/b"])
def test_a_page_in_a_subfolder_is_found(version: Literal["1", "3"], page: str) -> None:
    server: FakeCachet[Any, Any] = FakeCachet(version)
    folder = httpx.URL(page).path.rstrip("/")

    def serve(request: httpx.Request) -> httpx.Response:
        if not request.url.path.startswith(folder):
            return httpx.Response(404, html="Not found")
        inner = httpx.Request(request.method, str(request.url).replace(folder, "", 1), headers=request.headers)
        return server.transport.handle_request(inner)

    assert detect_version(page, transport=httpx.MockTransport(serve)) == version


def test_an_api_at_an_unusual_path_is_found() -> None:
    transport = serving({"/cachet/version": httpx.Response(200, json={"data": "2.4.0"})})
    assert detect_version("https://a.test/cachet", transport=transport) == "1"


def test_a_gateway_gets_the_credentials_that_it_requires() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        allowed = request.headers.get("Authorization") == "Basic dXNlcjpwYXNz" and request.headers.get("X-Gateway")
        return httpx.Response(200, json={"data": "2.4.0"}) if allowed else httpx.Response(403)

    gateway: dict[str, Any] = {"auth": ("user", "pass"), "headers": {"X-Gateway": "1"}}
    assert detect_version("https://a.test/api", transport=httpx.MockTransport(serve), **gateway) == "1"


def test_a_custom_httpx_client_is_used_and_stays_open() -> None:
    server = FakeCachet("3")
    with httpx.Client(transport=server.transport) as http_client:
        assert detect_version(server.endpoint, http_client=http_client) == "3"
        assert not http_client.is_closed


def test_the_endpoint_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeCachet(version="3").serve() as server:
        monkeypatch.setenv("CACHET_ENDPOINT", server.endpoint)
        assert detect_version() == "3"


def test_cachet_2_is_recognized_by_the_error_of_its_failed_update_check() -> None:
    transport = serving({"/api/v1/version": httpx.Response(500, json=V1_FAILURE)})
    assert detect_version("https://a.test/api/v1", transport=transport) == "1"


def test_cachet_3_is_recognized_if_it_refuses_anonymous_requests() -> None:
    server = FakeCachet(version="3", api_protected=True)
    assert detect_version(server.endpoint, transport=server.transport) == "3"


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, html="<h1>Hello</h1>"),
        httpx.Response(200, json={"data": 3}),
        httpx.Response(200, json=["data"]),
        httpx.Response(404, json={"message": "The route api/v1/version could not be found."}),
        httpx.Response(401, html="Who are you?"),
        httpx.Response(401, json=["Who are you?"]),
        httpx.Response(401, json={"errors": ["Who are you?"]}),
    ],
    ids=lambda answer: answer.text[:20],
)
@pytest.mark.parametrize("endpoint", ["https://a.test", "https://a.test/api/v1"])
def test_a_server_that_is_not_cachet_is_an_unexpected_response_error(endpoint: str, answer: httpx.Response) -> None:
    transport = serving({"/api/v1/version": answer})
    with pytest.raises(UnexpectedResponseError):
        detect_version(endpoint, transport=transport)


def test_the_error_for_a_redirect_has_the_endpoint_to_use() -> None:
    transport = serving({"/api/version": httpx.Response(301, headers={"Location": "https://b.test/api/version"})})
    with pytest.raises(RedirectError) as caught:
        detect_version("https://a.test/api", transport=transport)
    assert caught.value.location == "https://b.test/api"


def test_a_failing_server_is_a_server_error() -> None:
    transport = serving({"/api/version": httpx.Response(500, content=json.dumps({"message": "Server Error"}))})
    with pytest.raises(ServerError):
        detect_version("https://a.test/api", transport=transport)


def test_a_missing_response_is_a_transport_error() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.UnsupportedProtocol("no such protocol", request=request)

    with pytest.raises(TransportError):
        detect_version("https://a.test/api", transport=httpx.MockTransport(refuse))


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"timeout": 0}, "timeout"),
        ({"endpoint": "a.test/api"}, "endpoint"),
        ({"endpoint": "https://user:very-secret-password@a.test/api"}, "endpoint"),
        ({"auth": "very-secret-password"}, "auth"),
        ({"headers": {"X-A": "very-secret-password\n"}}, "headers"),
        ({"proxy": "very-secret-password"}, "proxy"),
        ({"transport": httpx.MockTransport(lambda _: httpx.Response(500)), "verify_tls": False}, "verify_tls"),
    ],
)
def test_the_error_for_a_bad_argument_names_it_and_shows_no_secret(arguments: dict[str, Any], named: str) -> None:
    address: dict[str, Any] = {"endpoint": "https://a.test/api"}
    with pytest.raises(ArgumentError, match=f"^{named}: ") as caught:
        detect_version(**(address | arguments))
    assert "very-secret-password" not in traces_of(caught.value)
