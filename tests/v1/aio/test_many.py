"""Many at once: every outcome with its input, in order; nothing lost, nothing hidden."""

from __future__ import annotations

import threading
from typing import Any, cast

import httpx
import pytest

from cachet_sdk import ArgumentError, BatchError, NotFoundError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.aio.client import AsyncClient


async def test_points_come_back_in_the_order_in_which_they_were_passed(async_client: AsyncClient) -> None:
    metric = await async_client.metrics.create(name="Response time", suffix="ms")
    values = [float(number) for number in range(60)]
    batch = await async_client.metric_points.create_many(metric.id, values, concurrency=7)
    assert [point.value for point in batch.results] == values
    assert [outcome.input for outcome in batch] == values
    assert await async_client.metric_points.count(metric.id) == 60


async def test_a_point_may_say_when_it_was_measured(async_client: AsyncClient, fake_cachet: FakeCachet) -> None:
    metric = await async_client.metrics.create(name="Response time", suffix="ms")
    await async_client.metric_points.create_many(metric.id, [(1.5, 1_790_000_000), (2.5, None)], concurrency=1)
    assert b'"timestamp":1790000000' in fake_cachet.requests[-2].body
    assert b"timestamp" not in fake_cachet.requests[-1].body


async def test_failures_stand_beside_the_successes_with_their_input(async_client: AsyncClient) -> None:
    component = await async_client.components.create(name="API", status=1)
    batch = await async_client.components.update_many({99: {"status": 2}, component.id: {"status": 4}})
    assert [component.status for component in batch.results] == [4]
    (failure,) = batch.failures
    assert failure.input == 99
    assert isinstance(failure.error, NotFoundError)
    assert [outcome.input for outcome in batch] == [99, component.id]
    with pytest.raises(BatchError, match="1 of 2 failed") as caught:
        batch.raise_for_failures()
    assert caught.value.batch is batch
    assert caught.value.maybe_applied is False


async def test_a_batch_without_failures_raises_nothing(async_client: AsyncClient) -> None:
    batch = await async_client.components.create_many([{"name": "DB", "status": 1}, {"name": "Web", "status": 1}])
    batch.raise_for_failures()
    assert len(batch) == 2
    assert repr(batch) == "<Batch of 2, 0 failed>"
    assert [outcome.result for outcome in batch[:1]] == batch.results[:1]
    assert "'DB'" in repr(batch[0])


async def test_nothing_to_do_is_done_at_once(async_client: AsyncClient, fake_cachet: FakeCachet) -> None:
    assert len(await async_client.subscribers.create_many([])) == 0
    assert not fake_cachet.requests


async def test_one_bad_item_keeps_all_from_being_sent(async_client: AsyncClient, fake_cachet: FakeCachet) -> None:
    with pytest.raises(ArgumentError, match=r"components\[1\]: name: must not be empty"):
        await async_client.components.create_many([{"name": "DB", "status": 1}, {"name": " ", "status": 1}])
    with pytest.raises(ArgumentError, match=r"components\[0\]: .*nam"):
        await async_client.components.create_many([cast("Any", {"nam": "DB", "name": "DB", "status": 1})])
    with pytest.raises(ArgumentError, match=r"components\[0\]: expected a dictionary"):
        await async_client.components.create_many([cast("Any", "DB")])
    with pytest.raises(ArgumentError, match=r"changes: expected a positive int"):
        await async_client.components.update_many({0: {"status": 1}})
    with pytest.raises(ArgumentError, match=r"points\[1\]: value"):
        await async_client.metric_points.create_many(1, [1.0, cast("Any", "2")])
    with pytest.raises(ArgumentError, match=r"emails\[0\]: email"):
        await async_client.subscribers.create_many(["nobody"])
    with pytest.raises(ArgumentError, match="concurrency"):
        await async_client.subscribers.create_many(["a@example.com"], concurrency=0)
    assert not fake_cachet.requests


async def test_progress_is_told_after_each(async_client: AsyncClient) -> None:
    told: list[tuple[int, int]] = []
    emails = [f"{number}@example.com" for number in range(5)]
    await async_client.subscribers.create_many(emails, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


async def test_what_a_progress_callback_raises_ends_the_batch(async_client: AsyncClient) -> None:
    def fail(done: int, total: int) -> None:
        raise RuntimeError(f"{done} of {total}")

    with pytest.raises(RuntimeError, match="1 of 50") as caught:
        await async_client.subscribers.create_many(
            [f"{n}@example.com" for n in range(50)], progress=fail, concurrency=2
        )
    count = await async_client.subscribers.count()
    batch = cast("Any", caught.value).batch
    assert 1 <= len(batch.results) <= count < 50
    assert all(outcome.error.maybe_applied for outcome in batch.failures)
    assert [outcome.input for outcome in batch] == [f"{n}@example.com" for n in range(len(batch))]


async def test_no_more_requests_are_under_way_than_allowed(fake_cachet: FakeCachet) -> None:
    busy, most, lock = 0, 0, threading.Lock()

    async def begin(request: httpx.Request) -> None:
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)

    async def end(response: httpx.Response) -> None:
        nonlocal busy
        with lock:
            busy -= 1

    hooks: dict[str, Any] = {"request": [begin], "response": [end]}
    async with fake_cachet.async_client(event_hooks=hooks) as client:
        batch = await client.subscribers.create_many([f"{n}@example.com" for n in range(40)], concurrency=3)
    assert len(batch.results) == 40
    assert most <= 3
