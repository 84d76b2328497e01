# Made by "make sync" from aio/test_stored.py: edit that file instead of this one.
"""Resources that were stored and restored: their changes, the wrong kind, and data that JSON cannot represent."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest

from cachet_sdk import Client
from cachet_sdk.errors import ArgumentError
from cachet_sdk.testing import FakeCachet
from tests.resources.kinds import ENDPOINTS, KINDS, Kind, SingleResourceServer

MOMENT = datetime(2030, 1, 1, 12, 0)


def client_of(kind: Kind, **options: Any) -> tuple[Any, SingleResourceServer]:
    server = SingleResourceServer(kind)
    client: Any = Client(ENDPOINTS[kind.version], "t", version=kind.number, transport=server.transport, **options)
    return client, server


def named(name: str) -> Kind:
    return next(kind for kind in KINDS if kind.name == name)


@pytest.mark.parametrize(
    ("name", "attribute", "value", "sent"),
    [
        ("v1.components", "meta", {}, {"meta": {}}),
        ("v1.schedules", "scheduled_at", MOMENT, {"scheduled_at": "2030-01-01 12:00"}),
        ("v1.schedules", "message", "Changed", {"message": "Changed"}),
        ("v1.incidents", "occurred_at", MOMENT, {"occurred_at": "2030-01-01 12:00"}),
        ("v1.incidents", "message", "Changed", {"message": "Changed"}),
        ("v3.components", "meta", {}, {"meta": {}}),
        ("v3.schedules", "scheduled_at", MOMENT, {"scheduled_at": "2030-01-01 12:00:00"}),
        ("v3.incidents", "occurred_at", MOMENT, {"occurred_at": "2030-01-01 12:00:00"}),
        ("v3.subscribers", "email", "b@example.com", {"email": "b@example.com"}),
    ],
)
@pytest.mark.parametrize("write", ["to_json", "model_dump_json"])
def test_update_sends_a_change_that_was_stored_as_json(
    name: str, attribute: str, value: Any, sent: dict[str, Any], write: str
) -> None:
    kind = named(name)
    client, server = client_of(kind)
    with client:
        manager = getattr(client, kind.manager)
        it = manager.get(*kind.ids)
        setattr(it, attribute, value)
        manager.instance_from_json(getattr(it, write)()).update()
    assert any(one.items() >= sent.items() for one in server.sent)


def test_a_resource_validated_from_data_sends_its_fields_and_no_defaults() -> None:
    client, server = client_of(named("v1.components"))
    with client:
        kind = type(client.components.get(1))
        component = kind.model_validate({"id": 1, "description": "new"})
        assert component.changes() == {"description": "new"}
        client.components.bind(component).save()
        component.enabled = False
        client.components.bind(pickle.loads(pickle.dumps(component))).save()
    assert server.sent == [{"description": "new"}, {"description": "new", "enabled": False}]


@pytest.mark.parametrize("name", ["v1.components", "v3.components"])
def test_collections_modified_in_place_are_changes(name: str) -> None:
    kind = named(name)
    client, server = client_of(kind)
    with client:
        it = client.components.get(1)
        it.meta["n"] = 1
        assert it.model_copy(deep=True).changes() == it.changes() == {"meta": {"k": "v", "n": 1}}
        client.components.bind(pickle.loads(pickle.dumps(it))).save()
        if name == "v1.components":
            it.tags.add("new")
            assert it.changes()["tags"] == {"Web Server", "new"}
    assert server.sent == [{"meta": {"k": "v", "n": 1}}]


def test_changes_to_a_copy_do_not_affect_the_original() -> None:
    client, _ = client_of(named("v1.components"))
    with client:
        it = client.components.get(1)
        it.name = "Mine"
        restored = it.model_copy(update={"description": "Theirs", "id": 7})
        assert restored.changes() == {"name": "Mine", "description": "Theirs"}
        assert (it.changes(), it.id, restored.id) == ({"name": "Mine"}, 1, 7)
        with pytest.raises(ArgumentError, match="^status: expected one of"):
            it.model_copy(update={"status": 99})


def pairs() -> list[tuple[Kind, Kind]]:
    return [(one, other) for one, other in permutations(KINDS, 2) if one.version == other.version]


@pytest.mark.parametrize("version", ["v1", "v3"])
def test_a_resource_of_another_kind_is_refused(version: str) -> None:
    for kind, other in pairs():
        if kind.version != version:
            continue
        client, _ = client_of(kind)
        with client:
            manager, wrong = getattr(client, kind.manager), other.response_data
            flat = {"id": 1, **other.row} if version == "v1" else None
            for data in filter(None, (wrong, flat)):
                with pytest.raises(ArgumentError, match="^data: "):
                    manager.instance_from_json(json.dumps(data))
                with pytest.raises(ArgumentError, match="^data: "):
                    manager.instance_list_from_json(json.dumps([data]))


def test_the_fields_of_another_kind_are_refused_by_name() -> None:
    client, _ = client_of(named("v3.components"))
    with client:
        fields = (client.components.get(1)).model_dump(mode="json")
        assert client.components.instance_from_dict(fields).name == "API"
        with pytest.raises(ArgumentError, match="^data: has the fields of Component, but those of Incident were"):
            client.incidents.instance_from_dict(fields)


def deep(levels: int) -> Any:
    found: Any = 1
    for _ in range(levels):
        found = [found]
    return found


HOSTILE: dict[str, Any] = {
    "NaN": float("nan"),
    "infinity": 1e400,
    "a lone surrogate": "\ud800",
    "an object": object(),
    "a function": deep,
    "10,000 levels": deep(10_000),
    "5,000 digits": 10**5000,
}


@pytest.mark.parametrize("field", ["name", "unknown_field", "meta", "id", "value"])
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("name", ["v1.components", "v1.metric_points", "v3.components", "v3.metric_points"])
def test_data_that_cannot_be_stored_as_json_is_refused(name: str, hostile: Any, field: str) -> None:
    kind = named(name)
    client, _ = client_of(kind)
    with client:
        manager = getattr(client, kind.manager)
        for data in ({"id": 1, "metric_id": 1, field: hostile}, {**kind.response_data, field: hostile}):
            with pytest.raises(ArgumentError, match="^data: "):
                manager.instance_from_dict(data)


@pytest.mark.parametrize("name", ["v1.components", "v3.components"])
def test_invalid_data_that_pydantic_accepted_raises_only_argument_errors(name: str) -> None:
    client, server = client_of(named(name))
    with client:
        kind = type(client.components.get(1))
        for data in ({"name": "\ud800"}, {"meta": {"a": object()}}, {"odd": object()}):
            it = kind.model_construct(id=1, **data)
            if "odd" not in data:
                with pytest.raises(ArgumentError):
                    client.components.bind(it).save()
            with pytest.raises(ArgumentError):
                it.to_json()
        assert not server.sent


@pytest.mark.parametrize("version", ["1", "3"])
def test_times_mean_the_same_through_every_client(version: Any) -> None:
    fake: Any = FakeCachet(version=version, time_zone="Asia/Tokyo")
    with fake.client(timezone="Asia/Tokyo") as aware, fake.client() as naive:
        other: Any = {"status": 0} if version == "1" else {"message": "m"}
        created = aware.schedules.create(name="S", scheduled_at=datetime(2030, 1, 1, 12, 0, tzinfo=UTC), **other)
        dumped: list[Callable[[Any], Any]] = [
            lambda it: type(it).model_validate(it.model_dump()),
            lambda it: type(it).model_validate_json(it.model_dump_json()),
        ]
        for dump in dumped:
            assert aware.schedules.bind(dump(created)).scheduled_at == created.scheduled_at
        naive_schedule = naive.schedules.get(created.id)
        if version == "1":  # the timezone of the server is unknown
            for dump in dumped:
                with pytest.raises(ArgumentError, match="^resource: has times without an offset"):
                    aware.schedules.bind(dump(naive_schedule))
            with pytest.raises(ArgumentError, match="^data: has times without an offset"):
                aware.schedules.instance_from_json(naive_schedule.to_json())
        else:  # the client has the timezone of the server
            assert aware.schedules.instance_from_json(naive_schedule.to_json()).scheduled_at == created.scheduled_at
