"""Cachet 2.3: what it lacks raises a clear error, and its different responses are parsed."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from cachet_sdk import EndpointNotFoundError, NotFoundError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.aio.client import AsyncClient
from cachet_sdk.v1.enums import IncidentStatus
from tests.script import Script, answer


@pytest.fixture
def cachet_2_3() -> FakeCachet:
    return FakeCachet(release="2.3", status_as_string=True)


async def test_missing_endpoints_raise_not_found(cachet_2_3: FakeCachet) -> None:
    async with cachet_2_3.async_client() as client:
        await client.incidents.create(name="I", message="m", status=1)
        with pytest.raises(EndpointNotFoundError):
            await client.schedules.count()
        with pytest.raises(EndpointNotFoundError):
            await client.incident_templates.count()
        with pytest.raises(NotFoundError):
            await client.incident_updates.create(incident_id=1, status=2, message="m")


async def test_an_incident_is_parsed_without_the_fields_that_2_4_added() -> None:
    cachet_2_3 = FakeCachet(
        release="2.3", status_as_string=True, clock=lambda: datetime(2026, 11, 25, 19, 3, 14, tzinfo=UTC)
    )
    async with cachet_2_3.async_client() as client:
        await client.incidents.create(name="I", message="m", status=0, visible=False)
        found = await client.incidents.get(1)
        assert (found.status, found.visible, found.scheduled_at) == (IncidentStatus.SCHEDULED, False, None)
        assert (found.occurred_at, found.stickied, found.is_resolved, found.permalink) == (None, False, False, None)
        assert (found.latest_status, found.latest_update_id, found.meta) == (None, None, None)


async def test_a_partial_update_of_an_incident_keeps_the_other_fields(cachet_2_3: FakeCachet) -> None:
    async with cachet_2_3.async_client() as client:
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


async def test_a_partial_update_of_a_component_keeps_the_other_fields(cachet_2_3: FakeCachet) -> None:
    async with cachet_2_3.async_client() as client:
        before = await client.components.create(
            name="A", status=2, description="d", link="https://a.test/", order=3, group_id=4, enabled=False, tags="T"
        )
        after = await client.components.update(1, name="B")
        fields = ("status", "description", "link", "order", "group_id", "enabled", "tags")
        assert [getattr(after, name) for name in fields] == [getattr(before, name) for name in fields]


@pytest.mark.parametrize(
    ("version", "sent"),
    [
        ("2.0.4", {"status", "enabled"}),
        ("2.3.18", {"status", "enabled"}),
        ("v2.3.10", {"status", "enabled"}),
        (" 2.2.1-dev", {"status", "enabled"}),
        ("2.4.0-dev", {"enabled"}),
        ("2.4.1", set[str]()),
        ("v2.4.1", set[str]()),
        ("2.10.0", set[str]()),
        ("3.x-dev", {"status", "enabled"}),
        ("nonsense", {"status", "enabled"}),
        (None, {"status", "enabled"}),
    ],
)
async def test_fields_that_a_release_would_reset_are_sent_whatever_the_version_format(
    version: str | None, sent: set[str]
) -> None:
    row = answer({"data": {"id": 1, "name": "A", "enabled": False, "status": 3}})
    script = Script(answer({"data": version}), *([row] if sent else []), row)
    async with FakeCachet().async_client(transport=script.transport) as client:
        await client.components.update(1, name="A")
    kept = {"status": 3, "enabled": False}
    assert json.loads(script.requests[-1].content) == {"name": "A", **{name: kept[name] for name in sent}}


async def _update_nothing(client: AsyncClient) -> None:
    await client.components.update(1)


async def _update_description(client: AsyncClient) -> None:
    await client.components.update(1, description="x")


async def _update_enabled(client: AsyncClient) -> None:
    await client.components.update(1, enabled=False)


async def _save_link(client: AsyncClient) -> None:
    component = await client.components.get(1)
    component.link = "https://b.test/"
    await component.save()


async def _save_tag(client: AsyncClient) -> None:
    component = await client.components.get(1)
    component.add_tag("new")
    await component.save()


async def _update_in_bulk(client: AsyncClient) -> None:
    (await client.components.update_many({1: {"description": "x"}, 2: {"order": 2}})).raise_for_failures()


async def _save_from_group(client: AsyncClient) -> None:
    group = await client.component_groups.get(1)
    for component in group.enabled_components:
        component.description = "x"
        await component.save()


@pytest.mark.parametrize(
    "change",
    [_update_nothing, _update_description, _update_enabled, _save_link, _save_tag, _update_in_bulk, _save_from_group],
)
@pytest.mark.parametrize("status", [1, 4])
async def test_no_update_changes_the_status_of_a_component_unless_it_is_passed(
    cachet_2_3: FakeCachet, change: Callable[[AsyncClient], Awaitable[None]], status: int
) -> None:
    async with cachet_2_3.async_client() as client:
        await client.component_groups.create(name="G")
        await client.components.create(name="A", status=status, group_id=1, enabled=change is _save_from_group)
        await client.components.create(name="B", status=status, group_id=1)
        before = [(it.status, it.enabled) async for it in client.components.list()]
        await change(client)
        assert [(it.status, it.enabled) async for it in client.components.list()] == before


async def test_updating_only_the_status_keeps_a_component_disabled(cachet_2_3: FakeCachet) -> None:
    async with cachet_2_3.async_client() as client:
        await client.components.create(name="A", status=1, enabled=False)
        assert (await client.components.update(1, status=4)).enabled is False
        assert (await client.components.get(1)).status == 4


async def test_a_partial_update_of_a_metric_sends_the_fields_that_the_oldest_releases_reset() -> None:
    row = {"id": 1, "name": "M", "suffix": "s", "calc_type": 1, "places": 4, "default_view": 3}
    script = Script(answer({"data": "2.1.2"}), answer({"data": row}), answer({"data": row}))
    async with FakeCachet().async_client(transport=script.transport) as client:
        await client.metrics.update(1, name="N")
    sent = json.loads(script.requests[-1].content)
    assert sent == {"name": "N", "calc_type": 1, "places": 4, "default_view": 3, "view": 3}


async def test_a_partial_update_of_a_group_sends_the_fields_that_the_oldest_releases_reset() -> None:
    row = {"id": 1, "name": "G", "order": 3, "collapsed": 1}
    script = Script(answer({"data": row}), answer({"data": row}))
    async with FakeCachet().async_client(transport=script.transport) as client:
        await client.component_groups.update(1, collapsed=2)
    sent = json.loads(script.requests[-1].content)
    assert sent == {"name": "G", "order": 3, "collapsed": 2, "visible": 1}


async def test_the_time_of_an_incident_can_be_set_by_its_attribute(cachet_2_3: FakeCachet) -> None:
    async with cachet_2_3.async_client(timezone="UTC") as client:
        incident = await client.incidents.create(name="I", message="m", status=1)
        incident.occurred_at = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
        await incident.save()
        assert (await client.incidents.get(1)).created_at == datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


async def test_lists_are_complete(cachet_2_3: FakeCachet) -> None:
    async with cachet_2_3.async_client() as client:
        for number in range(30):
            await client.incidents.create(name=f"I{number}", message="m", status=1 + number % 2)
        assert [it.id async for it in client.incidents.list(per_page=7)] == list(range(30, 0, -1))
        assert len([it async for it in client.incidents.list(per_page=7, status=2)]) == 15
