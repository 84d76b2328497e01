"""A short run of every property; ``make fuzz`` is the long one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

from tests.fuzz.properties import PROPERTIES


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
@pytest.mark.filterwarnings("ignore:verify_tls=False", "ignore:the endpoint is plain HTTP")
def test_for_anything_at_all(holds: Callable[[], None]) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    settings(max_examples=60, deadline=None, database=None, suppress_health_check=checks)(holds)()
