"""A server quirk: a date that was never set is sent as the current time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.aio.client import AsyncClient
from tests.testing.api import Clock


async def test_an_unfinished_schedule_has_no_completed_at(clock: Clock) -> None:
    async with FakeCachet(clock=clock).async_client() as client:
        created = await client.schedules.create(name="S", status=0, scheduled_at=datetime(2030, 1, 1))
        for schedule in (created, await client.schedules.get(1), *[it async for it in client.schedules.list()]):
            assert schedule.completed_at is None
            assert schedule.attrs["completed_at"] == "2026-11-23 10:58:24"
            assert schedule.changes() == {}


@pytest.mark.parametrize("second", [0, 1, 2, 3, 59])
@pytest.mark.parametrize("time_zone", ["UTC", "Europe/Paris", "Asia/Kathmandu", "America/St_Johns"])
@pytest.mark.parametrize("timezone", [None, "Europe/Oslo"])
async def test_an_unfinished_schedule_has_no_completed_at_at_any_second(
    clock: Clock, second: int, time_zone: str, timezone: str | None
) -> None:
    clock.now = datetime(2026, 11, 23, 10, 58, second, tzinfo=UTC)
    async with FakeCachet(clock=clock, time_zone=time_zone).async_client(timezone=timezone) as client:
        await client.schedules.create(name="S", status=0, scheduled_at=datetime(2030, 1, 1, tzinfo=UTC))
        schedule = await client.schedules.get(1)
        assert schedule.completed_at is None
        assert [it.completed_at async for it in client.schedules.list()] == [None]
        assert schedule.changes() == {}
        assert client.schedules.instance_from_json(schedule.to_json()).completed_at is None
        assert (await schedule.update()).completed_at is None


@pytest.mark.parametrize("second", [0, 2, 24])
@pytest.mark.parametrize("timezone", [None, "Europe/Oslo"])
async def test_a_schedule_completed_just_now_has_a_completed_at(
    clock: Clock, second: int, timezone: str | None
) -> None:
    clock.now = datetime(2026, 11, 23, 10, 58, second, tzinfo=UTC)
    start, now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC), datetime(2026, 11, 23, 10, 58, tzinfo=UTC)
    async with FakeCachet(clock=clock).async_client(timezone=timezone) as client:
        expected = now if timezone else now.replace(tzinfo=None)
        created = await client.schedules.create(name="S", status=2, scheduled_at=start, completed_at=now)
        assert created.completed_at == expected
        await client.schedules.create(name="T", status=1, scheduled_at=start)
        done = await client.schedules.update(2, status=2, completed_at=now)
        assert done.completed_at == expected
        clock.now += timedelta(minutes=1)
        assert [it.completed_at async for it in client.schedules.list()] == [expected, expected]


async def test_with_a_timezone_completed_at_of_a_completed_schedule_is_correct_at_any_second(clock: Clock) -> None:
    done = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    async with FakeCachet(clock=clock).async_client(timezone="UTC") as client:
        await client.schedules.create(name="S", status=2, scheduled_at=done, completed_at=done)
        for second in range(4):
            clock.now = datetime(2026, 11, 23, 10, 0, second, tzinfo=UTC)
            assert (await client.schedules.get(1)).completed_at == done


@pytest.mark.parametrize("second", range(4))
@pytest.mark.parametrize("time_zone", ["UTC", "Europe/Paris", "Asia/Kathmandu"])
async def test_completed_at_of_a_completed_schedule_is_correct_at_any_second(
    clock: Clock, second: int, time_zone: str
) -> None:
    fake = FakeCachet(clock=clock, time_zone=time_zone)
    done = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    clock.now = datetime(2026, 11, 23, 10, 15, second, tzinfo=UTC)
    async with fake.async_client() as client:
        await client.schedules.create(name="S", status=2, scheduled_at=done, completed_at=done)
        await client.schedules.create(name="T", status=1, scheduled_at=done)
        shown = done.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None)
        expected = [shown, None]
        assert [(await client.schedules.get(number)).completed_at for number in (1, 2)] == expected
        assert [(await client.schedules.update(n, name="U")).completed_at for n in (1, 2)] == expected
        for sort in (None, "id", "name"):
            fake.requests.clear()
            found = [it async for it in client.schedules.list(sort=sort)]
            assert {it.id: it.completed_at for it in found} == {1: shown, 2: None}
            assert len(fake.requests) <= 2
            again = [client.schedules.instance_from_dict(it.attrs) for it in found]
            assert again == found
            assert [it.to_json() for it in again] == [it.to_json() for it in found]


async def test_nothing_is_requested_twice_after_the_first_seconds_of_a_minute(clock: Clock) -> None:
    fake = FakeCachet(clock=clock)
    clock.now = datetime(2026, 11, 23, 10, 15, 3, tzinfo=UTC)
    done = datetime(2026, 11, 23, 9, 0)
    async with fake.async_client() as client:
        await client.schedules.create(name="S", status=2, scheduled_at=done, completed_at=done)
        await client.schedules.create(name="T", status=1, scheduled_at=done)
        fake.requests.clear()
        await client.schedules.get(1)
        assert [it.completed_at async for it in client.schedules.list()] == [done, None]
        assert len(fake.requests) == 2


async def test_a_schedule_is_read_even_if_the_second_request_fails(clock: Clock) -> None:
    fake = FakeCachet(clock=clock)
    clock.now = datetime(2026, 11, 23, 10, 15, 0, tzinfo=UTC)

    async def fail(response: httpx.Response) -> None:
        if "Time-Zone" in response.request.headers:
            response.status_code = 500

    async with fake.async_client(max_retries=0, event_hooks={"response": [fail]}) as client:
        await client.schedules.create(name="T", status=1, scheduled_at=datetime(2030, 1, 1))
        fake.requests.clear()
        assert (await client.schedules.get(1)).completed_at is None
        assert len(fake.requests) == 2


@pytest.mark.parametrize("time_zone", ["UTC", "Europe/Paris", "America/New_York", "Asia/Kathmandu"])
async def test_only_a_verified_subscriber_has_a_verified_at(clock: Clock, time_zone: str) -> None:
    fake = FakeCachet(clock=clock, time_zone=time_zone)
    midnight = datetime(2026, 11, 23, tzinfo=UTC)
    async with fake.async_client() as client, fake.async_client(timezone="Europe/Oslo") as zoned_client:
        await client.subscribers.create(email="a@example.com", verify=True)
        await client.subscribers.create(email="b@example.com", verify=False)
        for verified, unverified in (
            [it async for it in client.subscribers.list()],
            [it async for it in zoned_client.subscribers.list()],
        ):
            assert (verified.is_verified, unverified.is_verified) == (True, False)
            assert verified.verified_at is not None
            assert unverified.verified_at is None
        first = await anext(zoned_client.subscribers.list())
        assert first.verified_at == midnight
        if time_zone == "UTC":
            assert (await anext(client.subscribers.list())).verified_at == midnight.replace(tzinfo=None)


@pytest.mark.parametrize("minute", [0, 15, 30, 45])
@pytest.mark.parametrize("second", range(3))
@pytest.mark.parametrize("time_zone", ["UTC", "Europe/Paris", "Asia/Kathmandu"])
@pytest.mark.parametrize("timezone", [None, "Europe/Oslo"])
async def test_an_unverified_subscriber_is_unverified_at_any_second(
    clock: Clock, minute: int, second: int, time_zone: str, timezone: str | None
) -> None:
    fake = FakeCachet(clock=clock, time_zone=time_zone)
    async with fake.async_client(timezone=timezone) as client:
        await client.subscribers.create(email="a@example.com", verify=True)
        for hour in (0, 10):
            clock.now = datetime(2026, 11, 24, hour, minute, second, tzinfo=UTC)
            created = await client.subscribers.create(email=f"b{hour}@example.com", verify=False)
            found = [it async for it in client.subscribers.list()]
            for subscriber in (created, *found[1:]):
                assert (subscriber.is_verified, subscriber.verified_at) == (False, None)
            assert found[0].is_verified
            assert found[0].verified_at is not None
            again = [client.subscribers.instance_from_dict(it.attrs) for it in found]
            assert [(it.is_verified, it.verified_at) for it in again] == [
                (it.is_verified, it.verified_at) for it in found
            ]


async def test_a_subscriber_created_as_verified_is_verified_at_a_full_quarter_hour(clock: Clock) -> None:
    clock.now = datetime(2026, 11, 24, 10, 15, 0, tzinfo=UTC)
    async with FakeCachet(clock=clock).async_client() as client:
        assert (await client.subscribers.create(email="a@example.com")).is_verified
        again = await client.subscribers.create(email="a@example.com", verify=False)
        assert again.is_verified


@pytest.mark.parametrize("text", ["Mittwoch 23rd Dezember 2026 00:00:00", "Sonntag 1st März 2026 00:00:00", "?", ""])
async def test_a_verified_at_in_another_language_is_none_and_raises_nothing(
    async_client: AsyncClient, text: str
) -> None:
    row: dict[str, Any] = {"id": 1, "email": "a@example.com", "verified_at": text}
    subscriber = async_client.subscribers.instance_from_dict(row)
    assert subscriber.verified_at is None
    assert subscriber.is_verified is {"?": None, "": False}.get(text, True)
    assert subscriber.attrs["verified_at"] == text


async def test_an_unverified_subscriber_is_recognized_in_any_language(async_client: AsyncClient) -> None:
    row: dict[str, Any] = {"id": 1, "email": "a@example.com", "verified_at": "Mittwoch 23rd Dezember 2026 10:58:24"}
    assert not async_client.subscribers.instance_from_dict(row).is_verified
