"""Lists that change while they are read, and malformed lists."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import httpx
import pytest

from cachet_sdk import PaginationError, UnexpectedResponseError
from cachet_sdk.v3.aio.client import AsyncClient
from tests.v3.conftest import Server


async def create_components(async_client: AsyncClient, count: int) -> None:
    for number in range(count):
        await async_client.components.create(name=str(number), status=1)


@pytest.mark.parametrize("prefetch", [0, 1, 3])
@pytest.mark.parametrize("per_page", [1, 7, 10, 100])
async def test_all_rows_can_be_deleted_while_listing_them(
    async_client: AsyncClient, prefetch: int, per_page: int
) -> None:
    await create_components(async_client, 23)
    deleted = 0
    async for component in async_client.components.list(per_page=per_page, prefetch=prefetch):
        await component.delete()
        deleted += 1
    assert deleted == 23
    assert await async_client.components.count() == 0


@pytest.mark.parametrize("prefetch", [0, 2])
async def test_no_row_is_skipped_when_every_other_row_is_deleted(async_client: AsyncClient, prefetch: int) -> None:
    await create_components(async_client, 23)
    seen: list[int] = []
    async for component in async_client.components.list(per_page=3, prefetch=prefetch):
        seen.append(component.id)
        if component.id % 2:
            await async_client.components.delete(component.id)
    assert seen == list(range(1, 24))


async def test_no_row_is_skipped_when_an_update_removes_it_from_the_list(async_client: AsyncClient) -> None:
    await create_components(async_client, 12)
    async for component in async_client.components.list(per_page=5, status=1):
        component.status = 4
        await component.save()
    assert [it.id async for it in async_client.components.list(status=4)] == list(range(1, 13))


async def test_updates_that_do_not_affect_the_list_cost_no_extra_request(
    async_client: AsyncClient, server: Server
) -> None:
    await create_components(async_client, 6)
    server.requests.clear()
    async for component in async_client.components.list(per_page=2):
        await async_client.components.update(component.id, status=4)
    assert [request.method for request in server.requests].count("GET") == 3


async def test_pages_are_requested_only_as_they_are_needed(async_client: AsyncClient, server: Server) -> None:
    await create_components(async_client, 5)
    server.requests.clear()
    listed = async_client.components.list(per_page=2)
    assert not server.requests
    assert (await anext(listed)).id == 1
    assert len(server.requests) == 1
    await listed.aclose()


async def test_rows_shifted_by_new_rows_are_returned_once(async_client: AsyncClient) -> None:
    await create_components(async_client, 4)
    seen: list[int] = []
    async for component in async_client.components.list(per_page=2, sort="-id"):
        if len(seen) < 6:
            await async_client.components.create(name="new", status=1)
        seen.append(component.id)
    assert seen == [4, 3, 2, 1]


@pytest.mark.parametrize("prefetch", [1, 4])
async def test_prefetched_pages_are_in_order(async_client: AsyncClient, prefetch: int) -> None:
    await create_components(async_client, 11)
    assert [it.id async for it in async_client.components.list(per_page=2, prefetch=prefetch)] == list(range(1, 12))


def page_of(number: int, *ids: int, more: bool, shown: int | None = None) -> dict[str, Any]:
    rows = [{"id": str(it), "type": "components", "attributes": {"id": it, "name": "A"}} for it in ids]
    links = {"first": "x"} | ({"next": "x"} if more else {})
    return {"data": rows, "links": links, "meta": {"current_page": shown or number, "per_page": 2}}


@pytest.mark.parametrize(
    ("pages", "problem"),
    [
        ([page_of(number, 1, 2, more=True) for number in range(1, 9)], "repeats rows"),
        ([page_of(1, 1, 2, more=True), page_of(2, more=True)], "is empty"),
        ([page_of(1, 1, 2, more=True), page_of(2, 1, 2, more=True, shown=1)], "is page 1, but page 2 was requested"),
        ([{"data": [], "meta": {}}], "no links"),
        ([{"data": [], "links": {}, "meta": {}}], "no page numbers"),
    ],
)
async def test_a_malformed_list_raises_a_pagination_error(
    server: Server, pages: list[dict[str, Any]], problem: str
) -> None:
    responses = iter(pages)
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=next(responses)))
    async with server.async_client(transport=transport) as async_client:
        with pytest.raises(PaginationError, match=problem):
            [it async for it in async_client.components.list(per_page=2)]


@pytest.mark.parametrize("document", [[], {}, {"data": None}, {"data": [3]}, {"data": {"id": "1"}}, "text"])
async def test_an_unexpected_document_raises_an_error(server: Server, document: Any) -> None:
    content = json.dumps(document)
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=content))
    async with server.async_client(transport=transport) as async_client:
        with pytest.raises(UnexpectedResponseError):
            [it async for it in async_client.components.list()]
        with pytest.raises(UnexpectedResponseError):
            await async_client.components.get(1)
        with pytest.raises(UnexpectedResponseError):
            await async_client.components.count()


async def test_no_row_is_skipped_when_an_incident_update_removes_its_incident_from_the_list(
    async_client: AsyncClient,
) -> None:
    for number in range(1, 11):
        await async_client.incidents.create(name=str(number), status=1, message="m")
    seen: list[int] = []
    async for incident in async_client.incidents.list(status=1, per_page=2):
        seen.append(incident.id)
        await async_client.incident_updates.create(incident_id=incident.id, status=4, message="Fixed")
    assert seen == list(range(1, 11))


async def test_no_row_is_skipped_when_a_changed_or_deleted_update_changes_its_incident(
    async_client: AsyncClient,
) -> None:
    for number in range(1, 11):
        await async_client.incidents.create(name=str(number), status=2, message="m")
        await async_client.incident_updates.create(incident_id=number, status=1, message="m")
    seen: list[int] = []
    async for incident in async_client.incidents.list(status=1, per_page=2, include=("updates",)):
        seen.append(incident.id)
        (update,) = incident.updates or []
        update.status = 4
        await update.save()
    async for incident in async_client.incidents.list(status=4, per_page=2, include=("updates",)):
        seen.append(incident.id)
        (update,) = incident.updates or []
        await update.delete()
    assert seen == [*range(1, 11), *range(1, 11)]


async def test_no_row_is_skipped_when_an_update_completes_its_schedule(async_client: AsyncClient) -> None:
    past = datetime(2026, 11, 1)
    for number in range(10):
        await async_client.schedules.create(name=str(number), message="m", scheduled_at=past)
    seen: list[int] = []
    async for schedule in async_client.schedules.list(status=1, per_page=2):
        seen.append(schedule.id)
        await async_client.schedule_updates.create(schedule_id=schedule.id, message="Done", completed_at=past)
    assert seen == list(range(1, 11))


async def test_no_row_is_skipped_when_a_new_name_changes_the_slug_of_a_template(async_client: AsyncClient) -> None:
    for number in range(10):
        await async_client.incident_templates.create(name=f"old {number}", template="t")
    seen: list[int] = []
    async for template in async_client.incident_templates.list(slug="old", per_page=2):
        seen.append(template.id)
        await async_client.incident_templates.update(template.id, name=f"new {template.id}")
    assert seen == list(range(1, 11))


async def test_a_resource_of_another_type_is_refused(server: Server) -> None:
    data = {"type": "incidents", "id": "1", "attributes": {"id": 1, "name": "x"}}
    page = {"data": [data], "links": {}, "meta": {"current_page": 1, "per_page": 15}}
    responses = iter([{"data": data}, page])
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=next(responses)))
    async with server.async_client(transport=transport) as client:
        with pytest.raises(UnexpectedResponseError, match="the type 'incidents', expected 'components'"):
            await client.components.get(1)
        with pytest.raises(UnexpectedResponseError, match="the type 'incidents', expected 'components'"):
            _ = [it async for it in client.components.list()]
