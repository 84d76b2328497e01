"""Component groups: create, read, list, update and delete."""

from __future__ import annotations

import pytest

from cachet_sdk import ArgumentError, NotFoundError
from cachet_sdk.v3.aio.client import AsyncClient
from cachet_sdk.v3.enums import ComponentGroupCollapsed, OrderColumn, OrderDirection, Visibility
from tests.v3.conftest import Server


async def test_create_stores_every_field(async_client: AsyncClient) -> None:
    component = await async_client.components.create(name="API", status=1)
    created = await async_client.component_groups.create(
        name="Europe",
        order=2,
        visible=True,
        collapsed=2,
        order_column="name",
        order_direction="desc",
        components=(number for number in [component.id]),
        meta={"k": "v"},
    )
    found = await async_client.component_groups.get(created.id, include=("components", "meta"))
    for group in (created, found):
        assert (group.name, group.order, group.visible) == ("Europe", 2, Visibility.GUEST)
        assert group.collapsed == ComponentGroupCollapsed.NOT_OPERATIONAL
        assert (group.order_column, group.order_direction) == (OrderColumn.NAME, OrderDirection.DESCENDING)
    assert found.meta == {"k": "v"}
    assert [it.name for it in found.components or ()] == ["API"]
    assert created.components is None


async def test_an_order_column_requires_a_direction(async_client: AsyncClient) -> None:
    with pytest.raises(ArgumentError, match="order_direction"):
        await async_client.component_groups.create(name="Europe", order_column="name")


async def test_updating_components_adds_to_those_in_the_group(async_client: AsyncClient) -> None:
    first, second = [await async_client.components.create(name=name, status=1) for name in "AB"]
    group = await async_client.component_groups.create(name="Europe", components=[first.id])
    await async_client.component_groups.update(group.id, components=[second.id])
    found = await async_client.component_groups.get(group.id, include=("components",))
    assert [it.name for it in found.components or ()] == ["A", "B"]


async def test_a_group_can_be_changed_by_its_attributes(async_client: AsyncClient) -> None:
    group = await async_client.component_groups.create(name="Europe")
    group.visible = Visibility.GUEST
    group.name = "Asia"
    await group.save()
    found = await async_client.component_groups.get(group.id)
    assert (found.visible, found.name) == (Visibility.GUEST, "Asia")


async def test_deleting_a_group_keeps_its_components(async_client: AsyncClient) -> None:
    group = await async_client.component_groups.create(name="Europe", visible=True)
    component = await async_client.components.create(name="API", status=1, component_group_id=group.id)
    await group.delete()
    with pytest.raises(NotFoundError):
        await async_client.component_groups.get(group.id)
    assert (await async_client.components.get(component.id, include=("group",))).group is None


async def test_groups_can_be_filtered_by_meta_and_counted(async_client: AsyncClient) -> None:
    for name in ("b", "a", "c"):
        await async_client.component_groups.create(name=name, meta={"first letter": name})
    assert [it.name async for it in async_client.component_groups.list(sort="-name")] == ["c", "b", "a"]
    assert [it.name async for it in async_client.component_groups.list(meta={"first letter": "a"})] == ["a"]
    assert await async_client.component_groups.count() == 3


async def test_setting_only_the_order_column_is_refused_before_anything_is_sent(
    async_client: AsyncClient, server: Server
) -> None:
    group = await async_client.component_groups.create(name="Asia")
    server.requests.clear()
    group.order_column = "name"
    with pytest.raises(ArgumentError, match="^order_direction: is missing"):
        await group.save()
    assert not server.requests
