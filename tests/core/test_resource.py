# Made by "make sync" from aio/test_resource.py: edit that file instead of this one.
"""Resources in general, tested with those of v1: what can be set, what is sent, how they are kept and compared."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from cachet_sdk.core.models.resource_data import binding_of
from cachet_sdk.errors import ArgumentError, ClientStateError, UnexpectedResponseError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.client import Client
from cachet_sdk.v1.components import Component
from cachet_sdk.v1.enums import ComponentStatus
from tests.script import Script, answer

ROW: dict[str, Any] = {
    "id": 7,
    "name": "API",
    "description": "All of it",
    "status": 1,
    "tags": {"web-server": "Web Server"},
    "created_at": "2026-07-01 10:30:15",
    "color": "red",
}


def create_component(client: Client) -> Component:
    return client.components.create(name="API", status=1, description="All of it", tags="Core, Web Server")


def load_component(client: Client, **changes: Any) -> Component:
    return client.components.instance_from_dict({**ROW, **changes})


def bodies(fake: FakeCachet) -> list[tuple[str, Any]]:
    return [(it.method, json.loads(it.body)) for it in fake.requests if it.method in {"PUT", "POST"}]


def test_read_only_attributes_cannot_be_set_or_deleted(client: Client) -> None:
    component = load_component(client)
    for name in ("id", "status_name", "created_at", "updated_at", "deleted_at"):
        with pytest.raises(AttributeError, match=f"{name} is read-only"):
            setattr(component, name, 5)
    with pytest.raises(AttributeError, match="has no attribute 'colour'"):
        component.colour = "red"  # type: ignore[attr-defined]  # the mistake is what is tested
    with pytest.raises(AttributeError, match="name cannot be deleted"):
        del component.name
    assert component.changes() == {}


def test_an_attribute_is_validated_when_it_is_set(client: Client) -> None:
    component = load_component(client)
    values: list[tuple[str, Any]] = [("name", ""), ("name", 5), ("status", 9), ("status", "up"), ("enabled", 2)]
    for name, value in [*values, ("order", "1"), ("group_id", -1), ("tags", 5), ("tags", ["a,b"])]:
        with pytest.raises(ArgumentError, match=f"^{name}: "):
            setattr(component, name, value)
    assert component.changes() == {}
    component.status = 4
    assert component.status is ComponentStatus.MAJOR_OUTAGE


def test_no_attribute_can_be_set_to_none(client: Client) -> None:
    component = load_component(client)
    for name in ("name", "description", "tags", "enabled"):
        with pytest.raises(ArgumentError, match=f"^{name}: cannot be set to None"):
            setattr(component, name, None)


def test_unknown_fields_and_statuses_are_kept(client: Client) -> None:
    component = load_component(client, status=77)

    assert (component.status, type(component.status)) == (77, int)
    assert component.attrs["color"] == component.get("color") == "red"
    assert component.get("nothing") is None
    assert component.model_extra == {"color": "red"}


def test_resources_with_the_same_data_are_equal_bound_or_not(client: Client) -> None:
    bound, unbound = load_component(client), pickle.loads(pickle.dumps(load_component(client)))

    assert bound == unbound
    assert binding_of(unbound) is None
    unbound.name = "Other"
    assert bound != unbound
    assert bound != ROW


COPIES: list[Callable[[Component], Component]] = [
    lambda it: pickle.loads(pickle.dumps(it)),
    copy.copy,
    copy.deepcopy,
]


@pytest.mark.parametrize("make_copy", COPIES, ids=["pickle", "copy", "deepcopy"])
def test_a_copy_keeps_the_data_and_the_changes(client: Client, make_copy: Callable[[Component], Component]) -> None:
    component = load_component(client)
    component.name = "Changed"
    component.add_tag("new")
    restored = make_copy(component)

    assert restored == component
    assert restored.attrs == component.attrs == ROW
    assert restored.changes() == {"name": "Changed", "tags": {"Web Server", "new"}}
    assert "web-server" in restored.tags
    restored.description = "else"
    assert component.description == "All of it"


def test_a_copy_is_still_bound_and_a_pickle_holds_no_client(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        component = create_component(client)
        restored = copy.deepcopy(component)
        restored.name = "Copy"
        restored.save()
        assert (client.components.get(component.id)).name == "Copy"
    assert fake_cachet.token.encode() not in pickle.dumps(component)
    assert b"Transport" not in pickle.dumps(component)


def test_a_resource_can_be_restored_from_json(client: Client) -> None:
    component = load_component(client)
    again = client.components.instance_from_json(component.to_json())

    assert again == component
    assert again.attrs == component.attrs
    both = client.components.instance_list_from_json(f"[{component.to_json()}, {again.to_json()}]")
    assert both == [component, again]
    assert client.components.instance_from_dict(component.attrs) == component


def test_json_includes_unsaved_changes(client: Client) -> None:
    component = load_component(client)
    component.name = "Changed"
    component.tags = {"b", "a"}

    assert json.loads(component.to_json()) == ROW | {"name": "Changed", "tags": ["a", "b"]}
    assert client.components.instance_from_json(component.to_json()).name == "Changed"


def test_json_has_a_changed_time_in_the_format_of_the_server(fake_cachet: FakeCachet) -> None:
    zone = ZoneInfo("Europe/Oslo")
    with fake_cachet.client(timezone=zone) as client:
        incident = client.incidents.instance_from_dict(
            {"id": 1, "name": "I", "occurred_at": "2026-07-01 10:30:15+00:00"}
        )
        assert incident.occurred_at == datetime(2026, 7, 1, 12, 30, 15, tzinfo=zone)
        incident.occurred_at = datetime(2026, 7, 2, 9, 0, tzinfo=zone)
        assert json.loads(incident.to_json())["occurred_at"] == "2026-07-02 07:00:00+00:00"
        assert client.incidents.instance_from_json(incident.to_json()).occurred_at == datetime(
            2026, 7, 2, 7, tzinfo=UTC
        )


@pytest.mark.parametrize("time_zone", ["UTC", "Asia/Tokyo"])
def test_json_has_an_aware_time_with_its_offset_while_other_times_are_naive(
    time_zone: str,
) -> None:
    moment = datetime(2026, 7, 2, 9, 0, tzinfo=ZoneInfo("Europe/Oslo"))
    with FakeCachet(time_zone=time_zone).client() as client:
        incident = client.incidents.create(name="I", message="m", status=1)
        incident.occurred_at = moment
        again = client.incidents.instance_from_json(incident.to_json())
        assert again.occurred_at == moment
        unbound = pickle.loads(pickle.dumps(incident))
        assert client.incidents.instance_from_json(unbound.to_json()).occurred_at == moment
    with FakeCachet(time_zone=time_zone).client(timezone="UTC") as client:
        # The other times are in the server's timezone, which this client does not know.
        with pytest.raises(ArgumentError, match="^data: has times without an offset"):
            client.incidents.instance_from_json(incident.to_json())


def test_json_of_a_client_with_a_timezone_can_be_read_by_any_client(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client(timezone="Europe/Oslo") as aware, fake_cachet.client() as naive:
        created = aware.incidents.create(name="I", message="m", status=1)
        for client in (aware, naive):
            for again in (
                client.incidents.instance_from_json(created.to_json()),
                client.incidents.instance_from_dict(created.attrs),
                client.incidents.instance_from_json(created.model_dump_json()),
            ):
                assert again.occurred_at == created.occurred_at


@pytest.mark.parametrize("text", ["", "{", "[]", "5", "null", '{"id": NaN}', b"\xff"])
def test_text_that_is_not_the_json_of_a_resource_is_refused(client: Client, text: str) -> None:
    with pytest.raises(ArgumentError, match="^data: "):
        client.components.instance_from_json(text)


@pytest.mark.parametrize("text", ["{}", "[1]", "5", "[{}]"])
def test_text_that_is_not_the_json_of_a_list_is_refused(client: Client, text: str) -> None:
    with pytest.raises(ArgumentError, match="^data: "):
        client.components.instance_list_from_json(text)


def test_a_value_that_is_not_the_dictionary_of_a_resource_is_refused(client: Client) -> None:
    bad: list[Any] = [[], None, "x", {}, {"id": "x"}]
    for data in bad:
        with pytest.raises(ArgumentError, match="^data: "):
            client.components.instance_from_dict(data)
    with pytest.raises(ArgumentError, match="^data: expected JSON text, got int"):
        client.components.instance_from_json(5)  # type: ignore[arg-type]  # as above


def test_the_error_for_invalid_data_shows_no_internals_of_pydantic(
    client: Client,
) -> None:
    with pytest.raises(
        ArgumentError, match=r"is not a valid \w+: status: Input should be a valid integer, unable to parse"
    ):
        client.components.instance_from_dict({"id": 1, "status": "up"})
    with pytest.raises(ArgumentError, match=r"is not a valid \w+: 1.order: Input should be a valid integer$"):
        client.components.instance_list_from_json('[{"id": 1}, {"id": 2, "order": []}]')
    with pytest.raises(ArgumentError, match=r"is not a valid \w+: enabled_components.1.id: Field required$"):
        client.component_groups.instance_from_dict({"id": 1, "enabled_components": [{"id": 1}, {}]})
    with pytest.raises(ArgumentError, match=r"is not a valid \w+: id: Field required \(and 2 more\)$"):
        client.components.instance_from_dict({"name": 5, "enabled": "perhaps"})


def test_save_sends_what_was_changed_and_refreshes(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        component = create_component(client)
        fake_cachet.requests.clear()
        component.status = 4
        component.description = "Broken"
        saved = component.save()

    assert saved is component
    assert bodies(fake_cachet) == [("PUT", {"enabled": True, "status": 4, "description": "Broken"})]
    assert component.status_name == "Major Outage"
    assert component.changes() == {}


def test_save_sends_nothing_when_nothing_was_changed(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        component = create_component(client)
        fake_cachet.requests.clear()
        component.name = component.name
        component.status = 4
        component.status = 1
        assert component.save() is component
    assert len(fake_cachet.requests) == 0


def test_update_sends_every_writable_value(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        component = client.components.get((create_component(client)).id)
        fake_cachet.requests.clear()
        component.name = "Renamed"
        updated = component.update()

    method, body = bodies(fake_cachet)[0]
    assert method == "PUT"
    assert body["name"] == "Renamed"
    assert set(body) >= {"name", "description", "status", "order", "group_id", "enabled"}
    assert updated is not component
    assert updated.name == "Renamed"
    assert component.changes() == {"name": "Renamed"}


def test_delete_removes_the_resource(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        component = create_component(client)
        component.delete()
        assert client.components.count() == 0


def test_actions_of_an_unbound_resource_raise_an_error_that_says_how_to_bind_it(
    client: Client,
) -> None:
    component: Component = pickle.loads(pickle.dumps(load_component(client)))
    incident = pickle.loads(pickle.dumps(client.incidents.instance_from_dict({"id": 1, "name": "I"})))

    for act in (component.update, component.save, component.delete):
        with pytest.raises(ClientStateError, match=r"Component is not bound to a client, .* bind\(resource\)$"):
            act()
    with pytest.raises(ClientStateError, match="Incident is not bound to a client"):
        incident.updates()
    assert binding_of(client.components.instance_from_dict(component.attrs)) is not None


@pytest.mark.parametrize("version", ["1", "3"])
def test_an_unpickled_resource_can_be_bound_and_saved_with_its_changes(version: Any) -> None:
    fake: Any = FakeCachet(version=version)
    with fake.client() as client:
        client.components.create(name="API", status=1, description="Some of it")
        component = pickle.loads(pickle.dumps(client.components.get(1)))
        component.description = "All of it"
        bound = client.components.bind(component)
        assert (type(bound), bound) == (type(component), component)
        assert bound.attrs == component.attrs
        assert bound.changes() == component.changes() == {"description": "All of it"}
        bound.save()
        assert (client.components.get(1)).description == "All of it"
        with pytest.raises(ClientStateError, match="not bound to a client"):
            component.save()


def test_a_manager_binds_only_its_own_kind_of_resource(client: Client) -> None:
    incident: Any = client.incidents.instance_from_dict({"id": 1, "name": "I"})
    bad: list[Any] = [incident, incident.attrs, 5, None]
    for wrong in bad:
        with pytest.raises(ArgumentError, match="^resource: expected an? .*Component, got "):
            client.components.bind(wrong)
    with pytest.raises(ArgumentError, match="^resource: expected an? .*Incident, got "):
        client.incidents.bind(cast("Any", load_component(client)))


@pytest.mark.parametrize("version", ["1", "3"])
def test_a_bound_resource_shows_its_times_in_the_timezone_of_its_new_client(version: Any) -> None:
    fake: Any = FakeCachet(version=version)
    moment = datetime(2030, 1, 1, 12, 0, tzinfo=UTC)
    with fake.client(timezone="Europe/Oslo") as north, fake.client(timezone="Asia/Tokyo") as east:
        required: Any = {"status": 0} if version == "1" else {"message": "m"}
        schedule = north.schedules.create(name="S", scheduled_at=moment, **required)
        schedule.scheduled_at = moment.replace(hour=13)
        bound = east.schedules.bind(pickle.loads(pickle.dumps(schedule)))
        assert bound.scheduled_at.isoformat() == "2030-01-01T22:00:00+09:00"
        assert bound.changes() == {"scheduled_at": moment.replace(hour=13)}
        assert str(bound.created_at.tzinfo) == "Asia/Tokyo"


def test_a_resource_whose_times_would_be_misread_cannot_be_bound(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as naive, fake_cachet.client(timezone="Europe/Oslo") as aware:
        with pytest.raises(ArgumentError, match="^resource: has times without an offset"):
            aware.components.bind(load_component(naive))
        row = {**ROW, "created_at": "2026-07-01 10:30:15+00:00"}
        with pytest.raises(ArgumentError, match="^resource: was loaded by a client with a timezone"):
            naive.components.bind(aware.components.instance_from_dict(row))


def test_an_unbound_resource_can_still_be_read_and_changed(client: Client) -> None:
    component = pickle.loads(pickle.dumps(load_component(client)))
    component.name = "Changed"

    assert component.changes() == {"name": "Changed"}
    assert json.loads(component.to_json())["name"] == "Changed"


def test_a_repr_shows_the_data(client: Client) -> None:
    component = load_component(client)

    for text in ("Component(", "id=7", "name='API'", "status=<ComponentStatus.OPERATIONAL: 1>", "Web Server"):
        assert text in repr(component)
    assert "Transport" not in repr(component)


def test_a_resource_is_unhashable_because_it_is_mutable(client: Client) -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(load_component(client))


@pytest.mark.parametrize("document", [{}, [], {"data": []}, {"data": None}, {"data": {"name": "no id"}}, 5, None])
def test_a_response_that_is_not_a_resource_is_unexpected(document: object) -> None:
    fake = FakeCachet()
    with fake.client(transport=Script(answer(document)).transport) as client:
        with pytest.raises(UnexpectedResponseError, match="the response (has no object|is not a valid)"):
            client.components.get(7)


@pytest.mark.parametrize("document", [{}, {"data": {}}, {"data": [5], "meta": {}}, {"data": []}, []])
def test_a_response_that_is_not_a_list_is_unexpected(document: object) -> None:
    fake = FakeCachet()
    with fake.client(transport=Script(answer(document)).transport) as client:
        with pytest.raises(UnexpectedResponseError, match=r"GET .*/components\?page=1&per_page=20: the response "):
            _ = list(client.components.list())


@pytest.mark.parametrize(("argument", "value"), [("page", 0), ("per_page", "20"), ("prefetch", -1), ("page", True)])
def test_list_validates_its_arguments_immediately(client: Client, argument: str, value: Any) -> None:
    with pytest.raises(ArgumentError, match=f"^{argument}: expected a whole number"):
        client.components.list(**{argument: value})


@pytest.mark.parametrize("prefetch", [0, 2])
def test_a_list_that_is_closed_early_requests_no_further_pages(fake_cachet: FakeCachet, prefetch: int) -> None:
    with fake_cachet.client() as client:
        for number in range(30):
            client.components.create(name=f"{number}", status=1)
        fake_cachet.requests.clear()
        components = client.components.list(per_page=2, prefetch=prefetch)
        assert (next(components)).name == "0"
        components.close()
    assert len(fake_cachet.requests) <= 1 + prefetch
