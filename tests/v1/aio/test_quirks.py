"""Server quirks that the SDK hides: PUT resets, filtered pages, unsorted incidents. Others: ``test_quirks_*.py``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from cachet_sdk.testing import FakeCachet

PER_PAGE = [3, 10, 20, 30]


# A PUT resets the fields that it omits.


async def test_an_incident_stays_hidden_and_stickied_when_its_status_changes(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        await client.incidents.create(name="I", message="m", status=1, visible=False, stickied=True)
        for updated in (
            await client.incidents.update(1, status=2),
            await client.incidents.update(1, visible=False),
            await client.incidents.update(1, stickied=True),
            await client.incidents.update(1),
        ):
            assert (updated.visible, updated.stickied, updated.status) == (False, True, 2)


async def test_a_saved_incident_stays_hidden_and_stickied(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        created = await client.incidents.create(name="I", message="m", status=1, visible=False, stickied=True)
        created.name = "J"
        await created.save()
        assert ((found := await client.incidents.get(1)).visible, found.stickied, found.name) == (False, True, "J")


async def test_saving_keeps_an_incident_stickied_if_others_stickied_it(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        incident = await client.incidents.create(name="I", message="m", status=1)
        await client.incidents.update(1, stickied=True)
        incident.name = "J"
        await incident.save()
        assert (await client.incidents.get(1)).stickied


async def test_a_renamed_group_keeps_its_order_and_stays_visible(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        await client.component_groups.create(name="G", order=5, visible=True)
        for updated in (
            await client.component_groups.update(1, name="H"),
            await client.component_groups.update(1, order=5),
            await client.component_groups.update(1, visible=True),
            await client.component_groups.update(1),
        ):
            assert (updated.order, updated.visible) == (5, True)


async def test_a_point_keeps_its_value_when_its_time_changes(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        await client.metrics.create(name="M", suffix="s")
        for value in range(30):
            await client.metric_points.create(metric_id=1, value=value)
        moved = await client.metric_points.update(metric_id=1, point_id=8, timestamp=datetime(2026, 1, 1, tzinfo=UTC))
        assert (moved.value, moved.created_at) == (7, datetime(2026, 1, 1))
        await client.metric_points.update(metric_id=1, point_id=8)
        assert [it.value async for it in client.metric_points.list(1)][-1] == 7


@pytest.mark.parametrize("release", ["2.3", "2.4"])
async def test_a_disabled_component_stays_disabled(release: Any) -> None:
    async with FakeCachet(release=release).async_client() as client:
        created = await client.components.create(name="A", status=1, enabled=False)
        assert not (await client.components.update(1, status=4)).enabled
        created.name = "B"
        assert not (await created.save()).enabled
        assert not (await client.components.get(1)).enabled


async def test_the_release_is_requested_once_and_only_if_it_matters(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        for name in "AB":
            await client.components.create(name=name, status=1)
        await client.components.update(1, status=1, enabled=True)
        assert [it.path for it in fake_cachet.requests if it.path.endswith("version")] == []
        for number in (1, 2, 1):
            await client.components.update(number, status=2)
        assert len([it for it in fake_cachet.requests if it.path.endswith("version")]) == 1


async def test_a_component_keeps_its_status_and_stays_disabled_if_the_version_is_unknown() -> None:
    fake = FakeCachet(release="2.3")

    def handle(request: httpx.Request) -> httpx.Response:
        # A real server fails here too, if it cannot check for newer releases.
        return httpx.Response(500) if request.url.path.endswith("/version") else fake.transport.handle_request(request)

    async with fake.async_client(transport=httpx.MockTransport(handle)) as client:
        await client.components.create(name="A", status=1, enabled=False)
        assert not (await client.components.update(1, status=4)).enabled
        assert (await client.components.update(1, name="B")).status == 4


# A filter and a page number together fail with status 500.


@pytest.mark.parametrize("page", [1, 2, 3, 9])
@pytest.mark.parametrize("per_page", PER_PAGE)
async def test_a_filtered_list_is_complete_from_the_requested_page_on(
    fake_cachet: FakeCachet, page: int, per_page: int
) -> None:
    async with fake_cachet.async_client() as client:
        for number in range(1, 41):
            await client.components.create(name=f"C{number}", status=1 + number % 2)
            await client.component_groups.create(name=f"G{number}", collapsed=number % 2)
        even = list(range(2, 41, 2))[(page - 1) * per_page :]
        components = client.components.list(page, per_page, status=1)
        groups = client.component_groups.list(page, per_page, collapsed=0)
        assert [it.id async for it in components] == even
        assert [it.id async for it in groups] == even


@pytest.mark.parametrize(("page", "per_page"), [(1, 3), (2, 10), (2, 20)])
async def test_a_filtered_list_of_incidents_is_complete(fake_cachet: FakeCachet, page: int, per_page: int) -> None:
    async with fake_cachet.async_client() as client:
        for number in range(1, 41):
            await client.incidents.create(name=f"I{number}", message="m", status=1 + number % 2, visible=number > 20)
        found = [it.id async for it in client.incidents.list(page, per_page, status=1, visible=True)]
        assert found == list(range(40, 20, -2))[(page - 1) * per_page :]


async def test_a_boolean_filter_finds_the_matching_rows(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client() as client:
        await client.components.create(name="On", status=1)
        await client.components.create(name="Off", status=1, enabled=False)
        assert [it.name async for it in client.components.list(enabled=True)] == ["On"]
        assert [it.name async for it in client.components.list(enabled=False)] == ["Off"]


# Unsorted pages of /incidents repeat some rows and skip others.


@pytest.mark.parametrize("per_page", PER_PAGE)
@pytest.mark.parametrize("prefetch", [0, 2])
async def test_a_list_of_incidents_is_complete_and_has_no_duplicates(
    fake_cachet: FakeCachet, per_page: int, prefetch: int
) -> None:
    async with fake_cachet.async_client() as client:
        for number in range(60):
            await client.incidents.create(name=f"I{number}", message="m", status=1)
        found = [it.id async for it in client.incidents.list(per_page=per_page, prefetch=prefetch)]
        assert found == list(range(60, 0, -1))


@pytest.mark.parametrize("per_page", PER_PAGE)
async def test_a_list_of_incidents_has_no_duplicates_while_rows_are_added(
    fake_cachet: FakeCachet, per_page: int
) -> None:
    async with fake_cachet.async_client() as client:
        for number in range(60):
            await client.incidents.create(name=f"I{number}", message="m", status=1)
        found: list[int] = []
        async for incident in client.incidents.list(per_page=per_page):
            found.append(incident.id)
            if len(found) % 7 == 0:
                await client.incidents.create(name="New", message="m", status=1)
        assert len(found) == len(set(found))
        assert set(found) >= set(range(1, 61))


@pytest.mark.parametrize("per_page", PER_PAGE)
async def test_a_list_of_incidents_skips_nothing_while_rows_are_deleted(fake_cachet: FakeCachet, per_page: int) -> None:
    async with fake_cachet.async_client() as client:
        for number in range(60):
            await client.incidents.create(name=f"I{number}", message="m", status=1)
        found: list[int] = []
        deleted: set[int] = set()
        async for incident in client.incidents.list(per_page=per_page):
            found.append(incident.id)
            if len(found) % 7 == 0:
                deleted.add(incident.id)
                await incident.delete()
        assert len(found) == len(set(found))
        assert set(found) | deleted == set(range(1, 61))


@pytest.mark.parametrize("per_page", [1, 3, 10, 100])
async def test_all_subscribers_can_be_deleted_while_listing_them(fake_cachet: FakeCachet, per_page: int) -> None:
    async with fake_cachet.async_client() as client:
        for number in range(25):
            await client.subscribers.create(email=f"{number}@example.com")
        async for subscriber in client.subscribers.list(per_page=per_page):
            await subscriber.delete()
        assert await client.subscribers.count() == 0
