"""Schedules and their updates: create, read, list, update and delete."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cachet_sdk import ArgumentError, NotFoundError
from cachet_sdk.v3.aio.client import AsyncClient
from cachet_sdk.v3.enums import ComponentStatus, ScheduleStatus
from tests.testing.api import Clock


async def test_create_stores_every_field(async_client: AsyncClient, clock: Clock) -> None:
    now = clock.now.replace(tzinfo=None)
    component = await async_client.components.create(name="API", status=1)
    created = await async_client.schedules.create(
        name="Move",
        message="To another data centre",
        scheduled_at=now + timedelta(days=1),
        completed_at=now + timedelta(days=2),
        published_at=now - timedelta(days=1),
        notifications=True,
        components={component.id: 6},
        meta={"k": "v"},
    )
    found = await async_client.schedules.get(created.id, include=("components", "updates", "meta"))
    for schedule in (created, found):
        assert (schedule.name, schedule.message) == ("Move", "To another data centre")
        assert (schedule.status, schedule.status_name) == (ScheduleStatus.UPCOMING, "Upcoming")
        assert schedule.scheduled_at == now + timedelta(days=1)
        assert schedule.completed_at == now + timedelta(days=2)
        assert schedule.published_at == now - timedelta(days=1)
    assert [it.component_status for it in found.components or ()] == [ComponentStatus.UNDER_MAINTENANCE]
    assert (found.updates, found.meta) == ([], {"k": "v"})


async def test_an_aware_time_is_converted_by_the_server(async_client: AsyncClient, clock: Clock) -> None:
    created = await async_client.schedules.create(name="Move", message="m", scheduled_at=clock.now + timedelta(days=1))
    assert created.scheduled_at == clock.now.replace(tzinfo=None) + timedelta(days=1)


async def test_a_schedule_and_its_components_can_be_updated(async_client: AsyncClient, clock: Clock) -> None:
    first, second = [await async_client.components.create(name=name, status=1) for name in "AB"]
    created = await async_client.schedules.create(
        name="Move", message="m", scheduled_at=clock.now - timedelta(hours=1), components={first.id: 6}
    )
    changed = await async_client.schedules.update(created.id, name="Go", components={second.id: 2})
    assert (changed.name, changed.message, changed.status) == ("Go", "m", ScheduleStatus.IN_PROGRESS)
    found = await async_client.schedules.get(created.id, include=("components",))
    assert [(it.name, it.component_status) for it in found.components or ()] == [
        ("B", ComponentStatus.PERFORMANCE_ISSUES)
    ]
    changed.message = "n"
    await changed.save()
    assert (changed.message, changed.scheduled_at) == ("n", created.scheduled_at)


async def test_schedules_can_be_filtered_by_status(async_client: AsyncClient, clock: Clock) -> None:
    for name, hours in (("complete", -2), ("in progress", -1), ("upcoming", 1)):
        await async_client.schedules.create(name=name, message="m", scheduled_at=clock.now + timedelta(hours=hours))
    await async_client.schedules.update(1, completed_at=clock.now - timedelta(minutes=5))
    assert [it.name async for it in async_client.schedules.list(status=2)] == ["complete"]
    assert [it.name async for it in async_client.schedules.list(status=(0, 1))] == ["in progress", "upcoming"]
    assert [it.name async for it in async_client.schedules.list(sort="-scheduled_at")] == [
        "upcoming",
        "in progress",
        "complete",
    ]
    assert await async_client.schedules.count() == 3
    with pytest.raises(ArgumentError, match="status"):
        async_client.schedules.list(status=3)


async def test_an_update_can_complete_its_schedule(async_client: AsyncClient, clock: Clock) -> None:
    now = clock.now.replace(tzinfo=None)
    created = await async_client.schedules.create(name="Move", message="m", scheduled_at=now - timedelta(hours=1))
    update = await async_client.schedule_updates.create(schedule_id=created.id, message="Done", completed_at=now)
    found = await async_client.schedules.get(created.id, include=("updates",))
    assert (found.completed_at, found.updates) == (now, [update])
    changed = await async_client.schedule_updates.update(id=update.id, schedule_id=created.id, message="All done")
    assert changed.message == "All done"
    changed.message = "Really"
    await changed.save()
    listed = [it async for it in async_client.schedule_updates.list(created.id, include=("schedule",))]
    assert [(it.message, it.schedule_id, it.schedule.name if it.schedule else None) for it in listed] == [
        ("Really", created.id, "Move")
    ]
    assert (await async_client.schedule_updates.get(created.id, update.id)).message == "Really"
    assert await async_client.schedule_updates.count(created.id) == 1
    await async_client.schedule_updates.delete(created.id, update.id)
    with pytest.raises(NotFoundError):
        await async_client.schedule_updates.get(created.id, update.id)


async def test_a_deleted_schedule_is_gone(async_client: AsyncClient, clock: Clock) -> None:
    created = await async_client.schedules.create(name="Move", message="m", scheduled_at=clock.now)
    await async_client.schedules.delete(created.id)
    with pytest.raises(NotFoundError):
        await created.delete()
