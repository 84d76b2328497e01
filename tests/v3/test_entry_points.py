"""``Client`` and ``AsyncClient`` give the client of the version that is asked for, to type checkers too."""

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


def test_version_3_gives_a_client_of_version_3() -> None:
    for client in (
        assert_type(cachet_sdk.Client(V3, "t", "3"), ClientV3),
        assert_type(cachet_sdk.Client(endpoint=V3, api_token="t", version="3"), ClientV3),
        assert_type(cachet_sdk.Client(V3, "t", version="3", timeout=3), ClientV3),
    ):
        with client:
            assert type(client) is ClientV3


async def test_version_3_gives_an_asyncio_client_of_version_3() -> None:
    for client in (
        assert_type(cachet_sdk.AsyncClient(V3, "t", "3"), AsyncClientV3),
        assert_type(cachet_sdk.AsyncClient(V3, api_token="t", version="3"), AsyncClientV3),
    ):
        async with client:
            assert type(client) is AsyncClientV3


async def test_without_a_version_it_stays_a_client_of_version_1() -> None:
    with assert_type(cachet_sdk.Client(V1, "t"), ClientV1) as client:
        assert type(client) is ClientV1
    async with assert_type(cachet_sdk.AsyncClient(V1, "t", version="1"), AsyncClientV1) as async_client:
        assert type(async_client) is AsyncClientV1


def test_an_endpoint_that_tells_no_version_raises_with_a_hint() -> None:
    with pytest.raises(ConfigurationError, match="version='3' for Cachet 3"):
        cachet_sdk.Client(V3, "t")


def test_the_embedded_cachet_gives_clients_of_its_version() -> None:
    with assert_type(FakeCachet().client(), ClientV1) as first, FakeCachet(version="3").client() as third:
        assert_type(third, ClientV3)
        assert (type(first), type(third)) == (ClientV1, ClientV3)
        assert third.components.create(name="API").id == 1


def test_both_versions_are_called_by_their_names() -> None:
    with cachet_sdk.Client(V3, "t", "3") as client:
        assert repr(client) == "<cachet_sdk.v3.client.Client https://status.example.com/api>"


def test_the_clients_are_found_where_the_version_is() -> None:
    assert v3.Client is ClientV3
    assert v3.AsyncClient is AsyncClientV3
    with pytest.raises(AttributeError, match="no attribute 'Clinet'"):
        getattr(v3, "Clinet")  # noqa: B009  (a type checker refuses the plain form)
