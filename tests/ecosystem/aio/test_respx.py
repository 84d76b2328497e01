"""respx mocks the default client, and a request without a route never reaches the network."""

from __future__ import annotations

import httpx
import pytest
import respx

from cachet_sdk import AsyncClient, NotFoundError, TransportError
from tests.ecosystem.rows import CREDENTIALS, ENDPOINTS, TOKEN, component


@respx.mock
async def test_the_default_client_gets_the_response_of_a_route(version: str) -> None:
    route = respx.get(f"{ENDPOINTS[version]}/components/1").respond(json=component(version))
    async with AsyncClient(ENDPOINTS[version], TOKEN, version=version) as client:
        assert (await client.components.get(1)).name == "API"
    name, value = CREDENTIALS[version]
    assert route.calls.last.request.headers[name] == value


@respx.mock
async def test_a_route_sees_the_body_of_a_request(version: str) -> None:
    route = respx.post(f"{ENDPOINTS[version]}/components").respond(201, json=component(version, "Web"))
    async with AsyncClient(ENDPOINTS[version], TOKEN, version=version) as client:
        await client.components.create(name="Web", status=1)
    assert b'"name":"Web"' in route.calls.last.request.content


@respx.mock
async def test_a_request_without_a_route_fails_the_test_and_is_not_sent(version: str) -> None:
    async with AsyncClient(ENDPOINTS[version], TOKEN, version=version) as client:
        with pytest.raises(AssertionError, match="not mocked"):
            await client.components.create(name="Web", status=1)


async def test_the_fixture_of_respx_mocks_the_default_client(respx_mock: respx.MockRouter) -> None:
    respx_mock.get(f"{ENDPOINTS['1']}/components/1").respond(404, json={"errors": [{"detail": "Nothing there."}]})
    async with AsyncClient(ENDPOINTS["1"], TOKEN) as client:
        with pytest.raises(NotFoundError, match=r"Nothing there\."):
            await client.components.get(1)


@respx.mock
async def test_a_mocked_exception_becomes_an_error_of_this_package() -> None:
    route = respx.post(f"{ENDPOINTS['1']}/components").mock(side_effect=httpx.ReadTimeout)
    async with AsyncClient(ENDPOINTS["1"], TOKEN) as client:
        with pytest.raises(TransportError) as raised:
            await client.components.create(name="Web", status=1)
    assert raised.value.maybe_applied
    assert route.call_count == 1
