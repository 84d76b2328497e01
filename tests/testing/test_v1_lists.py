"""Paging, sorting and filtering of lists, beyond the recordings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.testing.api import Api


@pytest.fixture
def components(api: Api) -> Api:
    for number, name in enumerate(("alpha", "Bravo", "ÁLPHA"), 1):
        api.post("components", name=name, status=number, enabled=number != 2, tags="Odd" if number % 2 else "Even")
    return api


@pytest.mark.parametrize(("per_page", "different"), [(20, 54), (30, 50), (10, 57), (3, 59)])
def test_unsorted_pages_of_incidents_miss_as_many_rows_as_on_a_real_server(
    api: Api, per_page: int, different: int
) -> None:
    # The counts in tests/wire/v1/README.md, which result if every third of the 60 incidents is hidden.
    for number in range(60):
        api.post("incidents", name=f"I{number}", message="m", status=1, visible=int(number % 3 > 0))
    pages = [api.ids("incidents", per_page=per_page, page=page) for page in range(1, 60 // per_page + 1)]
    ids = [row_id for page in pages for row_id in page]
    assert (len(ids), len(set(ids))) == (60, different)


def test_unsorted_pages_of_incidents_are_complete_for_guests(api: Api, guest: Api) -> None:
    for number in range(9):
        api.post("incidents", name=f"I{number}", message="m", status=1, visible=number % 2)
    pages = [guest.ids("incidents", per_page=2, page=page) for page in (1, 2)]
    assert pages == [[2, 4], [6, 8]]


def test_sorted_pages_of_incidents_are_complete(api: Api) -> None:
    for number in range(9):
        api.post("incidents", name=f"I{number}", message="m", status=1, visible=number % 2)
    pages = [api.ids("incidents", sort="id", order="asc", per_page=5, page=page) for page in (1, 2)]
    assert pages == [[9, 8, 7, 6, 5], [4, 3, 2, 1]]


@pytest.mark.parametrize("query", ["status=1&page=1", "status=1&_=123", "name=x&token=y", "tags=odd&status=1"])
def test_a_filter_with_a_parameter_that_is_not_a_column_is_a_500(components: Api, query: str) -> None:
    assert components.status("GET", f"components?{query}") == 500


def test_a_filter_that_is_an_array_is_a_500(components: Api) -> None:
    assert components.status("GET", "components?status[]=1") == 500


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({"status": "1", "enabled": "1"}, [1]),
        ({"status": "abc"}, []),
        ({"status": "1abc"}, [1]),
        ({"enabled": "true"}, [2]),
        ({"enabled": "false"}, [2]),
        ({"name": "ALPHA "}, [1, 3]),
        ({"status": "1", "created_at": "2026-11-23 10:58:24"}, [1]),
        ({"status": "1", "deleted_at": "x"}, []),
        ({"tags": "odd"}, [1, 3]),
        ({"tags[]": ["odd", "even"]}, [1, 2, 3]),
        ({"tags": "odd,even"}, []),
        ({"tags": "odd", "per_page": "1", "page": "2"}, [3]),
        ({"order": "1"}, [1, 2, 3]),
    ],
)
def test_filters_compare_as_mariadb_does(components: Api, query: dict[str, str], ids: list[int]) -> None:
    assert components.ids("components", **query) == ids


def test_sorting_ignores_case_and_accents(components: Api) -> None:
    assert components.ids("components", sort="name") == [2, 1, 3]


def test_only_groups_can_be_sorted_in_both_directions(api: Api) -> None:
    for name in ("B", "A", "C"):
        api.post("components/groups", name=name, visible=1)
    assert api.ids("components/groups", sort="name") == [2, 1, 3]
    assert api.ids("components/groups", sort="name", order="asc") == [2, 1, 3]
    assert api.ids("components/groups", sort="name", order="up") == [3, 1, 2]
    assert api.ids("components/groups", order="desc") == [1, 2, 3]


def test_nulls_sort_last(api: Api) -> None:
    api.post("schedules", name="A", status=0, scheduled_at="2030-01-01 00:00")
    api.post("schedules", name="B", status=0, scheduled_at="2030-01-01 00:00", completed_at="2030-01-02 00:00")
    assert api.ids("schedules", sort="completed_at") == [2, 1]


def test_guests_do_not_see_disabled_components_in_lists(components: Api, guest: Api) -> None:
    assert guest.ids("components") == [1, 3]
    assert guest.row("components/2")["enabled"] is False
    assert guest.ids("components", enabled="0") == []


@pytest.mark.parametrize("per_page", ["-1", "abc", "1abc", "0.0", "1e999"])
def test_a_page_size_that_is_not_a_positive_number_is_a_500(api: Api, per_page: str) -> None:
    assert api.status("GET", f"components?per_page={per_page}") == 500


def test_an_array_as_page_size_is_a_500(api: Api) -> None:
    assert api.status("GET", "components?per_page[]=3") == 500


@pytest.mark.parametrize(
    ("query", "size", "number", "pages"),
    [
        ("per_page=", 15, 1, 2),
        ("per_page=2.5", 2, 1, 10),
        ("per_page=100000000000", 100000000000, 1, 1),
        ("page=1.5", 20, 1, 2),
        ("page[]=2", 20, 1, 2),
        ("page=999", 20, 999, 2),
    ],
)
def test_odd_page_parameters_are_handled_as_on_a_real_server(
    api: Api, query: str, size: int, number: int, pages: int
) -> None:
    for _ in range(25):
        api.post("components", name="A", status=1)
    meta = api.get(f"components?{query}")["meta"]["pagination"]
    assert (meta["per_page"], meta["current_page"], meta["total_pages"]) == (size, number, pages)


def test_links_keep_the_query(api: Api) -> None:
    links = api.get("components?tags[]=a b&page=999&x=%26")["meta"]["pagination"]["links"]
    assert links == {
        "next_page": None,
        "previous_page": "https://fake-cachet.test/api/v1/components?tags%5B0%5D=a+b&x=%26&page=998",
    }


def test_permalinks_use_the_requested_host(api: Api) -> None:
    api.post("incidents", name="I", message="m", status=1)
    forwarded = {"X-Forwarded-Host": "a.test", "X-Forwarded-Proto": "http"}
    row = api.send("GET", "incidents/1", headers=forwarded).json()["data"]
    assert row["permalink"] == "http://a.test/incidents/1"
    row = api.send("GET", "incidents/1", headers={"Host": "b.test"}).json()["data"]
    assert row["permalink"] == "https://b.test/incidents/1"


def test_cached_lists_are_discarded_by_a_write(api: Api) -> None:
    for number in range(300):
        api.post("metrics", name=f"M{number}", suffix="s", description="", default_value=0)
    for number in range(300):
        assert api.ids(f"metrics/{number + 1}/points") == []
    api.post("metrics/1/points", value=1)
    assert api.ids("metrics/1/points") == [1]
