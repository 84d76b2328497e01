"""Fixtures for all tests: a client of an empty embedded Cachet 2.4, sync and async."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.aio.client import AsyncClient
from cachet_sdk.v1.client import Client


@pytest.fixture
def client(fake_cachet: FakeCachet) -> Iterator[Client]:
    with fake_cachet.client() as made:
        yield made


@pytest.fixture
async def async_client(fake_cachet: FakeCachet) -> AsyncIterator[AsyncClient]:
    async with fake_cachet.async_client() as made:
        yield made
