"""Request bodies: what is sent, and what is refused before anything is sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cachet_sdk.core.models.resource_data import load
from cachet_sdk.errors import ArgumentError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v3.enums import ComponentStatus, IncidentStatus, Visibility
from cachet_sdk.v3.models.bodies import RequestBody, check_times
from cachet_sdk.v3.models.component_groups import ComponentGroupChange, ComponentGroupData, NewComponentGroup
from cachet_sdk.v3.models.components import ComponentChange, NewComponent
from cachet_sdk.v3.models.incident_templates import IncidentTemplateChange, NewIncidentTemplate
from cachet_sdk.v3.models.incidents import IncidentChange, NewIncident
from cachet_sdk.v3.models.metric_points import NewMetricPoint
from cachet_sdk.v3.models.metrics import MetricChange, MetricData, NewMetric
from cachet_sdk.v3.models.schedules import NewSchedule, ScheduleChange
from cachet_sdk.v3.models.subscribers import NewSubscriber, SubscriberChange
from cachet_sdk.v3.models.updates import NewIncidentUpdate, NewScheduleUpdate
from tests.script import Script, answer
from tests.v3.models.recordings import recorded

NAIVE = datetime(2026, 1, 2, 3, 4, 5, 678)
AWARE = NAIVE.replace(tzinfo=timezone(timedelta(hours=2)))


def sent(body: RequestBody) -> Any:
    return json.loads(body.encode(body.values()))


def sent_by_update(manager: str, document: Any, **changes: object) -> Any:
    """Return the JSON that ``update`` sends for a resource read from this document, after changes to its attributes."""
    script = Script(answer(document), answer(document))
    with FakeCachet(version="3").client(transport=script.transport) as client:
        resource = getattr(client, manager).get(document["data"]["attributes"]["id"])
        for name, value in changes.items():
            setattr(resource, name, value)
        resource.update()
    return json.loads(script.requests[-1].content)


def test_only_the_fields_passed_are_sent() -> None:
    assert sent(NewComponent.build(name="Web")) == {"name": "Web"}
    assert sent(ComponentChange.build(status=4, enabled=False)) == {"status": 4, "enabled": False}
    assert sent(ComponentChange.build(meta={})) == {"meta": {}}


def test_times_are_sent_without_fractions_and_with_their_offset() -> None:
    body = NewSchedule.build(name="Move", message="We move", scheduled_at=NAIVE, completed_at=AWARE)
    assert sent(body)["scheduled_at"] == "2026-01-02 03:04:05"
    assert sent(body)["completed_at"] == "2026-01-02T03:04:05+02:00"


def test_naive_times_are_refused_if_the_client_has_a_timezone() -> None:
    zone = ZoneInfo("Europe/Oslo")
    with pytest.raises(ArgumentError, match="occurred_at: is a naive time"):
        check_times({"name": "n", "occurred_at": NAIVE}, zone)
    check_times({"occurred_at": AWARE}, zone)
    check_times({"occurred_at": NAIVE}, None)


def test_an_incident_is_sent_in_the_form_that_the_server_expects() -> None:
    body = NewIncident.build(
        name="Down", message="**Down**", status=2, visible=True, components={1: 4, 2: ComponentStatus.PARTIAL_OUTAGE}
    )
    assert sent(body) == {
        "name": "Down",
        "message": "**Down**",
        "status": 2,
        "visible": True,
        "components": [{"id": 1, "status": 4}, {"id": 2, "status": 3}],
    }


@pytest.mark.parametrize(("visible", "expected"), [(True, True), (False, False), (Visibility.GUEST, True), (0, False)])
def test_visible_is_sent_as_a_boolean(visible: int, expected: bool) -> None:
    assert sent(IncidentChange.build(visible=visible))["visible"] is expected
    assert sent(ComponentGroupChange.build(visible=visible))["visible"] is expected


def test_update_does_not_send_a_visibility_that_only_the_dashboard_can_set() -> None:
    document: Any = {"data": {"type": "incidents", "attributes": {"id": 1, "name": "n", "visible": 2}}}
    assert "visible" not in sent_by_update("incidents", document)
    document["data"]["type"] = "componentGroups"
    assert "visible" not in sent_by_update("component_groups", document)


@pytest.mark.parametrize(
    ("body", "arguments", "argument"),
    [
        (NewComponent, {"name": " "}, "name"),
        (NewComponent, {"name": "x" * 256}, "name"),
        (NewComponent, {}, "name"),
        (NewComponent, {"name": "n", "status": 7}, "status"),
        (NewComponent, {"name": "n", "status": True}, "status"),
        (NewComponent, {"name": "n", "order": -1}, "order"),
        (NewComponent, {"name": "n", "link": "ftp://example.test"}, "link"),
        (NewComponent, {"name": "n", "component_group_id": 0}, "component_group_id"),
        (NewComponent, {"name": "n", "description": ""}, "description"),
        (ComponentChange, {"componentGroupId": 1}, "componentGroupId"),
        (NewComponentGroup, {"name": "n", "visible": 2}, "visible"),
        (NewComponentGroup, {"name": "n", "collapsed": 3}, "collapsed"),
        (NewComponentGroup, {"name": "n", "order_column": "size", "order_direction": "asc"}, "order_column"),
        (NewComponentGroup, {"name": "n", "order_column": "name"}, "order_direction"),
        (ComponentGroupChange, {"components": []}, "components"),
        (NewIncident, {"name": "n", "status": 1}, "message"),
        (NewIncident, {"name": "n", "status": 1, "message": "m", "template": "t"}, "message"),
        (NewIncident, {"name": "n", "status": 1, "message": "m", "template_vars": {"a": 1}}, "template_vars"),
        (NewIncident, {"name": "n", "status": 1, "message": "m", "component_id": 1}, "component_status"),
        (NewIncident, {"name": "n", "status": 1, "message": "m", "components": {1: 9}}, "components"),
        (IncidentChange, {"components": {1: 1}}, "components"),
        (NewIncidentUpdate, {"message": "m"}, "status"),
        (NewIncidentTemplate, {"name": "n", "template": "t", "engine": "erb"}, "engine"),
        (IncidentTemplateChange, {"slug": "s"}, "slug"),
        (NewMetric, {"name": "n"}, "suffix"),
        (NewMetric, {"name": "n", "suffix": "s", "threshold": 7}, "threshold"),
        (NewMetric, {"name": "n", "suffix": "s", "threshold": 0}, "threshold"),
        (NewMetric, {"name": "n", "suffix": "s", "places": 5}, "places"),
        (NewMetric, {"name": "n", "suffix": "s", "default_value": 0.125}, "default_value"),
        (NewMetric, {"name": "n", "suffix": "s", "default_value": float("nan")}, "default_value"),
        (MetricChange, {"places": 1}, "places"),
        (NewMetricPoint, {"value": float("inf")}, "value"),
        (NewMetricPoint, {"value": 1, "timestamp": "2026-01-02"}, "timestamp"),
        (NewMetricPoint, {"value": 1, "timestamp": 1_767_323_045_000}, "timestamp"),
        (NewSchedule, {"name": "n", "message": "m", "scheduled_at": "2026-01-02"}, "scheduled_at"),
        (ScheduleChange, {"components": {}}, "components"),
        (NewSubscriber, {"email": "nobody"}, "email"),
        (SubscriberChange, {"verified": True}, "verified"),
    ],
)
def test_an_argument_that_the_server_would_refuse_or_drop_is_refused_by_name(
    body: type[RequestBody], arguments: dict[str, object], argument: str
) -> None:
    with pytest.raises(ArgumentError) as caught:
        body.build(**arguments)
    assert caught.value.argument == argument


def test_an_update_can_complete_its_schedule() -> None:
    assert sent(NewScheduleUpdate.build(message="Done", completed_at=AWARE))["completed_at"].endswith("+02:00")


def test_update_sends_no_empty_fields() -> None:
    document = recorded("/components", "", "POST").response
    assert document["data"]["attributes"]["description"] is None
    assert sent_by_update("components", document) == {"name": "A", "status": 1, "enabled": True}


def test_only_the_stored_status_is_sent() -> None:
    document = recorded("/incidents/2", "components,components.group,updates,user,meta").response
    script = Script(answer(document), answer(recorded("/components", "", "POST").response))
    with FakeCachet(version="3").client(transport=script.transport) as client:
        component, *_ = client.incidents.get(2).components or []
        statuses = (component.status, component.latest_status, component.component_status)
        assert statuses == (ComponentStatus.OPERATIONAL, ComponentStatus.MAJOR_OUTAGE, ComponentStatus.MAJOR_OUTAGE)
        component.update()
    assert json.loads(script.requests[-1].content)["status"] == ComponentStatus.OPERATIONAL


def test_nulls_in_the_response_to_a_create_are_read_as_the_defaults() -> None:
    created = load(MetricData, [recorded("/metrics", "", "POST").response], None)[0]
    read = load(MetricData, [recorded("/metrics/1", "points").response], None)[0]
    for name in ("calc_type", "display_chart", "places", "default_view", "threshold", "order", "visible"):
        assert getattr(created, name) == getattr(read, name)
    group = load(ComponentGroupData, [recorded("/component-groups", "", "POST").response], None)[0]
    assert (group.order, group.collapsed, group.visible) == (0, 1, Visibility.AUTHENTICATED)


def test_an_order_column_is_sent_with_its_direction() -> None:
    document = recorded("/component-groups/2", "components").response
    script = Script(answer(document), answer(document))
    with FakeCachet(version="3").client(transport=script.transport) as client:
        group = client.component_groups.get(2)
        group.order_column = "id"
        group.save()
    assert json.loads(script.requests[-1].content) == {"order_column": "id", "order_direction": "desc"}


@pytest.mark.parametrize(("value", "text"), [(1, "1.00"), (0, "0.00"), (1.5, "1.50"), (-0.25, "-0.25")])
def test_a_default_value_is_sent_as_text_with_two_decimals(value: float, text: str) -> None:
    assert sent(NewMetric.build(name="n", suffix="s", default_value=value))["default_value"] == text


@pytest.mark.parametrize(
    ("received", "value", "expected"), [(0.5, 0.5, "0.50"), ("1.500", 1.5, "1.50"), ("1.505", 1.505, None)]
)
def test_a_default_value_is_parsed_from_a_number_or_text_and_omitted_if_it_cannot_be_sent(
    received: object, value: float, expected: str | None
) -> None:
    document: Any = {"data": {"type": "metrics", "attributes": {"id": 1, "name": "n", "default_value": received}}}
    (metric,) = load(MetricData, [document], None)
    assert metric.default_value == value
    assert sent_by_update("metrics", document).get("default_value") == expected


def test_an_unchanged_address_is_not_sent_because_that_would_unverify_it() -> None:
    document = recorded("/subscribers/2", "components").response
    assert sent_by_update("subscribers", document) == {"global": False}
    new = {"email": "new@example.test", "global": False}
    assert sent_by_update("subscribers", document, email="new@example.test") == new
    assert sent(SubscriberChange.build(components=[])) == {"components": []}


def test_a_timestamp_may_be_seconds_an_aware_time_or_a_naive_time() -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    seconds = int(moment.timestamp())
    times = (None, moment, seconds, seconds + 0.9, NAIVE)
    assert [sent(NewMetricPoint.build(value=2.5, timestamp=time)) for time in times] == [
        {"value": 2.5},
        {"value": 2.5, "timestamp": seconds},
        {"value": 2.5, "timestamp": seconds},
        {"value": 2.5, "timestamp": seconds},
        {"value": 2.5, "timestamp": "2026-01-02 03:04:05"},
    ]
    with pytest.raises(ArgumentError, match="timestamp"):
        NewMetricPoint.build(value=2, timestamp=-1)


def test_an_incident_update_accepts_every_status() -> None:
    for status in IncidentStatus:
        assert sent(NewIncidentUpdate.build(status=int(status), message="m"))["status"] == status


@pytest.mark.parametrize(
    ("build", "argument"),
    [
        (lambda: NewComponent.build(name="A", order=1 << 31), "order"),
        (lambda: NewMetric.build(name="m", suffix="s", default_value=1e10), "default_value"),
        (lambda: NewSubscriber.build(email="a" * 251 + "@b.de"), "email"),
    ],
)
def test_values_that_no_database_column_holds_are_refused(build: Callable[[], object], argument: str) -> None:
    with pytest.raises(ArgumentError, match=f"^{argument}: "):
        build()


def test_an_address_and_a_name_may_have_255_characters() -> None:
    assert NewSubscriber.build(email="a" * 250 + "@b.de").email
    with pytest.raises(ArgumentError, match="^name: expected at most 255 characters, got 'xxx"):
        NewComponent.build(name="x" * 256)
