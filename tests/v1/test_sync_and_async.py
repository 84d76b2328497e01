"""Sync resources bound to async clients, and vice versa. Not generated, because the tests use both."""

from __future__ import annotations

from typing import Any

import pytest

from cachet_sdk.testing import FakeCachet


@pytest.mark.parametrize("version", ["1", "3"])
async def test_sync_resources_can_be_bound_to_async_clients_and_vice_versa(version: Any) -> None:
    fake: Any = FakeCachet(version=version)
    async with fake.async_client() as async_client:
        with fake.client() as sync_client:
            component = sync_client.components.create(name="API", status=1)
            component.description = "Saved by the async client"
            bound = async_client.components.bind(component)
            assert type(bound).__name__ == "AsyncComponent"
            await bound.save()
            found = await async_client.components.get(1)
            assert found.description == "Saved by the async client"
            found.description = "Saved by the sync client"
            back = sync_client.components.bind(found)
            assert type(back) is type(component)
            back.save()
        assert (await async_client.components.get(1)).description == "Saved by the sync client"


async def test_nested_resources_are_bound_with_their_parent() -> None:
    fake = FakeCachet()
    with fake.client() as sync_client:
        sync_client.component_groups.create(name="Europe", visible=True)
        sync_client.components.create(name="API", status=1, group_id=1)
        group: Any = sync_client.component_groups.get(1)
    async with fake.async_client() as async_client:
        (component,) = async_client.component_groups.bind(group).enabled_components
        component.description = "Nested"
        await component.save()
        assert (await async_client.components.get(1)).description == "Nested"
