"""The application that type checkers accept also runs."""

from __future__ import annotations

import json
from datetime import timedelta

from cachet_sdk import v3
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1 import Client, ComponentStatus
from tests.typing import application


def test_the_application_reports_what_its_probe_finds(fake_cachet: FakeCachet, client: Client) -> None:
    created = application.prepare(client, ["API", "Web"])
    states = {"API": ComponentStatus.MAJOR_OUTAGE, "Web": ComponentStatus.OPERATIONAL}

    report = application.check(client, lambda name, /: states[name])

    assert (report.changed, report.failed) == (["API"], {})
    assert report.incident is not None
    assert report.incident.name == "API is down"
    with application.upgrade(client, created.values()) as window:
        assert window.schedule is not None
    assert json.loads(application.summary(client.status_board()))["open"] == 1
    updated_at = created["API"].updated_at
    assert updated_at is not None
    assert application.age(created["API"], updated_at) == timedelta(0)


def test_a_cached_component_is_not_requested_again(fake_cachet: FakeCachet, client: Client) -> None:
    application.prepare(client, ["API"])
    cache: dict[str, str] = {}
    first = application.cached(client, cache, 1)
    fake_cachet.requests.clear()

    assert application.cached(client, cache, 1) == first
    assert not fake_cachet.requests


async def test_the_async_part_runs(fake_cachet: FakeCachet) -> None:
    async with application.async_client(fake_cachet) as client:
        await client.components.create(name="API", status=ComponentStatus.MAJOR_OUTAGE)
        assert await application.check_async(client) == ["API", "1 in all, API first"]


def test_the_part_for_cachet_3_runs(fake_cachet_v3: FakeCachet[v3.Client, v3.AsyncClient]) -> None:
    assert [application.is_down(component) for component in application.create_on_cachet_3(fake_cachet_v3)] == [False]
