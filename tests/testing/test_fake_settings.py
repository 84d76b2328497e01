"""The settings of ``FakeCachet`` for each version."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from cachet_sdk.testing import FakeCachet
from tests.testing.api import Clock


@pytest.mark.parametrize(
    "setting", [{"rate_limit": 5}, {"api_protected": True}, {"api_enabled": False}, {"database": "mariadb"}]
)
def test_settings_of_version_3_are_refused_for_version_1(setting: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"only version 3 has these settings: {next(iter(setting))}"):
        FakeCachet(**setting)


def test_version_1_has_no_token_abilities() -> None:
    with pytest.raises(ValueError, match="no token abilities"):
        FakeCachet().add_token("2|other")


def test_version_3_has_a_time_zone_and_a_clock_that_may_be_naive() -> None:
    clock = Clock(datetime(2026, 1, 1, 12))
    with FakeCachet(version="3", time_zone="Europe/Oslo", clock=clock).client() as client:
        assert client.components.create(name="API").created_at == datetime(2026, 1, 1, 13)


def test_version_3_can_have_its_api_disabled() -> None:
    with FakeCachet(version="3", api_enabled=False).client() as client:
        assert client.ping() is False
