"""Server quirks in requests: values that the server accepts in only one form. Times: ``test_dates.py``."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from cachet_sdk import ArgumentError, NotFoundError, UnsupportedError
from cachet_sdk.testing import FakeCachet
from tests.testing.api import Clock


def sent(fake: FakeCachet) -> Any:
    """Return the JSON of the last request."""
    return json.loads(fake.requests[-1].body)


# Tags.


async def test_removing_the_last_tag_is_refused(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        component = await client.components.create(name="A", status=1, tags=["One", "Two"])
        fake_cachet.requests.clear()
        empty: list[Any] = ["", [], set(), " , "]
        for tags in empty:
            with pytest.raises(UnsupportedError, match="last tag"):
                await client.components.update(1, tags=tags)
        component.set_tags([])
        with pytest.raises(UnsupportedError, match="last tag"):
            await component.save()
        with pytest.raises(UnsupportedError, match="last tag"):
            await component.update()
        assert not fake_cachet.requests


async def test_tags_are_replaced_and_matched_by_name_or_slug_ignoring_case(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        await client.components.create(name="A", status=1, tags=["One", "C++"])
        component = await client.components.update(1, tags=["Web Server", "Été"])
        assert sent(fake_cachet)["tags"] == "Web Server,Été"
        assert component.tags == {"Web Server", "Été"}
        for tag in ("Web Server", "web server", "WEB-SERVER", "web-server", "été", "ete"):
            assert tag in component.tags
            assert component.has_tag(tag)
        assert "One" not in component.tags


async def test_a_tag_with_a_comma_is_refused_because_it_would_become_two(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        with pytest.raises(ArgumentError, match="comma"):
            await client.components.create(name="A", status=1, tags=["One, Two"])
        assert not fake_cachet.requests


# Metrics.


async def test_a_metric_can_be_created_without_a_chart_and_without_a_description(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        metric = await client.metrics.create(name="M", suffix="s", display_chart=False)
        assert (metric.display_chart, metric.description) == (False, "")
        assert (await client.metrics.update(1, display_chart=True)).display_chart
        assert not (await client.metrics.update(1, display_chart=False)).display_chart
        metric.display_chart = True
        metric.display_chart = False
        assert not (await metric.update()).display_chart


@pytest.mark.parametrize("threshold", [0, -5, 7, 61, 120])
async def test_a_threshold_that_makes_the_server_fail_is_refused(fake_cachet: FakeCachet, threshold: int) -> None:
    async with fake_cachet.async_client() as client:
        with pytest.raises(ArgumentError, match="divides 60"):
            await client.metrics.create(name="M", suffix="s", threshold=threshold)
        assert not fake_cachet.requests


# The timestamp of a point is an int in a POST and a string in a PUT.


async def test_a_timestamp_is_sent_in_the_form_that_each_request_requires(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        await client.metrics.create(name="M", suffix="s")
        await client.metric_points.create(metric_id=1, value=1, timestamp=1_767_225_600)
        assert sent(fake_cachet)["timestamp"] == 1_767_225_600
        point = await client.metric_points.update(metric_id=1, point_id=1, value=2, timestamp=1_767_312_000)
        assert sent(fake_cachet)["timestamp"] == "1767312000"
        assert point.created_at == datetime(2026, 1, 2)


# A PUT of a schedule may set scheduled_at to now, and its response hides that.


@pytest.mark.parametrize("explicit", [True, False])
@pytest.mark.parametrize("time_zone", ["UTC", "Europe/Paris"])
@pytest.mark.parametrize("timezone", [None, "America/New_York"])
async def test_a_schedule_keeps_its_start_when_another_field_changes(
    clock: Clock, explicit: bool, time_zone: str, timezone: str | None
) -> None:
    fake = FakeCachet(clock=clock, explicit_defaults_for_timestamp=explicit, time_zone=time_zone)
    moment = datetime(2030, 1, 1, 10, 30, tzinfo=UTC)
    async with fake.async_client(timezone=timezone) as client, fake.async_client(timezone="UTC") as utc_client:
        await utc_client.schedules.create(name="S", status=0, scheduled_at=moment)
        await client.schedules.update(1, name="T")
        assert (await utc_client.schedules.get(1)).scheduled_at == moment
        await client.schedules.update(1, status=1, scheduled_at=moment)
        assert (await utc_client.schedules.get(1)).scheduled_at == moment
        await client.schedules.update(1, scheduled_at=moment)
        await client.schedules.update(1)
        found = await client.schedules.get(1)
        found.message = "New"
        await found.save()
        await found.update()
        after = await utc_client.schedules.get(1)
        assert (after.scheduled_at, after.name, after.status, after.message) == (moment, "T", 1, "New")


async def test_clearing_completed_at_is_refused(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        day = datetime(2030, 1, 1, tzinfo=UTC)
        schedule = await client.schedules.create(name="S", status=2, scheduled_at=day, completed_at=day)
        with pytest.raises(ArgumentError, match="completed_at: cannot be set to None"):
            schedule.completed_at = None


# Names over 191 characters are silently truncated.


async def test_a_name_that_the_server_would_truncate_is_refused(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        component = await client.components.create(name="ä" * 191, status=1)
        assert (await client.components.get(1)).name == component.name
        fake_cachet.requests.clear()
        with pytest.raises(ArgumentError, match="name: expected .*191"):
            await client.components.create(name="ä" * 192, status=1)
        with pytest.raises(ArgumentError, match="191"):
            await client.incidents.create(name="n" * 192, message="m", status=1)
        with pytest.raises(ArgumentError, match="191"):
            await client.component_groups.update(1, name="n" * 192)
        with pytest.raises(ArgumentError, match="191"):
            component.name = "n" * 192
        assert not fake_cachet.requests


async def test_an_id_must_be_a_positive_int(fake_cachet: FakeCachet) -> None:
    # On MariaDB, /components/1abc finds component 1.
    async with fake_cachet.async_client() as client:
        await client.components.create(name="A", status=1)
        fake_cachet.requests.clear()
        invalid: list[Any] = ["1abc", "1", 0, -1, True, 1.0, None]
        for component_id in invalid:
            with pytest.raises(ArgumentError, match="component_id"):
                await client.components.get(component_id)
        assert not fake_cachet.requests
        with pytest.raises(NotFoundError):
            await client.components.get(2)
