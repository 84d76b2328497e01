# Made by "make sync" from aio/test_components.py: edit that file instead of this one.
"""Components: create, read, list, update and delete."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from cachet_sdk import ArgumentError, ClientStateError, NotFoundError
from cachet_sdk.v3.client import Client
from cachet_sdk.v3.enums import ComponentStatus
from tests.v3.conftest import Server


def test_create_stores_every_field(client: Client) -> None:
    created = client.components.create(
        name="API",
        status=2,
        description="The main one",
        link="https://example.com/",
        order=3,
        enabled=False,
        component_group_id=(client.component_groups.create(name="Europe")).id,
        meta={"k": [1, "v"]},
    )
    found = client.components.get(created.id, include=("group", "meta"))
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


def test_a_component_requires_only_a_name_and_its_status_is_then_unknown(client: Client) -> None:
    created = client.components.create(name="API")
    assert (created.status, created.description, created.link, created.order, created.enabled) == (
        ComponentStatus.UNKNOWN,
        None,
        None,
        None,
        True,
    )
    assert (client.status()).status == "partial_outage"


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
def test_an_invalid_argument_is_refused_before_anything_is_sent(
    client: Client, server: Server, arguments: dict[str, Any], invalid: str
) -> None:
    with pytest.raises(ArgumentError) as caught:
        client.components.create(**arguments)
    assert caught.value.argument == invalid
    assert not server.requests


def test_save_sends_only_the_changed_attributes(client: Client, server: Server) -> None:
    component = client.components.create(name="API", status=1, description="All of it")
    component.name = "Web"
    component.status = ComponentStatus.MAJOR_OUTAGE
    component.save()
    assert server.requests[-1].body in {b'{"name":"Web","status":4}', b'{"status":4,"name":"Web"}'}
    assert (component.status_name, component.description, component.changes()) == ("Major outage", "All of it", {})
    requests = len(server.requests)
    component.save()
    assert len(server.requests) == requests


def test_update_sends_every_writable_field(client: Client) -> None:
    component = client.components.create(name="API", status=1)
    client.components.update(component.id, status=4)
    component.description = "All of it"
    fresh = component.update()
    assert (fresh.status, fresh.description) == (ComponentStatus.OPERATIONAL, "All of it")


def test_a_deleted_component_is_gone(client: Client) -> None:
    first, second = [client.components.create(name=name, status=1) for name in "AB"]
    first.delete()
    client.components.delete(second.id)
    with pytest.raises(NotFoundError):
        client.components.get(first.id)
    assert client.components.count() == 0


def test_lists_can_be_filtered(client: Client) -> None:
    for name, status in (("Web API", 1), ("Web site", 2), ("Mail", 2), ("Queue", 4)):
        client.components.create(name=name, status=status, meta={"tier": status})

    def names(**filters: Any) -> list[str]:
        return [it.name for it in client.components.list(**filters)]

    assert names(name="web") == ["Web API", "Web site"]
    assert names(name=("site", "mail")) == ["Web site", "Mail"]
    assert names(status=2, sort="-name") == ["Web site", "Mail"]
    assert names(status=(1, 4)) == ["Web API", "Queue"]
    assert names(meta={"tier": 4}) == ["Queue"]
    assert names(page=2, per_page=3) == ["Queue"]


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
def test_an_invalid_argument_of_list_is_refused_at_once(
    client: Client, arguments: dict[str, Any], invalid: str
) -> None:
    with pytest.raises(ArgumentError) as caught:
        client.components.list(**arguments)
    assert caught.value.argument == invalid


def test_incidents_are_included_if_requested(client: Client) -> None:
    component = client.components.create(name="API", status=1)
    client.incidents.create(name="Down", message="m", status=1, components={component.id: 4})
    found = next(client.components.list(include=("incidents",)))
    assert [it.name for it in found.incidents or ()] == ["Down"]
    assert component.incidents is None


def test_an_included_resource_uses_its_own_manager(client: Client) -> None:
    group = client.component_groups.create(name="Europe", visible=True)
    created = client.components.create(name="API", status=1, component_group_id=group.id)
    found = client.components.get(created.id, include=("group",))
    assert found.group is not None
    found.group.name = "Asia"
    found.group.save()
    assert (client.component_groups.get(group.id)).name == "Asia"


def test_a_component_is_restored_from_every_form_with_its_included_group(client: Client) -> None:
    group = client.component_groups.create(name="Europe", visible=True)
    created = client.components.create(name="API", status=1, component_group_id=group.id)
    found = client.components.get(created.id, include=("group",))
    manager = client.components
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
        unbound.update()
    assert found.get("name") == "API"
    assert found.get("type") == "components"


def test_instances_are_restored_from_a_whole_list_response(client: Client) -> None:
    document = '{"data": [{"id": "7", "type": "components", "attributes": {"id": 7, "name": "Kept"}}]}'
    assert [it.name for it in client.components.instance_list_from_json(document)] == ["Kept"]
    for invalid in ("{}", "3", '[{"id": "7", "type": "incidents", "attributes": {"id": 7}}]'):
        with pytest.raises(ArgumentError):
            client.components.instance_list_from_json(invalid)


def test_components_can_be_created_and_updated_in_bulk(client: Client) -> None:
    batch = client.components.create_many({"name": str(number), "status": 1} for number in range(9))
    batch.raise_for_failures()
    assert [it.name for it in batch.results] == [str(number) for number in range(9)]
    changed = client.components.update_many({it.id: {"status": 4} for it in batch.results})
    assert {it.status for it in changed.results} == {ComponentStatus.MAJOR_OUTAGE}
    failed = client.components.update_many({99: {"status": 4}})
    assert isinstance(failed.failures[0].error, NotFoundError)


def test_meta_that_is_not_json_is_refused_when_it_is_stored_or_sent(client: Client) -> None:
    client.components.create(name="A", status=1, meta={"a": 1})
    component = client.components.get(1, include=("meta",))
    assert component.meta is not None
    not_json: Any = object()
    component.meta["b"] = not_json
    with pytest.raises(ArgumentError, match="^meta: expected a JSON value, got <object"):
        component.to_json()
    with pytest.raises(ArgumentError, match="^meta: expected a JSON value, got <object"):
        component.save()
