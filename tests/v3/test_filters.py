"""Query parameters of lists: how filters, sorting and includes are sent, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cachet_sdk.core.http.request import encode_query
from cachet_sdk.errors import ArgumentError
from cachet_sdk.v3.enums import ComponentStatus
from cachet_sdk.v3.filters import (
    check_day,
    check_flag,
    check_kinds,
    check_moment,
    check_per_page,
    fields_behind,
    include_query,
    list_query,
)

SORTS = ("name", "order", "id")
NAIVE = datetime(2026, 1, 2, 3, 4, 5)


def test_the_default_order_is_by_id_if_the_server_allows_it() -> None:
    assert list_query(sortable=SORTS) == (("sort", "id"),)
    assert list_query(sortable=("created_at",)) == ()


@pytest.mark.parametrize(
    ("sort", "sent"),
    [("name", "name,id"), ("-name", "-name,id"), ("-id", "-id"), (("order", "-name"), "order,-name,id")],
)
def test_ties_are_sorted_by_id_so_that_no_page_skips_a_row(sort: Any, sent: str) -> None:
    assert list_query(sort=sort, sortable=SORTS) == (("sort", sent),)


@pytest.mark.parametrize("sort", ["created_at", "--name", "", 1, ("name", "nope"), "name,id"])
def test_an_unknown_sort_is_refused(sort: Any) -> None:
    with pytest.raises(ArgumentError, match="sort"):
        list_query(sort=sort, sortable=SORTS)


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (ComponentStatus.MAJOR_OUTAGE, "4"),
        ((1, 2), "1,2"),
        (True, "1"),
        (False, "0"),
        ((False, True), "0,1"),
        ("Web", "Web"),
        (("a", "b"), "a,b"),
        (NAIVE, "2026-01-02 03:04:05"),
        (date(2026, 1, 2), "2026-01-02"),
    ],
)
def test_a_filter_is_sent_in_the_form_that_the_server_compares(value: object, sent: str) -> None:
    assert list_query({"x": value, "omitted": None}) == (("filter[x]", sent),)


@pytest.mark.parametrize("value", ["", " ", "a,b", (), ("a", ""), 1 << 70, 1.5, {"a": 1}, b"a"])
def test_a_filter_that_the_server_would_ignore_or_misread_is_refused(value: object) -> None:
    with pytest.raises(ArgumentError) as caught:
        list_query({"name": value})
    assert caught.value.argument == "name"


def test_an_aware_time_is_sent_in_the_servers_zone() -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    oslo = ZoneInfo("Europe/Oslo")
    assert list_query({"occurs_after": moment}, zone=oslo) == (("filter[occurs_after]", "2026-01-02 04:04:05"),)
    with pytest.raises(ArgumentError, match="naive one in its zone"):
        list_query({"occurs_after": moment})
    with pytest.raises(ArgumentError, match="pass an aware one"):
        list_query({"occurs_after": NAIVE}, zone=oslo)


def test_each_meta_pair_is_sent_separately_with_booleans_as_words() -> None:
    query = list_query(meta={"region": "eu", "n": 1, "half": 0.5, "on": True, "a&b=c": "d"})
    assert encode_query(query) == (
        "filter[meta][region]=eu&filter[meta][n]=1&filter[meta][half]=0.5&filter[meta][on]=true"
        "&filter[meta][a%26b%3Dc]=d"
    )


@pytest.mark.parametrize("meta", [{"": "a"}, {"a]": "b"}, {1: "b"}, {"k": ""}, {"k": "a,b"}, {"k": None}, {"k": [1]}])
def test_a_meta_pair_that_the_server_would_ignore_is_refused(meta: Any) -> None:
    with pytest.raises(ArgumentError, match="meta"):
        list_query(meta=meta)


def test_each_include_is_sent_once() -> None:
    allowed = ("group", "meta", "incidents")
    assert include_query(("group", "meta", "group"), allowed) == (("include", "group,meta"),)
    assert include_query((), allowed) == ()


@pytest.mark.parametrize("include", ["group", ("nope",), (" group",), ("Group",)])
def test_an_unknown_include_is_refused(include: Any) -> None:
    with pytest.raises(ArgumentError, match="include"):
        include_query(include, ("group",))


@pytest.mark.parametrize("per_page", [0, 101, -1, True, "5"])
def test_a_page_size_that_the_server_would_change_is_refused(per_page: Any) -> None:
    with pytest.raises(ArgumentError, match="per_page"):
        check_per_page(per_page)


def test_page_sizes_from_1_to_100_are_accepted() -> None:
    assert (check_per_page(1), check_per_page(100)) == (1, 100)


def test_an_unknown_enum_value_is_refused() -> None:
    check_kinds("status", (1, ComponentStatus.UNKNOWN), ComponentStatus)
    check_kinds("status", None, ComponentStatus)
    for invalid in (0, True, (1, 7)):
        with pytest.raises(ArgumentError, match="status"):
            check_kinds("status", invalid, ComponentStatus)


def test_values_behind_returns_the_fields_that_a_query_filters_and_sorts_by() -> None:
    query = list_query({"name": "a", "occurs_on": date(2026, 1, 2)}, sort="-order", sortable=("order", "id"))
    assert fields_behind(query) == {"name", "occurred_at", "order", "id"}
    computed = list_query(sort=("status", "slug"), sortable=("status", "slug"))
    assert fields_behind(computed) == {"status", "scheduled_at", "completed_at", "slug", "name"}


@pytest.mark.parametrize("text", ["\ud800", " "])
def test_blank_text_and_lone_surrogates_are_refused(text: str) -> None:
    with pytest.raises(ArgumentError, match="name"):
        list_query({"name": text})
    with pytest.raises(ArgumentError, match="meta"):
        list_query(meta={text: 1})
    with pytest.raises(ArgumentError, match="meta"):
        list_query(meta={"key": text})


def test_numbers_that_no_database_holds_are_refused() -> None:
    for number in (10**5000, float("nan"), float("inf"), -(1 << 63)):
        with pytest.raises(ArgumentError, match="meta"):
            list_query(meta={"n": number})


def test_flags_times_and_days_are_checked() -> None:
    check_flag("enabled", None)
    check_flag("enabled", False)
    check_flag("enabled", 1)  # as Cachet's own documentation writes it
    check_moment("occurs_after", date(2026, 1, 2))
    check_moment("occurs_after", datetime(2026, 1, 2))
    check_day("occurs_on", date(2026, 1, 2))
    invalid: Any
    for invalid in ("yes", 2, (True, False)):
        with pytest.raises(ArgumentError, match="^enabled: expected True or False"):
            check_flag("enabled", invalid)
    for invalid in ("yesterday", 5, (date(2026, 1, 2), date(2026, 1, 3))):
        with pytest.raises(ArgumentError, match="^occurs_after: expected a datetime or a date"):
            check_moment("occurs_after", invalid)
        with pytest.raises(ArgumentError, match="^occurs_on: expected a date"):
            check_day("occurs_on", invalid)
