"""With a server that fails at random nothing is made twice and no error lies; ``make faults`` does 10,000 of each."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cachet_sdk import Client, errors
from cachet_sdk.testing import FakeCachet
from tests.faults.at_most_once import carry_out, create_in_threads, push_in_tasks
from tests.faults.server import Connection, Fault, FaultServer, Heard, answer

TOTAL = 600


def test_creates_of_a_blocking_client_make_nothing_twice() -> None:
    create_in_threads(TOTAL)


async def test_points_of_an_asyncio_client_are_counted_once_each() -> None:
    await push_in_tasks(TOTAL)


def test_a_create_whose_second_request_fails_was_applied() -> None:
    """An aware time on a client without a zone takes two requests; the first of them makes something."""
    fake = FakeCachet()

    def play(connection: Connection, heard: Heard) -> None:
        made = carry_out(fake, heard)
        connection.send(made if heard.method == "POST" else answer("500 Internal Server Error"))

    with FaultServer(Fault("reads fail", play)) as server, Client(server.endpoint, fake.token) as client:
        with pytest.raises(errors.ServerError) as caught:
            client.schedules.create(name="Work", status=0, scheduled_at=datetime(2030, 1, 1, tzinfo=UTC))
    assert caught.value.maybe_applied
    assert fake.client().schedules.count() == 1


def test_an_update_whose_second_request_is_refused_was_applied_in_part() -> None:
    """A schedule that keeps its date takes two PUTs; the first of them has changed the name."""
    fake = FakeCachet()
    schedule = fake.client().schedules.create(name="Work", status=0, scheduled_at=datetime(2030, 1, 1, 10, 0))

    def play(connection: Connection, heard: Heard) -> None:
        if heard.method == "PUT" and b"scheduled_at" in heard.body:
            connection.send(answer("400 Bad Request"))
        else:
            connection.send(carry_out(fake, heard))

    with FaultServer(Fault("dates fail", play)) as server, Client(server.endpoint, fake.token) as client:
        with pytest.raises(errors.BadRequestError) as caught:
            client.schedules.update(schedule.id, name="More work")
    assert caught.value.maybe_applied
    assert fake.client().schedules.get(schedule.id).name == "More work"
