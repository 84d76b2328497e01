# Made by "make sync" from aio/test_lists.py: edit that file instead of this one.
"""Lists of servers that ignore filters, return rows in random order, delete rows meanwhile, or send too many."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from cachet_sdk import PaginationError, UnexpectedResponseError, UnsupportedError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.client import Client

Row = dict[str, Any]


class Server:
    """A server with one list, and a version.

    Attributes:
        rows: The rows of the list.
        queries: The query parameters of each request for the list.
        after_count: Called after the rows are counted and before they are read.
        in_order: Returns the rows in the order of the list.
    """

    def __init__(self, rows: list[Row], *, version: str = "2.4.1", meta: bool = True) -> None:
        self.rows = rows
        self.queries: list[httpx.QueryParams] = []
        self._version = version
        self._meta = meta
        self.after_count: Callable[[], None] = lambda: None
        self.in_order: Callable[[], list[Row]] = lambda: self.rows

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self._respond)

    def _respond(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/version"):
            return httpx.Response(200, json={"data": self._version})
        query = request.url.params
        self.queries.append(query)
        page, per_page, total = int(query.get("page", 1)), int(query.get("per_page", 20)), len(self.rows)
        self.after_count()
        rows = self.in_order()
        if not self._meta:
            return httpx.Response(200, json={"data": rows})
        shown = rows[(page - 1) * per_page : page * per_page]
        pagination = {"total": total, "per_page": per_page, "current_page": page, "total_pages": -(-total // per_page)}
        return httpx.Response(200, json={"meta": {"pagination": pagination}, "data": shown})

    def client(self) -> Client:
        return FakeCachet().client(transport=self.transport)


def points(moments: list[str]) -> list[Row]:
    return [{"id": n, "metric_id": 1, "value": n, "created_at": at} for n, at in enumerate(moments, 1)]


NOW, THEN = "2026-01-02 03:00:30", "2026-01-02 03:00:00"


@pytest.mark.parametrize("per_page", [1, 12, 20, 45, 500])
@pytest.mark.parametrize("prefetch", [0, 2])
def test_every_point_is_returned_once_even_if_many_have_the_same_time(per_page: int, prefetch: int) -> None:
    server, rng = Server(points([THEN] * 30 + [NOW] * 45)), random.Random(7)
    server.in_order = lambda: sorted(server.rows, key=lambda row: (row["created_at"], rng.random()), reverse=True)
    with server.client() as client:
        found = [it.id for it in client.metric_points.list(1, per_page=per_page, prefetch=prefetch)]
        assert sorted(found) == list(range(1, 76))
        assert client.metric_points.count(1) == 75


def test_a_point_can_be_updated_among_many_with_the_same_time(fake_cachet: FakeCachet) -> None:
    server, rng = Server(points([NOW] * 1200)), random.Random(7)
    server.in_order = lambda: sorted(server.rows, key=lambda _: rng.random())
    changed: list[bytes] = []

    def handle(request: httpx.Request) -> httpx.Response:
        if request.method == "PUT":
            changed.append(request.content)
            return httpx.Response(200, json={"data": server.rows[776]})
        return server.transport.handle_request(request)

    with fake_cachet.client(transport=httpx.MockTransport(handle)) as client:
        client.metric_points.update(metric_id=1, point_id=777, timestamp=1_767_322_800)
    assert json.loads(changed[0]) == {"value": 777.0, "timestamp": "1767322800"}


@pytest.mark.parametrize("version", ["2.3.18", "2.4.1", "2.4.0-dev"])
@pytest.mark.parametrize(("page", "per_page"), [(1, 1), (1, 20), (2, 20), (1, 500)])
def test_points_are_returned_newest_first_on_every_release(version: str, page: int, per_page: int) -> None:
    rows = points([f"2026-01-02 {hour:02}:00:00" for hour in range(24)] * 2)
    server = Server(rows, version=version)
    oldest_first = sorted(rows, key=lambda row: (row["created_at"], row["id"]))
    server.in_order = lambda: oldest_first if version.startswith("2.3") else oldest_first[::-1]
    expected = [row["id"] for row in oldest_first[::-1]][(page - 1) * per_page :]
    with server.client() as client:
        assert [it.id for it in client.metric_points.list(1, page, per_page)] == expected


@pytest.mark.parametrize("version", ["2.0.4", "2.1.2", "nonsense"])
def test_a_response_without_page_numbers_is_the_whole_list(version: str) -> None:
    server = Server(points([THEN, NOW] * 20), version=version, meta=False)
    with server.client() as client:
        assert sorted([it.id for it in client.metric_points.list(1, per_page=7)]) == list(range(1, 41))
        assert client.metric_points.count(1) == 40


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("prefetch", [0, 3])
def test_a_list_is_complete_although_others_delete_rows_between_its_queries(seed: int, prefetch: int) -> None:
    rng = random.Random(seed)
    server = Server([{"id": n, "name": "A", "status": 1} for n in range(1, 61)])

    def delete_some() -> None:
        for _ in range(rng.choice([0, 0, 1, 2])):
            if server.rows:
                del server.rows[rng.randrange(len(server.rows))]

    server.after_count = delete_some
    with server.client() as client:
        found = [it.id for it in client.components.list(per_page=5, prefetch=prefetch)]
    assert len(found) == len(set(found))
    assert {row["id"] for row in server.rows} <= set(found)


@pytest.mark.parametrize("prefetch", [0, 3])
def test_a_filtered_list_is_requested_again_if_rows_are_deleted_meanwhile(prefetch: int) -> None:
    server = Server([{"id": n, "name": "A", "status": 1} for n in range(1, 61)])
    server.after_count = lambda: server.rows.clear() if len(server.queries) == 1 else None
    with server.client() as client:
        assert list(client.components.list(status=1, prefetch=prefetch)) == []
    assert len(server.queries) == 2


ROWS = [{"id": 1, "name": "A", "tags": {"web": "Web"}}, {"id": 2, "name": "A", "tags": []}, {"id": 3, "tags": {"": ""}}]


@pytest.mark.parametrize("sort", [None, "id"])
def test_a_tag_filter_is_applied_even_if_the_server_ignores_it(sort: Any) -> None:
    with Server(ROWS, version="2.3.18").client() as client:
        assert [it.id for it in client.components.list(tags="web", sort=sort)] == [1]
        assert [it.id for it in client.components.list(tags="Web", name="A", sort=sort)] == [1]
        assert [it.id for it in client.components.list(tags=["none"], per_page=1)] == []


@pytest.mark.parametrize(
    ("manager", "arguments"),
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
def test_a_filter_or_sort_that_the_server_ignores_is_refused(manager: str, arguments: dict[str, Any]) -> None:
    rows = [{"id": 1, "name": "A"}]
    with Server(rows, version="2.3.18").client() as client:
        with pytest.raises(UnsupportedError, match=arguments.get("sort") or next(iter(arguments))):
            list(getattr(client, manager).list(**arguments))


@pytest.mark.parametrize(("shown", "found"), [(1, [1]), ("1", [1]), (True, [1]), (0, []), ("0", []), (None, [])])
def test_a_filter_that_the_server_may_ignore_is_applied_to_values_of_any_type(shown: object, found: list[int]) -> None:
    with Server([{"id": 1, "name": "A", "stickied": shown}]).client() as client:
        assert [it.id for it in client.incidents.list(stickied=True)] == found


def _create_component_with_meta(client: Client) -> None:
    client.components.create(name="A", status=1, meta={"k": "v"})


def _update_component_silently(client: Client) -> None:
    client.components.update(1, status=1, enabled=True, silent=True)


def _create_hidden_group(client: Client) -> None:
    client.component_groups.create(name="A", visible=False)


def _create_stickied_incident(client: Client) -> None:
    client.incidents.create(name="A", message="m", status=1, stickied=True)


def _create_incident_with_meta(client: Client) -> None:
    client.incidents.create(name="A", message="m", status=1, meta={"k": "v"})


def _create_hidden_metric(client: Client) -> None:
    client.metrics.create(name="A", suffix="s", visible=2)


@pytest.mark.parametrize(
    ("write", "field"),
    [
        (_create_component_with_meta, "meta"),
        (_update_component_silently, "silent"),
        (_create_hidden_group, "visible"),
        (_create_stickied_incident, "stickied"),
        (_create_incident_with_meta, "meta"),
        (_create_hidden_metric, "visible"),
    ],
)
def test_a_field_that_2_3_would_drop_is_refused_before_anything_is_sent(
    write: Callable[[Client], Any], field: str
) -> None:
    fake = FakeCachet(release="2.3")
    with fake.client() as client:
        with pytest.raises(UnsupportedError, match=rf"^{field}: .*requires Cachet 2\.4"):
            write(client)
    assert [it.method for it in fake.requests if it.method != "GET"] == []


def test_a_value_that_2_3_uses_anyway_is_not_refused() -> None:
    with FakeCachet(release="2.3").client() as client:
        client.component_groups.create(name="A", visible=True)
        client.incidents.create(name="A", message="m", status=1, stickied=False, meta={})
        client.metrics.create(name="A", suffix="s", visible=1)
        assert (client.components.create(name="A", status=1, meta={})).name == "A"


def test_a_page_with_more_rows_than_requested_is_refused_before_they_are_parsed() -> None:
    body = b'{"data":[' + b"0," * 400_000 + b"0]}"
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=body))
    with FakeCachet().client(transport=transport) as client:
        with pytest.raises(PaginationError, match="contains 400001 rows, but 20 were requested"):
            list(client.components.list())


def test_invalid_rows_are_summarized_in_one_short_error() -> None:
    body = b'{"meta":{"pagination":{"total":1,"per_page":1,"current_page":1,"total_pages":1}},"data":['
    body += b"0," * 400_000 + b"0]}"
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=body))
    with FakeCachet().client(transport=transport) as client:
        with pytest.raises(UnexpectedResponseError) as caught:
            list(client.components.list(status=1))
    assert "and 400000 more" not in str(caught.value)
    assert len(str(caught.value)) < 500


def test_one_malformed_field_does_not_make_a_list_unreadable() -> None:
    malformed: dict[str, Row] = {
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
    for manager, fields in malformed.items():
        rows: list[Row] = [{"id": 1, "name": "A"}, {"id": 2, "name": "B", **fields}]
        with Server(rows).client() as client:
            assert {it.id for it in getattr(client, manager).list(per_page=20)} == {1, 2}
