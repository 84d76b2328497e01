"""Many processes, simulated by threads, that ensure the same key at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from cachet_sdk.testing import FakeCachet

THREADS = 20


@pytest.mark.parametrize("settings", [{"release": "2.3"}, {"release": "2.4"}, {"version": "3", "rate_limit": None}])
def test_twenty_concurrent_calls_leave_one_open_incident(settings: dict[str, Any]) -> None:
    fake: FakeCachet[Any, Any] = FakeCachet(**settings)
    start = Barrier(THREADS)

    def ensure(_: int) -> tuple[str, int]:
        with fake.client() as client:
            start.wait(30)
            ensured = client.incidents.ensure("disk", name="Disk full", message="We clean up")
            return ensured.action, ensured.incident.id

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(ensure, range(THREADS)))
    with fake.client() as client:
        left = list(client.incidents.list(per_page=100))
    assert [incident.id for incident in left] == [min(number for _, number in found)]
    assert {number for _, number in found} == {left[0].id}
    assert "updated" not in {action for action, _ in found}
