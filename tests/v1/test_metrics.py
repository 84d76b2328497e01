# Made by "make sync" from aio/test_metrics.py: edit that file instead of this one.
"""Metrics and their points: create, read, list, update and delete."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cachet_sdk import NotFoundError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.client import Client
from cachet_sdk.v1.enums import MetricCalculation, MetricView, MetricVisibility
from tests.testing.api import Clock


def test_create_stores_every_field(client: Client) -> None:
    created = client.metrics.create(
        name="Coffee",
        suffix="cups",
        description="per day",
        default_value=10,
        calc_type=1,
        display_chart=False,
        places=3,
        default_view=2,
        threshold=30,
        order=4,
        visible=2,
    )
    found = client.metrics.get(created.id)
    for metric in (created, found):
        assert (metric.name, metric.suffix, metric.description, metric.default_value) == (
            "Coffee",
            "cups",
            "per day",
            10,
        )
        assert (metric.calc_type, metric.display_chart) == (MetricCalculation.AVERAGE, False)
        assert (metric.default_view, metric.default_view_name) == (MetricView.WEEK, "Week")
        assert (metric.places, metric.threshold, metric.order) == (3, 30, 4)
        assert metric.visible is MetricVisibility.HIDDEN
    assert found == created


def test_a_metric_requires_only_a_name_and_a_suffix(client: Client) -> None:
    metric = client.metrics.create(name="Coffee", suffix="cups")
    assert (metric.description, metric.default_value, metric.display_chart, metric.places) == ("", 0, True, 2)
    assert (metric.calc_type, metric.default_view, metric.threshold, metric.visible) == (0, 1, 5, 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "Tea"),
        ("suffix", "mugs"),
        ("description", ""),
        ("default_value", 0),
        ("calc_type", 0),
        ("display_chart", False),
        ("places", 0),
        ("default_view", 0),
        ("threshold", 60),
        ("order", 0),
        ("visible", 0),
    ],
)
def test_updating_one_field_leaves_the_others_unchanged(client: Client, name: str, value: object) -> None:
    before = client.metrics.create(
        name="Coffee", suffix="cups", description="d", default_value=3, calc_type=1, places=3, default_view=2, order=4
    )
    change: Any = {name: value}
    after = client.metrics.update(before.id, **change)
    assert {field for field in before.attrs if before.attrs[field] != after.attrs[field]} - {
        *(name, "updated_at", "default_view_name"),
    } == set()
    assert getattr(after, name) == value


def test_a_metric_can_be_changed_through_its_own_methods(client: Client) -> None:
    metric = client.metrics.create(name="Coffee", suffix="cups", display_chart=False)
    metric.name = "Tea"
    metric = metric.update()
    metric.visible = 0
    metric.save()
    found = client.metrics.get(1)
    assert (found.name, found.visible, found.display_chart) == ("Tea", MetricVisibility.AUTHENTICATED, False)
    client.metric_points.create(metric_id=1, value=1)
    found.delete()
    with pytest.raises(NotFoundError, match="Metric"):
        client.metrics.delete(1)
    assert client.metrics.count() == 0


@pytest.mark.parametrize(
    "sort", [None, "id", "name", "display_chart", "default_value", "calc_type", "order", "visible"]
)
def test_a_list_is_sorted_in_descending_order(client: Client, sort: Any) -> None:
    for number, name in enumerate(("B", "D", "A", "C")):
        client.metrics.create(
            name=name,
            suffix="s",
            default_value=number % 3,
            calc_type=number % 2,
            order=3 - number,
            visible=number % 3,
            display_chart=number != 1,
        )
    found = list(client.metrics.list(sort=sort, per_page=3))
    if sort is None:
        assert [it.id for it in found] == [1, 2, 3, 4]
    else:
        values = [getattr(it, sort) for it in found]
        assert values == sorted(values, reverse=True)
        assert len(found) == 4


def test_instances_are_restored_from_dicts_and_json(client: Client) -> None:
    created = client.metrics.create(name="Coffee", suffix="cups")
    client.metric_points.create(metric_id=1, value=4)
    assert client.metrics.instance_from_dict(created.attrs) == created
    restored = client.metrics.instance_from_json(created.to_json())
    assert [it.value for it in restored.points()] == [4]


def test_creating_a_point_stores_every_field(client: Client) -> None:
    client.metrics.create(name="Coffee", suffix="cups")
    point = client.metric_points.create(metric_id=1, value=5.25, timestamp=1_795_000_020)
    assert (point.id, point.metric_id, point.value, point.counter, point.calculated_value) == (1, 1, 5.25, 1, 5.25)
    assert point.created_at == datetime(2026, 11, 18, 11, 7)
    assert list(client.metric_points.list(1)) == [point]


@pytest.mark.parametrize("value", [0, -3, 1.5, 10**11])
def test_a_value_may_be_any_number(client: Client, value: float) -> None:
    client.metrics.create(name="Coffee", suffix="cups")
    assert (client.metric_points.create(metric_id=1, value=value)).value == value


def test_a_timestamp_may_be_aware_or_in_unix_seconds(client: Client) -> None:
    client.metrics.create(name="Coffee", suffix="cups")
    moment = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    first = client.metric_points.create(metric_id=1, value=1, timestamp=moment)
    second = client.metric_points.create(metric_id=1, value=2, timestamp=moment.timestamp())
    assert first.created_at == second.created_at == moment.replace(tzinfo=None)


def test_points_are_listed_newest_first_and_counted(client: Client) -> None:
    client.metrics.create(name="Coffee", suffix="cups")
    start = datetime(2026, 1, 2, tzinfo=UTC)
    for number in range(7):
        client.metric_points.create(metric_id=1, value=number, timestamp=start + timedelta(hours=number))
    assert [it.value for it in client.metric_points.list(1, per_page=3)] == [6, 5, 4, 3, 2, 1, 0]
    assert [it.value for it in client.metric_points.list(1, 3, 3)] == [0]
    assert client.metric_points.count(1) == 7


def test_a_point_can_be_changed_through_its_own_methods(client: Client) -> None:
    client.metrics.create(name="Coffee", suffix="cups")
    point = client.metric_points.create(metric_id=1, value=5, timestamp=1_795_000_020)
    point.value = 6
    point = point.update()
    point.value = 7.5
    point.save()
    found = next(client.metric_points.list(1))
    assert (found.value, found.created_at) == (7.5, point.created_at)
    found.delete()
    assert client.metric_points.count(1) == 0
    with pytest.raises(NotFoundError):
        client.metric_points.delete(1, 1)


def test_an_unknown_point_and_an_unknown_metric_have_different_errors(client: Client) -> None:
    client.metrics.create(name="Coffee", suffix="cups")
    with pytest.raises(NotFoundError, match="/metrics/1/points/9: metric 1 has no point 9$") as caught:
        client.metric_points.update(metric_id=1, point_id=9, timestamp=1)
    assert (caught.value.status_code, caught.value.maybe_applied) == (404, False)
    with pytest.raises(NotFoundError, match="MetricPoint"):
        client.metric_points.update(metric_id=1, point_id=9, value=1)
    with pytest.raises(NotFoundError, match=r"\\Metric\]"):
        client.metric_points.update(metric_id=9, point_id=1, timestamp=1)


def test_point_instances_are_restored_from_dicts_and_json(client: Client) -> None:
    client.metrics.create(name="Coffee", suffix="cups")
    created = client.metric_points.create(metric_id=1, value=5)
    assert client.metric_points.instance_from_dict(created.attrs) == created
    restored = client.metric_points.instance_from_json(created.to_json())
    restored.value = 9
    assert (restored.save()).value == 9


def test_repeating_a_value_increments_the_counter(clock: Clock) -> None:
    with FakeCachet(clock=clock).client() as client:
        client.metrics.create(name="Coffee", suffix="cups", threshold=5)
        client.metric_points.create(metric_id=1, value=5)
        again = client.metric_points.create(metric_id=1, value=5)
        assert (again.id, again.counter, again.calculated_value) == (1, 2, 10)
        clock.now += timedelta(minutes=6)
        later = client.metric_points.create(metric_id=1, value=5)
        assert (later.id, later.counter) == (2, 1)
