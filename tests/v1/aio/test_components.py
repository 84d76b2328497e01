"""Components: create, read, list, update and delete."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cachet_sdk import ArgumentError, BadRequestError, NotFoundError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.aio.client import AsyncClient
from cachet_sdk.v1.enums import ComponentStatus


async def test_create_stores_every_field(async_client: AsyncClient) -> None:
    created = await async_client.components.create(
        name="API",
        status=2,
        description="The main one",
        link="https://example.com/",
        order=3,
        group_id=4,
        enabled=False,
        tags="Core, Web Site",
        meta={"k": [1, "v"]},
    )
    found = await async_client.components.get(created.id)
    for component in (created, found):
        assert (component.name, component.description, component.link) == (
            "API",
            "The main one",
            "https://example.com/",
        )
        assert (component.status, component.status_name) == (ComponentStatus.PERFORMANCE_ISSUES, "Performance Issues")
        assert (component.order, component.group_id, component.enabled) == (3, 4, False)
        assert component.tags == {"Core", "Web Site"}
        assert component.meta == {"k": [1, "v"]}
        assert component.deleted_at is None
    assert found == created


async def test_a_component_requires_only_a_name_and_a_status(async_client: AsyncClient) -> None:
    created = await async_client.components.create(name="API", status=1)
    assert (created.description, created.link, created.order, created.group_id, created.enabled) == ("", "", 0, 0, True)
    assert created.tags == set()


@pytest.mark.parametrize("tags", ["One, Two", "Two,One,", ["One", "Two"], ("Two", "One"), {"One": 1, "Two": 2}.keys()])
async def test_tags_may_be_any_iterable_or_one_string(async_client: AsyncClient, tags: Any) -> None:
    created = await async_client.components.create(name="API", status=1, tags=tags)
    assert created.tag_names == ["One", "Two"]


async def test_tags_may_be_a_generator(async_client: AsyncClient) -> None:
    created = await async_client.components.create(name="API", status=1, tags=(name for name in ("One", "Two")))
    assert created.tag_names == ["One", "Two"]


async def test_an_update_changes_only_the_fields_passed(async_client: AsyncClient) -> None:
    created = await async_client.components.create(
        name="API", status=2, description="d", link="https://a.test/", order=3, group_id=4, tags="T", meta={"k": 1}
    )
    updated = await async_client.components.update(created.id, name="Web")
    before, after = created.attrs, updated.attrs
    assert updated.name == "Web"
    assert {name for name in before if before[name] != after[name]} <= {"name", "updated_at"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", 0),
        ("status", 4),
        ("name", "Web"),
        ("description", ""),
        ("link", ""),
        ("order", 0),
        ("group_id", 0),
        ("enabled", False),
        ("tags", {"New"}),
        ("meta", {"new": True}),
    ],
)
async def test_every_field_can_be_updated_even_to_an_empty_value(
    async_client: AsyncClient, name: str, value: object
) -> None:
    created = await async_client.components.create(
        name="API", status=2, description="d", link="https://a.test/", order=3, group_id=4, tags="T", meta={"k": 1}
    )
    change: Any = {name: value}
    assert getattr(await async_client.components.update(created.id, **change), name) == value
    assert getattr(await async_client.components.get(created.id), name) == value


async def test_silent_is_sent(async_client: AsyncClient, fake_cachet: FakeCachet) -> None:
    await async_client.components.create(name="API", status=2)
    await async_client.components.update(1, status=1, enabled=True, silent=True)
    assert json.loads(fake_cachet.requests[-1].body) == {"status": 1, "enabled": True, "silent": True}


async def test_update_and_save_send_the_changes_of_a_component(
    async_client: AsyncClient, fake_cachet: FakeCachet
) -> None:
    component = await async_client.components.create(name="API", status=1, tags="T")
    component.name = "Web"
    component.add_tag("U")
    updated = await component.update()
    assert (updated.name, updated.tag_names) == ("Web", ["T", "U"])
    updated.status = 4
    assert await updated.save() is updated
    assert json.loads(fake_cachet.requests[-1].body) == {"status": 4, "enabled": True}
    assert updated.status_name == "Major Outage"
    count = len(fake_cachet.requests)
    await updated.save()
    assert len(fake_cachet.requests) == count


async def test_a_component_without_tags_can_be_updated(async_client: AsyncClient) -> None:
    component = await async_client.components.create(name="API", status=1)
    component.description = "New"
    assert (await component.update()).description == "New"


async def test_a_component_can_be_deleted_by_method_and_by_id(async_client: AsyncClient) -> None:
    first = await async_client.components.create(name="A", status=1)
    second = await async_client.components.create(name="B", status=1)
    await first.delete()
    await async_client.components.delete(second.id)
    assert await async_client.components.count() == 0
    with pytest.raises(NotFoundError, match="Component"):
        await async_client.components.get(first.id)
    with pytest.raises(NotFoundError):
        await first.delete()


async def create_components(client: AsyncClient) -> None:
    """Create four components that differ in every field that lists can be filtered by."""
    await client.components.create(name="API", status=1, group_id=1, tags="Core, Web Site", order=2)
    await client.components.create(name="Database", status=4, tags="Core", order=9)
    await client.components.create(name="Mail", status=2, group_id=1, enabled=False, order=1)
    await client.components.create(name="Docs", status=1, tags="Web Site")


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({}, [1, 2, 3, 4]),
        ({"id": 2}, [2]),
        ({"name": "API"}, [1]),
        ({"name": "API & more"}, []),
        ({"status": 1}, [1, 4]),
        ({"status": 0}, []),
        ({"group_id": 1}, [1, 3]),
        ({"group_id": 0}, [2, 4]),
        ({"enabled": True}, [1, 2, 4]),
        ({"enabled": False}, [3]),
        ({"tags": "core"}, [1, 2]),
        ({"tags": "Web Site"}, [1, 4]),
        ({"tags": ["core", "web-site"]}, [1, 2, 4]),
        ({"tags": "core", "status": 1}, [1]),
        ({"tags": "nothing"}, []),
        ({"status": 1, "group_id": 1, "enabled": True}, [1]),
    ],
)
async def test_a_list_can_be_filtered(async_client: AsyncClient, filters: Any, ids: list[int]) -> None:
    await create_components(async_client)
    assert sorted([item.id async for item in async_client.components.list(**filters)]) == ids
    assert sorted([item.id async for item in async_client.components.list(per_page=1, **filters)]) == ids


@pytest.mark.parametrize("sort", ["id", "name", "status", "order", "group_id", "enabled"])
@pytest.mark.parametrize("per_page", [1, 20])
async def test_a_list_is_sorted_in_descending_order(async_client: AsyncClient, sort: Any, per_page: int) -> None:
    await create_components(async_client)
    found = [getattr(it, sort) async for it in async_client.components.list(sort=sort, per_page=per_page)]
    assert found == sorted(found, reverse=True)
    assert len(found) == 4


@pytest.mark.parametrize("prefetch", [0, 1, 5])
@pytest.mark.parametrize(("page", "per_page"), [(1, 3), (2, 3), (4, 3), (1, 100), (9, 3)])
async def test_a_list_starts_at_the_given_page_and_continues_to_the_end(
    async_client: AsyncClient, page: int, per_page: int, prefetch: int
) -> None:
    for number in range(1, 11):
        await async_client.components.create(name=f"C{number}", status=1)
    found = [it.id async for it in async_client.components.list(page=page, per_page=per_page, prefetch=prefetch)]
    assert found == list(range((page - 1) * per_page + 1, 11))


async def test_pages_are_requested_only_as_they_are_needed(async_client: AsyncClient, fake_cachet: FakeCachet) -> None:
    for number in range(5):
        await async_client.components.create(name=f"C{number}", status=1)
    fake_cachet.requests.clear()
    components = async_client.components.list(per_page=2)
    assert not fake_cachet.requests
    await anext(components)
    await anext(components)
    assert len(fake_cachet.requests) == 1
    await anext(components)
    assert len(fake_cachet.requests) == 2
    await components.aclose()


async def test_a_list_without_components_is_empty(async_client: AsyncClient) -> None:
    assert [it async for it in async_client.components.list()] == []
    assert await async_client.components.count() == 0


async def test_instances_are_restored_from_dicts_and_json(async_client: AsyncClient) -> None:
    created = await async_client.components.create(name="API", status=1, tags="T")
    for restored in (
        async_client.components.instance_from_dict(created.attrs),
        async_client.components.instance_from_json(created.to_json()),
        async_client.components.instance_list_from_json(f"[{created.to_json()}]")[0],
    ):
        assert restored == created
        restored.name = "Web"
        assert (await restored.save()).name == "Web"


async def test_an_unknown_id_is_not_found(async_client: AsyncClient) -> None:
    with pytest.raises(NotFoundError) as caught:
        await async_client.components.get(9)
    assert caught.value.status_code == 404
    with pytest.raises(NotFoundError):
        await async_client.components.update(9, status=1)


async def test_a_validation_error_contains_the_messages_of_the_server(async_client: AsyncClient) -> None:
    with pytest.raises(BadRequestError, match="The link format is invalid") as caught:
        await async_client.components.create(name="API", status=1, link="not a URL")
    assert caught.value.messages == ["The link format is invalid."]


async def test_meta_changed_in_place_is_saved(async_client: AsyncClient, fake_cachet: FakeCachet) -> None:
    await async_client.components.create(name="API", status=1, meta={"owner": "ann", "on call": {"days": [1, 2]}})
    component = await async_client.components.get(1)
    meta: Any = component.meta
    meta["owner"] = "bob"
    meta["on call"]["days"].append(3)
    assert component.changes() == {"meta": {"owner": "bob", "on call": {"days": [1, 2, 3]}}}
    await component.save()
    assert (await async_client.components.get(1)).meta == {"owner": "bob", "on call": {"days": [1, 2, 3]}}

    meta = component.meta
    meta["owner"] = object()
    fake_cachet.requests.clear()
    for send in (component.save, component.update):
        with pytest.raises(ArgumentError, match="^meta: "):
            await send()
    assert not fake_cachet.requests


async def test_meta_is_a_copy_of_the_data_it_was_built_from(async_client: AsyncClient) -> None:
    for manager in (async_client.components, async_client.incidents):
        row: dict[str, Any] = {"id": 1, "meta": {"owner": {"name": "ann"}}}
        item = manager.instance_from_dict(row)
        meta: Any = item.meta
        meta["owner"]["name"] = "bob"
        assert row == item.attrs == {"id": 1, "meta": {"owner": {"name": "ann"}}}


@pytest.mark.parametrize("name", ["a,b", "", "  ", 5, None, "\ud800"])
async def test_an_invalid_tag_name_is_refused(async_client: AsyncClient, name: Any) -> None:
    component = await async_client.components.create(name="API", status=1, tags="T")
    invalid: list[Any] = [[name], {1: "a"}, 5, None]
    with pytest.raises(ArgumentError, match="^tags: "):
        component.add_tag(name)
    for change in (component.add_tags, component.set_tags):
        for names in invalid:
            with pytest.raises(ArgumentError, match="^tags: "):
                change(names)
    assert component.changes() == {}


@pytest.mark.parametrize("name", ["a,b", "", 5])
async def test_an_invalid_tag_added_in_place_is_refused_before_anything_is_sent(
    async_client: AsyncClient, fake_cachet: FakeCachet, name: Any
) -> None:
    component = await async_client.components.create(name="API", status=1, tags="T")
    fake_cachet.requests.clear()
    component.tags.add(name)
    for send in (component.save, component.update):
        with pytest.raises(ArgumentError, match="^tags: "):
            await send()
    with pytest.raises(ArgumentError, match="^tags: "):
        component.to_json()
    assert not fake_cachet.requests


async def test_tags_can_be_added_from_any_iterable(async_client: AsyncClient) -> None:
    component = await async_client.components.create(name="API", status=1, tags="T")
    component.add_tags(name for name in ("U", "V"))
    component.add_tags("W, X")
    assert component.tag_names == ["T", "U", "V", "W", "X"]
    component.set_tags(("Y",))
    assert component.tags == {"Y"}


async def test_dictionary_access_to_tags_names_the_alternatives(async_client: AsyncClient) -> None:
    tags: Any = (await async_client.components.create(name="API", status=1, tags="Web Site")).tags
    for name in ("items", "keys", "values", "get"):
        with pytest.raises(AttributeError, match=f"no attribute '{name}'; see tag_names, tag_slugs"):
            getattr(tags, name)
    with pytest.raises(TypeError, match="without 'web-site' to look up; see tag_names, tag_slugs"):
        tags["web-site"]
    with pytest.raises(AttributeError, match="no attribute 'colour'$"):
        tags.colour  # noqa: B018  (the access is what is tested)


@pytest.mark.parametrize("empty", [{"": ""}, [""], {"": "", "core": "Core"}])
async def test_an_empty_tag_from_the_dashboard_is_ignored(async_client: AsyncClient, empty: Any) -> None:
    await async_client.components.create(name="API", status=1, tags="Core")
    component = async_client.components.instance_from_dict({"id": 1, "name": "API", "tags": empty})
    assert "" not in component.tags
    assert component.changes() == {}
    assert async_client.components.instance_from_json(component.to_json()) == component
    component.set_tags(component.tags | {"New"})
    assert "New" in (await component.save()).tags
