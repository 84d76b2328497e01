"""With a server that fails at random, nothing is created twice and every error is right (longer: ``make faults``)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cachet_sdk import Client, errors
from cachet_sdk.testing import FakeCachet
from tests.faults.at_most_once import apply, create_in_threads, create_points_in_tasks
from tests.faults.server import Connection, Fault, FaultServer, ReceivedRequest, answer

TOTAL = 600


def test_a_sync_client_creates_nothing_twice() -> None:
    create_in_threads(TOTAL)


async def test_an_async_client_creates_no_metric_point_twice() -> None:
    await create_points_in_tasks(TOTAL)


def test_a_create_whose_second_request_fails_was_applied() -> None:
    """An aware time on a client without a timezone takes two requests; the first one creates the schedule."""
    fake = FakeCachet()

    def play(connection: Connection, request: ReceivedRequest) -> None:
        response = apply(fake, request)
        connection.send(response if request.method == "POST" else answer("500 Internal Server Error"))

    with FaultServer(Fault("reads fail", play)) as server, Client(server.endpoint, fake.token) as client:
        with pytest.raises(errors.ServerError) as caught:
            client.schedules.create(name="Work", status=0, scheduled_at=datetime(2030, 1, 1, tzinfo=UTC))
    assert caught.value.maybe_applied
    assert fake.client().schedules.count() == 1


def test_an_update_whose_second_request_is_refused_was_applied_partly() -> None:
    """Updating a schedule without changing its date takes two PUTs; the first one changes the name."""
    fake = FakeCachet()
    schedule = fake.client().schedules.create(name="Work", status=0, scheduled_at=datetime(2030, 1, 1, 10, 0))

    def play(connection: Connection, request: ReceivedRequest) -> None:
        if request.method == "PUT" and b"scheduled_at" in request.body:
            connection.send(answer("400 Bad Request"))
        else:
            connection.send(apply(fake, request))

    with FaultServer(Fault("dates fail", play)) as server, Client(server.endpoint, fake.token) as client:
        with pytest.raises(errors.BadRequestError) as caught:
            client.schedules.update(schedule.id, name="More work")
    assert caught.value.maybe_applied
    assert fake.client().schedules.get(schedule.id).name == "More work"
