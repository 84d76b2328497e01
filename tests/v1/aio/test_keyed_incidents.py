"""Incidents by key: open once, update and resolve, on Cachet 2.3 and 2.4, even if responses are lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Literal

import pytest

from cachet_sdk import ArgumentError, CachetError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.aio.client import AsyncClient
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
async def page(fake: FakeCachet, transport: LossyTransport) -> AsyncIterator[AsyncClient]:
    async with fake.async_client(transport=transport) as client:
        await client.components.create(name="API", status=1)
        fake.requests.clear()
        yield client


def writes(fake: FakeCachet) -> list[str]:
    return [request.method for request in fake.requests if request.method != "GET"]


async def texts(page: AsyncClient, incident_id: int) -> list[str]:
    """Return the messages of an incident as the page shows them, oldest first."""
    incident = await page.incidents.get(incident_id)
    found = [incident.message]
    if incident.latest_update_id is not None:
        found += sorted([it.message async for it in incident.updates()])
    return [it.split("\n\n[cachet-key]")[0] for it in found]


@pytest.mark.parametrize("key", ["disk/web-1", "0", "a,b", "Ståle's 💾", "hex:30", "k" * 90])
async def test_an_incident_is_opened_once(page: AsyncClient, fake: FakeCachet, key: str) -> None:
    first = await page.incidents.ensure(key, **DISK)
    fake.requests.clear()
    again = await page.incidents.ensure(key, **DISK)
    assert (first.action, again.action, again.incident.id) == ("created", "unchanged", first.incident.id)
    assert writes(fake) == []
    found = await page.incidents.find(key)
    assert found is not None
    assert (found.id, found.name, found.status, found.visible) == (1, "Disk full", IncidentStatus.INVESTIGATING, True)
    assert await page.incidents.count() == 1


async def test_similar_keys_are_different_incidents(page: AsyncClient) -> None:
    for key in ("disk", "DISK", "disk ,", "0", "00"):
        assert (await page.incidents.ensure(key, **DISK)).action == "created"
    assert await page.incidents.find("dis") is None


async def test_a_new_message_is_posted_once(page: AsyncClient, fake: FakeCachet) -> None:
    await page.incidents.ensure("disk", **DISK)
    changes: dict[str, Any] = {"name": "Disk full", "message": "x < 3 && <script>alert(1)</script> (50 %)", "status": 2}
    updated = await page.incidents.ensure("disk", **changes)
    assert (updated.action, updated.incident.status) == ("updated", IncidentStatus.IDENTIFIED)
    fake.requests.clear()
    assert (await page.incidents.ensure("disk", **changes)).action == "unchanged"
    assert writes(fake) == []
    assert (await page.incidents.ensure("disk", **DISK)).action == "updated"
    assert "Cleaning up" in await texts(page, 1)


async def test_changing_the_title_or_the_visibility_posts_no_update(page: AsyncClient) -> None:
    await page.incidents.ensure("disk", **DISK, visible=False)
    changed = await page.incidents.ensure("disk", name="Disk nearly full", message="Cleaning up")
    assert (changed.action, changed.incident.name, changed.incident.visible) == ("updated", "Disk nearly full", False)
    shown = await page.incidents.ensure("disk", name="Disk nearly full", message="Cleaning up", visible=True)
    assert (shown.action, shown.incident.visible) == ("updated", True)
    assert await texts(page, 1) == ["Cleaning up"]


async def test_a_component_recovers_when_its_incident_is_resolved(page: AsyncClient) -> None:
    await page.incidents.ensure("disk", **DISK, component_id=1, component_status=2)
    assert (await page.components.get(1)).status is ComponentStatus.PERFORMANCE_ISSUES
    await page.incidents.ensure("disk", **DISK, component_id=1, component_status=4)
    assert (await page.components.get(1)).status is ComponentStatus.MAJOR_OUTAGE
    assert (await page.incidents.ensure("disk", **DISK, component_id=1, component_status=4)).action == "unchanged"
    resolved = await page.incidents.resolve("disk")
    assert (resolved.action, resolved.restored, resolved.notes) == ("resolved", (1,), ())
    assert resolved.incident is not None
    assert resolved.incident.status is IncidentStatus.FIXED
    assert (await page.components.get(1)).status is ComponentStatus.OPERATIONAL
    assert (await page.incidents.resolve("disk")).action == "unchanged"


async def test_a_component_status_set_by_hand_is_kept(page: AsyncClient) -> None:
    await page.incidents.ensure("disk", **DISK, component_id=1, component_status=2)
    await page.components.update(1, status=3)
    assert (await page.incidents.ensure("disk", **DISK, component_id=1, component_status=2)).action == "unchanged"
    resolved = await page.incidents.resolve("disk")
    assert (resolved.restored, len(resolved.notes)) == ((), 1)
    assert (await page.components.get(1)).status is ComponentStatus.PARTIAL_OUTAGE


async def test_a_component_with_another_open_incident_keeps_its_status(page: AsyncClient) -> None:
    await page.incidents.ensure("disk", **DISK, component_id=1, component_status=2)
    await page.incidents.create(name="Net", message="m", status=1, component_id=1, component_status=2, visible=False)
    resolved = await page.incidents.resolve("disk")
    assert (resolved.restored, resolved.notes) == (
        (),
        ("Component 1 was not changed: incident 2 also affects it and is open.",),
    )
    assert (await page.components.get(1)).status is ComponentStatus.PERFORMANCE_ISSUES


async def test_the_first_component_recovers_when_its_incident_moves_to_another(page: AsyncClient) -> None:
    await page.components.create(name="Web", status=1)
    await page.incidents.ensure("disk", **DISK, component_id=1, component_status=3)
    await page.incidents.ensure("disk", **DISK, component_id=2, component_status=3)
    assert [int((await page.components.get(it)).status) for it in (1, 2)] == [1, 3]
    assert (await page.incidents.resolve("disk")).restored == (2,)


async def test_a_resolved_key_opens_a_new_incident(page: AsyncClient) -> None:
    await page.incidents.ensure("disk", **DISK)
    await page.incidents.resolve("disk", message="Done")
    assert "Done" in await texts(page, 1)
    again = await page.incidents.ensure("disk", **DISK)
    assert (again.action, again.incident.id) == ("created", 2)


async def test_a_lost_response_to_a_create_opens_no_second_incident(
    page: AsyncClient, transport: LossyTransport
) -> None:
    transport.lost = [("POST", "/incidents")]
    ensured = await page.incidents.ensure("disk", **DISK)
    assert (ensured.action, ensured.incident.id, await page.incidents.count()) == ("created", 1, 1)


async def test_a_failed_create_is_retried_if_the_incident_does_not_exist(
    page: AsyncClient, transport: LossyTransport
) -> None:
    transport.refused = [("POST", "/incidents")]
    assert (await page.incidents.ensure("disk", **DISK)).action == "created"
    transport.refused = [("POST", "/incidents")] * 2
    with pytest.raises(CachetError) as caught:
        await page.incidents.ensure("net", **DISK)
    assert caught.value.maybe_applied
    assert await page.incidents.count() == 1


async def test_if_two_incidents_share_a_key_the_first_is_found_and_both_are_resolved(page: AsyncClient) -> None:
    first = (await page.incidents.ensure("disk", **DISK)).incident
    meta = first.meta if isinstance(first.meta, dict) else None
    await page.incidents.create(name="Disk full", message=first.message, status=1, meta=meta)
    found = await page.incidents.find("disk")
    assert found is not None
    assert found.id == 1
    await page.incidents.resolve("disk")
    assert [int(it.status) async for it in page.incidents.list(per_page=9)] == [4, 4]


@pytest.mark.parametrize("key", ["", "  ", " disk", "k" * 91, "\ud800", 7])
async def test_an_invalid_key_is_refused_before_anything_is_sent(page: AsyncClient, fake: FakeCachet, key: Any) -> None:
    with pytest.raises(ArgumentError, match="key"):
        await page.incidents.ensure(key, **DISK)
    with pytest.raises(ArgumentError, match="key"):
        await page.incidents.resolve(key)
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
async def test_invalid_arguments_are_refused_before_anything_is_sent(
    page: AsyncClient, fake: FakeCachet, change: dict[str, Any], name: str
) -> None:
    with pytest.raises(ArgumentError, match=name):
        await page.incidents.ensure("disk", **{**DISK, **change})
    assert len(fake.requests) == 0


async def test_a_stickied_incident_is_left_open_with_a_note(async_client: AsyncClient) -> None:
    await async_client.incidents.ensure("disk", **DISK, stickied=True)
    left = await async_client.incidents.resolve("disk")
    assert (left.action, left.notes) == ("stickied", ("Incident 1 is stickied, so it was left open.",))
    assert (await async_client.incidents.resolve("disk", include_stickied=True)).action == "resolved"


async def test_a_lost_response_to_an_update_posts_no_second_update(fake_cachet: FakeCachet) -> None:
    transport = LossyTransport(fake_cachet)
    async with fake_cachet.async_client(transport=transport) as client:
        await client.incidents.ensure("disk", **DISK)
        transport.lost = [("POST", "/updates")]
        await client.incidents.ensure("disk", name="Disk full", message="(half)", status=2)
        transport.lost = [("POST", "/updates")]
        await client.incidents.resolve("disk")
        assert [int(it.status) async for it in (await client.incidents.get(1)).updates()].count(2) == 1
        assert await client.incident_updates.count(1) == 2
