"""An empty embedded server and plain HTTP clients of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cachet_sdk.testing import FakeCachet
from tests.testing.api import Api, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 23, 10, 58, 24, tzinfo=UTC))


@pytest.fixture
def fake(clock: Clock) -> FakeCachet:
    return FakeCachet(clock=clock)


@pytest.fixture
def api(fake: FakeCachet) -> Api:
    return Api(fake)


@pytest.fixture
def guest(fake: FakeCachet) -> Api:
    return Api(fake, guest=True)
