"""Pages, filters, sorts, includes and sparse fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.testing_v3.conftest import Api, Clock


@pytest.fixture
def names(api: Api) -> Api:
    for name, order in (("b%", 2), ("A_", None), ("Ba", 1), ("ü", 3)):
        api.make("/components", name=name, status=1, **({} if order is None else {"order": order}))
    return api


def test_next_links_do_not_keep_the_page_size(names: Api) -> None:
    first = names.get("/components", {"per_page": 3, "sort": "-id"}).json
    assert first["links"] == {
        "first": "https://status.test/api/components?page=1",
        "next": "https://status.test/api/components?page=2",
    }
    assert names.get("/components", {"page": 2}).ids == []


@pytest.mark.parametrize(
    ("per_page", "size"), [("", 1), ("-3", 1), ("2x", 2), ("101", 100), ("abc", 1), ("1.9", 1), (" 3", 3)]
)
def test_page_sizes_are_clamped(names: Api, per_page: str, size: int) -> None:
    assert names.get("/components", {"per_page": per_page}).json["meta"]["per_page"] == size


def test_an_array_as_page_size_counts_as_1(names: Api) -> None:
    assert names.get("/components", {"per_page[]": "9"}).json["meta"]["per_page"] == 1
    assert names.get("/components", {"per_page[x][y]": "9"}).json["meta"]["per_page"] == 1


@pytest.mark.parametrize("page", ["0", "-1", "1.5", "", "x"])
def test_an_invalid_page_is_the_first(names: Api, page: str) -> None:
    assert names.get("/components", {"page": page}).json["meta"]["current_page"] == 1


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        ("name", [2, 3, 1, 4]),
        ("-name", [4, 1, 3, 2]),
        ("order", [2, 3, 1, 4]),
        ("-order", [4, 1, 3, 2]),
        ("", [1, 2, 3, 4]),
    ],
)
def test_sorting_puts_nulls_first_and_upper_case_before_lower_case(names: Api, sort: str, ids: list[int]) -> None:
    assert names.get("/components", {"sort": sort}).ids == ids


def test_several_sorts_are_applied_in_order(names: Api) -> None:
    names.make("/components", name="Ba", status=1, order=0)
    assert names.get("/components", {"sort": "-name,order"}).ids == [4, 1, 5, 3, 2]
    assert names.get("/components", {"sort[]": "-id"}).ids == [5, 4, 3, 2, 1]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({"filter[name]": "b"}, [1, 3]),
        ({"filter[name]": "%"}, [1]),
        ({"filter[name]": "_,Ü"}, [2, 4]),
        ({"filter[name][]": "ba"}, [3]),
        ({"filter[name]": ""}, [1, 2, 3, 4]),
        ({"filter[status]": "1,x"}, [1, 2, 3, 4]),
        ({"filter[status]": "x"}, []),
        ({"filter": "1"}, [1, 2, 3, 4]),
        ({"filter[meta]": "x"}, [1, 2, 3, 4]),
        ({"filter[enabled]": "maybe"}, []),
    ],
)
def test_filters_match_substrings_and_lists(names: Api, query: dict[str, str], ids: list[int]) -> None:
    assert names.get("/components", query).ids == ids


@pytest.mark.parametrize(("value", "ids"), [("0", [2]), ("false", [2]), ("true", [1]), ("0,1", [1, 2]), ("", [1, 2])])
def test_disabled_components_are_listed_only_if_filtered_for(api: Api, value: str, ids: list[int]) -> None:
    api.make("/components", name="A")
    api.make("/components", name="B", enabled=False)
    assert api.get("/components").ids == [1]
    assert api.get("/components", {"filter[enabled]": value}).ids == ids
    assert api.as_guest().get("/components", {"filter[enabled]": "0,1"}).ids == [1]
    assert api.as_guest().get("/components/2").status == 404
    assert api.get("/components/2").status == 200


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({"filter[meta][n]": "3"}, [1, 2]),
        ({"filter[meta][n]": "3.5"}, [3]),
        ({"filter[meta][on]": "true"}, [2]),
        ({"filter[meta][n]": "3", "filter[meta][on]": "true"}, [2]),
        ({"filter[meta][n]": "3,4"}, [1, 2, 3, 4]),
        ({"filter[meta][n][]": "3"}, [1, 2, 3, 4]),
        ({"filter[meta][none]": "3"}, []),
        ({"filter[meta][0]": "x"}, [4]),
        ({"filter[meta][5]": "x"}, []),
    ],
)
def test_metadata_is_filtered_by_key_and_value(api: Api, query: dict[str, str], ids: list[int]) -> None:
    for meta in ({"n": "3"}, {"n": 3, "on": True}, {"n": 3.5}, ["x"]):
        api.make("/components", name="A", meta=meta)
    assert api.get("/components", query).ids == ids


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            {"sort": "created_at"},
            "Requested sort(s) `created_at` is not allowed. Allowed sort(s) are `name, order, id`.",
        ),
        ({"filter[a]": "1", "filter[b]": "1"}, "Requested filter(s) `a, b` are not allowed."),
        ({"include": "group, meta"}, "Requested include(s) ` meta` are not allowed."),
        ({"include[]": "group"}, "The include parameter must be a comma seperated list of relationship paths."),
        ({"fields": "name"}, "The fields parameter must be an array of resource types."),
        ({"fields[components]": "name", "include": "group"}, "Requested field(s) `name` are not allowed"),
    ],
)
def test_parameters_that_are_not_allowed_are_named(names: Api, query: dict[str, str], message: str) -> None:
    reply = names.get("/components", query)
    assert reply.status == 400
    assert reply.message.startswith(message)


def test_some_lists_ignore_unknown_parameters(api: Api) -> None:
    api.make("/incident-templates", name="T", template="t")
    api.make("/metrics", name="M", suffix="s")
    api.make("/metrics/1/points", value=1)
    api.make("/schedules", name="S", message="m", scheduled_at="2030-01-01")
    api.make("/schedules/1/updates", message="u")
    assert api.get("/incident-templates", {"include": "nope"}).ids == [1]
    assert api.get("/metrics/1/points", {"filter[nope]": "1"}).ids == [1]
    assert api.get("/schedules/1/updates", {"filter[nope]": "1"}).ids == [1]


def test_an_unknown_field_leaves_no_attributes(names: Api) -> None:
    assert names.get("/components/1", {"fields[components]": "nope"}).data == {"id": "1", "type": "components"}
    assert names.get("/components/1", {"fields[components]": ""}).data == {"id": "1", "type": "components"}
    assert len(names.get("/components/1", {"fields[metrics]": "nope"}).attributes) > 5


@pytest.mark.parametrize("include", ["groupCount", "groupExists", "metaCount"])
def test_count_includes_are_accepted_without_effect(names: Api, include: str) -> None:
    assert names.get("/components/1", {"include": include}).json == names.get("/components/1").json


def test_only_incidents_have_a_components_count(api: Api) -> None:
    gone, kept = api.make("/components", name="A"), api.make("/components", name="B")
    pairs = [{"id": gone, "status": 1}, {"id": kept, "status": 1}]
    made = api.make("/incidents", name="n", message="m", status=1, components=pairs)
    assert api.get(f"/incidents/{made}", {"include": "componentsCount"}).attributes["components_count"] == 2
    api.delete(f"/components/{gone}")
    assert api.get("/incidents", {"include": "componentsCount"}).data[0]["attributes"]["components_count"] == 1


PHP_ARRAYS: list[tuple[Any, Any]] = [
    ({}, []),
    ({"a": {}}, {"a": []}),
    ({"0": "x", "1": "y"}, ["x", "y"]),
    ({"1": "x"}, {"1": "x"}),
    ({"a": 1.0, "b": " t ", "c": "", "d": [1, {}]}, {"a": 1, "b": "t", "c": None, "d": [1, []]}),
]


@pytest.mark.parametrize(("sent", "shown"), PHP_ARRAYS)
def test_metadata_is_returned_as_php_arrays(api: Api, sent: Any, shown: Any) -> None:
    made = api.make("/components", name="A", meta=sent)
    assert api.get(f"/components/{made}", {"include": "meta"}).attributes["meta"] == shown


def test_only_reads_include_meta(api: Api) -> None:
    made = api.post("/components", {"include": "meta,group"}, name="A", meta={"k": "v"})
    assert "meta" not in made.attributes
    assert made.data["relationships"] == {"group": {"data": None}}
    assert "meta" not in api.put("/components/1", {"include": "meta"}).attributes
    assert "meta" not in api.get("/components/1").attributes


def test_a_write_includes_nested_relations_and_ignores_unknown_ones(api: Api) -> None:
    group = api.make("/component-groups", name="G", visible=True)
    component = api.make("/components", name="A", component_group_id=group)
    reply = api.post(
        "/incidents",
        {"include": "components.group.components,nope,user"},
        name="n",
        message="m",
        status=1,
        components=[{"id": component, "status": 2}],
    )
    assert [(item["type"], item["id"]) for item in reply.json["included"]] == [
        ("components", "1"),
        ("componentGroups", "1"),
    ]
    assert reply.data["relationships"]["user"] == {"data": None}


def test_a_list_shows_the_pivot_of_the_first_incident_only(api: Api) -> None:
    component = api.make("/components", name="A", status=1)
    for status in (2, 4):
        pairs = [{"id": component, "status": status}]
        api.make("/incidents", name="n", message="m", status=1, components=pairs)
    included = api.get("/incidents", {"include": "components", "sort": "id"}).json["included"]
    assert [item["attributes"]["pivot"]["component_status"]["value"] for item in included] == [2]
    alone = api.get("/incidents/2", {"include": "components"}).json["included"]
    assert alone[0]["attributes"]["pivot"]["component_status"]["value"] == 4


def test_incidents_and_metrics_are_newest_first_by_default(api: Api, clock: Clock) -> None:
    for _ in range(3):
        api.make("/incidents", name="n", message="m", status=1)
        api.make("/metrics", name="M", suffix="s")
        clock.forward(seconds=1)
    assert api.get("/incidents").ids == [3, 2, 1]
    assert api.get("/metrics").ids == [3, 2, 1]
    assert api.get("/metrics", {"sort": "id"}).ids == [1, 2, 3]
    assert api.get("/incidents", {"sort": "created_at"}).ids == [1, 2, 3]
