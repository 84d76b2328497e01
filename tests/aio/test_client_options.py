"""Client options: headers, authentication, a custom httpx client, and ``with_options()``."""

from __future__ import annotations

import base64
from typing import Any, Literal

import httpx
import pytest

from cachet_sdk import AsyncClient, ClientStateError, RetryPolicy, ServerError, v1
from cachet_sdk.errors import ArgumentError
from cachet_sdk.testing import FakeCachet
from tests.script import Script, answer

ENDPOINT = "https://status.example.com/api/v1"
TOKEN = "very-secret-token"
PONG = {"data": "Pong!"}
BASIC = f"Basic {base64.b64encode(b'user:pass').decode()}"


def client_of(script: Script, **options: Any) -> v1.AsyncClient:
    return v1.AsyncClient(ENDPOINT, TOKEN, transport=script.transport, **options)


async def test_headers_are_sent_with_every_request() -> None:
    script = Script(answer(PONG), answer({"data": {"id": 1, "name": "API", "status": 1}}))
    async with client_of(script, headers={"CF-Access-Client-Id": "me", "Host": "inner.example.com"}) as client:
        await client.ping()
        await client.components.create(name="API", status=1)
    for request in script.requests:
        assert request.headers["CF-Access-Client-Id"] == "me"
        assert request.headers.get_list("Host") == ["inner.example.com"]
        assert request.headers["X-Cachet-Token"] == TOKEN


async def test_basic_authentication_can_be_combined_with_the_token_of_cachet_2() -> None:
    ways: list[dict[str, Any]] = [
        {"auth": ("user", "pass")},
        {"auth": httpx.BasicAuth("user", "pass")},
        {"headers": {"Authorization": BASIC}},
    ]
    for way in ways:
        script = Script(answer(PONG))
        async with client_of(script, **way) as client:
            assert await client.ping()
        assert script.requests[0].headers["Authorization"] == BASIC
        assert script.requests[0].headers["X-Cachet-Token"] == TOKEN


async def test_auth_may_be_a_function() -> None:
    def sign(request: httpx.Request) -> httpx.Request:
        request.headers["X-Signature"] = f"{request.method} {len(request.content)}"
        return request

    script = Script(answer({"data": {"id": 1, "name": "API", "status": 1}}))
    async with client_of(script, auth=sign) as client:
        await client.components.create(name="API", status=1)
    assert script.requests[0].headers["X-Signature"] == f"POST {len(script.requests[0].content)}"


async def test_a_custom_httpx_client_sends_the_requests_and_stays_open() -> None:
    script, seen = Script(answer(PONG), answer(PONG)), list[str]()

    async def remember(request: httpx.Request) -> None:
        seen.append(request.url.path)

    async with httpx.AsyncClient(
        transport=script.transport, auth=("user", "pass"), headers={"X-Mine": "1"}, event_hooks={"request": [remember]}
    ) as http_client:
        async with AsyncClient(ENDPOINT, TOKEN, http_client=http_client) as client:
            assert await client.ping()
        assert not http_client.is_closed
        await http_client.get("https://example.com/")
    assert seen == ["/api/v1/ping", "/"]
    assert script.requests[0].headers["Authorization"] == BASIC
    assert script.requests[0].headers["X-Mine"] == "1"


async def test_the_retry_policy_can_be_customized() -> None:
    script = Script(*[answer({}, 500)] * 4)
    policy = RetryPolicy(max_retries=3, first_wait=0.001, statuses=frozenset({500}))
    async with client_of(script, retry=policy) as client:
        with pytest.raises(ServerError):
            await client.components.get(1)
    assert len(script.requests) == 4


async def test_a_derived_client_has_its_own_options_and_does_not_change_the_original() -> None:
    script = Script(answer({}, 503, Retry_After="0"), answer({}, 503, Retry_After="0"), answer(PONG), answer(PONG))
    async with client_of(script, headers={"X-A": "1", "X-B": "1"}, max_retries=1, timeout=9) as client:
        derived = client.with_options(max_retries=0, timeout=2, total_timeout=None, headers={"x-b": "2", "X-C": "2"})
        with pytest.raises(ServerError):
            await derived.components.get(1)
        with pytest.raises(ServerError):
            await client.with_options(max_retries=0).components.get(1)
        await derived.ping()
        await client.ping()
    assert isinstance(derived, v1.AsyncClient)
    last = [{name: request.headers.get(name) for name in ("X-A", "X-B", "X-C")} for request in script.requests[-2:]]
    assert last == [{"X-A": "1", "X-B": "2", "X-C": "2"}, {"X-A": "1", "X-B": "1", "X-C": None}]
    assert [request.extensions["timeout"]["read"] for request in script.requests] == [2, 9, 2, 9]


async def test_options_not_passed_are_inherited() -> None:
    script = Script(answer(PONG))
    async with client_of(script, timeout=9, headers={"X-A": "1"}) as client:
        await client.with_options().ping()
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
async def test_the_error_for_a_bad_option_names_it(options: dict[str, Any], named: str) -> None:
    async with client_of(Script()) as client:
        with pytest.raises(ArgumentError, match=f"^{named}: "):
            client.with_options(**options)


async def test_closing_a_derived_client_leaves_the_original_open() -> None:
    fake = FakeCachet()
    with fake.serve() as server:
        async with v1.AsyncClient(server.endpoint, fake.token) as client:
            async with client.with_options(timeout=5) as derived:
                assert await derived.ping()
            with pytest.raises(ClientStateError, match="the client is closed"):
                await derived.components.count()
            assert await client.ping()


async def test_closing_a_client_closes_those_derived_from_it() -> None:
    fake = FakeCachet()
    with fake.serve() as server:
        async with v1.AsyncClient(server.endpoint, fake.token) as client:
            derived = client.with_options(timeout=5)
            assert await derived.ping()
        with pytest.raises(ClientStateError, match="the client is closed"):
            await derived.components.count()


@pytest.mark.parametrize("version", ["1", "3"])
async def test_iteration_accounts_for_rows_deleted_through_a_derived_client(version: Literal["1", "3"]) -> None:
    fake: FakeCachet[Any, Any] = FakeCachet(version)
    async with fake.async_client() as client:
        for number in range(12):
            await client.components.create(name=f"{number}", status=1)
        derived = client.with_options(timeout=5)
        async for component in client.components.list(per_page=3):
            await derived.components.delete(component.id)
        assert await client.components.count() == 0


async def test_iteration_accounts_for_updates_made_through_a_derived_client() -> None:
    fake = FakeCachet("3")
    async with fake.async_client() as client:
        for number in range(12):
            await client.incidents.create(name=f"{number}", message="Down", status=1)
        derived = client.with_options(timeout=5)
        async for incident in client.incidents.list(status=1, per_page=3):
            await derived.incident_updates.create(incident_id=incident.id, status=4, message="Up")
        assert not [incident.id async for incident in client.incidents.list(status=1)]


@pytest.mark.parametrize(
    "document", [{"data": None}, {"data": []}, {"data": {}}, {"data": 0}, {"data": "<html>"}, [], None]
)
async def test_ping_is_true_only_for_a_pong(document: object) -> None:
    async with client_of(Script(answer(document), answer(PONG))) as client:
        assert await client.ping() is False
        assert await client.ping() is True
