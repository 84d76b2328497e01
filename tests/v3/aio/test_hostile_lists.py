"""Lists that no Cachet 3 sends: far more rows than requested, and endless relations."""

from __future__ import annotations

import time
from typing import Any

import httpx
import pytest

from cachet_sdk import PaginationError, UnexpectedResponseError
from cachet_sdk.testing import FakeCachet

Row = dict[str, Any]


def resource_object(number: int, kind: str, relation: str, targets: list[tuple[str, int]]) -> Row:
    """Return a resource object with one relation, whose targets are types and ids."""
    data = [{"type": target_kind, "id": str(target)} for target_kind, target in targets]
    attributes = {"id": number, "name": "A", "message": "m"}
    return {"type": kind, "id": str(number), "attributes": attributes, "relationships": {relation: {"data": data}}}


def client_of(rows: list[Row], included: list[Row], requests: list[httpx.Request] | None = None) -> Any:
    """Return a client of a server that responds to every request with the same page, and append its requests."""
    meta = {"current_page": 1, "per_page": 100, "from": 1, "to": 1, "path": "", "current_page_url": ""}
    response = httpx.Response(200, json={"data": rows, "included": included, "links": {"first": ""}, "meta": meta})

    def handle(request: httpx.Request) -> httpx.Response:
        if requests is not None:
            requests.append(request)
        return response

    return FakeCachet(version="3").async_client(transport=httpx.MockTransport(handle))


async def test_relations_that_chain_through_all_included_resources_are_refused_in_linear_time() -> None:
    rows = [resource_object(n, "incidents", "components", [("components", 1)]) for n in range(1, 101)]
    chain = [resource_object(n, "components", "incidents", [("components", n + 1)]) for n in range(1, 10_001)]
    started = time.process_time()
    async with client_of(rows, chain) as client:
        with pytest.raises(UnexpectedResponseError, match="included resources with far more"):
            [it async for it in client.incidents.list(per_page=100)]
    assert time.process_time() - started < 2


async def test_the_relations_of_one_row_are_followed_in_linear_time() -> None:
    chain = [resource_object(n, "components", "incidents", [("components", n + 1)]) for n in range(1, 3001)]
    rows = [resource_object(1, "incidents", "components", [("components", n) for n in range(1, 3001)])]
    started = time.process_time()
    async with client_of(rows, chain) as client:
        found = [it async for it in client.incidents.list(per_page=100)]
        with pytest.raises(UnexpectedResponseError, match="included resources with far more"):
            _ = found[0].components
    assert time.process_time() - started < 2


async def test_a_page_whose_rows_share_many_relations_is_parsed() -> None:
    components = [resource_object(n, "components", "group", [("componentGroups", 1)]) for n in range(1, 101)]
    group = {"type": "componentGroups", "id": "1", "attributes": {"id": 1, "name": "G"}}
    rows = [resource_object(1, "incidents", "components", [("components", n) for n in range(1, 101)])]
    rows += [resource_object(n, "incidents", "components", []) for n in range(2, 101)]
    async with client_of(rows, [*components, group]) as client:
        found = [it async for it in client.incidents.list(per_page=100)]
        assert len(found) == len(found[0].components) == 100
        assert found[0].components[99].group.name == "G"


async def test_more_rows_than_requested_are_refused_without_a_request_for_each() -> None:
    rows = [resource_object(n, "incidents", "components", [("components", 1)]) for n in range(1, 2001)]
    component = {"type": "components", "id": "1", "attributes": {"id": 1, "name": "A"}}
    requests: list[httpx.Request] = []
    async with client_of(rows, [component], requests) as client:
        with pytest.raises(PaginationError, match="contains 2000 rows, but 20 were requested"):
            [it async for it in client.incidents.list(per_page=20, include=("components",))]
    assert len(requests) == 1
