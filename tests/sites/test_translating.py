"""Translation between releases: what is kept, what is reported as lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cachet_sdk.sites.records import MODELS, AnyRecord
from cachet_sdk.sites.translating import Translator, stored_meta
from tests.sites.pages import START, Release

LAST = datetime(2037, 12, 31, tzinfo=UTC)


def translated(source: Release, target: Release, kind: str, **values: Any) -> tuple[Any, list[tuple[str, str]]]:
    translator = Translator(source, target, now=START)
    translator.ids = {"component": {1: 11, 2: 12}, "metric": {1: 21}, "group": {1: 31}}
    result = translator.translate(row(kind, **values))
    return result, [(it, field) for it, field, _ in translator.losses]


def row(kind: str, **values: Any) -> AnyRecord:
    needed: dict[str, dict[str, Any]] = {
        "incident": {"status": "investigating", "message": "M"},
        "schedule": {"scheduled_at": START, "message": "M"},
        "template": {"slug": "s", "template": "T"},
        "point": {"metric_id": 1, "value": 2.0, "created_at": START},
        "subscriber": {"email": "a@example.com", "verified": True},
    }
    return MODELS[kind].model_validate({"id": 1, "name": "N", **needed.get(kind, {}), **values})


@pytest.mark.parametrize(
    ("source", "target", "kind", "values", "field", "kept"),
    [
        ("3", "2.4", "component", {"name": "n" * 200}, "name", "n" * 191),
        ("2.4", "3", "component", {"name": " "}, "name", "(unnamed)"),
        ("2.4", "3", "component", {"link": "ftp://x"}, "link", ""),
        ("3", "2.4", "component", {"tags": ["a,b", "c"]}, "tags", ["c"]),
        ("3", "2.4", "component", {"status": "under_maintenance"}, "status", "performance_issues"),
        ("3", "2.3", "component", {"meta": {"a": 1}}, "meta", {}),
        ("3", "2.4", "group", {"order_column": "name"}, "order_column", None),
        ("2.4", "3", "group", {"collapsed": 4}, "collapsed", 2),
        ("2.4", "2.3", "group", {"visible": False}, "visible", True),
        ("3", "3", "template", {"engine": "blade"}, "engine", None),
        ("2.4", "2.3", "incident", {"stickied": True}, "stickied", False),
        ("2.4", "2.3", "incident", {"updates": [{"id": 1, "message": "x"}]}, "updates", []),
        ("2.3", "2.3", "incident", {"scheduled_at": START}, "scheduled_at", None),
        ("2.4", "3", "incident", {"message": ""}, "message", "N"),
        ("3", "2.4", "incident", {"status": "reported"}, "status", "investigating"),
        ("3", "2.4", "incident", {"published_at": START + timedelta(days=1)}, "published_at", None),
        ("3", "2.4", "schedule", {"completed_at": START + timedelta(seconds=9)}, "completed_at", START),
        ("3", "2.4", "schedule", {"scheduled_at": datetime(2040, 1, 1, tzinfo=UTC)}, "scheduled_at", LAST),
        ("3", "3", "metric", {"threshold": 7}, "threshold", 5),
        ("2.4", "3", "metric", {"default_view": 3}, "default_view", 1),
        ("2.4", "3", "metric", {"order": 4}, "order", 0),
        ("2.4", "3", "metric", {"visible": 0}, "visible", 1),
        ("2.4", "2.3", "metric", {"visible": 0}, "visible", 1),
        ("3", "3", "metric", {"default_value": 1.555}, "default_value", round(1.555, 2)),
        ("3", "2.4", "metric", {"default_value": 1.7}, "default_value", 2.0),
        ("2.4", "3", "point", {"counter": 3}, "counter", 1),
        ("3", "3", "subscriber", {"components": [1, 9]}, "components", [11]),
    ],
)  # fmt: skip
def test_values_that_the_target_cannot_store_are_replaced_and_reported(
    source: Release, target: Release, kind: str, values: dict[str, Any], field: str, kept: object
) -> None:
    result, losses = translated(source, target, kind, **values)
    assert (kind, field) in losses
    assert getattr(result, field) == kept


@pytest.mark.parametrize(
    ("source", "target", "kind", "values"),
    [
        ("2.4", "2.4", "template", {}),
        ("3", "3", "template", {"template": " "}),
        ("3", "2.3", "schedule", {}),
        ("3", "3", "point", {"metric_id": 9}),
        ("3", "3", "point", {"created_at": datetime(1969, 1, 1, tzinfo=UTC)}),
        ("3", "3", "subscriber", {"verified": False}),
        ("2.3", "3", "subscriber", {"verified": None}),
        ("3", "3", "subscriber", {"email": None}),
        ("3", "3", "subscriber", {"components": [9]}),
    ],
)
def test_rows_that_the_target_cannot_have_are_reported(
    source: Release, target: Release, kind: str, values: dict[str, Any]
) -> None:
    result, losses = translated(source, target, kind, **values)
    assert result is None
    assert (kind, "row") in losses


def test_a_row_that_the_target_can_store_has_no_losses() -> None:
    for kind in ("group", "component", "template", "incident", "schedule", "metric", "point", "subscriber"):
        assert translated("3", "3", kind)[1] == []


def test_references_to_rows_that_no_longer_exist_are_dropped_and_reported() -> None:
    component, losses = translated("3", "3", "component", group_id=9)
    assert (component.group_id, losses) == (None, [("component", "group")])
    incident, losses = translated("3", "3", "incident", components=[{"id": 2, "status": "partial_outage"}, {"id": 9}])
    assert [(it.id, it.status) for it in incident.components] == [(12, "partial_outage")]
    assert losses == [("incident", "components")]


def test_the_time_of_an_update_is_written_once_over_several_migrations() -> None:
    update = {"id": 1, "message": "Found it", "status": "reported", "created_at": START}
    first, losses = translated("3", "2.4", "incident", updates=[update])
    assert first.updates[0].message == "*2026-01-01 00:00 UTC*\n\nFound it"
    assert first.updates[0].status == "investigating"
    assert losses == [("update", "status"), ("update", "created_at")]
    later = {**first.updates[0].model_dump(), "created_at": START + timedelta(days=9)}
    second, _ = translated("2.4", "3", "incident", updates=[later])
    assert second.updates[0].message == first.updates[0].message


def test_points_closer_than_the_smallest_threshold_of_cachet_3_are_dropped() -> None:
    translator = Translator("2.4", "3")
    translator.ids = {"metric": {1: 21}}
    moments = [START + timedelta(seconds=it) for it in (0, 30, 60, 90, 150)]
    kept = [translator.translate(row("point", created_at=moment)) is not None for moment in moments]
    assert kept == [True, False, True, False, True]


@pytest.mark.parametrize(
    ("release", "kind", "sent", "kept"),
    [
        ("3", "component", {"a": {}, "c": "", "d": "  x "}, {"a": [], "c": None, "d": "x"}),
        ("2.4", "component", {"a": None, "b": {"x": {}}, "c": " y "}, {"b": {"x": []}, "c": "y"}),
        ("2.4", "incident", {"f": False, "z": 0, "k": 1, "K": 2, "7": 1, "l": "x" * 200, "n" * 192: 1}, {"k": 1}),
    ],
)  # fmt: skip
def test_meta_is_translated_to_what_servers_store(release: Release, kind: str, sent: Any, kept: Any) -> None:
    assert stored_meta(sent, release, kind) == kept
