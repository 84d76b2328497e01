# Made by "make sync" from aio/test_keyed_incidents.py: edit that file instead of this one.
"""Incidents by key: open once, update and resolve, on Cachet 2.3 and 2.4, even if responses are lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import pytest

from cachet_sdk import ArgumentError, CachetError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.client import Client
from cachet_sdk.v1.enums import ComponentStatus, IncidentStatus
from tests.lossy import LossyTransport

DISK: dict[str, Any] = {"name": "Disk full", "message": "Cleaning up"}


@pytest.fixture(params=["2.3", "2.4"])
def fake(request: pytest.FixtureRequest) -> FakeCachet:
    release: Literal["2.3", "2.4"] = request.param
    return FakeCachet(release=release)


@pytest.fixture
def transport(fake: FakeCachet) -> LossyTransport:
    return LossyTransport(fake)


@pytest.fixture
def page(fake: FakeCachet, transport: LossyTransport) -> Iterator[Client]:
    with fake.client(transport=transport) as client:
        client.components.create(name="API", status=1)
        fake.requests.clear()
        yield client


def writes(fake: FakeCachet) -> list[str]:
    return [request.method for request in fake.requests if request.method != "GET"]


def texts(page: Client, incident_id: int) -> list[str]:
    """Return the messages of an incident as the page shows them, oldest first."""
    incident = page.incidents.get(incident_id)
    found = [incident.message]
    if incident.latest_update_id is not None:
        found += sorted([it.message for it in incident.updates()])
    return [it.split("\n\n[cachet-key]")[0] for it in found]


@pytest.mark.parametrize("key", ["disk/web-1", "0", "a,b", "Ståle's 💾", "hex:30", "k" * 90])
def test_an_incident_is_opened_once(page: Client, fake: FakeCachet, key: str) -> None:
    first = page.incidents.ensure(key, **DISK)
    fake.requests.clear()
    again = page.incidents.ensure(key, **DISK)
    assert (first.action, again.action, again.incident.id) == ("created", "unchanged", first.incident.id)
    assert writes(fake) == []
    found = page.incidents.find(key)
    assert found is not None
    assert (found.id, found.name, found.status, found.visible) == (1, "Disk full", IncidentStatus.INVESTIGATING, True)
    assert page.incidents.count() == 1


def test_similar_keys_are_different_incidents(page: Client) -> None:
    for key in ("disk", "DISK", "disk ,", "0", "00"):
        assert (page.incidents.ensure(key, **DISK)).action == "created"
    assert page.incidents.find("dis") is None


def test_a_new_message_is_posted_once(page: Client, fake: FakeCachet) -> None:
    page.incidents.ensure("disk", **DISK)
    changes: dict[str, Any] = {"name": "Disk full", "message": "x < 3 && <script>alert(1)</script> (50 %)", "status": 2}
    updated = page.incidents.ensure("disk", **changes)
    assert (updated.action, updated.incident.status) == ("updated", IncidentStatus.IDENTIFIED)
    fake.requests.clear()
    assert (page.incidents.ensure("disk", **changes)).action == "unchanged"
    assert writes(fake) == []
    assert (page.incidents.ensure("disk", **DISK)).action == "updated"
    assert "Cleaning up" in texts(page, 1)


def test_changing_the_title_or_the_visibility_posts_no_update(page: Client) -> None:
    page.incidents.ensure("disk", **DISK, visible=False)
    changed = page.incidents.ensure("disk", name="Disk nearly full", message="Cleaning up")
    assert (changed.action, changed.incident.name, changed.incident.visible) == ("updated", "Disk nearly full", False)
    shown = page.incidents.ensure("disk", name="Disk nearly full", message="Cleaning up", visible=True)
    assert (shown.action, shown.incident.visible) == ("updated", True)
    assert texts(page, 1) == ["Cleaning up"]


def test_a_component_recovers_when_its_incident_is_resolved(page: Client) -> None:
    page.incidents.ensure("disk", **DISK, component_id=1, component_status=2)
    assert (page.components.get(1)).status is ComponentStatus.PERFORMANCE_ISSUES
    page.incidents.ensure("disk", **DISK, component_id=1, component_status=4)
    assert (page.components.get(1)).status is ComponentStatus.MAJOR_OUTAGE
    assert (page.incidents.ensure("disk", **DISK, component_id=1, component_status=4)).action == "unchanged"
    resolved = page.incidents.resolve("disk")
    assert (resolved.action, resolved.restored, resolved.notes) == ("resolved", (1,), ())
    assert resolved.incident is not None
    assert resolved.incident.status is IncidentStatus.FIXED
    assert (page.components.get(1)).status is ComponentStatus.OPERATIONAL
    assert (page.incidents.resolve("disk")).action == "unchanged"


def test_a_component_status_set_by_hand_is_kept(page: Client) -> None:
    page.incidents.ensure("disk", **DISK, component_id=1, component_status=2)
    page.components.update(1, status=3)
    assert (page.incidents.ensure("disk", **DISK, component_id=1, component_status=2)).action == "unchanged"
    resolved = page.incidents.resolve("disk")
    assert (resolved.restored, len(resolved.notes)) == ((), 1)
    assert (page.components.get(1)).status is ComponentStatus.PARTIAL_OUTAGE


def test_a_component_with_another_open_incident_keeps_its_status(page: Client) -> None:
    page.incidents.ensure("disk", **DISK, component_id=1, component_status=2)
    page.incidents.create(name="Net", message="m", status=1, component_id=1, component_status=2, visible=False)
    resolved = page.incidents.resolve("disk")
    assert (resolved.restored, resolved.notes) == (
        (),
        ("Component 1 was not changed: incident 2 also affects it and is open.",),
    )
    assert (page.components.get(1)).status is ComponentStatus.PERFORMANCE_ISSUES


def test_the_first_component_recovers_when_its_incident_moves_to_another(page: Client) -> None:
    page.components.create(name="Web", status=1)
    page.incidents.ensure("disk", **DISK, component_id=1, component_status=3)
    page.incidents.ensure("disk", **DISK, component_id=2, component_status=3)
    assert [int((page.components.get(it)).status) for it in (1, 2)] == [1, 3]
    assert (page.incidents.resolve("disk")).restored == (2,)


def test_a_resolved_key_opens_a_new_incident(page: Client) -> None:
    page.incidents.ensure("disk", **DISK)
    page.incidents.resolve("disk", message="Done")
    assert "Done" in texts(page, 1)
    again = page.incidents.ensure("disk", **DISK)
    assert (again.action, again.incident.id) == ("created", 2)


def test_a_lost_response_to_a_create_opens_no_second_incident(page: Client, transport: LossyTransport) -> None:
    transport.lost = [("POST", "/incidents")]
    ensured = page.incidents.ensure("disk", **DISK)
    assert (ensured.action, ensured.incident.id, page.incidents.count()) == ("created", 1, 1)


def test_a_failed_create_is_retried_if_the_incident_does_not_exist(page: Client, transport: LossyTransport) -> None:
    transport.refused = [("POST", "/incidents")]
    assert (page.incidents.ensure("disk", **DISK)).action == "created"
    transport.refused = [("POST", "/incidents")] * 2
    with pytest.raises(CachetError) as caught:
        page.incidents.ensure("net", **DISK)
    assert caught.value.maybe_applied
    assert page.incidents.count() == 1


def test_if_two_incidents_share_a_key_the_first_is_found_and_both_are_resolved(page: Client) -> None:
    first = (page.incidents.ensure("disk", **DISK)).incident
    meta = first.meta if isinstance(first.meta, dict) else None
    page.incidents.create(name="Disk full", message=first.message, status=1, meta=meta)
    found = page.incidents.find("disk")
    assert found is not None
    assert found.id == 1
    page.incidents.resolve("disk")
    assert [int(it.status) for it in page.incidents.list(per_page=9)] == [4, 4]


@pytest.mark.parametrize("key", ["", "  ", " disk", "k" * 91, "\ud800", 7])
def test_an_invalid_key_is_refused_before_anything_is_sent(page: Client, fake: FakeCachet, key: Any) -> None:
    with pytest.raises(ArgumentError, match="key"):
        page.incidents.ensure(key, **DISK)
    with pytest.raises(ArgumentError, match="key"):
        page.incidents.resolve(key)
    assert len(fake.requests) == 0


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"status": 4}, "status"),
        ({"message": " "}, "message"),
        ({"message": "m" * 65_530}, "message"),
        ({"component_id": 1}, "component_status"),
        ({"meta": {"cachet_sdk_key": "x"}}, "meta"),
    ],
)
def test_invalid_arguments_are_refused_before_anything_is_sent(
    page: Client, fake: FakeCachet, change: dict[str, Any], name: str
) -> None:
    with pytest.raises(ArgumentError, match=name):
        page.incidents.ensure("disk", **{**DISK, **change})
    assert len(fake.requests) == 0


def test_a_stickied_incident_is_left_open_with_a_note(client: Client) -> None:
    client.incidents.ensure("disk", **DISK, stickied=True)
    left = client.incidents.resolve("disk")
    assert (left.action, left.notes) == ("stickied", ("Incident 1 is stickied, so it was left open.",))
    assert (client.incidents.resolve("disk", include_stickied=True)).action == "resolved"


def test_a_lost_response_to_an_update_posts_no_second_update(fake_cachet: FakeCachet) -> None:
    transport = LossyTransport(fake_cachet)
    with fake_cachet.client(transport=transport) as client:
        client.incidents.ensure("disk", **DISK)
        transport.lost = [("POST", "/updates")]
        client.incidents.ensure("disk", name="Disk full", message="(half)", status=2)
        transport.lost = [("POST", "/updates")]
        client.incidents.resolve("disk")
        assert [int(it.status) for it in (client.incidents.get(1)).updates()].count(2) == 1
        assert client.incident_updates.count(1) == 2
