# Made by "make sync" from aio/test_component_groups.py: edit that file instead of this one.
"""Component groups: create, read, list, update and delete."""

from __future__ import annotations

from typing import Any

import pytest

from cachet_sdk import NotFoundError
from cachet_sdk.v1.client import Client
from cachet_sdk.v1.enums import ComponentGroupCollapsed


def test_create_stores_every_field(client: Client) -> None:
    created = client.component_groups.create(name="Europe", order=3, collapsed=2, visible=True)
    found = client.component_groups.get(created.id)
    for group in (created, found):
        assert (group.name, group.order, group.visible) == ("Europe", 3, True)
        assert group.collapsed is ComponentGroupCollapsed.NOT_OPERATIONAL
        assert (group.is_open, group.is_collapsed, group.is_operational) == (False, False, True)
        assert (group.enabled_components, group.lowest_human_status) == ([], None)


def test_a_group_is_hidden_and_open_by_default(client: Client) -> None:
    group = client.component_groups.create(name="Europe")
    assert (group.visible, group.order, group.is_open) == (False, 0, True)


def test_a_group_contains_its_enabled_components(client: Client) -> None:
    group = client.component_groups.create(name="Europe")
    client.components.create(name="A", status=1, group_id=group.id, tags="T")
    client.components.create(name="B", status=3, group_id=group.id)
    client.components.create(name="C", status=4, group_id=group.id, enabled=False)
    found = client.component_groups.get(group.id)
    assert [it.name for it in found.enabled_components] == ["A", "B"]
    assert found.lowest_human_status == "Partial Outage"
    assert found.enabled_components[0].has_tag("T")


def test_the_components_in_a_group_can_be_changed_and_deleted(client: Client) -> None:
    group = client.component_groups.create(name="Europe")
    client.components.create(name="A", status=1, group_id=group.id)
    found = next(client.component_groups.list())
    component = found.enabled_components[0]
    component.status = 4
    assert (component.save()).status_name == "Major Outage"
    component.delete()
    assert client.components.count() == 0


@pytest.mark.parametrize(("name", "value"), [("name", "Asia"), ("order", 0), ("collapsed", 0), ("visible", False)])
def test_updating_one_field_leaves_the_others_unchanged(client: Client, name: str, value: object) -> None:
    before = client.component_groups.create(name="Europe", order=3, collapsed=1, visible=True)
    change: Any = {name: value}
    client.component_groups.update(before.id, **change)
    after = client.component_groups.get(before.id)
    fields = ("name", "order", "collapsed", "visible")
    assert {field for field in fields if getattr(after, field) != getattr(before, field)} == {name}
    assert getattr(after, name) == value


def test_a_group_can_be_changed_through_its_own_methods(client: Client) -> None:
    group = client.component_groups.create(name="Europe", order=3, visible=True)
    group.name = "Asia"
    group = group.update()
    group.collapsed = 1
    group.save()
    found = client.component_groups.get(1)
    assert (found.name, found.order, found.visible, found.is_collapsed) == ("Asia", 3, True, True)
    found.delete()
    with pytest.raises(NotFoundError):
        client.component_groups.delete(1)
    assert client.component_groups.count() == 0


def create_groups(client: Client) -> None:
    """Create four groups that differ in every field that lists can be filtered by."""
    client.component_groups.create(name="Europe", order=2, collapsed=0, visible=True)
    client.component_groups.create(name="Asia", order=9, collapsed=1, visible=True)
    client.component_groups.create(name="America", order=1, collapsed=2)
    client.component_groups.create(name="Africa", order=4, collapsed=1)


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({}, [1, 2, 3, 4]),
        ({"id": 2}, [2]),
        ({"name": "Asia"}, [2]),
        ({"collapsed": 1}, [2, 4]),
        ({"collapsed": 0}, [1]),
        ({"visible": True}, [1, 2]),
        ({"visible": False}, [3, 4]),
        ({"visible": False, "collapsed": 1}, [4]),
    ],
)
def test_a_list_can_be_filtered(client: Client, filters: Any, ids: list[int]) -> None:
    create_groups(client)
    assert sorted([it.id for it in client.component_groups.list(per_page=1, **filters)]) == ids


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("sort", ["id", "name", "order", "collapsed", "visible"])
def test_a_list_can_be_sorted_in_both_directions(client: Client, sort: Any, order: Any) -> None:
    create_groups(client)
    groups = client.component_groups.list(sort=sort, order=order, per_page=2)
    found = [getattr(it, sort) for it in groups]
    assert found == sorted(found, reverse=order == "desc")
    assert len(found) == 4


def test_a_list_starts_at_the_given_page_and_continues_to_the_end(client: Client) -> None:
    create_groups(client)
    assert [it.id for it in client.component_groups.list(page=2, per_page=3)] == [4]
    assert [it.id for it in client.component_groups.list(2, 2)] == [3, 4]


def test_instances_are_restored_from_dicts_and_json(client: Client) -> None:
    group = client.component_groups.create(name="Europe", visible=True)
    client.components.create(name="A", status=1, group_id=group.id)
    found = client.component_groups.get(1)
    for restored in (
        client.component_groups.instance_from_dict(found.attrs),
        client.component_groups.instance_from_json(found.to_json()),
    ):
        assert restored == found
        restored.enabled_components[0].save()
        assert (restored.update()).name == "Europe"
