# Made by "make sync" from aio/test_general.py: edit that file instead of this one.
"""What the server tells of itself, and what a client is."""

from __future__ import annotations

import httpx
import pytest

from cachet_sdk import ClientStateError, UnexpectedResponseError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v3.client import Client
from cachet_sdk.v3.enums import SystemStatus
from tests.v3.conftest import Server


def test_the_server_answers_a_ping(client: Client) -> None:
    assert client.ping() is True
    assert client.ping.get() is True


def test_another_server_does_not(server: Server) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=b"<html>"))
    with server.client(transport=transport) as client:
        assert client.ping() is False
        with pytest.raises(UnexpectedResponseError):
            client.version()


def test_the_server_tells_its_version(client: Client) -> None:
    version = client.version()
    assert version.value == "3.x-dev"
    assert version.attrs == {"version": "3.x-dev"}


def test_the_server_tells_how_everything_is_doing(client: Client) -> None:
    report = client.status()
    assert (report.status, report.message) == (SystemStatus.OPERATIONAL, "All systems are operational.")
    client.components.create(name="API", status=4)
    assert (client.status.get()).status == SystemStatus.MAJOR_OUTAGE


def test_a_token_travels_as_a_bearer(client: Client, server: Server) -> None:
    client.ping()
    assert server.requests[-1].headers["authorization"] == f"Bearer {server.token}"
    assert "x-cachet-token" not in server.requests[-1].headers


def test_a_protected_server_answers_nobody_without_a_token() -> None:
    server = FakeCachet(version="3", api_protected=True)
    with server.client() as client, server.client(api_token="x") as guest:
        assert client.ping() is True
        assert guest.ping() is False


def test_a_closed_client_says_so(server: Server) -> None:
    with server.client() as client:
        assert repr(client).endswith("https://fake-cachet.test/api>")
        assert client.endpoint == server.endpoint
    with pytest.raises(ClientStateError):
        client.components.get(1)
