"""Lists without a total: read and counted, even if their rows change meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cachet_sdk.core.http.rate_limit import RateLimit
from cachet_sdk.core.paging.pages import PagingProblem
from cachet_sdk.core.paging.simple import CountSearch, MutationCounter, SimplePages


def page_of(rows: list[int], number: int, per_page: int) -> tuple[dict[str, Any], list[int]]:
    """Return a page of a list, as the server divides it."""
    start = (number - 1) * per_page
    links = {"next": "?page=next"} if len(rows) > start + per_page else {}
    meta = {"current_page": number, "per_page": per_page}
    return {"links": links, "meta": meta}, rows[start : start + per_page]


@given(st.integers(0, 400), st.integers(1, 20))
def test_a_list_is_counted_in_few_requests(total: int, per_page: int) -> None:
    search, requests = CountSearch(), 0
    while search.page is not None:
        document, rows = page_of([*range(total)], search.page, per_page)
        search.feed(document, len(rows))
        requests += 1
    assert search.total == total
    assert requests <= 2 * (total // per_page + 1).bit_length() + 1


def test_counting_a_list_that_shrinks_meanwhile_returns_a_number() -> None:
    search = CountSearch()
    for total in (10, 10, 2, 2):
        assert search.page is not None
        document, rows = page_of([*range(total)], search.page, 2)
        search.feed(document, len(rows))
    assert search.page is None
    assert search.total == 4


def test_a_page_other_than_the_one_requested_is_refused() -> None:
    document, rows = page_of([1, 2, 3], 2, 2)
    with pytest.raises(PagingProblem, match="page 2, but page 1"):
        CountSearch().feed(document, len(rows))
    with pytest.raises(PagingProblem, match="page 2, but page 1"):
        SimplePages(1, MutationCounter().count).read(document, rows)


@given(st.integers(0, 60), st.integers(1, 9), st.data())
def test_remaining_rows_are_returned_once_whatever_is_deleted_meanwhile(
    total: int, per_page: int, data: st.DataObject
) -> None:
    remaining, mutations = [*range(1, total + 1)], MutationCounter()
    reader, seen, gone = SimplePages(1, mutations.count), list[int](), set[int]()

    def delete(some: bool) -> None:
        for number in data.draw(st.sets(st.sampled_from(remaining), max_size=4)) if some and remaining else ():
            remaining.remove(number)
            gone.add(number)
            mutations.deleted()

    while reader.page is not None:
        requested = reader.page
        delete(data.draw(st.booleans()))  # while the page is in flight
        document, ids = page_of(remaining, requested, per_page)
        seen += [ids[position] for position in reader.read(document, ids)]
        delete(data.draw(st.booleans()))  # while its rows are in use
    assert len(seen) == len(set(seen))
    assert set(range(1, total + 1)) - gone <= set(seen)


def test_no_row_is_missed_if_one_is_deleted_while_the_last_page_is_in_flight() -> None:
    remaining, mutations = [1, 2, 3, 4], MutationCounter()
    reader = SimplePages(1, mutations.count)
    assert reader.read(*page_of(remaining, 1, 2)) == [0, 1]
    assert reader.page == 2
    remaining.remove(1)  # while the second page is in flight: row 3 is now on the first page
    mutations.deleted()
    assert reader.read(*page_of(remaining, 2, 2)) == [0]
    assert reader.page == 1
    assert reader.read(*page_of(remaining, 1, 2)) == [1]
    assert reader.page == 2
    assert reader.read(*page_of(remaining, 2, 2)) == []
    assert reader.page is None


@pytest.mark.parametrize(
    ("headers", "limit"),
    [
        ({}, None),
        ({"X-RateLimit-Limit": "300"}, None),
        ({"X-RateLimit-Limit": "many", "X-RateLimit-Remaining": "1"}, None),
        ({"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "299"}, RateLimit(300, 299)),
        (
            {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1790000000"},
            RateLimit(300, 0, 1_790_000_000),
        ),
    ],
)
def test_a_rate_limit_is_read_from_headers(headers: dict[str, str], limit: RateLimit | None) -> None:
    assert RateLimit.read(headers) == limit


def test_only_changes_to_fields_that_filter_or_sort_a_list_are_counted() -> None:
    mutations = MutationCounter()
    mutations.changed(["name", "status"])
    mutations.deleted()
    assert [mutations.count(names) for names in ((), ("name",), ("order",), ("name", "status"))] == [1, 2, 1, 3]


def test_a_list_that_keeps_changing_is_refused() -> None:
    mutations = MutationCounter()
    reader = SimplePages(1, mutations.count)

    def read_on() -> None:
        while reader.page is not None:
            mutations.deleted()  # forever, though no row disappears
            reader.read(*page_of([1, 2, 3], reader.page, 2))

    with pytest.raises(PagingProblem, match="keeps changing while it is read"):
        read_on()
