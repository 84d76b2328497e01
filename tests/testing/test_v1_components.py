"""Quirks of components and groups that tests/wire/v1/README.md describes, but that are not recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.testing.api import Api, Clock


@pytest.mark.parametrize(
    ("sent", "stored"),
    [("false", True), ("0", False), (0, False), (None, False), ("", False), ("yes", True), (True, True)],
)
def test_enabled_is_cast_to_a_boolean_on_create(api: Api, sent: object, stored: bool) -> None:
    assert api.post("components", name="A", status=1, enabled=sent)["enabled"] is stored


@pytest.mark.parametrize("sent", ["true", "yes", 2, [1]])
def test_enabled_must_be_a_boolean_on_update(api: Api, sent: object) -> None:
    api.post("components", name="A", status=1)
    assert api.reasons("PUT", "components/1", enabled=sent) == ["The enabled field must be true or false."]


@pytest.mark.parametrize("sent", [0, "0", False])
def test_enabled_accepts_any_spelling_of_false_on_update(api: Api, sent: object) -> None:
    api.post("components", name="A", status=1)
    assert api.put("components/1", enabled=sent)["enabled"] is False


def test_a_list_of_tags_is_a_400_on_create_and_a_500_on_update(api: Api) -> None:
    assert api.reasons("POST", "components", name="A", status=1, tags=["a"]) == ["The tags must be a string."]
    api.post("components", name="A", status=1)
    assert api.status("PUT", "components/1", json={"tags": ["a"]}) == 500


def test_tags_are_returned_by_slug(api: Api) -> None:
    tags = api.post("components", name="A", status=1, tags="a/b, C++,été , Web Site,web site")["tags"]
    assert tags == {"ab": "a/b", "c": "C++", "ete": "été", "web-site": "Web Site"}


@pytest.mark.parametrize("sent", ["", " , ", None])
def test_the_last_tag_cannot_be_removed(api: Api, sent: object) -> None:
    api.post("components", name="A", status=1, tags="Core")
    assert api.put("components/1", tags=sent)["tags"] == {"core": "Core"}


def test_an_empty_object_in_meta_becomes_a_list(api: Api) -> None:
    meta = {"k": "v", "n": [1, 2], "deep": {}}
    assert api.post("components", name="A", status=1, meta=meta)["meta"] == {"k": "v", "n": [1, 2], "deep": []}
    assert api.put("components/1", meta={})["meta"] == []
    assert api.put("components/1", meta={"0": "a", "1": "b"})["meta"] == ["a", "b"]
    assert api.reasons("PUT", "components/1", meta="text") == ["The meta must be an array."]


def test_names_are_truncated_in_the_database_only(api: Api) -> None:
    assert len(api.post("components", name="x" * 300, status=1)["name"]) == 300
    assert len(api.row("components/1")["name"]) == 191
    # As on create, the response shows the application's state, not the database's.
    assert len(api.put("components/1", name="y" * 300)["name"]) == 300
    assert len(api.row("components/1")["name"]) == 191


def test_strings_are_trimmed_and_scripts_are_removed(api: Api) -> None:
    row = api.post("components", name="  A ", status=1, description="<script>alert(1)</script>")
    assert row["name"] == "A"
    assert row["description"] == "[removed]alert&#40;1&#41;[removed]"
    assert api.put("components/1", description='<b> & "')["description"] == '<b> & "'


def test_a_name_must_be_a_non_empty_string(api: Api) -> None:
    assert api.reasons("POST", "components", name=123, status=1) == ["The name must be a string."]
    api.post("components", name="A", status=1)
    assert api.reasons("PUT", "components/1", name="") == ["The name field is required."]


def test_every_error_of_a_body_is_reported(api: Api) -> None:
    assert api.reasons("POST", "components", status=9, order="x", link="nope") == [
        "The name field is required.",
        "The status may not be greater than 4.",
        "The link format is invalid.",
        "The order must be an integer.",
    ]


def test_updated_at_changes_only_if_a_column_does(api: Api, clock: Clock) -> None:
    first = api.post("components", name="A", status=1)["updated_at"]
    clock.now += timedelta(minutes=1)
    assert api.put("components/1", name="A", status=1)["updated_at"] == first
    assert api.put("components/1", status=2)["updated_at"] == "2026-11-23 10:59:24"


def test_a_group_contains_its_enabled_components_twice(api: Api) -> None:
    api.post("components/groups", name="G", visible=1)
    for name, status, order in (("A", 1, 2), ("B", 4, 3), ("C", 2, 1)):
        api.post("components", name=name, status=status, order=order, group_id=1)
    api.post("components", name="D", status=3, group_id=1, enabled=False)
    group = api.row("components/groups/1")
    assert [row["name"] for row in group["enabled_components"]] == ["C", "A", "B"]
    assert [row["name"] for row in group["enabled_components_lowest"]] == ["B", "C", "A"]
    assert group["lowest_human_status"] == "Major Outage"


def test_a_put_resets_a_groups_order_and_visibility(api: Api) -> None:
    api.post("components/groups", name="G", visible=1, order=4, collapsed=2)
    group = api.put("components/groups/1")
    assert (group["order"], group["visible"], group["collapsed"]) == (0, 0, 2)


def test_a_groups_numbers_are_cast_before_validation(api: Api) -> None:
    group = api.post("components/groups", name="G", order="x", visible="abc", collapsed="3")
    assert (group["order"], group["visible"], group["collapsed"]) == (0, 0, 3)
    assert api.reasons("POST", "components/groups", name="G", visible=2) == ["The visible field must be true or false."]
    assert api.post("components/groups", name="G", visible=True)["visible"] == 1
    assert api.post("components/groups", name="G", visible=[1])["visible"] == 1


def test_the_components_of_a_deleted_group_have_no_group(api: Api) -> None:
    for _ in range(2):
        api.post("components/groups", name="G")
    for group in (1, 2):
        api.post("components", name="A", status=1, group_id=group)
    api.delete("components/groups/1")
    assert [row["group_id"] for row in api.get("components")["data"]] == [0, 2]


def test_an_incident_keeps_the_id_of_a_deleted_component(api: Api) -> None:
    api.post("components", name="A", status=1)
    api.post("incidents", name="I", message="m", status=1, component_id=1, component_status=3)
    api.delete("components/1")
    assert api.row("incidents/1")["component_id"] == 1
