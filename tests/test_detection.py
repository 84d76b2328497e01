# Made by "make sync" from aio/test_detection.py: edit that file instead of this one.
"""Which version of the API a server speaks: asked of servers of all kinds."""

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

__all__ = ["detect_version"]

V1_FAILURE = {"errors": [{"id": "x", "status": 500, "title": "Internal Server Error", "detail": "…"}]}


def answering(answers: dict[str, httpx.Response]) -> httpx.MockTransport:
    """A server that has these paths, and no others."""
    return httpx.MockTransport(lambda request: answers.get(request.url.path, httpx.Response(404, html="Not found")))


@pytest.mark.parametrize("version", ["1", "3"])
def test_a_server_tells_its_version(version: Literal["1", "3"]) -> None:
    server: FakeCachet[Any, Any] = FakeCachet(version)
    assert detect_version(server.endpoint, transport=server.transport) == version
    assert not {"authorization", "x-cachet-token"} & server.requests[-1].headers.keys()


@pytest.mark.parametrize("version", ["1", "3"])
def test_both_usual_paths_are_tried_where_there_is_none(version: Literal["1", "3"]) -> None:
    server: FakeCachet[Any, Any] = FakeCachet(version)
    assert detect_version("https://fake-cachet.test/", transport=server.transport) == version


def test_the_endpoint_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeCachet(version="3").serve() as server:
        monkeypatch.setenv("CACHET_ENDPOINT", server.endpoint)
        assert detect_version() == "3"


def test_a_cachet_2_that_cannot_look_for_newer_versions_is_known_by_its_failure() -> None:
    transport = answering({"/api/v1/version": httpx.Response(500, json=V1_FAILURE)})
    assert detect_version("https://a.test/api/v1", transport=transport) == "1"


def test_a_cachet_3_that_answers_nobody_is_known_by_its_refusal() -> None:
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
def test_what_is_no_cachet_is_told_as_such(endpoint: str, answer: httpx.Response) -> None:
    transport = answering({"/api/v1/version": answer})
    with pytest.raises(UnexpectedResponseError):
        detect_version(endpoint, transport=transport)


def test_a_redirect_names_the_address_to_use() -> None:
    transport = answering({"/api/version": httpx.Response(301, headers={"Location": "https://b.test/api/version"})})
    with pytest.raises(RedirectError) as caught:
        detect_version("https://a.test/api", transport=transport)
    assert caught.value.location == "https://b.test/api"


def test_a_server_that_fails_is_told_as_such() -> None:
    transport = answering({"/api/version": httpx.Response(500, content=json.dumps({"message": "Server Error"}))})
    with pytest.raises(ServerError):
        detect_version("https://a.test/api", transport=transport)


def test_no_answer_is_an_error_of_the_transport() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.UnsupportedProtocol("no such protocol", request=request)

    with pytest.raises(TransportError):
        detect_version("https://a.test/api", transport=httpx.MockTransport(refuse))


def test_bad_arguments_are_refused() -> None:
    with pytest.raises(ArgumentError, match="timeout"):
        detect_version("https://a.test/api", timeout=0)
    with pytest.raises(ArgumentError, match="endpoint"):
        detect_version("a.test/api")
