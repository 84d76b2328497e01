"""Lists of servers that ignore filters, shuffle points of one moment, delete while they answer, or send too much."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from cachet_sdk import PaginationError, UnexpectedResponseError, UnsupportedError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.aio.client import AsyncClient

Row = dict[str, Any]


class Server:
    """A list in pages, and a version.

    Attributes:
        rows: The rows, in the order of the list.
        asked: The queries of the requests for the list.
    """

    def __init__(self, rows: list[Row], *, version: str = "2.4.1", meta: bool = True) -> None:
        self.rows = rows
        self.asked: list[httpx.QueryParams] = []
        self._version = version
        self._meta = meta
        self.before_rows: Callable[[], None] = lambda: None
        self.order: Callable[[], list[Row]] = lambda: self.rows

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/version"):
            return httpx.Response(200, json={"data": self._version})
        query = request.url.params
        self.asked.append(query)
        page, per_page, total = int(query.get("page", 1)), int(query.get("per_page", 20)), len(self.rows)
        self.before_rows()
        rows = self.order()
        if not self._meta:
            return httpx.Response(200, json={"data": rows})
        shown = rows[(page - 1) * per_page : page * per_page]
        pagination = {"total": total, "per_page": per_page, "current_page": page, "total_pages": -(-total // per_page)}
        return httpx.Response(200, json={"meta": {"pagination": pagination}, "data": shown})

    def client(self) -> AsyncClient:
        return FakeCachet().async_client(transport=self.transport)


def points(moments: list[str]) -> list[Row]:
    return [{"id": n, "metric_id": 1, "value": n, "created_at": at} for n, at in enumerate(moments, 1)]


NOW, THEN = "2026-01-02 03:00:30", "2026-01-02 03:00:00"


@pytest.mark.parametrize("per_page", [1, 12, 20, 45, 500])
@pytest.mark.parametrize("prefetch", [0, 2])
async def test_every_point_comes_once_however_many_share_a_moment(per_page: int, prefetch: int) -> None:
    server, dice = Server(points([THEN] * 30 + [NOW] * 45)), random.Random(7)
    server.order = lambda: sorted(server.rows, key=lambda row: (row["created_at"], dice.random()), reverse=True)
    async with server.client() as client:
        found = [it.id async for it in client.metric_points.list(1, per_page=per_page, prefetch=prefetch)]
        assert sorted(found) == list(range(1, 76))
        assert await client.metric_points.count(1) == 75


async def test_a_point_among_many_of_one_moment_is_found_and_changed(fake_cachet: FakeCachet) -> None:
    server, dice = Server(points([NOW] * 1200)), random.Random(7)
    server.order = lambda: sorted(server.rows, key=lambda _: dice.random())
    changed: list[bytes] = []

    def handle(request: httpx.Request) -> httpx.Response:
        if request.method == "PUT":
            changed.append(request.content)
            return httpx.Response(200, json={"data": server.rows[776]})
        return server.transport.handle_request(request)

    async with fake_cachet.async_client(transport=httpx.MockTransport(handle)) as client:
        await client.metric_points.update(metric_id=1, point_id=777, timestamp=1_767_322_800)
    assert json.loads(changed[0]) == {"value": 777.0, "timestamp": "1767322800"}


@pytest.mark.parametrize("version", ["2.3.18", "2.4.1", "2.4.0-dev"])
@pytest.mark.parametrize(("page", "per_page"), [(1, 1), (1, 20), (2, 20), (1, 500)])
async def test_points_come_newest_first_from_every_release(version: str, page: int, per_page: int) -> None:
    rows = points([f"2026-01-02 {hour:02}:00:00" for hour in range(24)] * 2)
    server = Server(rows, version=version)
    oldest_first = sorted(rows, key=lambda row: (row["created_at"], row["id"]))
    server.order = lambda: oldest_first if version.startswith("2.3") else oldest_first[::-1]
    expected = [row["id"] for row in oldest_first[::-1]][(page - 1) * per_page :]
    async with server.client() as client:
        assert [it.id async for it in client.metric_points.list(1, page, per_page)] == expected


@pytest.mark.parametrize("version", ["2.0.4", "2.1.2", "nonsense"])
async def test_points_without_page_numbers_are_the_whole_list(version: str) -> None:
    server = Server(points([THEN, NOW] * 20), version=version, meta=False)
    async with server.client() as client:
        assert sorted([it.id async for it in client.metric_points.list(1, per_page=7)]) == list(range(1, 41))
        assert await client.metric_points.count(1) == 40


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("prefetch", [0, 3])
async def test_a_list_is_complete_whatever_others_delete_while_it_is_answered(seed: int, prefetch: int) -> None:
    dice = random.Random(seed)
    server = Server([{"id": n, "name": "A", "status": 1} for n in range(1, 61)])

    def delete_some() -> None:
        for _ in range(dice.choice([0, 0, 1, 2])):
            if server.rows:
                del server.rows[dice.randrange(len(server.rows))]

    server.before_rows = delete_some
    async with server.client() as client:
        found = [it.id async for it in client.components.list(per_page=5, prefetch=prefetch)]
    assert len(found) == len(set(found))
    assert {row["id"] for row in server.rows} <= set(found)


@pytest.mark.parametrize("prefetch", [0, 3])
async def test_a_filtered_list_is_asked_for_again_when_rows_go_meanwhile(prefetch: int) -> None:
    server = Server([{"id": n, "name": "A", "status": 1} for n in range(1, 61)])
    server.before_rows = lambda: server.rows.clear() if len(server.asked) == 1 else None
    async with server.client() as client:
        assert [it async for it in client.components.list(status=1, prefetch=prefetch)] == []


ROWS = [{"id": 1, "name": "A", "tags": {"web": "Web"}}, {"id": 2, "name": "A", "tags": []}, {"id": 3, "tags": {"": ""}}]


@pytest.mark.parametrize("sort", [None, "id"])
async def test_a_filter_by_tags_holds_where_the_server_ignores_it(sort: Any) -> None:
    async with Server(ROWS, version="2.3.18").client() as client:
        assert [it.id async for it in client.components.list(tags="web", sort=sort)] == [1]
        assert [it.id async for it in client.components.list(tags="Web", name="A", sort=sort)] == [1]
        assert [it.id async for it in client.components.list(tags=["none"], per_page=1)] == []


@pytest.mark.parametrize(
    ("manager", "asked"),
    [
        ("incidents", {"stickied": True}),
        ("incidents", {"stickied": False}),
        ("incidents", {"user_id": 1}),
        ("incidents", {"sort": "user_id"}),
        ("incidents", {"sort": "occurred_at"}),
        ("component_groups", {"visible": True}),
        ("component_groups", {"sort": "visible"}),
        ("metrics", {"sort": "visible"}),
    ],
)
async def test_a_filter_or_an_order_that_the_server_ignores_is_refused(manager: str, asked: dict[str, Any]) -> None:
    rows = [{"id": 1, "name": "A"}]
    async with Server(rows, version="2.3.18").client() as client:
        with pytest.raises(
            UnsupportedError, match=next(iter(asked.values())) if "sort" in asked else next(iter(asked))
        ):
            [it async for it in getattr(client, manager).list(**asked)]


@pytest.mark.parametrize(("shown", "found"), [(1, [1]), ("1", [1]), (True, [1]), (0, []), ("0", []), (None, [])])
async def test_a_filter_that_the_server_may_ignore_is_checked_whatever_form_a_row_has(
    shown: object, found: list[int]
) -> None:
    async with Server([{"id": 1, "name": "A", "stickied": shown}]).client() as client:
        assert [it.id async for it in client.incidents.list(stickied=True)] == found


async def _component(client: AsyncClient) -> None:
    await client.components.create(name="A", status=1, meta={"k": "v"})


async def _component_change(client: AsyncClient) -> None:
    await client.components.update(1, status=1, enabled=True, silent=True)


async def _group(client: AsyncClient) -> None:
    await client.component_groups.create(name="A", visible=False)


async def _incident(client: AsyncClient) -> None:
    await client.incidents.create(name="A", message="m", status=1, stickied=True)


async def _incident_meta(client: AsyncClient) -> None:
    await client.incidents.create(name="A", message="m", status=1, meta={"k": "v"})


async def _metric(client: AsyncClient) -> None:
    await client.metrics.create(name="A", suffix="s", visible=2)


@pytest.mark.parametrize("write", [_component, _component_change, _group, _incident, _incident_meta, _metric])
async def test_what_2_3_would_drop_is_refused_before_anything_is_sent(write: Callable[[AsyncClient], Any]) -> None:
    old = FakeCachet(release="2.3")
    async with old.async_client() as client:
        with pytest.raises(UnsupportedError, match=r"meta|silent|visible|stickied.*needs Cachet 2\.4"):
            await write(client)
    assert [it.method for it in old.requests if it.method != "GET"] == []


async def test_what_2_3_does_anyway_is_not_refused() -> None:
    async with FakeCachet(release="2.3").async_client() as client:
        await client.component_groups.create(name="A", visible=True)
        await client.incidents.create(name="A", message="m", status=1, stickied=False, meta={})
        await client.metrics.create(name="A", suffix="s", visible=1)
        assert (await client.components.create(name="A", status=1, meta={})).name == "A"


async def test_a_page_with_more_rows_than_were_asked_for_is_refused_before_they_are_looked_at() -> None:
    body = b'{"data":[' + b"0," * 400_000 + b"0]}"
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=body))
    async with FakeCachet().async_client(transport=transport) as client:
        with pytest.raises(PaginationError, match="contains 400001 rows, but 20 were requested"):
            [it async for it in client.components.list()]


async def test_rows_that_are_none_cost_one_error_and_not_one_each() -> None:
    body = b'{"meta":{"pagination":{"total":1,"per_page":1,"current_page":1,"total_pages":1}},"data":['
    body += b"0," * 400_000 + b"0]}"
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=body))
    async with FakeCachet().async_client(transport=transport) as client:
        with pytest.raises(UnexpectedResponseError) as caught:
            [it async for it in client.components.list(status=1)]
    assert "and 400000 more" not in str(caught.value)
    assert len(str(caught.value)) < 500


async def test_one_odd_field_does_not_make_a_list_unreadable() -> None:
    odd: dict[str, Row] = {
        "components": {"order": "", "group_id": "", "enabled": "", "status": "", "tags": "", "description": None},
        "component_groups": {"order": "", "visible": "", "collapsed": "", "enabled_components": None},
        "incidents": {
            "visible": "",
            "stickied": "",
            "notifications": "",
            "status": "4",
            "component_id": "",
            "meta": "",
        },
        "metrics": {"default_value": "1.500", "display_chart": "", "places": "", "visible": "", "threshold": "5"},
        "schedules": {"status": "", "message": None},
    }
    for kind, fields in odd.items():
        rows: list[Row] = [{"id": 1, "name": "A"}, {"id": 2, "name": "B", **fields}]
        async with Server(rows).client() as client:
            assert {it.id async for it in getattr(client, kind).list(per_page=20)} == {1, 2}
