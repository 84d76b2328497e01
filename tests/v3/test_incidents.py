# Made by "make sync" from aio/test_incidents.py: edit that file instead of this one.
"""Incidents and their updates: create, read, list, update and delete."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cachet_sdk import ArgumentError, NotFoundError, ServerError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v3.client import Client
from cachet_sdk.v3.enums import ComponentStatus, IncidentStatus
from tests.testing.api import Clock
from tests.v3.conftest import Server

NOON = datetime(2026, 5, 4, 12, 0, 0)


def test_create_stores_every_field(client: Client) -> None:
    component = client.components.create(name="API", status=1)
    created = client.incidents.create(
        name="Slow",
        message="We are looking into it",
        status=1,
        visible=True,
        stickied=True,
        notifications=True,
        occurred_at=NOON,
        published_at=NOON,
        components={component.id: 2},
        meta={"k": "v"},
    )
    found = client.incidents.get(created.id, include=("components.group", "componentsCount", "updates", "user", "meta"))
    for incident in (created, found):
        assert (incident.name, incident.message) == ("Slow", "We are looking into it")
        assert (incident.status, incident.status_name) == (IncidentStatus.INVESTIGATING, "Investigating")
        assert (incident.stickied, incident.notifications, incident.guid) == (True, True, created.guid)
        assert (incident.occurred_at, incident.published_at) == (NOON, NOON)
    assert [(it.name, it.component_status) for it in found.components or ()] == [
        ("API", ComponentStatus.PERFORMANCE_ISSUES)
    ]
    assert (found.components_count, found.updates, found.user, found.meta) == (1, [], None, {"k": "v"})
    assert (created.components, created.updates, created.components_count, created.meta) == (None, None, None, None)


def test_a_single_component_can_be_passed_as_in_cachet_2(client: Client) -> None:
    component = client.components.create(name="API", status=1)
    created = client.incidents.create(name="Slow", message="m", status=1, component_id=component.id, component_status=3)
    found = client.incidents.get(created.id, include=("components",))
    assert [it.component_status_name for it in found.components or ()] == ["Partial outage"]
    with pytest.raises(ArgumentError, match="component_status: is missing"):
        client.incidents.create(name="Slow", message="m", status=1, component_id=component.id)


def test_a_template_produces_the_message(client: Client) -> None:
    client.incident_templates.create(name="Down", template="{{ incident.name }} is down: {{ why }}")
    created = client.incidents.create(name="API", status=1, template="down", template_vars={"why": "<rain>"})
    assert created.message == "API is down: &lt;rain&gt;"


def test_a_template_with_a_syntax_error_raises_a_server_error(client: Client) -> None:
    client.incident_templates.create(name="Down", template="{{ incident.name")
    with pytest.raises(ServerError) as caught:
        client.incidents.create(name="API", status=1, template="down")
    assert caught.value.maybe_applied


def test_an_incident_can_be_changed_by_its_attributes(client: Client, server: Server) -> None:
    incident = client.incidents.create(name="Slow", message="m", status=1, occurred_at=NOON)
    incident.status = IncidentStatus.FIXED
    incident.occurred_at = NOON + timedelta(hours=1)
    incident.save()
    assert (incident.status_name, incident.occurred_at) == ("Fixed", NOON + timedelta(hours=1))
    assert b"message" not in server.requests[-1].body


def test_incidents_can_be_filtered_by_time_and_status(client: Client) -> None:
    for day in (3, 4, 5):
        client.incidents.create(name=str(day), message="m", status=day - 2, occurred_at=NOON.replace(day=day))
    client.incidents.create(name="never", message="m", status=0)

    def names(**filters: object) -> list[str]:
        listed = client.incidents.list(**filters)  # type: ignore[arg-type]  # any of its filters
        return [it.name for it in listed]

    assert names(occurs_on=date(2026, 5, 4)) == ["4"]
    assert names(occurs_after=NOON) == ["4", "5"]
    assert names(occurs_before=NOON) == ["3", "4"]
    assert names(status=(0, 1)) == ["3", "never"]
    assert names(sort="-id") == ["never", "5", "4", "3"]


def test_with_a_timezone_times_are_aware_and_in_the_servers_zone(clock: Clock) -> None:
    server = FakeCachet(version="3", time_zone="Europe/Oslo", clock=clock)
    with server.client(timezone="Europe/Oslo") as client:
        noon = datetime(2026, 5, 4, 12, tzinfo=UTC)
        created = client.incidents.create(name="Slow", message="m", status=1, occurred_at=noon)
        assert created.get("occurred") == {"human": "6 months ago", "string": "2026-05-04 14:00:00"}
        assert created.occurred_at == noon
        assert created.occurred_at is not None
        assert created.occurred_at.tzinfo == ZoneInfo("Europe/Oslo")
        assert created.created_at == clock.now
        found = list(client.incidents.list(occurs_after=noon, occurs_before=noon))
        assert found == [created]
        with pytest.raises(ArgumentError, match="naive"):
            client.incidents.update(created.id, occurred_at=NOON)
    assert "time-zone" not in server.requests[-1].headers


def test_the_status_follows_the_latest_update(client: Client, clock: Clock) -> None:
    incident = client.incidents.create(name="Slow", message="m", status=1)
    first = client.incident_updates.create(incident_id=incident.id, status=2, message="Found it")
    clock.now += timedelta(minutes=1)
    second = client.incident_updates.create(incident_id=incident.id, status=4, message="Fixed")
    found = client.incidents.get(incident.id, include=("updates",))
    assert found.status == IncidentStatus.FIXED
    assert found.updates == [first, second]
    changed = client.incident_updates.update(id=second.id, incident_id=incident.id, status=3)
    assert changed.status_name == "Watching"
    assert (client.incidents.get(incident.id)).status == IncidentStatus.WATCHING
    client.incident_updates.delete(incident.id, second.id)
    assert (client.incidents.get(incident.id)).status == IncidentStatus.IDENTIFIED


def test_updates_can_be_listed_saved_and_deleted(client: Client) -> None:
    incident = client.incidents.create(name="Slow", message="m", status=1)
    for status in (1, 2, 2):
        client.incident_updates.create(incident_id=incident.id, status=status, message=f"now {status}")
    assert client.incident_updates.count(incident.id) == 3
    updates = list(client.incident_updates.list(incident.id, status=2, include=("incident",)))
    assert [(it.message, it.incident_id, it.incident.name if it.incident else None) for it in updates] == [
        ("now 2", incident.id, "Slow")
    ] * 2
    updates[0].message = "found"
    updates[0].save()
    assert (client.incident_updates.get(incident.id, updates[0].id)).message == "found"
    updates[1].delete()
    with pytest.raises(NotFoundError):
        client.incident_updates.get(incident.id, updates[1].id)


def test_an_included_update_uses_its_own_manager(client: Client) -> None:
    incident = client.incidents.create(name="Slow", message="m", status=1)
    client.incident_updates.create(incident_id=incident.id, status=1, message="Looking")
    found = client.incidents.get(incident.id, include=("updates",))
    assert found.updates is not None
    found.updates[0].message = "Still looking"
    found.updates[0].save()
    assert [it.message for it in client.incident_updates.list(incident.id)] == ["Still looking"]


def test_a_deleted_incident_is_gone(client: Client) -> None:
    incident = client.incidents.create(name="Slow", message="m", status=1)
    incident.delete()
    assert client.incidents.count() == 0


def test_values_known_only_from_an_include_survive_a_save(client: Client) -> None:
    client.components.create(name="A", status=1)
    client.incidents.create(name="p", status=1, message="m", components={1: 4})
    incident = client.incidents.get(1, include=("components", "componentsCount"))
    (component,) = incident.components or []
    component.description = "d"
    component.save()
    incident.name = "q"
    incident.save()
    assert (component.component_status, component.component_status_name) == (4, "Major outage")
    assert incident.components_count == 1
    again = client.components.instance_from_json(component.to_json())
    assert (again.component_status, again.description) == (4, "d")


def test_occurs_on_must_be_a_date(client: Client) -> None:
    client.incidents.create(name="x", status=1, message="m", occurred_at=datetime(2026, 8, 20, 10))
    assert [it.name for it in client.incidents.list(occurs_on=date(2026, 8, 20))] == ["x"]
    with pytest.raises(ArgumentError, match=r"^occurs_on: expected a date, .*; pass its \.date\(\)"):
        client.incidents.list(occurs_on=datetime(2026, 8, 20))


def test_updates_of_incidents_and_of_schedules_are_not_confused(client: Client) -> None:
    client.schedules.create(name="s", message="m", scheduled_at=NOON)
    update = client.schedule_updates.create(schedule_id=1, message="m")
    assert client.schedule_updates.instance_from_dict(update.attrs) == update
    with pytest.raises(ArgumentError, match="of the type 'schedule', expected 'incident'"):
        client.incident_updates.instance_from_dict(update.attrs)
    with pytest.raises(ArgumentError, match="of the type 'schedule', expected 'incident'"):
        client.incident_updates.instance_list_from_json(f"[{update.to_json()}]")


def test_an_unpickled_incident_keeps_its_zone(server: Server) -> None:
    moment = datetime(2026, 7, 20, 8, tzinfo=UTC)
    with server.client(timezone="Europe/Oslo") as client:
        created = client.incidents.create(name="x", status=1, message="m", occurred_at=moment)
        unbound = pickle.loads(pickle.dumps(created))
        assert unbound == created
        assert unbound.changes() == {}
        assert unbound.to_json() == created.to_json()
        unbound.occurred_at = moment + timedelta(hours=1)
        assert list(unbound.changes()) == ["occurred_at"]
        assert client.incidents.instance_from_json(unbound.to_json()).occurred_at == moment + timedelta(hours=1)


def test_the_name_of_the_old_status_is_dropped_when_the_status_changes(client: Client) -> None:
    incident = client.incidents.create(name="x", status=1, message="m")
    incident.status = 4
    again = client.incidents.instance_from_json(incident.to_json())
    assert (again.status, again.status_name) == (IncidentStatus.FIXED, "")
