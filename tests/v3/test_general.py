# Made by "make sync" from aio/test_general.py: edit that file instead of this one.
"""Ping, version, status, authentication and closed clients."""

from __future__ import annotations

import httpx
import pytest

from cachet_sdk import ClientStateError, UnexpectedResponseError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v3.client import Client
from cachet_sdk.v3.enums import SystemStatus
from tests.v3.conftest import Server


def test_ping_is_true_if_cachet_responds(client: Client) -> None:
    assert client.ping() is True
    assert client.ping.get() is True


def test_ping_of_another_server_is_false(server: Server) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=b"<html>"))
    with server.client(transport=transport) as client:
        assert client.ping() is False
        with pytest.raises(UnexpectedResponseError):
            client.version()


def test_the_version_is_returned(client: Client) -> None:
    version = client.version()
    assert version.value == "3.x-dev"
    assert version.attrs == {"version": "3.x-dev"}


def test_the_status_reflects_the_components(client: Client) -> None:
    status = client.status()
    assert (status.status, status.message) == (SystemStatus.OPERATIONAL, "All systems are operational.")
    client.components.create(name="API", status=4)
    assert (client.status.get()).status == SystemStatus.MAJOR_OUTAGE


def test_the_token_is_sent_as_a_bearer_token(client: Client, server: Server) -> None:
    client.ping()
    assert server.requests[-1].headers["authorization"] == f"Bearer {server.token}"
    assert "x-cachet-token" not in server.requests[-1].headers


def test_a_protected_server_requires_a_valid_token() -> None:
    server = FakeCachet(version="3", api_protected=True)
    with server.client() as client, server.client(api_token="x") as visitor:
        assert client.ping() is True
        assert visitor.ping() is False


def test_a_closed_client_cannot_be_used(server: Server) -> None:
    with server.client() as client:
        assert repr(client).endswith("https://fake-cachet.test/api>")
        assert client.endpoint == server.endpoint
    with pytest.raises(ClientStateError):
        client.components.get(1)
