# Made by "make sync" from aio/test_keyed_incidents.py: edit that file instead of this one.
"""Incidents by key on Cachet 3: open once, update and resolve, even if responses are lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cachet_sdk import ArgumentError, CachetError
from cachet_sdk.v3.client import Client
from cachet_sdk.v3.enums import ComponentStatus, IncidentStatus
from tests.lossy import LossyTransport
from tests.v3.conftest import Server

DISK: dict[str, Any] = {"name": "Disk full", "message": "Cleaning up", "visible": True}


@pytest.fixture
def transport(server: Server) -> LossyTransport:
    return LossyTransport(server)


@pytest.fixture
def page(server: Server, transport: LossyTransport) -> Iterator[Client]:
    with server.client(transport=transport) as client:
        client.components.create(name="API", status=1)
        server.requests.clear()
        yield client


def writes(server: Server) -> list[str]:
    return [request.method for request in server.requests if request.method != "GET"]


@pytest.mark.parametrize("key", ["disk/web-1", "0", "a,b", "Ståle's 💾", "hex:30", "k" * 90])
def test_an_incident_is_opened_once(page: Client, server: Server, key: str) -> None:
    first = page.incidents.ensure(key, **DISK)
    server.requests.clear()
    again = page.incidents.ensure(key, **DISK)
    assert (first.action, again.action, again.incident.id) == ("created", "unchanged", first.incident.id)
    assert (writes(server), len(server.requests)) == ([], 1)
    found = page.incidents.find(key)
    assert found is not None
    assert (found.id, found.status, page.incidents.count()) == (1, IncidentStatus.INVESTIGATING, 1)


def test_a_new_message_is_posted_once(page: Client, server: Server) -> None:
    page.incidents.ensure("disk", **DISK)
    changes: dict[str, Any] = {"name": "Disk", "message": "  <b>x < 3</b> ", "status": 2, "stickied": True}
    updated = page.incidents.ensure("disk", **changes)
    assert (updated.action, updated.incident.status, updated.incident.name) == (
        "updated",
        IncidentStatus.IDENTIFIED,
        "Disk",
    )
    assert (updated.incident.stickied, updated.incident.visible) == (True, 1)
    server.requests.clear()
    assert (page.incidents.ensure("disk", **changes)).action == "unchanged"
    assert writes(server) == []


def test_components_recover_when_the_incident_is_resolved(page: Client) -> None:
    ensured = page.incidents.ensure("disk", **DISK, components={1: 4})
    assert [it.component_status for it in ensured.incident.components or []] == [ComponentStatus.MAJOR_OUTAGE]
    assert (page.components.get(1)).latest_status is ComponentStatus.MAJOR_OUTAGE
    assert (page.incidents.ensure("disk", **DISK, component_id=1, component_status=4)).notes == ()
    kept = page.incidents.ensure("disk", **DISK, components={1: 2})
    assert (kept.action, len(kept.notes)) == ("unchanged", 1)
    resolved = page.incidents.resolve("disk")
    assert resolved.incident is not None
    assert (resolved.action, resolved.incident.status) == ("resolved", IncidentStatus.FIXED)
    assert (page.components.get(1)).latest_status is ComponentStatus.OPERATIONAL
    assert (page.incidents.resolve("disk")).action == "unchanged"
    assert (page.incidents.ensure("disk", **DISK)).incident.id == 2


def test_a_stickied_incident_is_left_open_with_a_note(page: Client) -> None:
    page.incidents.ensure("disk", **DISK, stickied=True)
    left = page.incidents.resolve("disk")
    assert (left.action, left.notes) == ("stickied", ("Incident 1 is stickied, so it was left open.",))
    assert (page.incidents.resolve("disk", include_stickied=True)).action == "resolved"


def test_lost_responses_apply_nothing_twice(page: Client, transport: LossyTransport) -> None:
    transport.lost = [("POST", "/incidents"), ("POST", "/updates")]
    assert (page.incidents.ensure("disk", **DISK)).action == "created"
    assert (page.incidents.ensure("disk", name="Disk full", message="Half done", status=2)).action == "updated"
    transport.lost = [("POST", "/updates")]
    assert (page.incidents.resolve("disk")).action == "resolved"
    incident = page.incidents.get(1, include=("updates",))
    assert (page.incidents.count(), len(incident.updates or [])) == (1, 2)


def test_a_failed_create_is_retried_if_the_incident_does_not_exist(page: Client, transport: LossyTransport) -> None:
    transport.refused = [("POST", "/incidents")]
    assert (page.incidents.ensure("disk", **DISK)).action == "created"
    transport.refused = [("POST", "/incidents")] * 2
    with pytest.raises(CachetError) as caught:
        page.incidents.ensure("net", **DISK)
    assert (caught.value.maybe_applied, page.incidents.count()) == (True, 1)


def test_if_two_incidents_share_a_key_the_first_is_found_and_both_are_resolved(page: Client) -> None:
    for name in ("One", "Two"):
        page.incidents.create(name=name, message="m", status=1, meta={"cachet_sdk_key": "disk"})
    found = page.incidents.find("disk")
    assert found is not None
    assert found.name == "One"
    page.incidents.resolve("disk")
    assert page.incidents.find("disk") is None


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"key": " "}, "key"),
        ({"status": 4}, "status"),
        ({"message": " "}, "message"),
        ({"component_id": 1}, "component_status"),
        ({"meta": {"cachet_sdk_key": "x"}}, "meta"),
    ],
)
def test_invalid_arguments_are_refused_before_anything_is_sent(
    page: Client, server: Server, change: dict[str, Any], name: str
) -> None:
    arguments: dict[str, Any] = {"key": "disk", **DISK, **change}
    with pytest.raises(ArgumentError, match=name):
        page.incidents.ensure(**arguments)
    assert len(server.requests) == 0
