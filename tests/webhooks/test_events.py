"""``parse`` and the event types."""

from __future__ import annotations

import copy
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from cachet_sdk import ArgumentError, CachetError, webhooks
from cachet_sdk.v3.enums import ComponentStatus, IncidentStatus, MetricCalculation, MetricView, Visibility
from cachet_sdk.webhooks import WebhookPayloadError, parse
from cachet_sdk.webhooks.events import EVENT_TYPES
from tests.webhooks.recorded import DELIVERIES, Delivery, delivery_of

AT = datetime(2026, 11, 23, 11, 35, 2, tzinfo=UTC)


def event_of(name: str, body: object) -> webhooks.Event:
    return parse(json.dumps({"event": name, "body": body}))


def known(delivery: Delivery) -> webhooks.KnownEvent:
    event = parse(delivery.body)
    assert not isinstance(event, webhooks.UnknownEvent)
    return event


@pytest.mark.parametrize("delivery", DELIVERIES, ids=lambda delivery: delivery.name)
def test_every_recorded_delivery_is_parsed_completely(delivery: Delivery) -> None:
    event = known(delivery)
    assert type(event) is EVENT_TYPES[delivery.name]
    assert event.event == delivery.name
    assert event.attrs == delivery.document
    sent: dict[str, Any] = delivery.document["body"]
    fields = {field.alias or name: name for name, field in type(event.body).model_fields.items()}
    for column, value in sent.items():
        read = getattr(event.body, fields[column])
        if isinstance(value, str) and isinstance(read, datetime):
            assert read.strftime("%Y-%m-%dT%H:%M:%S.%fZ") == value
            assert read.utcoffset() == timedelta(0)
        else:
            assert read == value


def test_all_fifteen_event_types_but_one_are_recorded() -> None:
    assert len(EVENT_TYPES) == 15
    assert set(EVENT_TYPES) - {delivery.name for delivery in DELIVERIES} == {"subscriber_verified"}


def test_a_status_change_has_both_statuses() -> None:
    event = parse(delivery_of("component_status_changed").body)
    assert isinstance(event, webhooks.ComponentStatusChanged)
    assert event.body.old_status is ComponentStatus.OPERATIONAL
    assert event.body.new_status is ComponentStatus.MAJOR_OUTAGE
    assert event.body.source == "manual"


def test_known_numbers_are_enum_members() -> None:
    incident = parse(delivery_of("incident_updated").body)
    assert isinstance(incident, webhooks.IncidentUpdated)
    assert incident.body.status is IncidentStatus.IDENTIFIED
    assert incident.body.visible is Visibility.GUEST
    assert incident.body.notifications is False
    metric = parse(delivery_of("metric_deleted").body)
    assert isinstance(metric, webhooks.MetricDeleted)
    assert metric.body.calc_type is MetricCalculation.SUM
    assert metric.body.default_view is MetricView.TODAY


def test_an_unknown_number_stays_a_plain_int() -> None:
    event = event_of("component_status_changed", {"component_id": 1, "old_status": 1, "new_status": 99})
    assert isinstance(event, webhooks.ComponentStatusChanged)
    assert type(event.body.new_status) is int
    assert event.body.new_status == 99


def test_columns_missing_from_a_created_event_are_none() -> None:
    event = parse(delivery_of("component_created").body)
    assert isinstance(event, webhooks.ComponentCreated)
    assert event.body.order is None
    assert "order" not in event.body.attrs
    assert event.body.created_at == AT


def test_null_and_not_sent_can_be_distinguished() -> None:
    event = parse(delivery_of("component_updated").body)
    assert isinstance(event, webhooks.ComponentUpdated)
    assert event.body.order is None
    assert "order" in event.body.attrs


def test_global_is_called_is_global() -> None:
    event = parse(delivery_of("subscriber_unsubscribed").body)
    assert isinstance(event, webhooks.SubscriberUnsubscribed)
    assert event.body.is_global is True


def test_the_repr_does_not_show_a_slack_url() -> None:
    event = event_of("subscriber_verified", {"id": 1, "slack_webhook_url": "https://hooks.example.test/hush"})
    assert isinstance(event, webhooks.SubscriberVerified)
    assert event.body.slack_webhook_url == "https://hooks.example.test/hush"
    assert "hush" not in repr(event)


def test_unknown_fields_are_kept() -> None:
    event = parse(b'{"event":"component_deleted","body":{"id":1,"mood":"sad"},"sent_at":5}')
    assert isinstance(event, webhooks.ComponentDeleted)
    assert event.body.get("mood") == "sad"
    assert event.get("sent_at") == 5


@pytest.mark.parametrize("body", [{"id": "x"}, [1], "text", 1, None])
def test_an_unknown_event_is_kept_as_sent(body: object) -> None:
    event = event_of("schedule_created", body)
    assert isinstance(event, webhooks.UnknownEvent)
    assert event.event == "schedule_created"
    assert event.body == body


def test_times_are_converted_to_utc_and_none_without_an_offset() -> None:
    body = {"id": 1, "created_at": "2026-11-23T12:35:02+01:00", "updated_at": "2026-11-23 11:35:02", "deleted_at": "?"}
    event = event_of("component_deleted", body)
    assert isinstance(event, webhooks.ComponentDeleted)
    assert event.body.created_at == AT
    assert f"{event.body.created_at}".endswith("+00:00")
    assert event.body.updated_at is None
    assert event.body.get("updated_at") == "2026-11-23 11:35:02"
    assert event.body.deleted_at is None


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff", "not JSON"),
        (b'{"event":"metric_created","body":{"id":NaN}}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "not an object"),
        (b"null", "not an object"),
        (b'{"body":{}}', "not an object with an"),
        (b'{"event":1,"body":{}}', "not an object with an"),
        (b'{"event":"component_deleted"}', "not a valid component_deleted: body"),
        (b'{"event":"component_deleted","body":[]}', "not a valid component_deleted: body"),
        (b'{"event":"component_deleted","body":{}}', r"not a valid component_deleted: body\.id"),
        (b'{"event":"component_deleted","body":{"id":"hush"}}', r"not a valid component_deleted: body\.id"),
    ],
)
def test_an_invalid_event_raises_an_error_without_its_content(body: bytes, problem: str) -> None:
    with pytest.raises(WebhookPayloadError, match=problem) as caught:
        parse(body)
    assert isinstance(caught.value, CachetError)
    assert isinstance(caught.value, ValueError)
    assert "hush" not in f"{caught.value!r}"
    assert caught.value.event == ("component_deleted" if b"component_deleted" in body else None)
    assert repr(pickle.loads(pickle.dumps(caught.value))) == repr(caught.value)


def test_parsed_json_is_refused() -> None:
    with pytest.raises(ArgumentError, match="body: expected the request's bytes, got dict"):
        parse(DELIVERIES[0].document)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused for callers without a type checker


def test_an_event_can_be_created_from_an_existing_body() -> None:
    body = known(delivery_of("component_deleted")).body
    assert isinstance(body, webhooks.ComponentBody)
    again = webhooks.ComponentUpdated.model_validate({"event": "component_updated", "body": body})
    assert again.body.attrs == delivery_of("component_deleted").document["body"]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["event", "body", "id", "status", "created_at"]), inner)
        ),
    ),
    st.sampled_from([*EVENT_TYPES, "later"]),
)
def test_any_json_is_parsed_or_raises_a_payload_error(body: object, name: str) -> None:
    for text in (json.dumps({"event": name, "body": body}), json.dumps(body)):
        try:
            event = parse(text)
        except WebhookPayloadError:
            continue
        assert event.attrs == json.loads(text)


def test_events_are_read_only() -> None:
    event = parse(DELIVERIES[0].body)
    for target, name in ((event, "event"), (event, "body"), (event.body, "status"), (event.body, "brand_new")):
        with pytest.raises(AttributeError, match="read-only"):
            setattr(target, name, 1)
        with pytest.raises(AttributeError, match="cannot be deleted"):
            delattr(target, name)


@pytest.mark.parametrize("delivery", DELIVERIES, ids=lambda delivery: delivery.name)
def test_events_survive_pickling_and_copying_with_their_raw_json(delivery: Delivery) -> None:
    event = known(delivery)
    for restored in (pickle.loads(pickle.dumps(event)), copy.copy(event), copy.deepcopy(event)):
        assert restored == event
        assert restored.attrs == delivery.document
        assert restored.body.attrs == delivery.document["body"]


@pytest.mark.parametrize("delivery", DELIVERIES, ids=lambda delivery: delivery.name)
def test_the_union_works_in_a_type_adapter(delivery: Delivery) -> None:
    adapter: TypeAdapter[webhooks.Event] = TypeAdapter(webhooks.Event)
    assert adapter.validate_json(delivery.body) == parse(delivery.body)


def test_a_known_event_with_an_invalid_body_is_not_an_unknown_event() -> None:
    adapter: TypeAdapter[webhooks.Event] = TypeAdapter(webhooks.Event)
    with pytest.raises(ValueError, match="is the name of a known event"):
        adapter.validate_python({"event": "component_deleted", "body": {}})


def test_events_can_be_parsed_in_several_threads() -> None:
    with ThreadPoolExecutor(8) as pool:
        events = list(pool.map(parse, [delivery.body for delivery in DELIVERIES] * 4))
    assert [event.event for event in events] == [delivery.name for delivery in DELIVERIES] * 4


@pytest.mark.parametrize("number", ["1e400", "-1e400", "[1e999]", '{"x": 1e400}'])
@pytest.mark.parametrize("name", ["metric_point_created", "metric_created", "moon_full", "component_deleted"])
def test_a_number_that_does_not_fit_a_float_is_refused(number: str, name: str) -> None:
    for body in (f'{{"id": 1, "value": {number}}}', f'{{"id": 1, "unknown": {number}}}'):
        with pytest.raises(WebhookPayloadError, match="too large"):
            parse(f'{{"event": "{name}", "body": {body}}}')


@pytest.mark.parametrize("text", [r"\ud800", r"a\udc00", r"\ud800\ud800"])
def test_a_lone_surrogate_is_refused(text: str) -> None:
    as_name, inside = (
        f'{{"event": "{text}", "body": {{}}}}',
        f'{{"event": "moon_full", "body": {{"{text}": "{text}"}}}}',
    )
    for delivery in (as_name, inside):
        with pytest.raises(WebhookPayloadError, match="not JSON"):
            parse(delivery)
        with pytest.raises(WebhookPayloadError, match="not JSON"):
            parse(delivery.encode())


def test_the_old_status_may_be_null() -> None:
    event = event_of(
        "component_status_changed", {"component_id": 1, "old_status": None, "new_status": 3, "source": "x"}
    )
    assert isinstance(event, webhooks.ComponentStatusChanged)
    assert event.body.old_status is None


def test_checked_at_is_none_without_an_offset() -> None:
    own = event_of("component_updated", {"id": 1, "checked_at": "2026-11-23T11:19:12.000000Z"})
    later = event_of("component_updated", {"id": 1, "checked_at": "2026-11-23 12:19:12"})
    assert isinstance(own, webhooks.ComponentUpdated)
    assert isinstance(later, webhooks.ComponentUpdated)
    assert own.body.checked_at == datetime(2026, 11, 23, 11, 19, 12, tzinfo=UTC)
    assert (later.body.checked_at, later.body.get("checked_at")) == (None, "2026-11-23 12:19:12")
