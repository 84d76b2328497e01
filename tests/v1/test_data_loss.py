# Made by "make sync" from aio/test_data_loss.py: edit that file instead of this one.
"""Values that a server would silently change, truncate or lose are refused before they are sent."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from cachet_sdk import ArgumentError, BadRequestError, NotFoundError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.client import Client
from tests.script import Script, answer

OUT_OF_RANGE = [
    datetime(1960, 1, 1, tzinfo=UTC),
    datetime(2040, 1, 1, tzinfo=UTC),
    datetime(2038, 1, 20),
    datetime(1969, 12, 31),
]


@pytest.mark.parametrize("moment", OUT_OF_RANGE)
def test_dates_that_a_database_cannot_store_are_refused(
    client: Client, fake_cachet: FakeCachet, moment: datetime
) -> None:
    calls: list[tuple[Any, dict[str, Any]]] = [
        (client.incidents.create, {"name": "A", "message": "m", "status": 1, "occurred_at": moment}),
        (client.incidents.create, {"name": "A", "message": "m", "status": 1, "created_at": moment}),
        (client.incidents.update, {"incident_id": 1, "occurred_at": moment}),
        (client.schedules.create, {"name": "A", "status": 0, "scheduled_at": moment}),
        (client.schedules.update, {"schedule_id": 1, "completed_at": moment}),
    ]
    for call, arguments in calls:
        with pytest.raises(ArgumentError, match="between 1970 and 2038"):
            call(**arguments)
    with pytest.raises(ArgumentError, match="timestamp"):
        client.metric_points.create(metric_id=1, value=1, timestamp=moment.replace(tzinfo=UTC))
    assert not fake_cachet.requests


@pytest.mark.parametrize(
    ("meta", "problem"),
    [
        ({"a": None}, "null"),
        ({"a": [None, 1]}, "null"),
        ({"a": {"b": None}}, "null"),
        ({"a": "  x "}, "trims"),
        ({"a": ["x\n"]}, "trims"),
    ],
)
def test_meta_that_any_resource_would_lose_is_refused(
    client: Client, fake_cachet: FakeCachet, meta: dict[str, Any], problem: str
) -> None:
    with pytest.raises(ArgumentError, match=problem):
        client.components.create(name="A", status=1, meta=meta)
    with pytest.raises(ArgumentError, match=problem):
        client.components.update(1, meta=meta)
    with pytest.raises(ArgumentError, match=problem):
        client.incidents.create(name="A", message="m", status=1, meta=meta)
    assert not fake_cachet.requests


EMPTY: list[object] = [False, 0, 0.0, "", "0", [], {}]


@pytest.mark.parametrize("meta", [*({"a": it} for it in EMPTY), {"k": 1, "K": 2}, {"": 1}, {"k" * 192: 1}, {"7": 1}])
def test_meta_that_an_incident_would_lose_is_refused(
    client: Client, fake_cachet: FakeCachet, meta: dict[str, Any]
) -> None:
    with pytest.raises(ArgumentError, match=r"meta\["):
        client.incidents.create(name="A", message="m", status=1, meta=meta)
    assert not fake_cachet.requests


def test_meta_that_is_kept_is_accepted(client: Client) -> None:
    kept: dict[str, Any] = {"01": 1, "n": 1.5, "t": True, "l": ["x", {"y": "z"}]}
    assert (client.incidents.create(name="A", message="m", status=1, meta=kept)).meta == kept
    falsy: dict[str, Any] = {"a": False, "b": 0, "c": "", "d": [], "k": 1, "K": 2}
    assert (client.components.create(name="A", status=1, meta=falsy)).meta == falsy


def test_texts_that_would_be_truncated_are_refused(client: Client, fake_cachet: FakeCachet) -> None:
    with pytest.raises(ArgumentError, match="suffix: must have at most 191"):
        client.metrics.create(name="A", suffix="s" * 192)
    with pytest.raises(ArgumentError, match="description: must have at most 65535 bytes"):
        client.metrics.create(name="A", suffix="s", description="é" * 40_000)
    with pytest.raises(ArgumentError, match="description: must have at most 65535 bytes"):
        client.components.update(1, description="é" * 40_000)
    assert not fake_cachet.requests


def test_a_default_value_with_decimals_is_parsed(client: Client) -> None:
    text = '[{"id": 1, "default_value": "1.500"}, {"id": 2, "default_value": 3}, {"id": 3, "default_value": "4.000"}]'
    assert [it.default_value for it in client.metrics.instance_list_from_json(text)] == [1.5, 3, 4]


def test_an_update_with_a_template_sends_the_name_of_the_incident(client: Client, fake_cachet: FakeCachet) -> None:
    client.incidents.create(name="Slow", message="m", status=1)
    client.incidents.update(1, template="down", visible=True, stickied=False)
    assert json.loads(fake_cachet.requests[-1].body)["name"] == "Slow"
    client.incidents.update(1, template="down", name="Other")
    assert json.loads(fake_cachet.requests[-1].body)["name"] == "Other"


def test_setting_the_status_of_a_deleted_component_raises_not_found(client: Client) -> None:
    client.components.create(name="A", status=1)
    client.incidents.create(name="Slow", message="m", status=1, component_id=1, component_status=2)
    client.components.delete(1)
    with pytest.raises(NotFoundError, match="components/1"):
        client.incidents.update(1, status=4, component_status=1)
    assert (client.incidents.get(1)).status == 1


ROW = {"data": {"id": 1, "name": "A", "status": 1}}
NO_REASON = {
    "errors": [{"id": "1", "status": 400, "title": "Bad Request", "detail": "The request cannot be fulfilled."}]
}
REASON = {"errors": [{**NO_REASON["errors"][0], "meta": {"details": ["The name field is required."]}}]}


def test_creating_a_tag_is_retried_if_another_request_creates_it_at_the_same_time() -> None:
    script = Script(answer(NO_REASON, 400), answer(NO_REASON, 400), answer(ROW))
    with FakeCachet().client(transport=script.transport) as client:
        assert (client.components.create(name="A", status=1, tags="new")).id == 1


@pytest.mark.parametrize(
    ("refusal", "tags", "requests"), [(REASON, "new", 1), (NO_REASON, None, 1), (NO_REASON, "new", 3)]
)
def test_a_create_is_retried_only_if_new_tags_may_be_the_cause(
    refusal: object, tags: str | None, requests: int
) -> None:
    script = Script(*[answer(refusal, 400)] * requests)
    with FakeCachet().client(transport=script.transport) as client:
        with pytest.raises(BadRequestError):
            client.components.create(name="A", status=1, tags=tags)
    assert len(script.requests) == requests
