"""Cachet 2.3: what it lacks is a clear error, and what it sends otherwise parses."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cachet_sdk import NotFoundError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.enums import IncidentStatus
from tests.script import Script, answer


@pytest.fixture
def old() -> FakeCachet:
    return FakeCachet(release="2.3", status_as_string=True)


async def test_what_it_does_not_have_is_not_found(old: FakeCachet) -> None:
    async with old.async_client() as client:
        await client.incidents.create(name="I", message="m", status=1)
        for call in ("schedules", "incident_templates"):
            with pytest.raises(NotFoundError):
                await getattr(client, call).count()
        with pytest.raises(NotFoundError):
            await client.incident_updates.create(incident_id=1, status=2, message="m")


async def test_an_incident_is_read_without_what_2_4_added(old: FakeCachet) -> None:
    async with old.async_client() as client:
        await client.incidents.create(name="I", message="m", status=0, visible=False)
        found = await client.incidents.get(1)
        assert (found.status, found.visible, found.scheduled_at) == (IncidentStatus.SCHEDULED, False, None)
        assert (found.occurred_at, found.stickied, found.is_resolved, found.permalink) == (None, False, False, None)
        assert (found.latest_status, found.latest_update_id, found.meta) == (None, None, None)


async def test_a_partial_update_of_an_incident_keeps_everything(old: FakeCachet) -> None:
    async with old.async_client() as client:
        moment = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
        await client.components.create(name="A", status=3)
        await client.incidents.create(
            name="I", message="m", status=1, visible=False, component_id=1, component_status=3, created_at=moment
        )
        before = await client.incidents.get(1)
        after = await client.incidents.update(1, status=2)
        assert (after.status, after.visible, after.created_at) == (2, False, before.created_at)
        found = await client.incidents.get(1)
        found.name = "J"
        updated = await found.update()
        assert (updated.name, updated.visible, updated.component_id) == ("J", False, 1)
        assert (updated.message, updated.created_at) == ("m", before.created_at)


async def test_a_partial_update_of_a_component_keeps_everything(old: FakeCachet) -> None:
    async with old.async_client() as client:
        before = await client.components.create(
            name="A", status=2, description="d", link="https://a.test/", order=3, group_id=4, enabled=False, tags="T"
        )
        after = await client.components.update(1, name="B")
        fields = ("status", "description", "link", "order", "group_id", "enabled", "tags")
        assert [getattr(after, name) for name in fields] == [getattr(before, name) for name in fields]


@pytest.mark.parametrize(
    ("version", "enabled"), [("2.3.18", True), ("v2.3.10", True), ("2.4.1", False), ("v2.4.1", False), (None, True)]
)
async def test_what_this_release_would_reset_is_sent_along_however_it_writes_its_version(
    version: str | None, enabled: bool
) -> None:
    row = answer({"data": {"id": 1, "name": "A", "enabled": False}})
    script = Script(answer({"data": version}), *([row] if enabled else []), row)
    async with FakeCachet().async_client(transport=script.transport) as client:
        await client.components.update(1, name="A")
    assert script.requests[-1].content == (b'{"name":"A","enabled":false}' if enabled else b'{"name":"A"}')


async def test_an_incident_that_happened_elsewhen_is_set_by_its_attribute(old: FakeCachet) -> None:
    async with old.async_client(timezone="UTC") as client:
        incident = await client.incidents.create(name="I", message="m", status=1)
        incident.occurred_at = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
        await incident.save()
        assert (await client.incidents.get(1)).created_at == datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


async def test_lists_are_complete_there_too(old: FakeCachet) -> None:
    async with old.async_client() as client:
        for number in range(30):
            await client.incidents.create(name=f"I{number}", message="m", status=1 + number % 2)
        assert [it.id async for it in client.incidents.list(per_page=7)] == list(range(30, 0, -1))
        assert len([it async for it in client.incidents.list(per_page=7, status=2)]) == 15
