"""Everything in the manual of cachet-client 1.2.0 exists here, with the same names and the same defaults."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Generator
from datetime import datetime
from typing import Any

import pytest

import cachet_sdk
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1 import enums
from cachet_sdk.v1.client import Client

#: Module, class, method and its parameters, as in the manual. ``**kwargs`` is omitted: see ``DIFFERENCES``.
METHODS = [
    ("ping", "PingManager", "get", ""),
    ("ping", "PingManager", "__call__", ""),
    ("version", "VersionManager", "get", ""),
    ("version", "VersionManager", "__call__", ""),
    ("subscribers", "Subscriber", "update", ""),
    ("subscribers", "Subscriber", "get", "name"),
    ("subscribers", "Subscriber", "delete", ""),
    ("subscribers", "SubscriberManager", "create", "*, email, components=None, verify=True"),
    ("subscribers", "SubscriberManager", "list", "page=1, per_page=20"),
    ("subscribers", "SubscriberManager", "delete", "subscriber_id"),
    ("subscribers", "SubscriberManager", "count", ""),
    ("subscribers", "SubscriberManager", "instance_from_dict", "data"),
    ("subscribers", "SubscriberManager", "instance_from_json", "data"),
    ("components", "Component", "add_tag", "name"),
    ("components", "Component", "del_tag", "name"),
    ("components", "Component", "has_tag", "name"),
    ("components", "Component", "update", ""),
    ("components", "Component", "delete", ""),
    (
        "components",
        "ComponentManager",
        "create",
        "*, name, status, description=None, link=None, order=None, group_id=None, enabled=True, tags=None",
    ),
    (
        "components",
        "ComponentManager",
        "update",
        "component_id, *, status, name=None, description=None, link=None, order=None, group_id=None, enabled=None, "
        "tags=None",
    ),
    ("components", "ComponentManager", "list", "page=1, per_page=20"),
    ("components", "ComponentManager", "get", "component_id"),
    ("components", "ComponentManager", "count", ""),
    ("components", "ComponentManager", "delete", "component_id"),
    ("components", "ComponentManager", "instance_from_dict", "data"),
    ("components", "ComponentManager", "instance_from_json", "data"),
    ("component_groups", "ComponentGroup", "update", ""),
    ("component_groups", "ComponentGroup", "delete", ""),
    ("component_groups", "ComponentGroupManager", "create", "*, name, order=0, collapsed=0"),
    ("component_groups", "ComponentGroupManager", "update", "group_id, *, name, order=None, collapsed=None"),
    ("component_groups", "ComponentGroupManager", "count", ""),
    ("component_groups", "ComponentGroupManager", "list", "page=1, per_page=20"),
    ("component_groups", "ComponentGroupManager", "get", "group_id"),
    ("component_groups", "ComponentGroupManager", "delete", "group_id"),
    ("component_groups", "ComponentGroupManager", "instance_from_dict", "data"),
    ("component_groups", "ComponentGroupManager", "instance_from_json", "data"),
    ("incidents", "Incident", "updates", ""),
    ("incidents", "Incident", "update", ""),
    ("incidents", "Incident", "delete", ""),
    (
        "incidents",
        "IncidentManager",
        "create",
        "*, name, message, status, visible=True, component_id=None, component_status=None, notify=True, "
        "created_at=None, template=None, template_vars=None",
    ),
    (
        "incidents",
        "IncidentManager",
        "update",
        "incident_id, name=None, message=None, status=None, visible=None, component_id=None, component_status=None, "
        "notify=True, created_at=None, template=None, template_vars=None",
    ),
    ("incidents", "IncidentManager", "list", "page=1, per_page=1"),
    ("incidents", "IncidentManager", "get", "incident_id"),
    ("incidents", "IncidentManager", "count", ""),
    ("incidents", "IncidentManager", "delete", "incident_id"),
    ("incidents", "IncidentManager", "instance_from_dict", "data"),
    ("incidents", "IncidentManager", "instance_from_json", "data"),
    ("incident_updates", "IndicentUpdate", "update", ""),
    ("incident_updates", "IndicentUpdate", "delete", ""),
    ("incident_updates", "IncidentUpdatesManager", "create", "*, incident_id, status, message"),
    ("incident_updates", "IncidentUpdatesManager", "update", "*, id, incident_id, status=None, message=None"),
    ("incident_updates", "IncidentUpdatesManager", "count", "incident_id"),
    ("incident_updates", "IncidentUpdatesManager", "list", "incident_id, page=1, per_page=20"),
    ("incident_updates", "IncidentUpdatesManager", "get", "incident_id, update_id"),
    ("incident_updates", "IncidentUpdatesManager", "delete", "incident_id, update_id"),
    ("incident_updates", "IncidentUpdatesManager", "instance_from_dict", "data"),
    ("incident_updates", "IncidentUpdatesManager", "instance_from_json", "data"),
]

#: Deliberate differences: class, method, parameter, ours, and the reason.
DIFFERENCES = [
    ("ComponentManager", "update", "status", "status=None", "an update changes only the fields passed"),
    ("ComponentGroupManager", "update", "name", "name=None", "as above"),
    ("ComponentManager", "update", "**kwargs", None, "a misspelt argument was silently ignored, and is an error now"),
    ("ComponentGroupManager", "update", "**kwargs", None, "as above"),
    ("IncidentManager", "update", "**kwargs", None, "as above"),
    ("IncidentUpdatesManager", "update", "**kwargs", None, "as above"),
    ("Component", "del_tag", "name", "name=None", "a slug may be passed instead, as in later releases"),
    ("Component", "has_tag", "name", "name=None", "as above"),
]

#: Resource, attribute, "get" if read-only or else a value to set, and the type of the attribute.
ATTRIBUTES: list[tuple[str, str, Any, type]] = [
    ("subscriber", "attrs", "get", dict),
    ("subscriber", "id", "get", int),
    ("subscriber", "email", "get", str),
    ("subscriber", "verify_code", "get", str),
    ("subscriber", "is_global", "get", bool),
    ("subscriber", "created_at", "get", datetime),
    ("subscriber", "updated_at", "get", datetime),
    ("subscriber", "verified_at", "get", datetime),
    ("component", "attrs", "get", dict),
    ("component", "id", "get", int),
    ("component", "name", ("set", "Other"), str),
    ("component", "description", ("set", "Other"), str),
    ("component", "link", ("set", "https://other.example"), str),
    ("component", "status", ("set", 4), int),
    ("component", "status_name", "get", str),
    ("component", "order", ("set", 7), int),
    ("component", "group_id", ("set", 3), int),
    ("component", "enabled", ("set", False), bool),
    ("component", "tags", ("set", {"one", "two"}), set),
    ("component", "created_at", "get", datetime),
    ("component", "updated_at", "get", datetime),
    ("group", "attrs", "get", dict),
    ("group", "id", "get", int),
    ("group", "name", ("set", "Other"), str),
    ("group", "enabled_components", "get", list),
    ("group", "order", ("set", 7), int),
    ("group", "collapsed", ("set", 2), int),
    ("group", "lowest_human_status", "get", str),
    ("group", "is_collapsed", "get", bool),
    ("group", "is_open", "get", bool),
    ("group", "is_operational", "get", bool),
    ("group", "created_at", "get", datetime),
    ("group", "updated_at", "get", datetime),
    ("incident", "attrs", "get", dict),
    ("incident", "id", "get", int),
    ("incident", "component_id", ("set", 2), int),
    ("incident", "name", ("set", "Other"), str),
    ("incident", "message", ("set", "Other"), str),
    ("incident", "notify", ("set", True), bool),
    ("incident", "status", ("set", 4), int),
    ("incident", "human_status", "get", str),
    ("incident", "visible", ("set", False), bool),
    ("incident", "scheduled_at", "get", type(None)),
    ("incident", "created_at", "get", datetime),
    ("incident", "updated_at", "get", datetime),
    ("incident", "deleted_at", "get", type(None)),
    ("update", "attrs", "get", dict),
    ("update", "id", "get", int),
    ("update", "incident_id", "get", int),
    ("update", "status", ("set", 4), int),
    ("update", "message", ("set", "Other"), str),
    ("update", "user_id", "get", int),
    ("update", "created_at", "get", datetime),
    ("update", "updated_at", "get", datetime),
    ("update", "human_status", "get", str),
    ("version", "value", "get", str),
    ("version", "on_latest", "get", bool),
    ("version", "latest", "get", dict),
]

ENUMS = {
    "COMPONENT_STATUS_OPERATIONAL": 1,
    "COMPONENT_STATUS_PERFORMANCE_ISSUES": 2,
    "COMPONENT_STATUS_PARTIAL_OUTAGE": 3,
    "COMPONENT_STATUS_MAJOR_OUTAGE": 4,
    "COMPONENT_STATUS_LIST": [1, 2, 3, 4],
    "COMPONENT_GROUP_COLLAPSED_FALSE": 0,
    "COMPONENT_GROUP_COLLAPSED_TRUE": 1,
    "COMPONENT_GROUP_COLLAPSED_NOT_OPERATIONAL": 2,
    "INCIDENT_SCHEDULED": 0,
    "INCIDENT_INVESTIGATING": 1,
    "INCIDENT_IDENTIFIED": 2,
    "INCIDENT_WATCHING": 3,
    "INCIDENT_FIXED": 4,
    "SCHEDULE_STATUS_UPCOMING": 0,
    "SCHEDULE_STATUS_IN_PROGRESS": 1,
    "SCHEDULE_STATUS_COMPLETE": 2,
}

#: Managers, by attribute of the client.
MANAGERS = {
    "ping": "PingManager",
    "version": "VersionManager",
    "subscribers": "SubscriberManager",
    "components": "ComponentManager",
    "component_groups": "ComponentGroupManager",
    "incidents": "IncidentManager",
    "incident_updates": "IncidentUpdatesManager",
}


def parameters(text: str) -> list[tuple[str, Any, Any]]:
    """Return the name, kind and default of each parameter of a signature."""
    parsed = inspect.signature(eval(f"lambda self, {text}: None" if text else "lambda self: None"))
    return [(it.name, it.kind, it.default) for it in parsed.parameters.values()]


def with_differences(kind: str, method: str, documented: list[tuple[str, Any, Any]]) -> list[tuple[str, Any, Any]]:
    """Return the documented parameters with our deliberate differences applied."""
    ours = {name: text for owner, where, name, text, _ in DIFFERENCES if (owner, where) == (kind, method) and text}
    return [
        (name, how, parameters(f"*, {ours[name]}")[-1][2] if name in ours else default)
        for name, how, default in documented
    ]


@pytest.mark.parametrize("prefix", ["", "Async"])
@pytest.mark.parametrize(("module", "kind", "method", "text"), METHODS, ids=[f"{it[1]}.{it[2]}" for it in METHODS])
def test_a_documented_method_has_the_documented_parameters(
    module: str, kind: str, method: str, text: str, prefix: str
) -> None:
    imported = importlib.import_module(f"cachet_sdk.v1.{'aio.' if prefix else ''}{module}")
    signature = inspect.signature(getattr(getattr(imported, prefix + kind), method))
    actual = [(it.name, it.kind, it.default) for it in signature.parameters.values()]
    documented = with_differences(kind, method, parameters(text))
    assert [it for it in actual if it[0] in {name for name, _, _ in documented}] == documented
    # Parameters that we added must not shift positional arguments.
    for position, (name, how, default) in enumerate(actual):
        if position >= len(documented) and how is not inspect.Parameter.KEYWORD_ONLY:
            assert (kind, name) == ("Component", "slug")
        if name not in {it[0] for it in documented}:
            assert default is not inspect.Parameter.empty


@pytest.mark.parametrize("kind", ["ComponentManager", "ComponentGroupManager", "IncidentManager"])
def test_a_misspelt_argument_of_update_raises_a_type_error(fake_cachet: FakeCachet, kind: str) -> None:
    attribute = next(name for name, owner in MANAGERS.items() if owner == kind)
    manager: Any = getattr(fake_cachet.client(), attribute)
    with pytest.raises(TypeError, match="naem"):
        manager.update(1, naem="A")
    assert not fake_cachet.requests


@pytest.mark.parametrize("entry_point", [cachet_sdk.Client, cachet_sdk.AsyncClient])
def test_the_client_factories_have_the_documented_parameters(entry_point: Any) -> None:
    actual = [(it.name, it.kind, it.default) for it in inspect.signature(entry_point).parameters.values()]
    assert actual[:4] == parameters("endpoint=None, api_token=None, version=None, verify_tls=True")[1:]
    assert [(name, how) for name, how, _ in actual[4:]] == [("options", inspect.Parameter.VAR_KEYWORD)]


@pytest.mark.parametrize(("attribute", "kind"), MANAGERS.items())
def test_a_client_has_the_documented_managers(client: Client, attribute: str, kind: str) -> None:
    imported = importlib.import_module(f"cachet_sdk.v1.{attribute}")
    assert isinstance(getattr(client, attribute), getattr(imported, kind))


def test_the_client_has_the_documented_class(client: Client) -> None:
    assert type(client) is importlib.import_module("cachet_sdk.v1.client").Client


def resource(client: Client, kind: str) -> Any:
    """Return a resource of a kind, read from the server."""
    group = client.component_groups.create(name="Group", visible=True)
    client.components.create(name="API", status=1, group_id=group.id, tags="Core")
    client.incidents.create(name="Down", message="It is", status=1)
    create: dict[str, Any] = {
        "subscriber": lambda: client.subscribers.create(email="a@example.com"),
        "component": lambda: client.components.get(1),
        "group": lambda: client.component_groups.get(1),
        "incident": lambda: client.incidents.get(1),
        "update": lambda: client.incident_updates.create(incident_id=1, status=2, message="Found"),
        "version": client.version,
    }
    return create[kind]()


@pytest.mark.parametrize(
    ("kind", "attribute", "access", "expected"), ATTRIBUTES, ids=[f"{it[0]}.{it[1]}" for it in ATTRIBUTES]
)
def test_a_documented_attribute_can_be_read_and_set_as_documented(
    client: Client, kind: str, attribute: str, access: Any, expected: type
) -> None:
    item = resource(client, kind)
    assert isinstance(getattr(item, attribute), expected)
    if access == "get":
        with pytest.raises(AttributeError):
            setattr(item, attribute, getattr(item, attribute))
    else:
        setattr(item, attribute, access[1])
        assert getattr(item, attribute) == access[1]


@pytest.mark.parametrize("kind", ["component", "group", "incident", "update"])
def test_each_settable_attribute_reaches_the_server(client: Client, kind: str) -> None:
    item = resource(client, kind)
    client.components.create(name="Second", status=1)
    values = {name: access[1] for owner, name, access, _ in ATTRIBUTES if owner == kind and access != "get"}
    for name, value in values.items():
        setattr(item, name, value)
    updated = item.update()
    values.pop("notify", None)  # sent, but not stored by the server
    assert {name: getattr(updated, name) for name in values} == values


@pytest.mark.parametrize(("name", "value"), ENUMS.items())
def test_a_documented_constant_has_its_value(name: str, value: object) -> None:
    assert getattr(enums, name) == value


@pytest.mark.parametrize(
    ("status", "human"), [(0, "Scheduled"), (1, "Investigating"), (2, "Identified"), (3, "Watching"), (4, "Fixed")]
)
def test_an_incident_status_has_its_human_name(status: int, human: str) -> None:
    assert enums.incident_status_human(status) == human


def test_the_misspelt_class_name_is_an_alias() -> None:
    module = importlib.import_module("cachet_sdk.v1.incident_updates")
    assert module.IndicentUpdate is module.IncidentUpdate


def test_the_examples_of_basic_usage_work(fake_cachet: FakeCachet) -> None:
    client = cachet_sdk.Client(
        endpoint=fake_cachet.endpoint, api_token=fake_cachet.token, transport=fake_cachet.transport
    )
    sub = client.subscribers.create(email="user@example.test", verify=False)
    assert [found.id for found in client.subscribers.list(page=1, per_page=100)] == [sub.id]
    group = client.component_groups.create(name="Global Services")
    component = client.components.create(
        name="Public website",
        status=enums.COMPONENT_STATUS_OPERATIONAL,
        description="This is a test",
        tags="test, web, something",
        group_id=group.id,
    )
    assert component.tags == {"test", "web", "something"}
    client.incidents.create(
        name="Something blew up!",
        message="We are looking into it",
        status=enums.INCIDENT_INVESTIGATING,
        component_id=1,
        component_status=enums.COMPONENT_STATUS_MAJOR_OUTAGE,
    )
    assert client.components.get(1).status == enums.COMPONENT_STATUS_MAJOR_OUTAGE
    assert client.subscribers.instance_from_json(sub.to_json()) == sub
    assert client.subscribers.instance_from_dict(sub.attrs) == sub


def test_get_returns_the_raw_value_or_none(client: Client) -> None:
    component = client.components.create(name="API", status=1, tags="Core")
    assert (component.get("tags"), component.get("nothing")) == ({"core": "Core"}, None)


def test_lists_are_lazy_generators(client: Client, fake_cachet: FakeCachet) -> None:
    assert isinstance(client.components.list(), Generator)
    assert not fake_cachet.requests


class TestLaterReleases:
    def test_instances_are_restored_from_a_json_list(self, client: Client) -> None:
        created = [client.components.create(name=name, status=1) for name in "AB"]
        text = f"[{', '.join(component.to_json() for component in created)}]"
        assert client.components.instance_list_from_json(text) == created

    def test_tags_have_names_and_slugs(self, client: Client) -> None:
        component = client.components.create(name="API", status=1, tags=["Web Server", "Core"])
        assert component.tag_names == ["Core", "Web Server"]
        assert component.tag_slugs == ["core", "web-server"]

    def test_tags_can_be_set_added_and_removed(self, client: Client) -> None:
        component = client.components.create(name="API", status=1, tags=["Old"])
        component.set_tags(["Web Server", "Core"])
        component.add_tags(["One", "Two"])
        component.del_tag(slug="web-server")
        component.del_tag(name="one")
        assert component.has_tag(name="core")
        assert component.has_tag(slug="two")
        assert not component.has_tag(slug="web-server")
        assert client.components.get(component.update().id).tag_names == ["Core", "Two"]

    def test_removing_an_unknown_tag_raises_a_key_error(self, client: Client) -> None:
        component = client.components.create(name="API", status=1, tags=["Old"])
        with pytest.raises(KeyError, match="new"):
            component.del_tag("new")
        with pytest.raises(KeyError, match="new"):
            component.del_tag(slug="new")

    def test_groups_and_incidents_have_more_fields(self, client: Client) -> None:
        group = client.component_groups.create(name="G", visible=True)
        moment = datetime(2026, 1, 2, 3, 4)
        incident = client.incidents.create(name="I", message="m", status=1, stickied=True, occurred_at=moment)
        assert group.visible
        assert incident.stickied
        assert incident.occurred_at == moment


def test_every_listed_difference_exists() -> None:
    for kind, method, parameter, ours, _ in DIFFERENCES:
        module = next(module for module, owner, name, _ in METHODS if (owner, name) == (kind, method))
        imported = importlib.import_module(f"cachet_sdk.v1.{module}")
        found = inspect.signature(getattr(getattr(imported, kind), method)).parameters
        if ours is None:
            assert not any(it.kind is inspect.Parameter.VAR_KEYWORD for it in found.values())
        else:
            assert found[parameter].default is None
