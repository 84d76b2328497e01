# Made by "make sync" from aio/test_incident_updates.py: edit that file instead of this one.
"""Incident updates: create, read, list, update and delete."""

from __future__ import annotations

import pytest

from cachet_sdk import NotFoundError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.client import Client
from cachet_sdk.v1.enums import IncidentStatus


@pytest.fixture(autouse=True)
def incident(client: Client) -> None:
    client.incidents.create(name="Down", message="m", status=1)


def test_an_update_sets_the_status_of_its_incident(client: Client) -> None:
    created = client.incident_updates.create(incident_id=1, status=2, message="Found it")
    found = client.incident_updates.get(1, created.id)
    for update in (created, found):
        assert (update.incident_id, update.message, update.user_id) == (1, "Found it", 1)
        assert (update.status, update.human_status) == (IncidentStatus.IDENTIFIED, "Identified")
        assert update.permalink == "https://fake-cachet.test/incidents/1#update-1"
    assert found == created
    assert (client.incidents.get(1)).status is IncidentStatus.IDENTIFIED


def test_updates_are_listed_newest_first_and_counted(client: Client) -> None:
    for number in range(1, 8):
        client.incident_updates.create(incident_id=1, status=2, message=f"News {number}")
    found = [it.id for it in client.incident_updates.list(1, per_page=3)]
    assert found == [7, 6, 5, 4, 3, 2, 1]
    assert [it.id for it in client.incident_updates.list(1, 2, 3)] == [4, 3, 2, 1]
    assert client.incident_updates.count(1) == 7


def test_an_incident_lists_its_own_updates(client: Client) -> None:
    client.incidents.create(name="Other", message="m", status=1)
    client.incident_updates.create(incident_id=1, status=2, message="Mine")
    client.incident_updates.create(incident_id=2, status=2, message="Not mine")
    found = client.incidents.get(1)
    assert [it.message for it in found.updates()] == ["Mine"]


def test_updating_one_field_leaves_the_others_unchanged(client: Client) -> None:
    client.incident_updates.create(incident_id=1, status=2, message="Found it")
    updated = client.incident_updates.update(id=1, incident_id=1, message="Found the cause")
    assert (updated.status, updated.message) == (2, "Found the cause")
    updated = client.incident_updates.update(id=1, incident_id=1, status=3)
    assert (updated.status, updated.message) == (3, "Found the cause")
    assert (client.incidents.get(1)).status is IncidentStatus.IDENTIFIED


def test_an_update_can_be_changed_through_its_own_methods(client: Client, fake_cachet: FakeCachet) -> None:
    update = client.incident_updates.create(incident_id=1, status=2, message="Found it")
    update.message = "Found the cause"
    update = update.update()
    update.status = 3
    update.save()
    assert fake_cachet.requests[-1].body == b'{"status":3}'
    found = client.incident_updates.get(1, 1)
    assert (found.status, found.message) == (3, "Found the cause")
    found.delete()
    with pytest.raises(NotFoundError):
        client.incident_updates.delete(1, 1)
    assert client.incident_updates.count(1) == 0


def test_instances_are_restored_from_dicts_and_json(client: Client) -> None:
    created = client.incident_updates.create(incident_id=1, status=2, message="Found it")
    assert client.incident_updates.instance_from_dict(created.attrs) == created
    restored = client.incident_updates.instance_from_json(created.to_json())
    restored.status = 4
    assert (restored.save()).human_status == "Fixed"


def test_the_updates_of_an_unknown_incident_are_not_found(client: Client) -> None:
    with pytest.raises(NotFoundError, match="Incident"):
        next(client.incident_updates.list(9))
    with pytest.raises(NotFoundError, match="Incident"):
        client.incident_updates.create(incident_id=9, status=1, message="m")
