# Made by "make sync" from aio/test_client_options.py: edit that file instead of this one.
"""Client options: headers, authentication, a custom httpx client, and ``with_options()``."""

from __future__ import annotations

import base64
from typing import Any, Literal

import httpx
import pytest

from cachet_sdk import Client, ClientStateError, RetryPolicy, ServerError, v1
from cachet_sdk.errors import ArgumentError
from cachet_sdk.testing import FakeCachet
from tests.script import Script, answer

ENDPOINT = "https://status.example.com/api/v1"
TOKEN = "very-secret-token"
PONG = {"data": "Pong!"}
BASIC = f"Basic {base64.b64encode(b'user:pass').decode()}"


def client_of(script: Script, **options: Any) -> v1.Client:
    return v1.Client(ENDPOINT, TOKEN, transport=script.transport, **options)


def test_headers_are_sent_with_every_request() -> None:
    script = Script(answer(PONG), answer({"data": {"id": 1, "name": "API", "status": 1}}))
    with client_of(script, headers={"CF-Access-Client-Id": "me", "Host": "inner.example.com"}) as client:
        client.ping()
        client.components.create(name="API", status=1)
    for request in script.requests:
        assert request.headers["CF-Access-Client-Id"] == "me"
        assert request.headers.get_list("Host") == ["inner.example.com"]
        assert request.headers["X-Cachet-Token"] == TOKEN


def test_basic_authentication_can_be_combined_with_the_token_of_cachet_2() -> None:
    ways: list[dict[str, Any]] = [
        {"auth": ("user", "pass")},
        {"auth": httpx.BasicAuth("user", "pass")},
        {"headers": {"Authorization": BASIC}},
    ]
    for way in ways:
        script = Script(answer(PONG))
        with client_of(script, **way) as client:
            assert client.ping()
        assert script.requests[0].headers["Authorization"] == BASIC
        assert script.requests[0].headers["X-Cachet-Token"] == TOKEN


def test_auth_may_be_a_function() -> None:
    def sign(request: httpx.Request) -> httpx.Request:
        request.headers["X-Signature"] = f"{request.method} {len(request.content)}"
        return request

    script = Script(answer({"data": {"id": 1, "name": "API", "status": 1}}))
    with client_of(script, auth=sign) as client:
        client.components.create(name="API", status=1)
    assert script.requests[0].headers["X-Signature"] == f"POST {len(script.requests[0].content)}"


def test_a_custom_httpx_client_sends_the_requests_and_stays_open() -> None:
    script, seen = Script(answer(PONG), answer(PONG)), list[str]()

    def remember(request: httpx.Request) -> None:
        seen.append(request.url.path)

    with httpx.Client(
        transport=script.transport, auth=("user", "pass"), headers={"X-Mine": "1"}, event_hooks={"request": [remember]}
    ) as http_client:
        with Client(ENDPOINT, TOKEN, http_client=http_client) as client:
            assert client.ping()
        assert not http_client.is_closed
        http_client.get("https://example.com/")
    assert seen == ["/api/v1/ping", "/"]
    assert script.requests[0].headers["Authorization"] == BASIC
    assert script.requests[0].headers["X-Mine"] == "1"


def test_the_retry_policy_can_be_customized() -> None:
    script = Script(*[answer({}, 500)] * 4)
    policy = RetryPolicy(max_retries=3, first_wait=0.001, statuses=frozenset({500}))
    with client_of(script, retry=policy) as client:
        with pytest.raises(ServerError):
            client.components.get(1)
    assert len(script.requests) == 4


def test_a_derived_client_has_its_own_options_and_does_not_change_the_original() -> None:
    script = Script(answer({}, 503, Retry_After="0"), answer({}, 503, Retry_After="0"), answer(PONG), answer(PONG))
    with client_of(script, headers={"X-A": "1", "X-B": "1"}, max_retries=1, timeout=9) as client:
        derived = client.with_options(max_retries=0, timeout=2, total_timeout=None, headers={"x-b": "2", "X-C": "2"})
        with pytest.raises(ServerError):
            derived.components.get(1)
        with pytest.raises(ServerError):
            client.with_options(max_retries=0).components.get(1)
        derived.ping()
        client.ping()
    assert isinstance(derived, v1.Client)
    last = [{name: request.headers.get(name) for name in ("X-A", "X-B", "X-C")} for request in script.requests[-2:]]
    assert last == [{"X-A": "1", "X-B": "2", "X-C": "2"}, {"X-A": "1", "X-B": "1", "X-C": None}]
    assert [request.extensions["timeout"]["read"] for request in script.requests] == [2, 9, 2, 9]


def test_options_not_passed_are_inherited() -> None:
    script = Script(answer(PONG))
    with client_of(script, timeout=9, headers={"X-A": "1"}) as client:
        client.with_options().ping()
    assert script.requests[0].extensions["timeout"]["read"] == 9
    assert script.requests[0].headers["X-A"] == "1"


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"timeout": 0}, "timeout"),
        ({"total_timeout": "5"}, "total_timeout"),
        ({"max_retries": None}, "max_retries"),
        ({"max_retries": -1}, "max_retries"),
        ({"headers": {"X-Cachet-Token": "other"}}, "headers"),
        ({"headers": "X"}, "headers"),
    ],
)
def test_the_error_for_a_bad_option_names_it(options: dict[str, Any], named: str) -> None:
    with client_of(Script()) as client:
        with pytest.raises(ArgumentError, match=f"^{named}: "):
            client.with_options(**options)


def test_closing_a_derived_client_leaves_the_original_open() -> None:
    fake = FakeCachet()
    with fake.serve() as server:
        with v1.Client(server.endpoint, fake.token) as client:
            with client.with_options(timeout=5) as derived:
                assert derived.ping()
            with pytest.raises(ClientStateError, match="the client is closed"):
                derived.components.count()
            assert client.ping()


def test_closing_a_client_closes_those_derived_from_it() -> None:
    fake = FakeCachet()
    with fake.serve() as server:
        with v1.Client(server.endpoint, fake.token) as client:
            derived = client.with_options(timeout=5)
            assert derived.ping()
        with pytest.raises(ClientStateError, match="the client is closed"):
            derived.components.count()


@pytest.mark.parametrize("version", ["1", "3"])
def test_iteration_accounts_for_rows_deleted_through_a_derived_client(version: Literal["1", "3"]) -> None:
    fake: FakeCachet[Any, Any] = FakeCachet(version)
    with fake.client() as client:
        for number in range(12):
            client.components.create(name=f"{number}", status=1)
        derived = client.with_options(timeout=5)
        for component in client.components.list(per_page=3):
            derived.components.delete(component.id)
        assert client.components.count() == 0


def test_iteration_accounts_for_updates_made_through_a_derived_client() -> None:
    fake = FakeCachet("3")
    with fake.client() as client:
        for number in range(12):
            client.incidents.create(name=f"{number}", message="Down", status=1)
        derived = client.with_options(timeout=5)
        for incident in client.incidents.list(status=1, per_page=3):
            derived.incident_updates.create(incident_id=incident.id, status=4, message="Up")
        assert not [incident.id for incident in client.incidents.list(status=1)]


@pytest.mark.parametrize(
    "document", [{"data": None}, {"data": []}, {"data": {}}, {"data": 0}, {"data": "<html>"}, [], None]
)
def test_ping_is_true_only_for_a_pong(document: object) -> None:
    with client_of(Script(answer(document), answer(PONG))) as client:
        assert client.ping() is False
        assert client.ping() is True
