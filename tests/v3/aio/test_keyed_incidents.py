"""Incidents by key on Cachet 3: open once, update and resolve, even if responses are lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from cachet_sdk import ArgumentError, CachetError
from cachet_sdk.v3.aio.client import AsyncClient
from cachet_sdk.v3.enums import ComponentStatus, IncidentStatus
from tests.lossy import LossyTransport
from tests.v3.conftest import Server

DISK: dict[str, Any] = {"name": "Disk full", "message": "Cleaning up", "visible": True}


@pytest.fixture
def transport(server: Server) -> LossyTransport:
    return LossyTransport(server)


@pytest.fixture
async def page(server: Server, transport: LossyTransport) -> AsyncIterator[AsyncClient]:
    async with server.async_client(transport=transport) as client:
        await client.components.create(name="API", status=1)
        server.requests.clear()
        yield client


def writes(server: Server) -> list[str]:
    return [request.method for request in server.requests if request.method != "GET"]


@pytest.mark.parametrize("key", ["disk/web-1", "0", "a,b", "Ståle's 💾", "hex:30", "k" * 90])
async def test_an_incident_is_opened_once(page: AsyncClient, server: Server, key: str) -> None:
    first = await page.incidents.ensure(key, **DISK)
    server.requests.clear()
    again = await page.incidents.ensure(key, **DISK)
    assert (first.action, again.action, again.incident.id) == ("created", "unchanged", first.incident.id)
    assert (writes(server), len(server.requests)) == ([], 1)
    found = await page.incidents.find(key)
    assert found is not None
    assert (found.id, found.status, await page.incidents.count()) == (1, IncidentStatus.INVESTIGATING, 1)


async def test_a_new_message_is_posted_once(page: AsyncClient, server: Server) -> None:
    await page.incidents.ensure("disk", **DISK)
    changes: dict[str, Any] = {"name": "Disk", "message": "  <b>x < 3</b> ", "status": 2, "stickied": True}
    updated = await page.incidents.ensure("disk", **changes)
    assert (updated.action, updated.incident.status, updated.incident.name) == (
        "updated",
        IncidentStatus.IDENTIFIED,
        "Disk",
    )
    assert (updated.incident.stickied, updated.incident.visible) == (True, 1)
    server.requests.clear()
    assert (await page.incidents.ensure("disk", **changes)).action == "unchanged"
    assert writes(server) == []


async def test_components_recover_when_the_incident_is_resolved(page: AsyncClient) -> None:
    ensured = await page.incidents.ensure("disk", **DISK, components={1: 4})
    assert [it.component_status for it in ensured.incident.components or []] == [ComponentStatus.MAJOR_OUTAGE]
    assert (await page.components.get(1)).latest_status is ComponentStatus.MAJOR_OUTAGE
    assert (await page.incidents.ensure("disk", **DISK, component_id=1, component_status=4)).notes == ()
    kept = await page.incidents.ensure("disk", **DISK, components={1: 2})
    assert (kept.action, len(kept.notes)) == ("unchanged", 1)
    resolved = await page.incidents.resolve("disk")
    assert resolved.incident is not None
    assert (resolved.action, resolved.incident.status) == ("resolved", IncidentStatus.FIXED)
    assert (await page.components.get(1)).latest_status is ComponentStatus.OPERATIONAL
    assert (await page.incidents.resolve("disk")).action == "unchanged"
    assert (await page.incidents.ensure("disk", **DISK)).incident.id == 2


async def test_a_stickied_incident_is_left_open_with_a_note(page: AsyncClient) -> None:
    await page.incidents.ensure("disk", **DISK, stickied=True)
    left = await page.incidents.resolve("disk")
    assert (left.action, left.notes) == ("stickied", ("Incident 1 is stickied, so it was left open.",))
    assert (await page.incidents.resolve("disk", include_stickied=True)).action == "resolved"


async def test_lost_responses_apply_nothing_twice(page: AsyncClient, transport: LossyTransport) -> None:
    transport.lost = [("POST", "/incidents"), ("POST", "/updates")]
    assert (await page.incidents.ensure("disk", **DISK)).action == "created"
    assert (await page.incidents.ensure("disk", name="Disk full", message="Half done", status=2)).action == "updated"
    transport.lost = [("POST", "/updates")]
    assert (await page.incidents.resolve("disk")).action == "resolved"
    incident = await page.incidents.get(1, include=("updates",))
    assert (await page.incidents.count(), len(incident.updates or [])) == (1, 2)


async def test_a_failed_create_is_retried_if_the_incident_does_not_exist(
    page: AsyncClient, transport: LossyTransport
) -> None:
    transport.refused = [("POST", "/incidents")]
    assert (await page.incidents.ensure("disk", **DISK)).action == "created"
    transport.refused = [("POST", "/incidents")] * 2
    with pytest.raises(CachetError) as caught:
        await page.incidents.ensure("net", **DISK)
    assert (caught.value.maybe_applied, await page.incidents.count()) == (True, 1)


async def test_if_two_incidents_share_a_key_the_first_is_found_and_both_are_resolved(page: AsyncClient) -> None:
    for name in ("One", "Two"):
        await page.incidents.create(name=name, message="m", status=1, meta={"cachet_sdk_key": "disk"})
    found = await page.incidents.find("disk")
    assert found is not None
    assert found.name == "One"
    await page.incidents.resolve("disk")
    assert await page.incidents.find("disk") is None


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
async def test_invalid_arguments_are_refused_before_anything_is_sent(
    page: AsyncClient, server: Server, change: dict[str, Any], name: str
) -> None:
    arguments: dict[str, Any] = {"key": "disk", **DISK, **change}
    with pytest.raises(ArgumentError, match=name):
        await page.incidents.ensure(**arguments)
    assert len(server.requests) == 0
