"""A sync resource is bound to an async client, and the other way round. Not generated, since it is about both."""

from __future__ import annotations

from typing import Any

import pytest

from cachet_sdk.testing import FakeCachet


@pytest.mark.parametrize("version", ["1", "3"])
async def test_a_resource_is_bound_to_a_client_of_the_other_flavour(version: Any) -> None:
    fake: Any = FakeCachet(version=version)
    async with fake.async_client() as client:
        with fake.client() as blocking:
            component = blocking.components.create(name="API", status=1)
            component.description = "Of the one"
            bound = client.components.bind(component)
            assert type(bound).__name__ == "AsyncComponent"
            await bound.save()
            found = await client.components.get(1)
            assert found.description == "Of the one"
            found.description = "Of the other"
            back = blocking.components.bind(found)
            assert type(back) is type(component)
            back.save()
        assert (await client.components.get(1)).description == "Of the other"


async def test_what_is_in_a_resource_is_bound_with_it() -> None:
    fake = FakeCachet()
    with fake.client() as blocking:
        blocking.component_groups.create(name="Europe", visible=True)
        blocking.components.create(name="API", status=1, group_id=1)
        group: Any = blocking.component_groups.get(1)
    async with fake.async_client() as client:
        (component,) = client.component_groups.bind(group).enabled_components
        component.description = "Inside"
        await component.save()
        assert (await client.components.get(1)).description == "Inside"
