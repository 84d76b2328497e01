"""Schedules: create, read, list, update and delete."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cachet_sdk import NotFoundError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.aio.client import AsyncClient
from cachet_sdk.v1.enums import ScheduleStatus
from tests.testing.api import Clock

START = datetime(2030, 1, 1, 10, 0)
END = START + timedelta(hours=2)
#: 02:30 on the night when the clocks go back, which occurs twice.
FIRST = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Oslo"))
SECOND = FIRST.replace(fold=1)


async def test_create_stores_every_field(async_client: AsyncClient) -> None:
    created = await async_client.schedules.create(
        name="Upgrade", status=2, scheduled_at=START, message="**Soon**", completed_at=END, notify=False
    )
    found = await async_client.schedules.get(created.id)
    for schedule in (created, found):
        assert (schedule.name, schedule.message) == ("Upgrade", "**Soon**")
        assert (schedule.status, schedule.human_status) == (ScheduleStatus.COMPLETE, "Complete")
        assert (schedule.scheduled_at, schedule.completed_at, schedule.deleted_at) == (START, END, None)
    assert found == created


async def test_a_schedule_requires_only_a_name_a_status_and_a_start(async_client: AsyncClient) -> None:
    schedule = await async_client.schedules.create(name="Upgrade", status=0, scheduled_at=START)
    assert (schedule.message, schedule.human_status) == ("", "Upcoming")


async def test_notify_is_sent_as_passed(async_client: AsyncClient, fake_cachet: FakeCachet) -> None:
    await async_client.schedules.create(name="Upgrade", status=0, scheduled_at=START)
    assert b'"notify":true' in fake_cachet.requests[-1].body
    await async_client.schedules.create(name="Upgrade", status=0, scheduled_at=START, notify=False)
    assert b'"notify":false' in fake_cachet.requests[-1].body


@pytest.mark.parametrize(
    ("name", "value"),
    [("name", "Move"), ("status", 1), ("message", "New"), ("scheduled_at", END), ("completed_at", END)],
)
@pytest.mark.parametrize("explicit", [True, False])
async def test_updating_one_field_leaves_the_others_unchanged(name: str, value: object, explicit: bool) -> None:
    async with FakeCachet(explicit_defaults_for_timestamp=explicit).async_client() as client:
        before = await client.schedules.create(
            name="Upgrade", status=0, scheduled_at=START, message="m", completed_at=START
        )
        change: Any = {name: value}
        await client.schedules.update(before.id, **change)
        after = await client.schedules.get(before.id)
        fields = ("name", "status", "message", "scheduled_at", "completed_at")
        assert {field for field in fields if getattr(after, field) != getattr(before, field)} == {name}
        assert getattr(after, name) == value


async def test_a_schedule_can_be_changed_through_its_own_methods(async_client: AsyncClient) -> None:
    schedule = await async_client.schedules.create(name="Upgrade", status=0, scheduled_at=START)
    schedule.name = "Move"
    schedule = await schedule.update()
    schedule.status = 1
    schedule.scheduled_at = END
    await schedule.save()
    found = await async_client.schedules.get(1)
    assert (found.name, found.status, found.scheduled_at) == ("Move", ScheduleStatus.IN_PROGRESS, END)
    await found.delete()
    with pytest.raises(NotFoundError, match="Schedule"):
        await async_client.schedules.delete(1)
    assert await async_client.schedules.count() == 0


@pytest.mark.parametrize(
    "sort", [None, "id", "name", "status", "scheduled_at", "completed_at", "created_at", "updated_at"]
)
async def test_a_list_is_sorted_in_descending_order(clock: Clock, sort: Any) -> None:
    async with FakeCachet(clock=clock).async_client() as client:
        for number, name in enumerate(("B", "D", "A", "C")):
            await client.schedules.create(
                name=name,
                status=number % 3,
                scheduled_at=START - timedelta(days=number),
                completed_at=START + timedelta(days=number % 3),
            )
            clock.now += timedelta(hours=1)
        found = [it async for it in client.schedules.list(sort=sort, per_page=3)]
    if sort is None:
        assert [it.id for it in found] == [1, 2, 3, 4]
    else:
        values = [getattr(it, sort) for it in found]
        assert values == sorted(values, reverse=True)
        assert len(set(values)) > 1
        assert len(found) == 4


async def test_a_list_starts_at_the_given_page_and_continues_to_the_end(async_client: AsyncClient) -> None:
    for name in "ABCDE":
        await async_client.schedules.create(name=name, status=0, scheduled_at=START)
    assert [it.name async for it in async_client.schedules.list(2, 2)] == ["C", "D", "E"]
    assert [it.name async for it in async_client.schedules.list(2, 2, sort="name")] == ["C", "B", "A"]


async def test_instances_are_restored_from_dicts_and_json(clock: Clock) -> None:
    async with FakeCachet(clock=clock).async_client() as client:
        created = await client.schedules.create(name="Upgrade", status=0, scheduled_at=START)
        assert client.schedules.instance_from_dict(created.attrs) == created
        restored = client.schedules.instance_from_json(created.to_json())
        restored.name = "Move"
        assert (await restored.save()).name == "Move"


async def test_an_unknown_id_is_not_found(async_client: AsyncClient) -> None:
    with pytest.raises(NotFoundError, match="No query results for model"):
        await async_client.schedules.update(9, name="Move")
    with pytest.raises(NotFoundError):
        await async_client.schedules.get(9)


@pytest.mark.parametrize("time_zone", ["UTC", "Europe/Oslo"])
@pytest.mark.parametrize("timezone", [None, "Europe/Oslo", "America/New_York"])
async def test_a_start_in_the_repeated_hour_is_kept_when_it_is_passed_again(
    time_zone: str, timezone: str | None
) -> None:
    fake = FakeCachet(time_zone=time_zone)
    async with fake.async_client(timezone=timezone) as client, fake.async_client(timezone="UTC") as utc:
        for number, start in enumerate((FIRST, SECOND), 1):
            await client.schedules.create(name="S", status=0, scheduled_at=start)
            await client.schedules.update(number, status=1, scheduled_at=start)
            assert (await utc.schedules.get(number)).scheduled_at == start.astimezone(UTC)


@pytest.mark.parametrize("timezone", [None, "Europe/Oslo"])
async def test_a_start_can_be_moved_between_the_two_occurrences_of_the_repeated_hour(timezone: str | None) -> None:
    fake = FakeCachet()
    async with fake.async_client(timezone=timezone) as client, fake.async_client(timezone="UTC") as utc:
        await client.schedules.create(name="S", status=0, scheduled_at=FIRST)
        await client.schedules.update(1, scheduled_at=SECOND)
        assert (await utc.schedules.get(1)).scheduled_at == SECOND.astimezone(UTC)
        schedule = await client.schedules.get(1)
        schedule.scheduled_at = FIRST
        assert schedule.changes() == {"scheduled_at": FIRST}
        await schedule.save()
        assert (await utc.schedules.get(1)).scheduled_at == FIRST.astimezone(UTC)


async def test_update_does_not_resend_an_unchanged_message(async_client: AsyncClient) -> None:
    message = "    indented, as code\n<script>"
    await async_client.schedules.create(name="S", status=0, scheduled_at=START, message=message)
    schedule = await async_client.schedules.get(1)
    schedule.status = 1
    schedule = await schedule.update()
    assert (schedule.message, schedule.status) == (message, ScheduleStatus.IN_PROGRESS)


async def test_an_assigned_time_is_truncated_to_the_minute_as_in_the_request(async_client: AsyncClient) -> None:
    schedule = await async_client.schedules.create(name="S", status=0, scheduled_at=START)
    schedule.completed_at = END.replace(second=59, microsecond=7)
    schedule.scheduled_at = START.replace(second=1)
    assert (schedule.completed_at, schedule.scheduled_at) == (END, START)
    assert schedule.changes() == {"completed_at": END}
    assert async_client.schedules.instance_from_json(schedule.to_json()).completed_at == END
    await schedule.save()
    assert (await async_client.schedules.get(1)).completed_at == END
