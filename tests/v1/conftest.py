"""Sync and async clients of an empty embedded Cachet."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest

from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.aio.client import AsyncClient
from cachet_sdk.v1.client import Client
from tests.testing.api import Clock


@pytest.fixture
def client(fake_cachet: FakeCachet) -> Iterator[Client]:
    with fake_cachet.client() as client:
        yield client


@pytest.fixture
async def async_client(fake_cachet: FakeCachet) -> AsyncIterator[AsyncClient]:
    async with fake_cachet.async_client() as client:
        yield client


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 23, 10, 58, 24, tzinfo=UTC))
