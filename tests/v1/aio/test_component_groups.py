"""Component groups: create, read, list, update and delete."""

from __future__ import annotations

from typing import Any

import pytest

from cachet_sdk import NotFoundError
from cachet_sdk.v1.aio.client import AsyncClient
from cachet_sdk.v1.enums import ComponentGroupCollapsed


async def test_create_stores_every_field(async_client: AsyncClient) -> None:
    created = await async_client.component_groups.create(name="Europe", order=3, collapsed=2, visible=True)
    found = await async_client.component_groups.get(created.id)
    for group in (created, found):
        assert (group.name, group.order, group.visible) == ("Europe", 3, True)
        assert group.collapsed is ComponentGroupCollapsed.NOT_OPERATIONAL
        assert (group.is_open, group.is_collapsed, group.is_operational) == (False, False, True)
        assert (group.enabled_components, group.lowest_human_status) == ([], None)


async def test_a_group_is_hidden_and_open_by_default(async_client: AsyncClient) -> None:
    group = await async_client.component_groups.create(name="Europe")
    assert (group.visible, group.order, group.is_open) == (False, 0, True)


async def test_a_group_contains_its_enabled_components(async_client: AsyncClient) -> None:
    group = await async_client.component_groups.create(name="Europe")
    await async_client.components.create(name="A", status=1, group_id=group.id, tags="T")
    await async_client.components.create(name="B", status=3, group_id=group.id)
    await async_client.components.create(name="C", status=4, group_id=group.id, enabled=False)
    found = await async_client.component_groups.get(group.id)
    assert [it.name for it in found.enabled_components] == ["A", "B"]
    assert found.lowest_human_status == "Partial Outage"
    assert found.enabled_components[0].has_tag("T")


async def test_the_components_in_a_group_can_be_changed_and_deleted(async_client: AsyncClient) -> None:
    group = await async_client.component_groups.create(name="Europe")
    await async_client.components.create(name="A", status=1, group_id=group.id)
    found = await anext(async_client.component_groups.list())
    component = found.enabled_components[0]
    component.status = 4
    assert (await component.save()).status_name == "Major Outage"
    await component.delete()
    assert await async_client.components.count() == 0


@pytest.mark.parametrize(("name", "value"), [("name", "Asia"), ("order", 0), ("collapsed", 0), ("visible", False)])
async def test_updating_one_field_leaves_the_others_unchanged(
    async_client: AsyncClient, name: str, value: object
) -> None:
    before = await async_client.component_groups.create(name="Europe", order=3, collapsed=1, visible=True)
    change: Any = {name: value}
    await async_client.component_groups.update(before.id, **change)
    after = await async_client.component_groups.get(before.id)
    fields = ("name", "order", "collapsed", "visible")
    assert {field for field in fields if getattr(after, field) != getattr(before, field)} == {name}
    assert getattr(after, name) == value


async def test_a_group_can_be_changed_through_its_own_methods(async_client: AsyncClient) -> None:
    group = await async_client.component_groups.create(name="Europe", order=3, visible=True)
    group.name = "Asia"
    group = await group.update()
    group.collapsed = 1
    await group.save()
    found = await async_client.component_groups.get(1)
    assert (found.name, found.order, found.visible, found.is_collapsed) == ("Asia", 3, True, True)
    await found.delete()
    with pytest.raises(NotFoundError):
        await async_client.component_groups.delete(1)
    assert await async_client.component_groups.count() == 0


async def create_groups(client: AsyncClient) -> None:
    """Create four groups that differ in every field that lists can be filtered by."""
    await client.component_groups.create(name="Europe", order=2, collapsed=0, visible=True)
    await client.component_groups.create(name="Asia", order=9, collapsed=1, visible=True)
    await client.component_groups.create(name="America", order=1, collapsed=2)
    await client.component_groups.create(name="Africa", order=4, collapsed=1)


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
async def test_a_list_can_be_filtered(async_client: AsyncClient, filters: Any, ids: list[int]) -> None:
    await create_groups(async_client)
    assert sorted([it.id async for it in async_client.component_groups.list(per_page=1, **filters)]) == ids


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("sort", ["id", "name", "order", "collapsed", "visible"])
async def test_a_list_can_be_sorted_in_both_directions(async_client: AsyncClient, sort: Any, order: Any) -> None:
    await create_groups(async_client)
    groups = async_client.component_groups.list(sort=sort, order=order, per_page=2)
    found = [getattr(it, sort) async for it in groups]
    assert found == sorted(found, reverse=order == "desc")
    assert len(found) == 4


async def test_a_list_starts_at_the_given_page_and_continues_to_the_end(async_client: AsyncClient) -> None:
    await create_groups(async_client)
    assert [it.id async for it in async_client.component_groups.list(page=2, per_page=3)] == [4]
    assert [it.id async for it in async_client.component_groups.list(2, 2)] == [3, 4]


async def test_instances_are_restored_from_dicts_and_json(async_client: AsyncClient) -> None:
    group = await async_client.component_groups.create(name="Europe", visible=True)
    await async_client.components.create(name="A", status=1, group_id=group.id)
    found = await async_client.component_groups.get(1)
    for restored in (
        async_client.component_groups.instance_from_dict(found.attrs),
        async_client.component_groups.instance_from_json(found.to_json()),
    ):
        assert restored == found
        await restored.enabled_components[0].save()
        assert (await restored.update()).name == "Europe"
