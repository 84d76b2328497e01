"""``Client`` and ``AsyncClient`` return the client of the requested version, also for type checkers."""

from __future__ import annotations

from typing import assert_type

import pytest

import cachet_sdk
from cachet_sdk import ConfigurationError, v3
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.aio.client import AsyncClient as AsyncClientV1
from cachet_sdk.v1.client import Client as ClientV1
from cachet_sdk.v3.aio.client import AsyncClient as AsyncClientV3
from cachet_sdk.v3.client import Client as ClientV3

V3 = "https://status.example.com/api"
V1 = "https://status.example.com/api/v1"


def test_version_3_returns_a_client_of_version_3() -> None:
    for client in (
        assert_type(cachet_sdk.Client(V3, "t", "3"), ClientV3),
        assert_type(cachet_sdk.Client(endpoint=V3, api_token="t", version="3"), ClientV3),
        assert_type(cachet_sdk.Client(V3, "t", version="3", timeout=3), ClientV3),
    ):
        with client:
            assert type(client) is ClientV3


async def test_version_3_returns_an_async_client_of_version_3() -> None:
    for client in (
        assert_type(cachet_sdk.AsyncClient(V3, "t", "3"), AsyncClientV3),
        assert_type(cachet_sdk.AsyncClient(V3, api_token="t", version="3"), AsyncClientV3),
    ):
        async with client:
            assert type(client) is AsyncClientV3


async def test_the_version_defaults_to_1() -> None:
    with assert_type(cachet_sdk.Client(V1, "t"), ClientV1) as client:
        assert type(client) is ClientV1
    async with assert_type(cachet_sdk.AsyncClient(V1, "t", version="1"), AsyncClientV1) as async_client:
        assert type(async_client) is AsyncClientV1


def test_an_endpoint_without_a_version_raises_an_error_with_a_hint() -> None:
    with pytest.raises(ConfigurationError, match="version='3' for Cachet 3"):
        cachet_sdk.Client(V3, "t")


def test_the_embedded_cachet_returns_clients_of_its_version() -> None:
    with assert_type(FakeCachet().client(), ClientV1) as client_v1, FakeCachet(version="3").client() as client_v3:
        assert_type(client_v3, ClientV3)
        assert (type(client_v1), type(client_v3)) == (ClientV1, ClientV3)
        assert client_v3.components.create(name="API").id == 1


def test_the_repr_names_the_version() -> None:
    with cachet_sdk.Client(V1, "t") as client_v1:
        assert repr(client_v1) == "<cachet_sdk.v1.client.Client https://status.example.com/api/v1>"
    with cachet_sdk.Client(V3, "t", "3") as client:
        assert repr(client) == "<cachet_sdk.v3.client.Client https://status.example.com/api>"


def test_the_package_of_version_3_exports_its_clients() -> None:
    assert v3.Client is ClientV3
    assert v3.AsyncClient is AsyncClientV3
    with pytest.raises(AttributeError, match="no attribute 'Clinet'"):
        getattr(v3, "Clinet")  # noqa: B009  (type checkers refuse the attribute)
