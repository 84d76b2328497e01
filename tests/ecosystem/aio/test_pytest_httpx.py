"""pytest-httpx mocks the default client."""

from __future__ import annotations

import httpx
import pytest
from pytest_httpx import HTTPXMock

from cachet_sdk import AsyncClient, TransportError
from tests.ecosystem.rows import CREDENTIALS, ENDPOINTS, TOKEN, component


async def test_the_default_client_gets_a_mocked_response(version: str, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(url=f"{ENDPOINTS[version]}/components/1", json=component(version))
    async with AsyncClient(ENDPOINTS[version], TOKEN, version=version) as client:
        assert (await client.components.get(1)).name == "API"
    sent = httpx_mock.get_request()
    assert sent is not None
    name, value = CREDENTIALS[version]
    assert sent.headers[name] == value


async def test_a_mocked_response_can_match_the_json_of_a_request(httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(
        method="POST", match_json={"name": "Web", "status": 1, "enabled": True}, json=component("1", "Web")
    )
    async with AsyncClient(ENDPOINTS["1"], TOKEN) as client:
        assert (await client.components.create(name="Web", status=1)).name == "Web"


async def test_a_mocked_exception_becomes_an_error_of_this_package(httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_exception(httpx.ReadError("reset"), method="POST")
    async with AsyncClient(ENDPOINTS["1"], TOKEN) as client:
        with pytest.raises(TransportError) as raised:
            await client.components.create(name="Web", status=1)
    assert raised.value.maybe_applied


@pytest.mark.httpx_mock(assert_all_requests_were_expected=False)
async def test_a_request_without_a_mocked_response_is_not_sent(httpx_mock: HTTPXMock) -> None:
    async with AsyncClient(ENDPOINTS["1"], TOKEN, max_retries=0) as client:
        with pytest.raises(TransportError) as raised:
            await client.components.get(1)
    assert "No response can be found" in str(raised.value.__cause__)
    assert len(httpx_mock.get_requests()) == 1
