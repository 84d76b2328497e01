# Made by "make sync" from aio/test_pages.py: edit that file instead of this one.
"""Servers that send wrong page numbers: the list ends with an error that says what is wrong."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable

import pytest

from cachet_sdk import Client, errors
from tests.faults.server import COMPONENT, Connection, Fault, FaultServer, ReceivedRequest, answer

TOKEN = "a-token"

#: Returns the ids, the total, the page number and the number of pages that a server sends for a page.
Pages = Callable[[int], tuple[list[int], object, object, object]]


def serving(pages: Pages, **links: str) -> FaultServer:
    def play(connection: Connection, request: ReceivedRequest) -> None:
        match = re.search(r"[?&]page=(\d+)", request.target)
        ids, total, current, count = pages(int(match[1]) if match else 1)
        numbers = {"total": total, "count": len(ids), "per_page": 2, "current_page": current, "total_pages": count}
        document = {
            "meta": {"pagination": {**numbers, "links": links}},
            "data": [COMPONENT | {"id": number} for number in ids],
        }
        connection.send(answer("200 OK", json.dumps(document).encode()))

    return FaultServer(Fault("pages", play))


#: Counts up across all tests of a process.
_COUNT = itertools.count()

LIES: dict[str, tuple[Pages, str]] = {
    "never ends": (lambda page: ([2 * page, 2 * page + 1], 2 * page + 2, page, page + 1), "never ends"),
    "repeats the first page": (lambda page: ([1, 2], 8, page, 4), "repeats|different rows"),
    "sends the same page forever": (lambda _: ([1, 2], 8, 1, 4), "page 1, but page 2 was requested"),
    "promises more than it has": (lambda page: ([2 * page, 2 * page + 1], 100, page, 2), "although its total is 100"),
    "is empty in the middle": (lambda page: ([2 * page, 2 * page + 1] if page != 2 else [], 6, page, 3), "is empty"),
    "shrinks forever": (lambda page: ([], 10**9 - next(_COUNT), page, 10**8), "never ends|is empty"),
    "skips a page": (lambda page: ([page], 6, page + (page > 1), 3), "page 3, but page 2 was requested"),
    "sends no numbers": (lambda _: ([1], None, "one", {}), "impossible page numbers"),
    "sends negative numbers": (lambda _: ([1], -1, 1, 1), "impossible page numbers"),
    "sends fractions": (lambda _: ([1], 1.5, 1, 1), "impossible page numbers"),
    "sends huge numbers": (lambda _: ([1], 10**30, 1, 1), "impossible page numbers"),
    "sends a megabyte of text": (lambda _: ([1], "9" * 1_000_000, 1, 1), "impossible page numbers"),
}


@pytest.mark.parametrize("prefetch", [0, 3])
@pytest.mark.parametrize("lie", LIES)
def test_a_list_with_wrong_page_numbers_ends_with_an_error_that_says_why(lie: str, prefetch: int) -> None:
    pages, problem = LIES[lie]
    with serving(pages) as server:
        with Client(server.endpoint, TOKEN, timeout=10) as client:
            with pytest.raises(errors.UnexpectedResponseError, match=problem) as caught:
                [item.id for item in client.components.list(per_page=2, prefetch=prefetch)]
            assert len(server.received) < 600
            assert len(str(caught.value)) < 2_000


def test_rows_deleted_while_a_list_is_read_do_not_hide_others() -> None:
    seen: list[int] = []

    def shrinking(page: int) -> tuple[list[int], object, object, object]:
        ids = [1, 2, 3, 4, 5, 6] if not seen else [2, 3, 4, 5, 6]
        seen.append(page)
        return ids[2 * page - 2 : 2 * page], len(ids), page, 3

    with serving(shrinking) as server:
        with Client(server.endpoint, TOKEN) as client:
            assert [item.id for item in client.components.list(per_page=2)] == [1, 2, 3, 4, 5, 6]


def test_a_filtered_list_with_missing_rows_is_an_error() -> None:
    with serving(lambda page: ([1, 2], 5, page, 1)) as server:
        with Client(server.endpoint, TOKEN) as client:
            with pytest.raises(errors.PaginationError, match="although its total is 5"):
                [item.id for item in client.components.list(status=1)]


def test_no_link_in_a_response_is_followed() -> None:
    with serving(lambda page: ([page], 1, page, 1)) as other:
        links = {"next_page": f"{other.endpoint}/components?page=2"}
        with serving(lambda page: ([page], 2, page, 2), **links) as server:
            with Client(server.endpoint, TOKEN) as client:
                assert [item.id for item in client.components.list(per_page=1)] == [1, 2]
        assert other.received == []
        assert other.connections == 0
