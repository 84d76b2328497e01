"""Sync and async clients of an empty embedded Cachet 3: with all abilities, and as a visitor."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import TypeAlias

import pytest

from cachet_sdk.testing import FakeCachet
from cachet_sdk.v3.aio.client import AsyncClient
from cachet_sdk.v3.client import Client
from tests.testing.api import Clock

Server: TypeAlias = FakeCachet[Client, AsyncClient]


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 23, 10, 58, 24, tzinfo=UTC))


@pytest.fixture
def server(clock: Clock) -> Server:
    return FakeCachet(version="3", clock=clock, rate_limit=None)


@pytest.fixture
def client(server: Server) -> Iterator[Client]:
    with server.client() as client:
        yield client


@pytest.fixture
async def async_client(server: Server) -> AsyncIterator[AsyncClient]:
    async with server.async_client() as client:
        yield client


@pytest.fixture
def visitor(server: Server) -> Iterator[Client]:
    with server.client(api_token="invalid") as client:
        yield client


@pytest.fixture
async def async_visitor(server: Server) -> AsyncIterator[AsyncClient]:
    async with server.async_client(api_token="invalid") as client:
        yield client
