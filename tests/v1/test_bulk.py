# Made by "make sync" from aio/test_bulk.py: edit that file instead of this one.
"""Bulk operations: one outcome for each input, in order."""

from __future__ import annotations

from typing import Any, cast

import pytest

from cachet_sdk import ArgumentError, BatchError, NotFoundError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.client import Client
from tests.in_flight import InFlightTransport


def test_results_are_in_the_order_of_the_input(client: Client) -> None:
    metric = client.metrics.create(name="Response time", suffix="ms")
    values = [float(number) for number in range(60)]
    batch = client.metric_points.create_many(metric.id, values, concurrency=7)
    assert [point.value for point in batch.results] == values
    assert [outcome.input for outcome in batch] == values
    assert client.metric_points.count(metric.id) == 60


def test_points_may_have_timestamps(client: Client, fake_cachet: FakeCachet) -> None:
    metric = client.metrics.create(name="Response time", suffix="ms")
    client.metric_points.create_many(metric.id, [(1.5, 1_790_000_000), (2.5, None)], concurrency=1)
    assert b'"timestamp":1790000000' in fake_cachet.requests[-2].body
    assert b"timestamp" not in fake_cachet.requests[-1].body


def test_failures_are_returned_with_their_input(client: Client) -> None:
    component = client.components.create(name="API", status=1)
    batch = client.components.update_many({99: {"status": 2}, component.id: {"status": 4}})
    assert [component.status for component in batch.results] == [4]
    (failure,) = batch.failures
    assert failure.input == 99
    assert isinstance(failure.error, NotFoundError)
    assert [outcome.input for outcome in batch] == [99, component.id]
    with pytest.raises(BatchError, match="1 of 2 failed") as caught:
        batch.raise_for_failures()
    assert caught.value.batch is batch
    assert caught.value.maybe_applied is False


def test_a_batch_without_failures_raises_nothing(client: Client) -> None:
    batch = client.components.create_many([{"name": "DB", "status": 1}, {"name": "Web", "status": 1}])
    batch.raise_for_failures()
    assert len(batch) == 2
    assert repr(batch) == "<Batch of 2, 0 failed>"
    assert [outcome.result for outcome in batch[:1]] == batch.results[:1]
    assert "'DB'" in repr(batch[0])


def test_an_empty_batch_sends_nothing(client: Client, fake_cachet: FakeCachet) -> None:
    assert len(client.subscribers.create_many([])) == 0
    assert not fake_cachet.requests


def test_one_invalid_item_prevents_every_request(client: Client, fake_cachet: FakeCachet) -> None:
    with pytest.raises(ArgumentError, match=r"components\[1\]: name: must not be empty"):
        client.components.create_many([{"name": "DB", "status": 1}, {"name": " ", "status": 1}])
    with pytest.raises(ArgumentError, match=r"components\[0\]: .*nam"):
        client.components.create_many([cast("Any", {"nam": "DB", "name": "DB", "status": 1})])
    with pytest.raises(ArgumentError, match=r"components\[0\]: expected a dictionary"):
        client.components.create_many([cast("Any", "DB")])
    with pytest.raises(ArgumentError, match=r"changes: expected a positive int"):
        client.components.update_many({0: {"status": 1}})
    with pytest.raises(ArgumentError, match=r"points\[1\]: value"):
        client.metric_points.create_many(1, [1.0, cast("Any", "2")])
    with pytest.raises(ArgumentError, match=r"emails\[0\]: email"):
        client.subscribers.create_many(["nobody"])
    with pytest.raises(ArgumentError, match="concurrency"):
        client.subscribers.create_many(["a@example.com"], concurrency=0)
    assert not fake_cachet.requests


def test_progress_is_reported_after_each_item(client: Client) -> None:
    reported: list[tuple[int, int]] = []
    emails = [f"{number}@example.com" for number in range(5)]
    client.subscribers.create_many(emails, progress=lambda done, total: reported.append((done, total)))
    assert reported == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


def test_an_exception_in_the_progress_callback_ends_the_batch(client: Client) -> None:
    def fail(done: int, total: int) -> None:
        raise RuntimeError(f"{done} of {total}")

    with pytest.raises(RuntimeError, match="1 of 50") as caught:
        client.subscribers.create_many([f"{n}@example.com" for n in range(50)], progress=fail, concurrency=2)
    count = client.subscribers.count()
    batch = cast("Any", caught.value).batch
    assert 1 <= len(batch.results) <= count < 50
    assert all(outcome.error.maybe_applied for outcome in batch.failures)
    assert [outcome.input for outcome in batch] == [f"{n}@example.com" for n in range(len(batch))]


def test_concurrency_limits_the_requests_in_flight(fake_cachet: FakeCachet) -> None:
    transport = InFlightTransport(fake_cachet)
    with fake_cachet.client(transport=transport) as client:
        batch = client.subscribers.create_many([f"{n}@example.com" for n in range(40)], concurrency=3)
    assert len(batch.results) == 40
    assert transport.highest == 3
