# Made by "make sync" from aio/test_dates.py: edit that file instead of this one.
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
def test_naive_times_are_in_the_servers_zone(clock: Clock, time_zone: str) -> None:
    with FakeCachet(clock=clock, time_zone=time_zone).client() as client:
        moment = naive(MOMENT)
        schedule = client.schedules.create(name="S", status=0, scheduled_at=moment)
        incident = client.incidents.create(name="I", message="m", status=1, occurred_at=moment)
        assert (schedule.scheduled_at, incident.occurred_at) == (moment, moment)
        assert incident.created_at == naive(clock.now, ZoneInfo(time_zone))


@pytest.mark.parametrize("time_zone", ["UTC", "Europe/Paris", "Asia/Tokyo"])
@pytest.mark.parametrize("moment", [MOMENT, MOMENT.astimezone(OSLO), MOMENT.astimezone(timezone(timedelta(hours=-5)))])
def test_an_aware_time_is_the_same_instant_on_any_server(clock: Clock, time_zone: str, moment: datetime) -> None:
    fake = FakeCachet(clock=clock, time_zone=time_zone)
    with fake.client() as client, fake.client(timezone="Europe/Oslo") as zoned:
        for sender in (client, zoned):
            sender.schedules.create(name="S", status=0, scheduled_at=moment)
            sender.incidents.create(name="I", message="m", status=1, occurred_at=moment)
        assert [it.scheduled_at for it in zoned.schedules.list()] == [MOMENT, MOMENT]
        assert [it.occurred_at for it in zoned.incidents.list()] == [MOMENT, MOMENT]
        local = naive(MOMENT, ZoneInfo(time_zone))
        assert [it.scheduled_at for it in client.schedules.list()] == [local, local]


def test_without_a_timezone_an_aware_time_is_returned_naive(clock: Clock) -> None:
    with FakeCachet(clock=clock, time_zone="Europe/Paris").client() as client:
        created = client.schedules.create(name="S", status=0, scheduled_at=MOMENT)
        assert created.scheduled_at == naive(MOMENT, PARIS)
        assert created == client.schedules.get(1)
        updated = client.schedules.update(1, scheduled_at=MOMENT + timedelta(days=1))
        assert updated.scheduled_at == naive(MOMENT + timedelta(days=1), PARIS)


@pytest.mark.parametrize("time_zone", ["UTC", "Europe/Paris"])
def test_with_a_timezone_every_time_is_aware_and_in_that_zone(clock: Clock, time_zone: str) -> None:
    fake = FakeCachet(clock=clock, time_zone=time_zone)
    with fake.client(timezone="Europe/Oslo") as client:
        client.metrics.create(name="M", suffix="s")
        group = client.component_groups.create(name="G")
        created: list[Any] = [
            client.components.create(name="A", status=1, group_id=group.id),
            client.component_groups.get(1),
            (client.component_groups.get(1)).enabled_components[0],
            client.incidents.create(name="I", message="m", status=1),
            client.incident_updates.create(incident_id=1, status=2, message="m"),
            client.metrics.get(1),
            client.schedules.create(name="S", status=0, scheduled_at=MOMENT),
            client.subscribers.create(email="a@example.com"),
        ]
        for resource in created:
            assert (resource.created_at, resource.updated_at) == (clock.now, clock.now)
            assert resource.created_at.tzinfo is resource.updated_at.tzinfo
            assert resource.created_at.utcoffset() == timedelta(hours=1)
        assert {it.headers["time-zone"] for it in fake.requests} == {"UTC"}


def test_without_a_timezone_the_time_zone_header_is_sent_only_with_aware_times(clock: Clock) -> None:
    fake = FakeCachet(clock=clock)
    with fake.client() as client:
        client.incidents.create(name="I", message="m", status=1, occurred_at=naive(MOMENT))
        client.incidents.get(1)
        assert not any("time-zone" in it.headers for it in fake.requests)
        client.incidents.create(name="I", message="m", status=1, occurred_at=MOMENT)
        (write,) = [it for it in fake.requests if it.headers.get("time-zone") == "UTC"]
        assert write.method == "POST"


@pytest.mark.parametrize("time_zone", ["UTC", "Europe/Paris"])
def test_a_client_with_a_timezone_refuses_naive_times(time_zone: str) -> None:
    fake = FakeCachet(time_zone=time_zone)
    with fake.client(timezone="Europe/Oslo") as client:
        with pytest.raises(ArgumentError, match="scheduled_at: is a naive time"):
            client.schedules.create(name="S", status=0, scheduled_at=naive(MOMENT))
        with pytest.raises(ArgumentError, match="completed_at: is a naive time"):
            client.schedules.update(1, completed_at=naive(MOMENT))
        with pytest.raises(ArgumentError, match="occurred_at: is a naive time"):
            client.incidents.create(name="I", message="m", status=1, occurred_at=naive(MOMENT))
        assert not fake.requests


def test_naive_and_aware_times_cannot_be_mixed(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        with pytest.raises(ArgumentError, match="naive and aware"):
            client.schedules.create(name="S", status=2, scheduled_at=MOMENT, completed_at=naive(MOMENT))
        assert not fake_cachet.requests


@pytest.mark.parametrize("moment", [*SPRING, *AUTUMN])
@pytest.mark.parametrize("time_zone", ["UTC", "Europe/Paris"])
def test_aware_times_survive_a_clock_change(time_zone: str, moment: datetime) -> None:
    with FakeCachet(time_zone=time_zone).client(timezone="Europe/Paris") as client:
        created = client.schedules.create(name="S", status=0, scheduled_at=moment.astimezone(PARIS))
        # Python compares two times of the same zone by their local time, so they are compared in UTC here.
        assert created.scheduled_at is not None
        assert created.scheduled_at.astimezone(UTC) == moment
        assert created.scheduled_at.utcoffset() == moment.astimezone(PARIS).utcoffset()
        again = client.schedules.update(1, scheduled_at=created.scheduled_at, name="T")
        assert again.scheduled_at is not None
        assert again.scheduled_at.astimezone(UTC) == moment


@pytest.mark.parametrize("moment", [*SPRING, *AUTUMN])
@pytest.mark.parametrize("explicit", [True, False])
def test_updates_without_a_timezone_keep_times_around_a_clock_change(moment: datetime, explicit: bool) -> None:
    fake = FakeCachet(time_zone="Europe/Paris", explicit_defaults_for_timestamp=explicit)
    with fake.client() as client, fake.client(timezone="UTC") as utc_client:
        utc_client.schedules.create(name="S", status=0, scheduled_at=moment)
        utc_client.incidents.create(name="I", message="m", status=1, occurred_at=moment)
        client.schedules.update(1, name="T")
        client.incidents.update(1, name="J")
        schedule, incident = client.schedules.get(1), client.incidents.get(1)
        schedule.message = "New"
        schedule.save()
        schedule.update()
        incident.update()
        assert (utc_client.schedules.get(1)).scheduled_at == moment
        assert (utc_client.incidents.get(1)).occurred_at == moment


@pytest.mark.parametrize("name", ["created_at", "occurred_at"])
@pytest.mark.parametrize("release", ["2.3", "2.4"])
@pytest.mark.parametrize("timezone", [None, "Europe/Oslo"])
@pytest.mark.parametrize("time_zone", ["UTC", "Europe/Paris"])
def test_created_at_and_occurred_at_both_set_the_time_of_an_incident(
    name: str, release: Any, timezone: str | None, time_zone: str
) -> None:
    fake = FakeCachet(release=release, time_zone=time_zone)
    with fake.client(timezone=timezone) as client, fake.client(timezone="UTC") as utc_client:
        first: Any = {name: MOMENT}
        later: Any = {name: MOMENT + timedelta(days=1)}
        client.incidents.create(name="I", message="m", status=1, **first)
        shown_as = "occurred_at" if release == "2.4" else "created_at"
        assert getattr(utc_client.incidents.get(1), shown_as) == MOMENT
        client.incidents.update(1, **later)
        assert getattr(utc_client.incidents.get(1), shown_as) == MOMENT + timedelta(days=1)


def test_created_at_and_occurred_at_must_be_equal(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        with pytest.raises(ArgumentError, match="created_at: differs from occurred_at"):
            client.incidents.create(
                name="I", message="m", status=1, created_at=MOMENT, occurred_at=MOMENT + timedelta(days=1)
            )
        # In the repeated hour == is misleading: times an hour apart may be equal, and the same instant unequal.
        first = AUTUMN[0].astimezone(OSLO)
        with pytest.raises(ArgumentError, match="created_at: differs from occurred_at"):
            client.incidents.create(
                name="I", message="m", status=1, created_at=first, occurred_at=first.replace(fold=1)
            )
        assert not fake_cachet.requests
        client.incidents.create(name="I", message="m", status=1, created_at=MOMENT, occurred_at=MOMENT)
        client.incidents.create(name="I", message="m", status=1, created_at=first, occurred_at=AUTUMN[0])


def test_seconds_are_dropped_because_the_server_accepts_none(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        exact = naive(MOMENT) + timedelta(seconds=59, microseconds=7)
        created = client.schedules.create(name="S", status=0, scheduled_at=exact)
        assert created.scheduled_at == naive(MOMENT)


def test_a_naive_timestamp_of_a_point_is_refused(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        with pytest.raises(ArgumentError, match="timestamp: is a naive time"):
            client.metric_points.create(metric_id=1, value=1, timestamp=naive(MOMENT))
        assert not fake_cachet.requests


@pytest.mark.parametrize("timezone", [None, "Europe/Oslo"])
def test_a_point_has_the_right_time_on_a_server_in_another_zone(timezone: str | None) -> None:
    with FakeCachet(time_zone="Europe/Paris").client(timezone=timezone) as client:
        client.metrics.create(name="M", suffix="s")
        point = client.metric_points.create(metric_id=1, value=1, timestamp=MOMENT.astimezone(OSLO))
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
def test_an_ambiguous_date_is_none_and_its_text_is_kept_in_attrs(text: str, timezone: str | None) -> None:
    with FakeCachet().client(transport=transport_with_dates(text), timezone=timezone) as client:
        read: list[Any] = [client.components.get(1), client.incidents.get(1), client.schedules.get(1)]
        read += [client.component_groups.get(1), client.metrics.get(1)]
        for items in (
            client.components.list(),
            client.incidents.list(),
            client.schedules.list(),
            client.metrics.list(),
        ):
            read += list(items)
        read += list(client.metric_points.list(1))
        read += list(client.subscribers.list())
        assert len(read) == 11
        for resource in read:
            names = [name for name in type(resource).model_fields if name.endswith("_at") and name in resource.attrs]
            assert {"created_at", "updated_at"} <= set(names)
            assert [getattr(resource, name) for name in names] == [None] * len(names)
            assert [resource.attrs[name] for name in names] == [text] * len(names)


@pytest.mark.parametrize("text", ["2026-11-23 10:58:24", "2026-11-23T10:58:24", "2026-11-23 10:58:24.000000"])
def test_a_date_with_a_time_is_parsed(text: str) -> None:
    with FakeCachet().client(transport=transport_with_dates(text)) as client:
        assert (client.components.get(1)).created_at == datetime(2026, 11, 23, 10, 58, 24)
        assert (client.incidents.get(1)).occurred_at == datetime(2026, 11, 23, 10, 58, 24)


def test_an_update_that_might_lose_an_unreadable_date_requires_the_date() -> None:
    with FakeCachet().client(transport=transport_with_dates("23. November 2026")) as client:
        with pytest.raises(
            ArgumentError, match=r"scheduled_at: is missing: .*'23\. November 2026'.* set the date to now"
        ):
            client.schedules.update(1, name="B")
        assert (client.schedules.update(1, name="B", scheduled_at=datetime(2026, 11, 23, 10, 0))).id == 1
