# Made by "make sync" from aio/test_bad_arguments.py: edit that file instead of this one.
"""Invalid arguments are refused before anything is sent, with a ``ValueError`` that names the argument."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from cachet_sdk import ArgumentError, ConfigurationError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1 import enums
from cachet_sdk.v1.client import Client

DAY = datetime(2030, 1, 1, tzinfo=UTC)
INCIDENT: dict[str, Any] = {"name": "I", "message": "m", "status": 1}
METRIC = {"name": "M", "suffix": "s"}
SCHEDULE = {"name": "S", "status": 0, "scheduled_at": DAY}

#: Call, its arguments, and the name of the invalid one.
CALLS: list[tuple[str, dict[str, Any], str]] = [
    ("components.create", {"name": "", "status": 1}, "name"),
    ("components.create", {"name": "  ", "status": 1}, "name"),
    ("components.create", {"name": 5, "status": 1}, "name"),
    ("components.create", {"name": None, "status": 1}, "name"),
    ("components.create", {"name": b"A", "status": 1}, "name"),
    ("components.create", {"name": "A", "status": None}, "status"),
    ("components.create", {"name": "A", "status": 5}, "status"),
    ("components.create", {"name": "A", "status": -1}, "status"),
    ("components.create", {"name": "A", "status": "1"}, "status"),
    ("components.create", {"name": "A", "status": 1.0}, "status"),
    ("components.create", {"name": "A", "status": True}, "status"),
    ("components.create", {"name": "A", "status": "up"}, "status"),
    ("components.create", {"name": "A", "status": 1, "description": 5}, "description"),
    ("components.create", {"name": "A", "status": 1, "link": 5}, "link"),
    ("components.create", {"name": "A", "status": 1, "order": "1"}, "order"),
    ("components.create", {"name": "A", "status": 1, "order": 1.5}, "order"),
    ("components.create", {"name": "A", "status": 1, "group_id": -1}, "group_id"),
    ("components.create", {"name": "A", "status": 1, "group_id": "1"}, "group_id"),
    ("components.create", {"name": "A", "status": 1, "enabled": "yes"}, "enabled"),
    ("components.create", {"name": "A", "status": 1, "enabled": 2}, "enabled"),
    ("components.create", {"name": "A", "status": 1, "tags": 5}, "tags"),
    ("components.create", {"name": "A", "status": 1, "tags": [5]}, "tags"),
    ("components.create", {"name": "A", "status": 1, "tags": [""]}, "tags"),
    ("components.create", {"name": "A", "status": 1, "tags": {"a": "A"}}, "tags"),
    ("components.create", {"name": "A", "status": 1, "meta": "x"}, "meta"),
    ("components.create", {"name": "A", "status": 1, "meta": {1: "x"}}, "meta"),
    ("components.create", {"name": "A", "status": 1, "meta": {"x": object()}}, "meta"),
    ("components.update", {"component_id": "1", "name": "A"}, "component_id"),
    ("components.update", {"component_id": 0, "name": "A"}, "component_id"),
    ("components.update", {"component_id": 1, "name": ""}, "name"),
    ("components.update", {"component_id": 1, "status": 9}, "status"),
    ("components.update", {"component_id": 1, "silent": "1"}, "silent"),
    ("components.update", {"component_id": 1, "tags": ""}, "tags"),
    ("components.get", {"component_id": "1/../2"}, "component_id"),
    ("components.get", {"component_id": 1 << 64}, "component_id"),
    ("components.delete", {"component_id": None}, "component_id"),
    ("components.list", {"page": 0}, "page"),
    ("components.list", {"page": "1"}, "page"),
    ("components.list", {"per_page": 0}, "per_page"),
    ("components.list", {"per_page": 2.5}, "per_page"),
    ("components.list", {"per_page": True}, "per_page"),
    ("components.list", {"prefetch": -1}, "prefetch"),
    ("components.list", {"sort": "created_at"}, "sort"),
    ("components.list", {"sort": ""}, "sort"),
    ("components.list", {"status": 5}, "status"),
    ("components.list", {"status": "1"}, "status"),
    ("components.list", {"id": "1"}, "id"),
    ("components.list", {"name": ""}, "name"),
    ("components.list", {"name": 5}, "name"),
    ("components.list", {"group_id": 1.5}, "group_id"),
    ("components.list", {"enabled": "true"}, "enabled"),
    ("components.list", {"enabled": 2}, "enabled"),
    ("components.list", {"id": True}, "id"),
    ("components.list", {"group_id": -1}, "group_id"),
    ("components.list", {"tags": ""}, "tags"),
    ("components.list", {"tags": []}, "tags"),
    ("components.list", {"tags": [5]}, "tags"),
    ("component_groups.create", {"name": ""}, "name"),
    ("component_groups.create", {"name": "G", "order": "1"}, "order"),
    ("component_groups.create", {"name": "G", "collapsed": 5}, "collapsed"),
    ("component_groups.create", {"name": "G", "collapsed": True}, "collapsed"),
    ("component_groups.create", {"name": "G", "visible": 2}, "visible"),
    ("component_groups.update", {"group_id": -1}, "group_id"),
    ("component_groups.update", {"group_id": 1, "name": " "}, "name"),
    ("component_groups.list", {"order": "up"}, "order"),
    ("component_groups.list", {"sort": "status"}, "sort"),
    ("component_groups.list", {"visible": "x"}, "visible"),
    ("component_groups.list", {"visible": 5}, "visible"),
    ("component_groups.list", {"collapsed": 9}, "collapsed"),
    ("component_groups.get", {"group_id": "x"}, "group_id"),
    ("component_groups.delete", {"group_id": 0}, "group_id"),
    ("incidents.create", {**INCIDENT, "name": ""}, "name"),
    ("incidents.create", {**INCIDENT, "message": ""}, "message"),
    ("incidents.create", {**INCIDENT, "message": None}, "message"),
    ("incidents.create", {**INCIDENT, "status": 5}, "status"),
    ("incidents.create", {**INCIDENT, "visible": "no"}, "visible"),
    ("incidents.create", {**INCIDENT, "component_id": 1}, "component_status"),
    ("incidents.create", {**INCIDENT, "component_status": 1}, "component_id"),
    ("incidents.create", {**INCIDENT, "component_id": 0, "component_status": 1}, "component_id"),
    ("incidents.create", {**INCIDENT, "component_id": 1, "component_status": 7}, "component_status"),
    ("incidents.create", {**INCIDENT, "notify": 1.0}, "notify"),
    ("incidents.create", {**INCIDENT, "occurred_at": "2026-01-01 00:00"}, "occurred_at"),
    ("incidents.create", {**INCIDENT, "created_at": 5}, "created_at"),
    ("incidents.create", {**INCIDENT, "template": 5}, "template"),
    ("incidents.create", {**INCIDENT, "template_vars": "x"}, "template_vars"),
    ("incidents.create", {**INCIDENT, "meta": ["x"]}, "meta"),
    ("incidents.create", {**INCIDENT, "meta": {"a": 1, "b": None}}, r"meta\[b\]"),
    ("incidents.create", {**INCIDENT, "meta": {"7": "x"}}, r"meta\[7\]"),
    ("incidents.create", {**INCIDENT, "meta": {"-7": "x"}}, r"meta\[-7\]"),
    ("incidents.create", {**INCIDENT, "meta": {"a": "x" * 190}}, r"meta\[a\]"),
    ("incidents.create", {**INCIDENT, "meta": {"a": ["é" * 32]}}, r"meta\[a\]"),
    ("incidents.update", {"incident_id": "1"}, "incident_id"),
    ("incidents.update", {"incident_id": 1, "name": ""}, "name"),
    ("incidents.update", {"incident_id": 1, "message": ""}, "message"),
    ("incidents.update", {"incident_id": 1, "status": 5}, "status"),
    ("incidents.list", {"sort": "created_at"}, "sort"),
    ("incidents.list", {"status": 5}, "status"),
    ("incidents.list", {"per_page": -1}, "per_page"),
    ("incidents.list", {"stickied": "1"}, "stickied"),
    ("incidents.list", {"stickied": -1}, "stickied"),
    ("incidents.list", {"visible": 2}, "visible"),
    ("incidents.get", {"incident_id": 0}, "incident_id"),
    ("incidents.delete", {"incident_id": "a"}, "incident_id"),
    ("incident_updates.create", {"incident_id": 1, "status": 0, "message": "m"}, "status"),
    ("incident_updates.create", {"incident_id": 1, "status": 1, "message": ""}, "message"),
    ("incident_updates.create", {"incident_id": "1", "status": 1, "message": "m"}, "incident_id"),
    ("incident_updates.update", {"id": 0, "incident_id": 1}, "id"),
    ("incident_updates.update", {"id": 1, "incident_id": 1, "status": 0}, "status"),
    ("incident_updates.get", {"incident_id": 1, "update_id": "1"}, "update_id"),
    ("incident_updates.delete", {"incident_id": 0, "update_id": 1}, "incident_id"),
    ("incident_updates.list", {"incident_id": "1"}, "incident_id"),
    ("incident_updates.count", {"incident_id": None}, "incident_id"),
    ("incident_templates.get", {"template_id": "down"}, "template_id"),
    ("metrics.create", {**METRIC, "name": ""}, "name"),
    ("metrics.create", {**METRIC, "suffix": ""}, "suffix"),
    ("metrics.create", {**METRIC, "suffix": "  "}, "suffix"),
    ("metrics.update", {"metric_id": 1, "suffix": " "}, "suffix"),
    ("metrics.create", {**METRIC, "description": None}, "description"),
    ("metrics.create", {**METRIC, "default_value": 1.5}, "default_value"),
    ("metrics.create", {**METRIC, "calc_type": 2}, "calc_type"),
    ("metrics.create", {**METRIC, "display_chart": "0"}, "display_chart"),
    ("metrics.create", {**METRIC, "places": 5}, "places"),
    ("metrics.create", {**METRIC, "default_view": 4}, "default_view"),
    ("metrics.create", {**METRIC, "threshold": 0}, "threshold"),
    ("metrics.create", {**METRIC, "threshold": 7}, "threshold"),
    ("metrics.create", {**METRIC, "visible": 3}, "visible"),
    ("metrics.update", {"metric_id": 1, "default_value": 2.7}, "default_value"),
    ("metrics.update", {"metric_id": 0}, "metric_id"),
    ("metrics.list", {"sort": "suffix"}, "sort"),
    ("metric_points.create", {"metric_id": 1, "value": "5"}, "value"),
    ("metric_points.create", {"metric_id": 1, "value": None}, "value"),
    ("metric_points.create", {"metric_id": 1, "value": True}, "value"),
    ("metric_points.create", {"metric_id": 1, "value": float("nan")}, "value"),
    ("metric_points.create", {"metric_id": 1, "value": float("inf")}, "value"),
    ("metric_points.create", {"metric_id": 1, "value": 1e12}, "value"),
    ("metric_points.create", {"metric_id": 1, "value": 1, "timestamp": 0}, "timestamp"),
    ("metric_points.create", {"metric_id": 1, "value": 1, "timestamp": -5}, "timestamp"),
    ("metric_points.create", {"metric_id": 1, "value": 1, "timestamp": 1_795_000_000_000}, "timestamp"),
    ("metric_points.create", {"metric_id": 1, "value": 1, "timestamp": "now"}, "timestamp"),
    ("metric_points.create", {"metric_id": "1", "value": 1}, "metric_id"),
    ("metric_points.update", {"metric_id": 1, "point_id": 0}, "point_id"),
    ("metric_points.update", {"metric_id": 1, "point_id": 1, "value": "5"}, "value"),
    ("metric_points.delete", {"metric_id": 1, "point_id": "1"}, "point_id"),
    ("metric_points.list", {"metric_id": 0}, "metric_id"),
    ("schedules.create", {**SCHEDULE, "name": ""}, "name"),
    ("schedules.create", {**SCHEDULE, "status": 3}, "status"),
    ("schedules.create", {**SCHEDULE, "scheduled_at": None}, "scheduled_at"),
    ("schedules.create", {**SCHEDULE, "scheduled_at": "2030-01-01 10:00"}, "scheduled_at"),
    ("schedules.create", {**SCHEDULE, "scheduled_at": DAY.date()}, "scheduled_at"),
    ("schedules.create", {**SCHEDULE, "completed_at": ""}, "completed_at"),
    ("schedules.create", {**SCHEDULE, "notify": 1.0}, "notify"),
    ("schedules.create", {**SCHEDULE, "message": 5}, "message"),
    ("schedules.update", {"schedule_id": "1"}, "schedule_id"),
    ("schedules.update", {"schedule_id": 1, "scheduled_at": "x"}, "scheduled_at"),
    ("schedules.list", {"sort": "message"}, "sort"),
    ("subscribers.create", {"email": ""}, "email"),
    ("subscribers.create", {"email": "nobody"}, "email"),
    ("subscribers.create", {"email": "a b@example.com"}, "email"),
    ("subscribers.create", {"email": 5}, "email"),
    ("subscribers.create", {"email": "a@example.com", "verify": "yes"}, "verify"),
    ("subscribers.create", {"email": "a@example.com", "components": [0]}, "components"),
    ("subscribers.create", {"email": "a@example.com", "components": ["1"]}, "components"),
    ("subscribers.create", {"email": "a@example.com", "components": 1}, "components"),
    ("subscribers.create", {"email": "a@example.com", "components": []}, "components"),
    ("subscribers.create", {"email": "a@example.com", "components": "12"}, "components"),
    ("subscribers.delete", {"subscriber_id": "1"}, "subscriber_id"),
    ("subscriptions.delete", {"subscription_id": 0}, "subscription_id"),
]


@pytest.mark.parametrize(
    ("call", "arguments", "invalid"), CALLS, ids=[f"{call}-{invalid}-{n}" for n, (call, _, invalid) in enumerate(CALLS)]
)
def test_an_invalid_argument_is_named_and_nothing_is_sent(
    client: Client, fake_cachet: FakeCachet, call: str, arguments: dict[str, Any], invalid: str
) -> None:
    manager, method = call.split(".")
    with pytest.raises(ConfigurationError, match=rf"^{invalid}: ") as caught:
        # list() checks its arguments when it is called, not when its result is iterated.
        getattr(getattr(client, manager), method)(**arguments)
    assert isinstance(caught.value, ValueError)
    assert not caught.value.maybe_applied
    assert not fake_cachet.requests


@pytest.mark.parametrize(
    ("call", "arguments", "message"),
    [
        ("components.create", {"name": "A", "status": enums.INCIDENT_FIXED}, "status: expected one of 0 "),
        ("components.list", {"status": enums.INCIDENT_FIXED}, "status: expected one of 0 "),
        ("components.update", {"component_id": 1, "order": enums.INCIDENT_FIXED}, "order: expected a plain number"),
        ("components.update", {"component_id": 1, "group_id": enums.INCIDENT_FIXED}, "group_id: expected a plain"),
        ("incidents.create", {**INCIDENT, "status": enums.COMPONENT_STATUS_OPERATIONAL}, "status: expected one of"),
        (
            "component_groups.create",
            {"name": "G", "collapsed": enums.COMPONENT_STATUS_OPERATIONAL},
            "collapsed: expected a ComponentGroupCollapsed, got",
        ),
    ],
)
def test_a_member_of_another_enum_is_refused(
    client: Client, fake_cachet: FakeCachet, call: str, arguments: dict[str, Any], message: str
) -> None:
    manager, method = call.split(".")
    with pytest.raises(ArgumentError, match=f"^{message}"):
        getattr(getattr(client, manager), method)(**arguments)
    assert not fake_cachet.requests


def test_flags_also_accept_0_and_1(client: Client) -> None:
    flag: Any
    for flag in (0, 1):
        incident = client.incidents.create(**INCIDENT, visible=flag, notify=flag)
        assert incident.visible is bool(flag)
        metric = client.metrics.create(name="M", suffix="s", display_chart=flag)
        assert metric.display_chart is bool(flag)
    for flag in (2, "1", 1.0, [1]):
        with pytest.raises(ArgumentError, match="^visible: expected True or False, got"):
            client.incidents.create(**INCIDENT, visible=flag)


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("name", ""),
        ("name", None),
        ("name", 5),
        ("status", "up"),
        ("status", 9),
        ("order", "1"),
        ("group_id", -1),
        ("enabled", "no"),
        ("tags", 5),
        ("tags", ["a,b"]),
        ("meta", "x"),
    ],
)
def test_setting_an_attribute_to_an_invalid_value_is_refused(client: Client, attribute: str, value: object) -> None:
    component = client.components.create(name="A", status=1, tags="T")
    before = getattr(component, attribute)
    with pytest.raises(ArgumentError, match=f"^{attribute}: "):
        setattr(component, attribute, value)
    assert getattr(component, attribute) == before


@pytest.mark.parametrize("attribute", ["id", "created_at", "status_name", "attrs"])
def test_a_read_only_attribute_cannot_be_set(client: Client, attribute: str) -> None:
    component = client.components.create(name="A", status=1)
    with pytest.raises(AttributeError):
        setattr(component, attribute, getattr(component, attribute))


@pytest.mark.parametrize("manager", ["components", "component_groups", "incidents", "metrics", "schedules"])
@pytest.mark.parametrize("text", ["", "{", "[]", "5", '"x"', "null", "{}", '{"id":"x"}', '{"id":null}', "\ud800"])
def test_data_that_is_not_a_resource_is_refused(client: Client, manager: str, text: str) -> None:
    instances = getattr(client, manager)
    with pytest.raises(ArgumentError, match="^data: "):
        instances.instance_from_json(text)
    with pytest.raises(ArgumentError, match="^data: "):
        instances.instance_list_from_json(f"[1, {text or 2}]")
    with pytest.raises(ArgumentError, match="^data: "):
        instances.instance_from_dict(text)
    with pytest.raises(ArgumentError, match="^data: "):
        instances.instance_from_dict({"id": "x"})
