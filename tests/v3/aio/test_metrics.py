"""Metrics and their points: create, read, list, update and delete."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cachet_sdk import ArgumentError, NotFoundError
from cachet_sdk.v3.aio.client import AsyncClient
from cachet_sdk.v3.enums import MetricCalculation, MetricView, Visibility
from tests.testing.api import Clock
from tests.v3.conftest import Server

NAIVE = datetime(2026, 1, 2)


async def test_create_stores_every_field(async_client: AsyncClient) -> None:
    created = await async_client.metrics.create(
        name="Latency",
        suffix="ms",
        calc_type=1,
        description="How long it takes",
        default_value=1.5,
        display_chart=False,
        threshold=10,
        places=3,
    )
    found = await async_client.metrics.get(created.id)
    assert found == created
    assert (found.name, found.suffix, found.description) == ("Latency", "ms", "How long it takes")
    assert (found.calc_type, found.display_chart, found.threshold) == (MetricCalculation.AVERAGE, False, 10)
    assert (found.default_value, found.places) == (1.5, 3)
    assert (found.default_view, found.order, found.visible) == (MetricView.TODAY, 0, Visibility.GUEST)


async def test_a_metric_can_be_changed_by_its_attributes(async_client: AsyncClient) -> None:
    metric = await async_client.metrics.create(name="Latency", suffix="ms")
    metric.suffix = "s"
    await metric.save()
    assert (metric.suffix, metric.changes()) == ("s", {})
    assert (await async_client.metrics.update(metric.id, default_value=2)).default_value == 2
    assert (await metric.update()).suffix == "s"
    with pytest.raises(AttributeError, match="read-only"):
        setattr(metric, "places", 1)  # noqa: B010  (type checkers refuse a plain assignment)


async def test_values_that_the_server_would_refuse_are_refused_before_anything_is_sent(
    async_client: AsyncClient, server: Server
) -> None:
    with pytest.raises(ArgumentError, match="threshold"):
        await async_client.metrics.create(name="Latency", suffix="ms", threshold=7)
    with pytest.raises(ArgumentError, match="default_value"):
        await async_client.metrics.create(name="Latency", suffix="ms", default_value=1.234)
    assert not server.requests


async def test_metrics_can_be_listed_and_counted(async_client: AsyncClient) -> None:
    for name, kind in (("Latency", 1), ("Requests", 0)):
        await async_client.metrics.create(name=name, suffix="x", calc_type=kind)
    assert [it.name async for it in async_client.metrics.list(name="lat")] == ["Latency"]
    assert [it.name async for it in async_client.metrics.list(calc_type=0)] == ["Requests"]
    assert [it.name async for it in async_client.metrics.list(sort="-id")] == ["Requests", "Latency"]
    assert await async_client.metrics.count() == 2
    await async_client.metrics.delete(1)
    assert await async_client.metrics.count() == 1


async def test_points_can_be_pushed_listed_and_deleted(async_client: AsyncClient) -> None:
    metric = await async_client.metrics.create(name="Latency", suffix="ms")
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for hour in range(3):
        await async_client.metric_points.create(
            metric_id=metric.id, value=hour + 0.5, timestamp=start + timedelta(hours=hour)
        )
    points = [it async for it in async_client.metric_points.list(metric.id, sort="-value", include=("metric",))]
    assert [(it.value, it.calculated_value, it.metric_id) for it in points] == [
        (2.5, 2.5, 1),
        (1.5, 1.5, 1),
        (0.5, 0.5, 1),
    ]
    assert [it.metric == metric for it in points] == [True] * 3
    assert points[2].created_at == datetime(2026, 1, 1)
    assert await async_client.metric_points.count(metric.id) == 3
    assert (await async_client.metric_points.get(metric.id, points[0].id)).value == 2.5
    await points[0].delete()
    await async_client.metric_points.delete(metric.id, points[1].id)
    found = await async_client.metrics.get(metric.id, include=("points",))
    assert found.points == [points[2]]
    with pytest.raises(NotFoundError):
        await async_client.metric_points.get(metric.id, points[0].id)


async def test_a_naive_timestamp_is_in_the_servers_zone(async_client: AsyncClient, clock: Clock) -> None:
    metric = await async_client.metrics.create(name="Latency", suffix="ms")
    moment = datetime(2026, 1, 1, 12)
    point = await async_client.metric_points.create(metric_id=metric.id, value=1, timestamp=moment)
    assert point.created_at == moment
    with pytest.raises(ArgumentError, match="milliseconds"):
        await async_client.metric_points.create(metric_id=metric.id, value=1, timestamp=clock.now.timestamp() * 1000)


async def test_points_can_be_pushed_in_bulk(async_client: AsyncClient) -> None:
    metric = await async_client.metrics.create(name="Latency", suffix="ms")
    batch = await async_client.metric_points.create_many(
        metric.id, [(float(number), 1_790_000_000 + 3600 * number) for number in range(20)]
    )
    assert [it.value for it in batch.results] == list(range(20))


async def test_an_invalid_point_in_bulk_is_refused_before_anything_is_sent(server: Server) -> None:
    async with server.async_client(timezone="UTC") as client:
        metric = await client.metrics.create(name="m", suffix="s")
        server.requests.clear()
        with pytest.raises(ArgumentError, match=r"^points\[1\]: timestamp: is a naive time"):
            await client.metric_points.create_many(metric.id, [(1.0, datetime(2026, 1, 1, tzinfo=UTC)), (2.0, NAIVE)])
        with pytest.raises(ArgumentError, match=r"^points\[0\]: timestamp: expected a time between the years"):
            await client.metric_points.create_many(metric.id, [(1.0, datetime(1, 1, 1))])
        assert not server.requests
