"""Components: create, read, list, update and delete."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from cachet_sdk import ArgumentError, ClientStateError, NotFoundError
from cachet_sdk.v3.aio.client import AsyncClient
from cachet_sdk.v3.enums import ComponentStatus
from tests.v3.conftest import Server


async def test_create_stores_every_field(async_client: AsyncClient) -> None:
    created = await async_client.components.create(
        name="API",
        status=2,
        description="The main one",
        link="https://example.com/",
        order=3,
        enabled=False,
        component_group_id=(await async_client.component_groups.create(name="Europe")).id,
        meta={"k": [1, "v"]},
    )
    found = await async_client.components.get(created.id, include=("group", "meta"))
    for component in (created, found):
        assert (component.name, component.description, component.link) == (
            "API",
            "The main one",
            "https://example.com/",
        )
        assert (component.status, component.status_name) == (ComponentStatus.PERFORMANCE_ISSUES, "Performance issues")
        assert (component.order, component.enabled) == (3, False)
    assert found.meta == {"k": [1, "v"]}
    assert found.group is not None
    assert found.group.name == "Europe"


async def test_a_component_requires_only_a_name_and_its_status_is_then_unknown(async_client: AsyncClient) -> None:
    created = await async_client.components.create(name="API")
    assert (created.status, created.description, created.link, created.order, created.enabled) == (
        ComponentStatus.UNKNOWN,
        None,
        None,
        None,
        True,
    )
    assert (await async_client.status()).status == "partial_outage"


@pytest.mark.parametrize(
    ("arguments", "invalid"),
    [
        ({"name": ""}, "name"),
        ({"name": "A", "status": 7}, "status"),
        ({"name": "A", "link": "ftp://a.test"}, "link"),
        ({"name": "A", "order": -1}, "order"),
        ({"name": "A", "component_group_id": 0}, "component_group_id"),
        ({"name": "A" * 256}, "name"),
    ],
)
async def test_an_invalid_argument_is_refused_before_anything_is_sent(
    async_client: AsyncClient, server: Server, arguments: dict[str, Any], invalid: str
) -> None:
    with pytest.raises(ArgumentError) as caught:
        await async_client.components.create(**arguments)
    assert caught.value.argument == invalid
    assert not server.requests


async def test_save_sends_only_the_changed_attributes(async_client: AsyncClient, server: Server) -> None:
    component = await async_client.components.create(name="API", status=1, description="All of it")
    component.name = "Web"
    component.status = ComponentStatus.MAJOR_OUTAGE
    await component.save()
    assert server.requests[-1].body in {b'{"name":"Web","status":4}', b'{"status":4,"name":"Web"}'}
    assert (component.status_name, component.description, component.changes()) == ("Major outage", "All of it", {})
    requests = len(server.requests)
    await component.save()
    assert len(server.requests) == requests


async def test_update_sends_every_writable_field(async_client: AsyncClient) -> None:
    component = await async_client.components.create(name="API", status=1)
    await async_client.components.update(component.id, status=4)
    component.description = "All of it"
    fresh = await component.update()
    assert (fresh.status, fresh.description) == (ComponentStatus.OPERATIONAL, "All of it")


async def test_a_deleted_component_is_gone(async_client: AsyncClient) -> None:
    first, second = [await async_client.components.create(name=name, status=1) for name in "AB"]
    await first.delete()
    await async_client.components.delete(second.id)
    with pytest.raises(NotFoundError):
        await async_client.components.get(first.id)
    assert await async_client.components.count() == 0


async def test_lists_can_be_filtered(async_client: AsyncClient) -> None:
    for name, status in (("Web API", 1), ("Web site", 2), ("Mail", 2), ("Queue", 4)):
        await async_client.components.create(name=name, status=status, meta={"tier": status})

    async def names(**filters: Any) -> list[str]:
        return [it.name async for it in async_client.components.list(**filters)]

    assert await names(name="web") == ["Web API", "Web site"]
    assert await names(name=("site", "mail")) == ["Web site", "Mail"]
    assert await names(status=2, sort="-name") == ["Web site", "Mail"]
    assert await names(status=(1, 4)) == ["Web API", "Queue"]
    assert await names(meta={"tier": 4}) == ["Queue"]
    assert await names(page=2, per_page=3) == ["Queue"]


@pytest.mark.parametrize(
    ("arguments", "invalid"),
    [
        ({"sort": "status"}, "sort"),
        ({"include": ("groups",)}, "include"),
        ({"include": "group"}, "include"),
        ({"status": 9}, "status"),
        ({"per_page": 101}, "per_page"),
        ({"page": 0}, "page"),
        ({"prefetch": -1}, "prefetch"),
    ],
)
async def test_an_invalid_argument_of_list_is_refused_at_once(
    async_client: AsyncClient, arguments: dict[str, Any], invalid: str
) -> None:
    with pytest.raises(ArgumentError) as caught:
        async_client.components.list(**arguments)
    assert caught.value.argument == invalid


async def test_incidents_are_included_if_requested(async_client: AsyncClient) -> None:
    component = await async_client.components.create(name="API", status=1)
    await async_client.incidents.create(name="Down", message="m", status=1, components={component.id: 4})
    found = await anext(async_client.components.list(include=("incidents",)))
    assert [it.name for it in found.incidents or ()] == ["Down"]
    assert component.incidents is None


async def test_an_included_resource_uses_its_own_manager(async_client: AsyncClient) -> None:
    group = await async_client.component_groups.create(name="Europe", visible=True)
    created = await async_client.components.create(name="API", status=1, component_group_id=group.id)
    found = await async_client.components.get(created.id, include=("group",))
    assert found.group is not None
    found.group.name = "Asia"
    await found.group.save()
    assert (await async_client.component_groups.get(group.id)).name == "Asia"


async def test_a_component_is_restored_from_every_form_with_its_included_group(async_client: AsyncClient) -> None:
    group = await async_client.component_groups.create(name="Europe", visible=True)
    created = await async_client.components.create(name="API", status=1, component_group_id=group.id)
    found = await async_client.components.get(created.id, include=("group",))
    manager = async_client.components
    for restored in (
        manager.instance_from_dict(found.attrs),
        manager.instance_from_json(found.to_json()),
        manager.instance_list_from_json(f"[{found.to_json()}]")[0],
        pickle.loads(pickle.dumps(found)),
        copy.deepcopy(found),
    ):
        assert restored == found
        assert restored.group == group
    unbound = pickle.loads(pickle.dumps(found))
    with pytest.raises(ClientStateError):
        await unbound.update()
    assert found.get("name") == "API"
    assert found.get("type") == "components"


async def test_instances_are_restored_from_a_whole_list_response(async_client: AsyncClient) -> None:
    document = '{"data": [{"id": "7", "type": "components", "attributes": {"id": 7, "name": "Kept"}}]}'
    assert [it.name for it in async_client.components.instance_list_from_json(document)] == ["Kept"]
    for invalid in ("{}", "3", '[{"id": "7", "type": "incidents", "attributes": {"id": 7}}]'):
        with pytest.raises(ArgumentError):
            async_client.components.instance_list_from_json(invalid)


async def test_components_can_be_created_and_updated_in_bulk(async_client: AsyncClient) -> None:
    batch = await async_client.components.create_many({"name": str(number), "status": 1} for number in range(9))
    batch.raise_for_failures()
    assert [it.name for it in batch.results] == [str(number) for number in range(9)]
    changed = await async_client.components.update_many({it.id: {"status": 4} for it in batch.results})
    assert {it.status for it in changed.results} == {ComponentStatus.MAJOR_OUTAGE}
    failed = await async_client.components.update_many({99: {"status": 4}})
    assert isinstance(failed.failures[0].error, NotFoundError)


async def test_meta_that_is_not_json_is_refused_when_it_is_stored_or_sent(async_client: AsyncClient) -> None:
    await async_client.components.create(name="A", status=1, meta={"a": 1})
    component = await async_client.components.get(1, include=("meta",))
    assert component.meta is not None
    not_json: Any = object()
    component.meta["b"] = not_json
    with pytest.raises(ArgumentError, match="^meta: expected a JSON value, got <object"):
        component.to_json()
    with pytest.raises(ArgumentError, match="^meta: expected a JSON value, got <object"):
        await component.save()
