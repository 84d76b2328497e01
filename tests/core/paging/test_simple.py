"""Lists without a total: walked and counted, whatever happens to their rows meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cachet_sdk.core.http.rate_limit import RateLimit
from cachet_sdk.core.paging.pages import PagingProblem
from cachet_sdk.core.paging.simple import CountSearch, MutationCounter, SimplePages


def page_of(rows: list[int], number: int, per_page: int) -> tuple[dict[str, Any], list[int]]:
    """A page of a list, as the server cuts it."""
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


def test_a_list_that_shrinks_while_it_is_counted_gives_a_number_all_the_same() -> None:
    search = CountSearch()
    for total in (10, 10, 2, 2):
        assert search.page is not None
        document, rows = page_of([*range(total)], search.page, 2)
        search.feed(document, len(rows))
    assert search.page is None
    assert search.total == 4


def test_another_page_than_the_one_asked_for_is_a_problem() -> None:
    document, rows = page_of([1, 2, 3], 2, 2)
    with pytest.raises(PagingProblem, match="page 2, but page 1"):
        CountSearch().feed(document, len(rows))
    with pytest.raises(PagingProblem, match="page 2, but page 1"):
        SimplePages(1, MutationCounter().count).read(document, rows)


@given(st.integers(0, 60), st.integers(1, 9), st.data())
def test_a_walk_gives_every_row_once_whatever_is_deleted_meanwhile(
    total: int, per_page: int, data: st.DataObject
) -> None:
    left, moves = [*range(1, total + 1)], MutationCounter()
    walk, seen, gone = SimplePages(1, moves.count), list[int](), set[int]()

    def delete(some: bool) -> None:
        for number in data.draw(st.sets(st.sampled_from(left), max_size=4)) if some and left else ():
            left.remove(number)
            gone.add(number)
            moves.deleted()

    while walk.page is not None:
        asked = walk.page
        delete(data.draw(st.booleans()))  # while the page is on its way
        document, ids = page_of(left, asked, per_page)
        seen += [ids[position] for position in walk.read(document, ids)]
        delete(data.draw(st.booleans()))  # while its rows are in use
    assert len(seen) == len(set(seen))
    assert set(range(1, total + 1)) - gone <= set(seen)


def test_what_goes_while_the_last_page_is_on_its_way_is_not_missed() -> None:
    left, moves = [1, 2, 3, 4], MutationCounter()
    walk = SimplePages(1, moves.count)
    assert walk.read(*page_of(left, 1, 2)) == [0, 1]
    assert walk.page == 2
    left.remove(1)  # after the second page was asked for, and before it was cut: row 3 is on the first one now
    moves.deleted()
    assert walk.read(*page_of(left, 2, 2)) == [0]
    assert walk.page == 1
    assert walk.read(*page_of(left, 1, 2)) == [1]
    assert walk.page == 2
    assert walk.read(*page_of(left, 2, 2)) == []
    assert walk.page is None


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


def test_only_changes_of_what_a_list_is_made_by_matter_to_it() -> None:
    moves = MutationCounter()
    moves.changed(["name", "status"])
    moves.deleted()
    assert [moves.count(names) for names in ((), ("name",), ("order",), ("name", "status"))] == [1, 2, 1, 3]


def test_a_list_that_never_comes_to_rest_is_a_problem() -> None:
    moves = MutationCounter()
    walk = SimplePages(1, moves.count)

    def read_on() -> None:
        while walk.page is not None:
            moves.deleted()  # for ever, though nothing goes
            walk.read(*page_of([1, 2, 3], walk.page, 2))

    with pytest.raises(PagingProblem, match="keeps changing while it is read"):
        read_on()
