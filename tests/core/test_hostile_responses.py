# Made by "make sync" from aio/test_hostile_responses.py: edit that file instead of this one.
"""Responses crafted to cost memory, time or requests: each call soon fails, and uses little memory until then."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from cachet_sdk import HTTPError, UnexpectedResponseError
from cachet_sdk import TimeoutError as CallTimeoutError
from cachet_sdk.testing import FakeCachet

Call = Callable[[Any], object]

#: How many numbers, of two bytes each, are sent in place of resources.
MANY = 300_000
ZEROS = b"[" + b"0," * MANY + b"0]"
V1_META = b'{"pagination":{"total":%d,"count":20,"per_page":20,"current_page":1,"total_pages":1}}' % (MANY + 1)
V3_META = b'"links":{"first":"x","next":null},"meta":{"current_page":1,"per_page":100}'
V1_LIST = b'{"meta":%s,"data":%s}' % (V1_META, ZEROS)
V3_LIST = b'{"data":%s,%s}' % (ZEROS, V3_META)


def server(content: bytes) -> tuple[httpx.MockTransport, list[str]]:
    requested: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        requested.append(request.url.path)
        if request.url.path.endswith("/version"):
            return httpx.Response(200, json={"data": "2.4.1"})
        return httpx.Response(200, content=content)

    return httpx.MockTransport(handle), requested


def read_all(items: Any) -> None:
    for _ in items:
        pass


def resource_with(field: bytes) -> bytes:
    return b'{"data":{"id":1,"name":"A","email":"a@example.com","%s":%s}}' % (field, ZEROS)


HOSTILE: dict[str, tuple[Any, bytes, Call]] = {
    "pages of Cachet 2": ("1", V1_LIST, lambda client: read_all(client.components.list())),
    "large pages of Cachet 2": ("1", V1_LIST, lambda client: read_all(client.metrics.list(per_page=10**7))),
    "a list in one request": ("1", V1_LIST, lambda client: read_all(client.incidents.list(status=1))),
    "a list that the client filters as well": ("1", V1_LIST, lambda client: read_all(client.components.list(tags="a"))),
    "metric points": ("1", V1_LIST, lambda client: read_all(client.metric_points.list(1))),
    "a list instead of a resource": ("1", V1_LIST, lambda client: client.components.get(1)),
    "components of a group": ("1", resource_with(b"enabled_components"), lambda client: client.component_groups.get(1)),
    "tags": ("1", resource_with(b"tags"), lambda client: client.components.get(1)),
    "pages of Cachet 3": ("3", V3_LIST, lambda client: read_all(client.components.list())),
    "pages with included components of Cachet 3": (
        "3",
        V3_LIST,
        lambda client: read_all(client.incidents.list(include=["components"])),
    ),
    "the count of Cachet 3": ("3", V3_LIST, lambda client: client.components.count()),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_response_full_of_values_that_are_not_resources_costs_little(case: str) -> None:
    version, content, call = HOSTILE[case]
    transport, requested = server(content)
    with FakeCachet(version=version).client(transport=transport) as client:
        tracemalloc.start()
        started = time.process_time()
        try:
            with pytest.raises(UnexpectedResponseError):
                call(client)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert time.process_time() - started < 5
    assert peak < 10 * len(content)
    assert len(requested) <= 3


@pytest.mark.parametrize("version", ["1", "3"])
def test_a_page_with_many_more_rows_than_requested_is_refused_unread(version: Any) -> None:
    row = b'{"type":"components","id":"%d","attributes":{"id":%d,"name":"A"},"name":"A"}'
    rows = b"[" + b",".join(row % (number, number) for number in range(1, 15_001)) + b"]"
    content = b'{"meta":%s,"data":%s}' % (V1_META, rows) if version == "1" else b'{"data":%s,%s}' % (rows, V3_META)
    transport, requested = server(content)
    with FakeCachet(version=version).client(transport=transport) as client:
        tracemalloc.start()
        try:
            with pytest.raises(UnexpectedResponseError, match="contains 15000 rows, but 20 were requested"):
                read_all(client.components.list(per_page=20))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < 15 * len(content)  # nearly all of it is taken by Python's dictionaries
    assert len(requested) == 1


@pytest.mark.parametrize("version", ["1", "3"])
def test_the_deadline_applies_while_a_response_is_parsed(version: Any) -> None:
    row = b'{"a":{"b":[{"c":"%s"}]}},' % (b"d" * 60)
    nested = b'{"data":[' + row * 30_000 + b"0]}"
    transport, _ = server(nested)
    with FakeCachet(version=version).client(transport=transport, total_timeout=0.01, max_retries=0) as client:
        with pytest.raises(CallTimeoutError):
            client.components.get(1)


def test_rows_that_share_a_component_are_each_requested_at_most_once() -> None:
    component = b'{"type":"components","id":"1","attributes":{"id":1,"name":"A"}}'
    row = (
        b'{"type":"incidents","id":"%d","attributes":{"id":%d,"name":"A"},'
        b'"relationships":{"components":{"data":[{"type":"components","id":"1"}]}}}'
    )
    rows = b",".join(row % (number, number) for number in range(1, 101))
    requested: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        requested.append(request.url.path)
        number = request.url.path.rpartition("/")[2]
        if number.isdigit():
            content = b'{"data":%s,"included":[%s]}' % (row % (int(number), int(number)), component)
        else:
            content = b'{"data":[%s],"included":[%s],%s}' % (rows, component, V3_META)
        return httpx.Response(200, content=content)

    transport = httpx.MockTransport(handle)
    with FakeCachet(version="3").client(transport=transport) as client:
        assert len(list(client.incidents.list(per_page=100, include=["components"]))) == 100
    assert len(requested) == 100  # the page, and every row except the first


@pytest.mark.parametrize("version", ["1", "3"])
@pytest.mark.parametrize("status", [200, 422])
@pytest.mark.parametrize("one", [b"{}", b"[]", b"[0]", b'{"a":0}', b'{"a": {"b": []}}'])
def test_a_response_of_empty_objects_takes_at_most_ten_times_its_length_in_memory(
    version: Any, status: int, one: bytes
) -> None:
    content = b'{"data":[' + (one + b",") * (600_000 // len(one)) + b"0]}"
    transport = httpx.MockTransport(lambda _: httpx.Response(status, content=content))
    with FakeCachet(version=version).client(transport=transport) as client:
        tracemalloc.start()
        try:
            with pytest.raises((UnexpectedResponseError, HTTPError)):
                client.components.get(1)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < 10 * len(content)


def test_a_text_full_of_brackets_is_accepted() -> None:
    message = "- [ ] do [this](https://example.com) {now}, [then] that\n" * 20_000
    row = {"id": 1, "name": "A", "message": message}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json={"data": row}))
    with FakeCachet().client(transport=transport) as client:
        assert (client.incidents.get(1)).message == message
