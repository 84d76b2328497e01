"""Server quirks in responses: redirects, invalid tokens, inconsistent JSON types, equal times."""

from __future__ import annotations

from datetime import datetime, timedelta

import httpx
import pytest

from cachet_sdk import AsyncClient, AuthenticationError, RedirectError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.enums import IncidentStatus
from tests.testing.api import Clock

# Redirects.


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_raises_an_error_that_names_the_endpoint_to_use(status: int) -> None:
    requests: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        requests.append(f"{request.method} {request.url}")
        secure = str(request.url).replace("http://", "https://") + "?session=1"
        return httpx.Response(status, headers={"Location": secure})

    async with AsyncClient(
        "http://status.example.com/api/v1", "token", transport=httpx.MockTransport(handle)
    ) as client:
        with pytest.raises(RedirectError, match="it points to 'https://status.example.com/api/v1':") as caught:
            await client.components.create(name="A", status=1)
        assert caught.value.location == "https://status.example.com/api/v1"
        with pytest.raises(RedirectError):
            await client.components.get(1)
    assert requests == [
        "POST http://status.example.com/api/v1/components",
        "GET http://status.example.com/api/v1/components/1",
    ]


# A read with an invalid token is not refused. It returns fewer rows.


async def test_an_invalid_token_reads_like_a_visitor_and_cannot_write(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client, fake_cachet.async_client(api_token="wrong") as visitor:
        await client.components.create(name="Seen", status=1)
        await client.components.create(name="Disabled", status=1, enabled=False)
        await client.incidents.create(name="Hidden", message="m", status=1, visible=False)
        assert [it.name async for it in visitor.components.list()] == ["Seen"]
        assert (await visitor.components.count(), await visitor.incidents.count()) == (1, 0)
        assert (await visitor.components.get(2)).name == "Disabled"
        with pytest.raises(AuthenticationError, match="Authentication is required") as caught:
            await visitor.components.update(1, status=4)
        assert "wrong" not in str(caught.value)
        assert (await client.components.get(1)).status == 1


# [] for an empty object, booleans as ints, ints as strings, missing fields.


async def test_empty_objects_flags_and_missing_fields_are_parsed(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        component = await client.components.create(name="A", status=1)
        assert component.attrs["tags"] == []
        assert "deleted_at" not in component.attrs
        assert (component.tags, component.deleted_at) == (set(), None)
        incident = await client.incidents.create(name="I", message="m", status=1)
        assert incident.attrs["meta"] == []
        assert "component_id" not in incident.attrs
        assert (incident.visible, incident.component_id) == (True, 0)
        schedule = await client.schedules.create(name="S", status=0, scheduled_at=datetime(2030, 1, 1))
        assert "message" not in schedule.attrs
        assert schedule.message == ""


async def test_ints_sent_as_strings_are_parsed_as_ints() -> None:
    async with FakeCachet(status_as_string=True).async_client() as client:
        component = await client.components.create(name="A", status=4)
        incident = await client.incidents.create(name="I", message="m", status=4)
        assert (component.attrs["status"], incident.attrs["status"]) == ("4", "4")
        assert (component.status, incident.status) == (4, IncidentStatus.FIXED)
        assert [it.status async for it in client.components.list(status=4)] == [4]


async def test_an_unknown_status_and_unknown_fields_are_kept(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        component = client.components.instance_from_dict({"id": 1, "name": "A", "status": 9, "colour": "red"})
        assert (component.status, component.get("colour"), component.link) == (9, "red", "")


# Two incident updates within one second.


async def test_updates_in_the_same_second_are_ranked_by_id(clock: Clock) -> None:
    async with FakeCachet(clock=clock).async_client() as client:
        await client.incidents.create(name="I", message="m", status=1)
        await client.incident_updates.create(incident_id=1, status=2, message="Found")
        await client.incident_updates.create(incident_id=1, status=4, message="Fixed")
        incident = await client.incidents.get(1)
        assert incident.attrs["latest_status"] == 2
        assert (incident.latest_status, incident.latest_update_id, incident.is_resolved) == (4, 2, True)
        assert incident.latest_human_status == "Fixed"
        assert [it.message async for it in incident.updates()] == ["Fixed", "Found"]
        assert [it.message async for it in client.incident_updates.list(1, per_page=1)] == ["Fixed", "Found"]


async def test_updates_in_different_seconds_are_ranked_by_time(clock: Clock) -> None:
    async with FakeCachet(clock=clock).async_client() as client:
        await client.incidents.create(name="I", message="m", status=1)
        for status in (2, 4, 3):
            await client.incident_updates.create(incident_id=1, status=status, message="m")
            clock.now += timedelta(seconds=1)
        incident = await client.incidents.get(1)
        assert (incident.latest_status, incident.latest_update_id, incident.is_resolved) == (3, 3, False)
