# Made by "make sync" from aio/test_schedules.py: edit that file instead of this one.
"""Schedules and their updates: made, read, listed, changed and deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cachet_sdk import ArgumentError, NotFoundError
from cachet_sdk.v3.client import Client
from cachet_sdk.v3.enums import ComponentStatus, ScheduleStatus
from tests.testing.api import Clock


def test_a_schedule_has_everything_that_it_was_made_with(client: Client, clock: Clock) -> None:
    now = clock.now.replace(tzinfo=None)
    component = client.components.create(name="API", status=1)
    made = client.schedules.create(
        name="Move",
        message="To another house",
        scheduled_at=now + timedelta(days=1),
        completed_at=now + timedelta(days=2),
        published_at=now - timedelta(days=1),
        notifications=True,
        components={component.id: 6},
        meta={"k": "v"},
    )
    found = client.schedules.get(made.id, include=("components", "updates", "meta"))
    for schedule in (made, found):
        assert (schedule.name, schedule.message) == ("Move", "To another house")
        assert (schedule.status, schedule.status_name) == (ScheduleStatus.UPCOMING, "Upcoming")
        assert schedule.scheduled_at == now + timedelta(days=1)
        assert schedule.completed_at == now + timedelta(days=2)
        assert schedule.published_at == now - timedelta(days=1)
    assert [it.component_status for it in found.components or ()] == [ComponentStatus.UNDER_MAINTENANCE]
    assert (found.updates, found.meta) == ([], {"k": "v"})


def test_an_aware_time_is_converted_by_the_server(client: Client, clock: Clock) -> None:
    made = client.schedules.create(name="Move", message="m", scheduled_at=clock.now + timedelta(days=1))
    assert made.scheduled_at == clock.now.replace(tzinfo=None) + timedelta(days=1)


def test_a_schedule_is_changed_and_its_components_replaced(client: Client, clock: Clock) -> None:
    first, second = [client.components.create(name=name, status=1) for name in "AB"]
    made = client.schedules.create(
        name="Move", message="m", scheduled_at=clock.now - timedelta(hours=1), components={first.id: 6}
    )
    changed = client.schedules.update(made.id, name="Go", components={second.id: 2})
    assert (changed.name, changed.message, changed.status) == ("Go", "m", ScheduleStatus.IN_PROGRESS)
    found = client.schedules.get(made.id, include=("components",))
    assert [(it.name, it.component_status) for it in found.components or ()] == [
        ("B", ComponentStatus.PERFORMANCE_ISSUES)
    ]
    changed.message = "n"
    changed.save()
    assert (changed.message, changed.scheduled_at) == ("n", made.scheduled_at)


def test_schedules_are_listed_by_their_state(client: Client, clock: Clock) -> None:
    for name, hours in (("over", -2), ("on", -1), ("to come", 1)):
        client.schedules.create(name=name, message="m", scheduled_at=clock.now + timedelta(hours=hours))
    client.schedules.update(1, completed_at=clock.now - timedelta(minutes=5))
    assert [it.name for it in client.schedules.list(status=2)] == ["over"]
    assert [it.name for it in client.schedules.list(status=(0, 1))] == ["on", "to come"]
    assert [it.name for it in client.schedules.list(sort="-scheduled_at")] == ["to come", "on", "over"]
    assert client.schedules.count() == 3
    with pytest.raises(ArgumentError, match="status"):
        client.schedules.list(status=3)


def test_an_update_may_complete_a_schedule(client: Client, clock: Clock) -> None:
    now = clock.now.replace(tzinfo=None)
    made = client.schedules.create(name="Move", message="m", scheduled_at=now - timedelta(hours=1))
    update = client.schedule_updates.create(schedule_id=made.id, message="Done", completed_at=now)
    found = client.schedules.get(made.id, include=("updates",))
    assert (found.completed_at, found.updates) == (now, [update])
    changed = client.schedule_updates.update(id=update.id, schedule_id=made.id, message="All done")
    assert changed.message == "All done"
    changed.message = "Really"
    changed.save()
    listed = list(client.schedule_updates.list(made.id, include=("schedule",)))
    assert [(it.message, it.schedule_id, it.schedule.name if it.schedule else None) for it in listed] == [
        ("Really", made.id, "Move")
    ]
    assert (client.schedule_updates.get(made.id, update.id)).message == "Really"
    assert client.schedule_updates.count(made.id) == 1
    client.schedule_updates.delete(made.id, update.id)
    with pytest.raises(NotFoundError):
        client.schedule_updates.get(made.id, update.id)


def test_a_deleted_schedule_is_gone(client: Client, clock: Clock) -> None:
    made = client.schedules.create(name="Move", message="m", scheduled_at=clock.now)
    client.schedules.delete(made.id)
    with pytest.raises(NotFoundError):
        made.delete()
