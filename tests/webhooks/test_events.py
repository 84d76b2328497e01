"""What is delivered: ``parse`` and the types of events."""

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
from cachet_sdk.webhooks.events import KINDS
from tests.webhooks.recorded import DELIVERIES, Delivery, delivery_of

AT = datetime(2026, 11, 23, 11, 35, 2, tzinfo=UTC)


def event_of(name: str, body: object) -> webhooks.Event:
    return parse(json.dumps({"event": name, "body": body}))


def known(delivery: Delivery) -> webhooks.KnownEvent:
    event = parse(delivery.body)
    assert not isinstance(event, webhooks.UnknownEvent)
    return event


@pytest.mark.parametrize("delivery", DELIVERIES, ids=lambda delivery: delivery.name)
def test_every_recorded_delivery_is_read_as_its_own_type_with_nothing_unknown_or_lost(delivery: Delivery) -> None:
    event = known(delivery)
    assert type(event) is KINDS[delivery.name]
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


def test_there_are_fifteen_kinds_of_which_all_but_one_were_recorded() -> None:
    assert len(KINDS) == 15
    assert set(KINDS) - {delivery.name for delivery in DELIVERIES} == {"subscriber_verified"}


def test_a_status_change_tells_both_statuses() -> None:
    event = parse(delivery_of("component_status_changed").body)
    assert isinstance(event, webhooks.ComponentStatusChanged)
    assert event.body.old_status is ComponentStatus.OPERATIONAL
    assert event.body.new_status is ComponentStatus.MAJOR_OUTAGE
    assert event.body.source == "manual"


def test_numbers_are_members_where_there_is_one() -> None:
    incident = parse(delivery_of("incident_updated").body)
    assert isinstance(incident, webhooks.IncidentUpdated)
    assert incident.body.status is IncidentStatus.IDENTIFIED
    assert incident.body.visible is Visibility.GUEST
    assert incident.body.notifications is False
    metric = parse(delivery_of("metric_deleted").body)
    assert isinstance(metric, webhooks.MetricDeleted)
    assert metric.body.calc_type is MetricCalculation.SUM
    assert metric.body.default_view is MetricView.TODAY


def test_a_number_that_is_not_known_stays_a_plain_int() -> None:
    event = event_of("component_status_changed", {"component_id": 1, "old_status": 1, "new_status": 99})
    assert isinstance(event, webhooks.ComponentStatusChanged)
    assert type(event.body.new_status) is int
    assert event.body.new_status == 99


def test_a_created_event_leaves_none_where_the_column_was_not_set() -> None:
    event = parse(delivery_of("component_created").body)
    assert isinstance(event, webhooks.ComponentCreated)
    assert event.body.order is None
    assert "order" not in event.body.attrs
    assert event.body.created_at == AT


def test_null_and_not_sent_can_be_told_apart() -> None:
    event = parse(delivery_of("component_updated").body)
    assert isinstance(event, webhooks.ComponentUpdated)
    assert event.body.order is None
    assert "order" in event.body.attrs


def test_a_subscriber_is_global_under_a_name_that_python_allows() -> None:
    event = parse(delivery_of("subscriber_unsubscribed").body)
    assert isinstance(event, webhooks.SubscriberUnsubscribed)
    assert event.body.is_global is True


def test_a_slack_address_is_not_shown() -> None:
    event = event_of("subscriber_verified", {"id": 1, "slack_webhook_url": "https://hooks.example.test/hush"})
    assert isinstance(event, webhooks.SubscriberVerified)
    assert event.body.slack_webhook_url == "https://hooks.example.test/hush"
    assert "hush" not in repr(event)


def test_fields_that_are_not_known_are_kept() -> None:
    event = parse(b'{"event":"component_deleted","body":{"id":1,"mood":"sad"},"sent_at":5}')
    assert isinstance(event, webhooks.ComponentDeleted)
    assert event.body.get("mood") == "sad"
    assert event.get("sent_at") == 5


@pytest.mark.parametrize("body", [{"id": "x"}, [1], "text", 1, None])
def test_an_event_that_is_not_known_is_kept_as_it_came(body: object) -> None:
    event = event_of("schedule_created", body)
    assert isinstance(event, webhooks.UnknownEvent)
    assert event.event == "schedule_created"
    assert event.body == body


def test_a_time_with_another_offset_is_shown_in_utc_and_one_without_is_not_guessed() -> None:
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
        (b'{"body":{}}', "not an object with the name"),
        (b'{"event":1,"body":{}}', "not an object with the name"),
        (b'{"event":"component_deleted"}', "not a valid component_deleted: body"),
        (b'{"event":"component_deleted","body":[]}', "not a valid component_deleted: body"),
        (b'{"event":"component_deleted","body":{}}', r"not a valid component_deleted: body\.id"),
        (b'{"event":"component_deleted","body":{"id":"hush"}}', r"not a valid component_deleted: body\.id"),
    ],
)
def test_what_is_no_event_raises_our_own_error_without_the_content(body: bytes, problem: str) -> None:
    with pytest.raises(WebhookPayloadError, match=problem) as caught:
        parse(body)
    assert isinstance(caught.value, CachetError)
    assert isinstance(caught.value, ValueError)
    assert "hush" not in f"{caught.value!r}"
    assert caught.value.event == ("component_deleted" if b"component_deleted" in body else None)
    assert repr(pickle.loads(pickle.dumps(caught.value))) == repr(caught.value)


def test_what_is_parsed_already_is_refused() -> None:
    with pytest.raises(ArgumentError, match="body: expected the request's bytes, got dict"):
        parse(DELIVERIES[0].document)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused for callers without a type checker


def test_an_event_can_be_made_of_a_body_that_there_is() -> None:
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
    st.sampled_from([*KINDS, "later"]),
)
def test_nothing_but_our_own_error_comes_out_whatever_comes_in(body: object, name: str) -> None:
    for text in (json.dumps({"event": name, "body": body}), json.dumps(body)):
        try:
            event = parse(text)
        except WebhookPayloadError:
            continue
        assert event.attrs == json.loads(text)


def test_events_are_read_only() -> None:
    event = parse(DELIVERIES[0].body)
    for thing, name in ((event, "event"), (event, "body"), (event.body, "status"), (event.body, "brand_new")):
        with pytest.raises(AttributeError, match="read-only"):
            setattr(thing, name, 1)
        with pytest.raises(AttributeError, match="cannot be deleted"):
            delattr(thing, name)


@pytest.mark.parametrize("delivery", DELIVERIES, ids=lambda delivery: delivery.name)
def test_events_survive_pickling_and_copying_with_their_raw_json(delivery: Delivery) -> None:
    event = known(delivery)
    for restored in (pickle.loads(pickle.dumps(event)), copy.copy(event), copy.deepcopy(event)):
        assert restored == event
        assert restored.attrs == delivery.document
        assert restored.body.attrs == delivery.document["body"]


@pytest.mark.parametrize("delivery", DELIVERIES, ids=lambda delivery: delivery.name)
def test_the_union_works_in_models_of_your_own(delivery: Delivery) -> None:
    adapter: TypeAdapter[webhooks.Event] = TypeAdapter(webhooks.Event)
    assert adapter.validate_json(delivery.body) == parse(delivery.body)


def test_a_known_event_with_a_wrong_body_is_not_taken_for_an_unknown_one() -> None:
    adapter: TypeAdapter[webhooks.Event] = TypeAdapter(webhooks.Event)
    with pytest.raises(ValueError, match="is an event with a type of its own"):
        adapter.validate_python({"event": "component_deleted", "body": {}})


def test_threads_may_read_the_first_events_at_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        events = list(pool.map(parse, [delivery.body for delivery in DELIVERIES] * 4))
    assert [event.event for event in events] == [delivery.name for delivery in DELIVERIES] * 4


@pytest.mark.parametrize("number", ["1e400", "-1e400", "[1e999]", '{"x": 1e400}'])
@pytest.mark.parametrize("name", ["metric_point_created", "metric_created", "moon_full", "component_deleted"])
def test_a_number_that_no_float_holds_is_no_json(number: str, name: str) -> None:
    for body in (f'{{"id": 1, "value": {number}}}', f'{{"id": 1, "unknown": {number}}}'):
        with pytest.raises(WebhookPayloadError, match="too large"):
            parse(f'{{"event": "{name}", "body": {body}}}')


@pytest.mark.parametrize("text", [r"\ud800", r"a\udc00", r"\ud800\ud800"])
def test_half_of_a_surrogate_pair_is_no_json(text: str) -> None:
    as_name, inside = (
        f'{{"event": "{text}", "body": {{}}}}',
        f'{{"event": "moon_full", "body": {{"{text}": "{text}"}}}}',
    )
    for delivery in (as_name, inside):
        with pytest.raises(WebhookPayloadError, match="not JSON"):
            parse(delivery)
        with pytest.raises(WebhookPayloadError, match="not JSON"):
            parse(delivery.encode())


def test_a_change_of_status_may_not_tell_the_old_one() -> None:
    event = event_of(
        "component_status_changed", {"component_id": 1, "old_status": None, "new_status": 3, "source": "x"}
    )
    assert isinstance(event, webhooks.ComponentStatusChanged)
    assert event.body.old_status is None


def test_when_the_monitor_looked_is_known_where_its_time_has_an_offset() -> None:
    own = event_of("component_updated", {"id": 1, "checked_at": "2026-11-23T11:19:12.000000Z"})
    later = event_of("component_updated", {"id": 1, "checked_at": "2026-11-23 12:19:12"})
    assert isinstance(own, webhooks.ComponentUpdated)
    assert isinstance(later, webhooks.ComponentUpdated)
    assert own.body.checked_at == datetime(2026, 11, 23, 11, 19, 12, tzinfo=UTC)
    assert (later.body.checked_at, later.body.get("checked_at")) == (None, "2026-11-23 12:19:12")
