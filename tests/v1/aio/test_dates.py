"""Times in requests and responses: naive and aware, with and without a client timezone, on servers in any zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from cachet_sdk import ArgumentError
from cachet_sdk.testing import FakeCachet
from tests.testing.api import Clock

PARIS = ZoneInfo("Europe/Paris")
OSLO = ZoneInfo("Europe/Oslo")
MOMENT = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
#: Before and after the clock changes in Paris. In autumn both are 02:30 local time.
SPRING = [datetime(2026, 3, 29, hour, 30, tzinfo=UTC) for hour in (0, 1)]
AUTUMN = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]


def naive(value: datetime, zone: ZoneInfo | timezone = UTC) -> datetime:
    """Return the naive local time of that zone."""
    return value.astimezone(zone).replace(tzinfo=None)


@pytest.mark.parametrize("time_zone", ["UTC", "Europe/Paris"])
async def test_naive_times_are_in_the_servers_zone(clock: Clock, time_zone: str) -> None:
    async with FakeCachet(clock=clock, time_zone=time_zone).async_client() as client:
        moment = naive(MOMENT)
        schedule = await client.schedules.create(name="S", status=0, scheduled_at=moment)
        incident = await client.incidents.create(name="I", message="m", status=1, occurred_at=moment)
        assert (schedule.scheduled_at, incident.occurred_at) == (moment, moment)
        assert incident.created_at == naive(clock.now, ZoneInfo(time_zone))


@pytest.mark.parametrize("time_zone", ["UTC", "Europe/Paris", "Asia/Tokyo"])
@pytest.mark.parametrize("moment", [MOMENT, MOMENT.astimezone(OSLO), MOMENT.astimezone(timezone(timedelta(hours=-5)))])
async def test_an_aware_time_is_the_same_instant_on_any_server(clock: Clock, time_zone: str, moment: datetime) -> None:
    fake = FakeCachet(clock=clock, time_zone=time_zone)
    async with fake.async_client() as client, fake.async_client(timezone="Europe/Oslo") as zoned:
        for sender in (client, zoned):
            await sender.schedules.create(name="S", status=0, scheduled_at=moment)
            await sender.incidents.create(name="I", message="m", status=1, occurred_at=moment)
        assert [it.scheduled_at async for it in zoned.schedules.list()] == [MOMENT, MOMENT]
        assert [it.occurred_at async for it in zoned.incidents.list()] == [MOMENT, MOMENT]
        local = naive(MOMENT, ZoneInfo(time_zone))
        assert [it.scheduled_at async for it in client.schedules.list()] == [local, local]


async def test_without_a_timezone_an_aware_time_is_returned_naive(clock: Clock) -> None:
    async with FakeCachet(clock=clock, time_zone="Europe/Paris").async_client() as client:
        created = await client.schedules.create(name="S", status=0, scheduled_at=MOMENT)
        assert created.scheduled_at == naive(MOMENT, PARIS)
        assert created == await client.schedules.get(1)
        updated = await client.schedules.update(1, scheduled_at=MOMENT + timedelta(days=1))
        assert updated.scheduled_at == naive(MOMENT + timedelta(days=1), PARIS)


@pytest.mark.parametrize("time_zone", ["UTC", "Europe/Paris"])
async def test_with_a_timezone_every_time_is_aware_and_in_that_zone(clock: Clock, time_zone: str) -> None:
    fake = FakeCachet(clock=clock, time_zone=time_zone)
    async with fake.async_client(timezone="Europe/Oslo") as client:
        await client.metrics.create(name="M", suffix="s")
        group = await client.component_groups.create(name="G")
        created: list[Any] = [
            await client.components.create(name="A", status=1, group_id=group.id),
            await client.component_groups.get(1),
            (await client.component_groups.get(1)).enabled_components[0],
            await client.incidents.create(name="I", message="m", status=1),
            await client.incident_updates.create(incident_id=1, status=2, message="m"),
            await client.metrics.get(1),
            await client.schedules.create(name="S", status=0, scheduled_at=MOMENT),
            await client.subscribers.create(email="a@example.com"),
        ]
        for resource in created:
            assert (resource.created_at, resource.updated_at) == (clock.now, clock.now)
            assert resource.created_at.tzinfo is resource.updated_at.tzinfo
            assert resource.created_at.utcoffset() == timedelta(hours=1)
        assert {it.headers["time-zone"] for it in fake.requests} == {"UTC"}


async def test_without_a_timezone_the_time_zone_header_is_sent_only_with_aware_times(clock: Clock) -> None:
    fake = FakeCachet(clock=clock)
    async with fake.async_client() as client:
        await client.incidents.create(name="I", message="m", status=1, occurred_at=naive(MOMENT))
        await client.incidents.get(1)
        assert not any("time-zone" in it.headers for it in fake.requests)
        await client.incidents.create(name="I", message="m", status=1, occurred_at=MOMENT)
        (write,) = [it for it in fake.requests if it.headers.get("time-zone") == "UTC"]
        assert write.method == "POST"


@pytest.mark.parametrize("time_zone", ["UTC", "Europe/Paris"])
async def test_a_client_with_a_timezone_refuses_naive_times(time_zone: str) -> None:
    fake = FakeCachet(time_zone=time_zone)
    async with fake.async_client(timezone="Europe/Oslo") as client:
        with pytest.raises(ArgumentError, match="scheduled_at: is a naive time"):
            await client.schedules.create(name="S", status=0, scheduled_at=naive(MOMENT))
        with pytest.raises(ArgumentError, match="completed_at: is a naive time"):
            await client.schedules.update(1, completed_at=naive(MOMENT))
        with pytest.raises(ArgumentError, match="occurred_at: is a naive time"):
            await client.incidents.create(name="I", message="m", status=1, occurred_at=naive(MOMENT))
        assert not fake.requests


async def test_naive_and_aware_times_cannot_be_mixed(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        with pytest.raises(ArgumentError, match="naive and aware"):
            await client.schedules.create(name="S", status=2, scheduled_at=MOMENT, completed_at=naive(MOMENT))
        assert not fake_cachet.requests


@pytest.mark.parametrize("moment", [*SPRING, *AUTUMN])
@pytest.mark.parametrize("time_zone", ["UTC", "Europe/Paris"])
async def test_aware_times_survive_a_clock_change(time_zone: str, moment: datetime) -> None:
    async with FakeCachet(time_zone=time_zone).async_client(timezone="Europe/Paris") as client:
        created = await client.schedules.create(name="S", status=0, scheduled_at=moment.astimezone(PARIS))
        # Python compares two times of the same zone by their local time, so they are compared in UTC here.
        assert created.scheduled_at is not None
        assert created.scheduled_at.astimezone(UTC) == moment
        assert created.scheduled_at.utcoffset() == moment.astimezone(PARIS).utcoffset()
        again = await client.schedules.update(1, scheduled_at=created.scheduled_at, name="T")
        assert again.scheduled_at is not None
        assert again.scheduled_at.astimezone(UTC) == moment


@pytest.mark.parametrize("moment", [*SPRING, *AUTUMN])
@pytest.mark.parametrize("explicit", [True, False])
async def test_updates_without_a_timezone_keep_times_around_a_clock_change(moment: datetime, explicit: bool) -> None:
    fake = FakeCachet(time_zone="Europe/Paris", explicit_defaults_for_timestamp=explicit)
    async with fake.async_client() as client, fake.async_client(timezone="UTC") as utc_client:
        await utc_client.schedules.create(name="S", status=0, scheduled_at=moment)
        await utc_client.incidents.create(name="I", message="m", status=1, occurred_at=moment)
        await client.schedules.update(1, name="T")
        await client.incidents.update(1, name="J")
        schedule, incident = await client.schedules.get(1), await client.incidents.get(1)
        schedule.message = "New"
        await schedule.save()
        await schedule.update()
        await incident.update()
        assert (await utc_client.schedules.get(1)).scheduled_at == moment
        assert (await utc_client.incidents.get(1)).occurred_at == moment


@pytest.mark.parametrize("name", ["created_at", "occurred_at"])
@pytest.mark.parametrize("release", ["2.3", "2.4"])
@pytest.mark.parametrize("timezone", [None, "Europe/Oslo"])
@pytest.mark.parametrize("time_zone", ["UTC", "Europe/Paris"])
async def test_created_at_and_occurred_at_both_set_the_time_of_an_incident(
    name: str, release: Any, timezone: str | None, time_zone: str
) -> None:
    fake = FakeCachet(release=release, time_zone=time_zone)
    async with fake.async_client(timezone=timezone) as client, fake.async_client(timezone="UTC") as utc_client:
        first: Any = {name: MOMENT}
        later: Any = {name: MOMENT + timedelta(days=1)}
        await client.incidents.create(name="I", message="m", status=1, **first)
        shown_as = "occurred_at" if release == "2.4" else "created_at"
        assert getattr(await utc_client.incidents.get(1), shown_as) == MOMENT
        await client.incidents.update(1, **later)
        assert getattr(await utc_client.incidents.get(1), shown_as) == MOMENT + timedelta(days=1)


async def test_created_at_and_occurred_at_must_be_equal(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        with pytest.raises(ArgumentError, match="created_at: differs from occurred_at"):
            await client.incidents.create(
                name="I", message="m", status=1, created_at=MOMENT, occurred_at=MOMENT + timedelta(days=1)
            )
        # In the repeated hour == is misleading: times an hour apart may be equal, and the same instant unequal.
        first = AUTUMN[0].astimezone(OSLO)
        with pytest.raises(ArgumentError, match="created_at: differs from occurred_at"):
            await client.incidents.create(
                name="I", message="m", status=1, created_at=first, occurred_at=first.replace(fold=1)
            )
        assert not fake_cachet.requests
        await client.incidents.create(name="I", message="m", status=1, created_at=MOMENT, occurred_at=MOMENT)
        await client.incidents.create(name="I", message="m", status=1, created_at=first, occurred_at=AUTUMN[0])


async def test_seconds_are_dropped_because_the_server_accepts_none(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        exact = naive(MOMENT) + timedelta(seconds=59, microseconds=7)
        created = await client.schedules.create(name="S", status=0, scheduled_at=exact)
        assert created.scheduled_at == naive(MOMENT)


async def test_a_naive_timestamp_of_a_point_is_refused(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        with pytest.raises(ArgumentError, match="timestamp: is a naive time"):
            await client.metric_points.create(metric_id=1, value=1, timestamp=naive(MOMENT))
        assert not fake_cachet.requests


@pytest.mark.parametrize("timezone", [None, "Europe/Oslo"])
async def test_a_point_has_the_right_time_on_a_server_in_another_zone(timezone: str | None) -> None:
    async with FakeCachet(time_zone="Europe/Paris").async_client(timezone=timezone) as client:
        await client.metrics.create(name="M", suffix="s")
        point = await client.metric_points.create(metric_id=1, value=1, timestamp=MOMENT.astimezone(OSLO))
        assert point.created_at == (MOMENT if timezone else naive(MOMENT, PARIS))


def transport_with_dates(text: str) -> httpx.MockTransport:
    """Return a transport whose responses have this text as every date, as a date format of the dashboard may cause."""
    names = ("created_at", "updated_at", "deleted_at", "occurred_at", "scheduled_at", "completed_at")
    row = {"id": 1, "name": "A", "email": "a@example.com", "value": 1, "metric_id": 1, **dict.fromkeys(names, text)}

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/version"):
            return httpx.Response(200, json={"data": "2.3.18"})
        if request.url.path.endswith("/1"):
            return httpx.Response(200, json={"data": row})
        pagination = {"total": 1, "per_page": 20, "current_page": 1, "total_pages": 1}
        return httpx.Response(200, json={"meta": {"pagination": pagination}, "data": [row]})

    return httpx.MockTransport(handle)


@pytest.mark.parametrize("timezone", [None, "Europe/Oslo"])
@pytest.mark.parametrize(
    "text", ["23/11/2026 00:00", "11/12/2026 00:00", "23. November 2026", "2026-11-23", "1795392000", "soon"]
)
async def test_an_ambiguous_date_is_none_and_its_text_is_kept_in_attrs(text: str, timezone: str | None) -> None:
    async with FakeCachet().async_client(transport=transport_with_dates(text), timezone=timezone) as client:
        read: list[Any] = [await client.components.get(1), await client.incidents.get(1), await client.schedules.get(1)]
        read += [await client.component_groups.get(1), await client.metrics.get(1)]
        for items in (
            client.components.list(),
            client.incidents.list(),
            client.schedules.list(),
            client.metrics.list(),
        ):
            read += [it async for it in items]
        read += [it async for it in client.metric_points.list(1)]
        read += [it async for it in client.subscribers.list()]
        assert len(read) == 11
        for resource in read:
            names = [name for name in type(resource).model_fields if name.endswith("_at") and name in resource.attrs]
            assert {"created_at", "updated_at"} <= set(names)
            assert [getattr(resource, name) for name in names] == [None] * len(names)
            assert [resource.attrs[name] for name in names] == [text] * len(names)


@pytest.mark.parametrize("text", ["2026-11-23 10:58:24", "2026-11-23T10:58:24", "2026-11-23 10:58:24.000000"])
async def test_a_date_with_a_time_is_parsed(text: str) -> None:
    async with FakeCachet().async_client(transport=transport_with_dates(text)) as client:
        assert (await client.components.get(1)).created_at == datetime(2026, 11, 23, 10, 58, 24)
        assert (await client.incidents.get(1)).occurred_at == datetime(2026, 11, 23, 10, 58, 24)


async def test_an_update_that_might_lose_an_unreadable_date_requires_the_date() -> None:
    async with FakeCachet().async_client(transport=transport_with_dates("23. November 2026")) as client:
        with pytest.raises(
            ArgumentError, match=r"scheduled_at: is missing: .*'23\. November 2026'.* set the date to now"
        ):
            await client.schedules.update(1, name="B")
        assert (await client.schedules.update(1, name="B", scheduled_at=datetime(2026, 11, 23, 10, 0))).id == 1
