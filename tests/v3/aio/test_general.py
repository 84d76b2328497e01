"""Ping, version, status, authentication and closed clients."""

from __future__ import annotations

import httpx
import pytest

from cachet_sdk import ClientStateError, UnexpectedResponseError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v3.aio.client import AsyncClient
from cachet_sdk.v3.enums import SystemStatus
from tests.v3.conftest import Server


async def test_ping_is_true_if_cachet_responds(async_client: AsyncClient) -> None:
    assert await async_client.ping() is True
    assert await async_client.ping.get() is True


async def test_ping_of_another_server_is_false(server: Server) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=b"<html>"))
    async with server.async_client(transport=transport) as async_client:
        assert await async_client.ping() is False
        with pytest.raises(UnexpectedResponseError):
            await async_client.version()


async def test_the_version_is_returned(async_client: AsyncClient) -> None:
    version = await async_client.version()
    assert version.value == "3.x-dev"
    assert version.attrs == {"version": "3.x-dev"}


async def test_the_status_reflects_the_components(async_client: AsyncClient) -> None:
    status = await async_client.status()
    assert (status.status, status.message) == (SystemStatus.OPERATIONAL, "All systems are operational.")
    await async_client.components.create(name="API", status=4)
    assert (await async_client.status.get()).status == SystemStatus.MAJOR_OUTAGE


async def test_the_token_is_sent_as_a_bearer_token(async_client: AsyncClient, server: Server) -> None:
    await async_client.ping()
    assert server.requests[-1].headers["authorization"] == f"Bearer {server.token}"
    assert "x-cachet-token" not in server.requests[-1].headers


async def test_a_protected_server_requires_a_valid_token() -> None:
    server = FakeCachet(version="3", api_protected=True)
    async with server.async_client() as async_client, server.async_client(api_token="x") as async_visitor:
        assert await async_client.ping() is True
        assert await async_visitor.ping() is False


async def test_a_closed_client_cannot_be_used(server: Server) -> None:
    async with server.async_client() as async_client:
        assert repr(async_client).endswith("https://fake-cachet.test/api>")
        assert async_client.endpoint == server.endpoint
    with pytest.raises(ClientStateError):
        await async_client.components.get(1)
