"""A short run of every property. ``make fuzz`` is the long one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

from tests.fuzz.properties import PROPERTIES


@pytest.mark.parametrize("test_property", PROPERTIES, ids=lambda test_property: test_property.__name__)
@pytest.mark.filterwarnings("ignore:verify_tls=False", "ignore:the endpoint is plain HTTP")
def test_a_property_holds_for_arbitrary_input(test_property: Callable[[], None]) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    settings(max_examples=60, deadline=None, database=None, suppress_health_check=checks)(test_property)()
