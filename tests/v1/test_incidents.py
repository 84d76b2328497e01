# Made by "make sync" from aio/test_incidents.py: edit that file instead of this one.
"""Incidents: create, read, list, update and delete, also with templates and components."""

from __future__ import annotations

import json
from datetime import datetime
from types import MappingProxyType
from typing import Any

import pytest

from cachet_sdk import ArgumentError, NotFoundError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.client import Client
from cachet_sdk.v1.enums import ComponentStatus, IncidentStatus

MOMENT = datetime(2026, 1, 2, 3, 4)


def test_create_stores_every_field(client: Client) -> None:
    client.components.create(name="API", status=1)
    created = client.incidents.create(
        name="Down",
        message="**Sorry**",
        status=2,
        visible=False,
        component_id=1,
        component_status=4,
        notify=False,
        stickied=True,
        occurred_at=MOMENT,
        meta={"ticket": 7},
    )
    found = client.incidents.get(created.id)
    for incident in (created, found):
        assert (incident.name, incident.message, incident.status) == ("Down", "**Sorry**", IncidentStatus.IDENTIFIED)
        assert (incident.visible, incident.stickied, incident.component_id) == (False, True, 1)
        assert (incident.human_status, incident.occurred_at, incident.meta) == ("Identified", MOMENT, {"ticket": 7})
        assert (incident.user_id, incident.is_resolved, incident.latest_update_id) == (1, False, None)
        assert (incident.latest_status, incident.latest_human_status) == (IncidentStatus.IDENTIFIED, "Identified")
        assert incident.permalink == "https://fake-cachet.test/incidents/1"
    assert (client.components.get(1)).status is ComponentStatus.MAJOR_OUTAGE


def test_an_incident_without_a_component_has_component_id_0(client: Client) -> None:
    created = client.incidents.create(name="Down", message="m", status=1)
    assert (created.component_id, (client.incidents.get(1)).component_id) == (0, 0)
    assert created.visible


@pytest.mark.parametrize("template_vars", [{"why": "a cable"}, None])
def test_a_template_produces_the_message(client: Client, fake_cachet: FakeCachet, template_vars: Any) -> None:
    fake_cachet.add_incident_template("Down", "{{ incident.name }} is down: {{ why }}")
    created = client.incidents.create(name="API", message="", status=1, template="down", template_vars=template_vars)
    assert created.message == f"API is down: {'a cable' if template_vars else ''}"


def test_an_update_can_use_a_template(client: Client, fake_cachet: FakeCachet) -> None:
    fake_cachet.add_incident_template("Down", "It was {{ why }}")
    client.incidents.create(name="API", message="m", status=1)
    updated = client.incidents.update(1, template="down", template_vars={"why": "a cable"})
    assert updated.message == "It was a cable"


def test_an_update_accepts_the_documented_positional_arguments(client: Client) -> None:
    client.incidents.create(name="Down", message="m", status=1)
    updated = client.incidents.update(1, "Up", "All fine", 4, False)
    assert (updated.name, updated.message, updated.status, updated.visible) == ("Up", "All fine", 4, False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "Up"),
        ("message", "All fine"),
        ("status", 4),
        ("status", 0),
        ("visible", True),
        ("stickied", False),
        ("component_id", 2),
        ("occurred_at", datetime(2026, 2, 3, 4, 5)),
    ],
)
def test_updating_one_field_leaves_the_others_unchanged(client: Client, name: str, value: object) -> None:
    for component in ("API", "Web"):
        client.components.create(name=component, status=2)
    before = client.incidents.create(
        name="Down",
        message="m",
        status=1,
        visible=False,
        stickied=True,
        component_id=1,
        component_status=3,
        occurred_at=MOMENT,
    )
    change: Any = {name: value}
    client.incidents.update(before.id, **change)
    after = client.incidents.get(before.id)
    fields = ("name", "message", "status", "visible", "stickied", "component_id", "occurred_at")
    assert {field for field in fields if getattr(after, field) != getattr(before, field)} == {name}
    assert getattr(after, name) == value
    # No component status was passed, so both keep theirs.
    assert [it.status for it in client.components.list()] == [3, 2]


def test_an_update_can_also_set_the_component_status(client: Client) -> None:
    client.components.create(name="API", status=1)
    client.incidents.create(name="Down", message="m", status=1, component_id=1, component_status=4)
    client.incidents.update(1, status=4, component_id=1, component_status=1)
    assert (client.components.get(1)).status is ComponentStatus.OPERATIONAL


@pytest.mark.parametrize("both_given", [False, True])
def test_a_component_status_without_an_id_applies_to_the_incidents_component(
    client: Client, fake_cachet: FakeCachet, both_given: bool
) -> None:
    others: Any = {"visible": True, "stickied": False} if both_given else {}
    client.components.create(name="API", status=1)
    client.incidents.create(name="Down", message="m", status=1, component_id=1, component_status=4)
    client.incidents.create(name="Down", message="m", status=1)
    fixed = client.incidents.update(1, status=4, component_status=1, **others)
    assert (fixed.status, fixed.component_id) == (IncidentStatus.FIXED, 1)
    assert (client.components.get(1)).status is ComponentStatus.OPERATIONAL

    fake_cachet.requests.clear()
    with pytest.raises(ArgumentError, match="^component_id: is missing: the incident has no component"):
        client.incidents.update(2, status=4, component_status=1, **others)
    assert [request.method for request in fake_cachet.requests] == ["GET"]


def test_an_incident_can_be_changed_through_its_own_methods(client: Client) -> None:
    client.components.create(name="API", status=1)
    client.incidents.create(
        name="Down", message="m", status=1, visible=False, stickied=True, component_id=1, component_status=4
    )
    incident = client.incidents.get(1)
    incident.name = "Slow"
    incident = incident.update()
    incident.status = 4
    incident.save()
    found = client.incidents.get(1)
    assert (found.name, found.status, found.visible, found.stickied, found.component_id) == ("Slow", 4, False, True, 1)
    assert (client.components.get(1)).status is ComponentStatus.MAJOR_OUTAGE
    found.delete()
    with pytest.raises(NotFoundError):
        client.incidents.delete(1)
    assert client.incidents.count() == 0


def create_incidents(client: Client) -> None:
    """Create four incidents that differ in every field that lists can be filtered by."""
    client.components.create(name="API", status=1)
    client.incidents.create(name="A", message="4", status=1, component_id=1, component_status=1)
    client.incidents.create(name="B", message="3", status=4, visible=False)
    client.incidents.create(name="C", message="2", status=4, stickied=True, occurred_at=MOMENT)
    client.incidents.create(name="D", message="1", status=2, visible=False, stickied=True)


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({}, [4, 3, 2, 1]),
        ({"id": 2}, [2]),
        ({"name": "C"}, [3]),
        ({"status": 4}, [3, 2]),
        ({"component_id": 1}, [1]),
        ({"component_id": 0}, [4, 3, 2]),
        ({"user_id": 1}, [4, 3, 2, 1]),
        ({"user_id": 2}, []),
        ({"visible": True}, [3, 1]),
        ({"visible": False}, [4, 2]),
        ({"stickied": True}, [4, 3]),
        ({"stickied": False}, [2, 1]),
        ({"stickied": True, "visible": False}, [4]),
    ],
)
def test_a_list_can_be_filtered(client: Client, filters: Any, ids: list[int]) -> None:
    create_incidents(client)
    assert [it.id for it in client.incidents.list(**filters)] == ids
    assert [it.id for it in client.incidents.list(page=1, per_page=3, **filters)] == ids


@pytest.mark.parametrize("sort", ["id", "user_id", "name", "status", "visible", "stickied", "message", "occurred_at"])
def test_a_list_is_sorted_in_descending_order(client: Client, sort: Any) -> None:
    create_incidents(client)
    found = [getattr(it, sort) for it in client.incidents.list(sort=sort, per_page=2)]
    assert found == sorted(found, reverse=True)
    assert len(found) == 4


def test_instances_are_restored_from_dicts_and_json(client: Client) -> None:
    client.incidents.create(name="A", message="m", status=1)
    client.incident_updates.create(incident_id=1, status=2, message="Found")
    found = client.incidents.get(1)
    for restored in (
        client.incidents.instance_from_dict(found.attrs),
        client.incidents.instance_from_json(found.to_json()),
        client.incidents.instance_list_from_json(f"[{found.to_json()}]")[0],
    ):
        assert restored == found
        assert [it.message for it in restored.updates()] == ["Found"]


def test_templates_can_be_listed_and_read(client: Client, fake_cachet: FakeCachet) -> None:
    for name in ("Down", "Slow again", "Late"):
        fake_cachet.add_incident_template(name, "{{ why }}")
    templates = list(client.incident_templates.list(per_page=2))
    assert [(it.id, it.name, it.slug, it.template) for it in templates] == [
        (1, "Down", "down", "{{ why }}"),
        (2, "Slow again", "slow-again", "{{ why }}"),
        (3, "Late", "late", "{{ why }}"),
    ]
    assert client.incident_templates.count() == 3
    assert client.incident_templates.get(2) == templates[1]
    restored = client.incident_templates.instance_from_json(templates[0].to_json())
    assert restored == templates[0]
    with pytest.raises(NotFoundError):
        client.incident_templates.get(4)


def test_update_does_not_resend_an_unchanged_message(client: Client) -> None:
    message = "    indented, as code\n<script>"
    client.incidents.create(name="Down", message=message, status=1)
    incident = client.incidents.get(1)
    incident.stickied = True
    incident = incident.update()
    assert (incident.message, incident.stickied) == (message, True)
    incident.message = "Other"
    assert (incident.update()).message == "Other"


def test_meta_that_the_server_keeps_is_returned_unchanged(client: Client) -> None:
    meta: dict[str, Any] = {"a list": [1, [2]], "long": "x" * 189, "accents": "é" * 31, "7up": 7}
    assert (client.incidents.create(name="I", message="m", status=1, meta=meta)).meta == meta
    # A component's meta is kept whatever its size.
    component_meta: dict[str, Any] = {"none": 0, "long": "x" * 500, "7": "seven"}
    assert (client.components.create(name="C", status=1, meta=component_meta)).meta == component_meta


def test_meta_and_template_variables_accept_any_mapping_or_sequence(client: Client, fake_cachet: FakeCachet) -> None:
    client.incidents.create(name="I", message="m", status=1, meta=MappingProxyType({"a": 1}), template_vars=("b", "c"))
    body = json.loads(fake_cachet.requests[-1].body)
    assert (body["meta"], body["vars"]) == ({"a": 1}, ["b", "c"])
    client.incidents.update(1, template_vars=MappingProxyType({"d": 2}))
    assert json.loads(fake_cachet.requests[-1].body)["vars"] == {"d": 2}
