"""What the server tells of itself, and what a client is."""

from __future__ import annotations

import httpx
import pytest

from cachet_sdk import ClientStateError, UnexpectedResponseError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v3.aio.client import AsyncClient
from cachet_sdk.v3.enums import SystemStatus
from tests.v3.conftest import Server


async def test_the_server_answers_a_ping(async_client: AsyncClient) -> None:
    assert await async_client.ping() is True
    assert await async_client.ping.get() is True


async def test_another_server_does_not(server: Server) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=b"<html>"))
    async with server.async_client(transport=transport) as async_client:
        assert await async_client.ping() is False
        with pytest.raises(UnexpectedResponseError):
            await async_client.version()


async def test_the_server_tells_its_version(async_client: AsyncClient) -> None:
    version = await async_client.version()
    assert version.value == "3.x-dev"
    assert version.attrs == {"version": "3.x-dev"}


async def test_the_server_tells_how_everything_is_doing(async_client: AsyncClient) -> None:
    report = await async_client.status()
    assert (report.status, report.message) == (SystemStatus.OPERATIONAL, "All systems are operational.")
    await async_client.components.create(name="API", status=4)
    assert (await async_client.status.get()).status == SystemStatus.MAJOR_OUTAGE


async def test_a_token_travels_as_a_bearer(async_client: AsyncClient, server: Server) -> None:
    await async_client.ping()
    assert server.requests[-1].headers["authorization"] == f"Bearer {server.token}"
    assert "x-cachet-token" not in server.requests[-1].headers


async def test_a_protected_server_answers_nobody_without_a_token() -> None:
    server = FakeCachet(version="3", api_protected=True)
    async with server.async_client() as async_client, server.async_client(api_token="x") as async_guest:
        assert await async_client.ping() is True
        assert await async_guest.ping() is False


async def test_a_closed_client_says_so(server: Server) -> None:
    async with server.async_client() as async_client:
        assert repr(async_client).endswith("https://fake-cachet.test/api>")
        assert async_client.endpoint == server.endpoint
    with pytest.raises(ClientStateError):
        await async_client.components.get(1)
