# Made by "make sync" from aio/test_lists.py: edit that file instead of this one.
"""Lists that change while they are read, and malformed lists."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import httpx
import pytest

from cachet_sdk import PaginationError, UnexpectedResponseError
from cachet_sdk.v3.client import Client
from tests.v3.conftest import Server


def create_components(client: Client, count: int) -> None:
    for number in range(count):
        client.components.create(name=str(number), status=1)


@pytest.mark.parametrize("prefetch", [0, 1, 3])
@pytest.mark.parametrize("per_page", [1, 7, 10, 100])
def test_all_rows_can_be_deleted_while_listing_them(client: Client, prefetch: int, per_page: int) -> None:
    create_components(client, 23)
    deleted = 0
    for component in client.components.list(per_page=per_page, prefetch=prefetch):
        component.delete()
        deleted += 1
    assert deleted == 23
    assert client.components.count() == 0


@pytest.mark.parametrize("prefetch", [0, 2])
def test_no_row_is_skipped_when_every_other_row_is_deleted(client: Client, prefetch: int) -> None:
    create_components(client, 23)
    seen: list[int] = []
    for component in client.components.list(per_page=3, prefetch=prefetch):
        seen.append(component.id)
        if component.id % 2:
            client.components.delete(component.id)
    assert seen == list(range(1, 24))


def test_no_row_is_skipped_when_an_update_removes_it_from_the_list(client: Client) -> None:
    create_components(client, 12)
    for component in client.components.list(per_page=5, status=1):
        component.status = 4
        component.save()
    assert [it.id for it in client.components.list(status=4)] == list(range(1, 13))


def test_updates_that_do_not_affect_the_list_cost_no_extra_request(client: Client, server: Server) -> None:
    create_components(client, 6)
    server.requests.clear()
    for component in client.components.list(per_page=2):
        client.components.update(component.id, status=4)
    assert [request.method for request in server.requests].count("GET") == 3


def test_pages_are_requested_only_as_they_are_needed(client: Client, server: Server) -> None:
    create_components(client, 5)
    server.requests.clear()
    listed = client.components.list(per_page=2)
    assert not server.requests
    assert (next(listed)).id == 1
    assert len(server.requests) == 1
    listed.close()


def test_rows_shifted_by_new_rows_are_returned_once(client: Client) -> None:
    create_components(client, 4)
    seen: list[int] = []
    for component in client.components.list(per_page=2, sort="-id"):
        if len(seen) < 6:
            client.components.create(name="new", status=1)
        seen.append(component.id)
    assert seen == [4, 3, 2, 1]


@pytest.mark.parametrize("prefetch", [1, 4])
def test_prefetched_pages_are_in_order(client: Client, prefetch: int) -> None:
    create_components(client, 11)
    assert [it.id for it in client.components.list(per_page=2, prefetch=prefetch)] == list(range(1, 12))


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
def test_a_malformed_list_raises_a_pagination_error(server: Server, pages: list[dict[str, Any]], problem: str) -> None:
    responses = iter(pages)
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=next(responses)))
    with server.client(transport=transport) as client:
        with pytest.raises(PaginationError, match=problem):
            list(client.components.list(per_page=2))


@pytest.mark.parametrize("document", [[], {}, {"data": None}, {"data": [3]}, {"data": {"id": "1"}}, "text"])
def test_an_unexpected_document_raises_an_error(server: Server, document: Any) -> None:
    content = json.dumps(document)
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=content))
    with server.client(transport=transport) as client:
        with pytest.raises(UnexpectedResponseError):
            list(client.components.list())
        with pytest.raises(UnexpectedResponseError):
            client.components.get(1)
        with pytest.raises(UnexpectedResponseError):
            client.components.count()


def test_no_row_is_skipped_when_an_incident_update_removes_its_incident_from_the_list(
    client: Client,
) -> None:
    for number in range(1, 11):
        client.incidents.create(name=str(number), status=1, message="m")
    seen: list[int] = []
    for incident in client.incidents.list(status=1, per_page=2):
        seen.append(incident.id)
        client.incident_updates.create(incident_id=incident.id, status=4, message="Fixed")
    assert seen == list(range(1, 11))


def test_no_row_is_skipped_when_a_changed_or_deleted_update_changes_its_incident(
    client: Client,
) -> None:
    for number in range(1, 11):
        client.incidents.create(name=str(number), status=2, message="m")
        client.incident_updates.create(incident_id=number, status=1, message="m")
    seen: list[int] = []
    for incident in client.incidents.list(status=1, per_page=2, include=("updates",)):
        seen.append(incident.id)
        (update,) = incident.updates or []
        update.status = 4
        update.save()
    for incident in client.incidents.list(status=4, per_page=2, include=("updates",)):
        seen.append(incident.id)
        (update,) = incident.updates or []
        update.delete()
    assert seen == [*range(1, 11), *range(1, 11)]


def test_no_row_is_skipped_when_an_update_completes_its_schedule(client: Client) -> None:
    past = datetime(2026, 11, 1)
    for number in range(10):
        client.schedules.create(name=str(number), message="m", scheduled_at=past)
    seen: list[int] = []
    for schedule in client.schedules.list(status=1, per_page=2):
        seen.append(schedule.id)
        client.schedule_updates.create(schedule_id=schedule.id, message="Done", completed_at=past)
    assert seen == list(range(1, 11))


def test_no_row_is_skipped_when_a_new_name_changes_the_slug_of_a_template(client: Client) -> None:
    for number in range(10):
        client.incident_templates.create(name=f"old {number}", template="t")
    seen: list[int] = []
    for template in client.incident_templates.list(slug="old", per_page=2):
        seen.append(template.id)
        client.incident_templates.update(template.id, name=f"new {template.id}")
    assert seen == list(range(1, 11))


def test_a_resource_of_another_type_is_refused(server: Server) -> None:
    data = {"type": "incidents", "id": "1", "attributes": {"id": 1, "name": "x"}}
    page = {"data": [data], "links": {}, "meta": {"current_page": 1, "per_page": 15}}
    responses = iter([{"data": data}, page])
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=next(responses)))
    with server.client(transport=transport) as client:
        with pytest.raises(UnexpectedResponseError, match="the type 'incidents', expected 'components'"):
            client.components.get(1)
        with pytest.raises(UnexpectedResponseError, match="the type 'incidents', expected 'components'"):
            _ = list(client.components.list())
