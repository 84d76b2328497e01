"""A server, or a proxy, that sends one answer too many: no call takes it for its own."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from cachet_sdk import AsyncClient, UnexpectedResponseError
from tests.faults.proxy import Proxy
from tests.faults.server import COMPONENT, Connection, Fault, FaultServer, Heard, answer, proper

STRAY = answer("200 OK", json.dumps({"data": COMPONENT | {"id": 666}}).encode(), "Content-Type: application/json")


def sends_one_too_many(connection: Connection, heard: Heard) -> None:
    connection.send(proper(heard) + STRAY)


@pytest.mark.parametrize("is_proxied", [False, True], ids=["direct", "proxy"])
async def test_a_stray_answer_answers_nothing_and_its_connection_is_not_used_again(is_proxied: bool) -> None:
    with FaultServer(Fault("strays", sends_one_too_many)) as server, Proxy() as proxy:
        async with AsyncClient(server.endpoint, "token", proxy=proxy.url if is_proxied else None) as client:
            found = [await outcome(client) for _ in range(8)]
    assert found[0] == 1
    # What a connection still held answers one question, and its pool is closed; the call after that is answered.
    for before, after in itertools.pairwise(found):
        assert before == 1 or after == 1
    assert {1} <= set(found) <= {1, "GET is about /components/666"}


async def outcome(client: Any) -> int | str:
    """Return the id that a read gives, or what is wrong with its answer."""
    try:
        found: int = (await client.components.get(1)).id
    except UnexpectedResponseError as error:
        return f"{error.method} is about /components/666" if "/components/666, but" in str(error) else str(error)
    return found


async def test_a_write_that_a_stray_answer_answers_may_have_been_carried_out() -> None:
    with FaultServer(Fault("strays", sends_one_too_many)) as server:
        async with AsyncClient(server.endpoint, "token") as client:
            errors: list[UnexpectedResponseError] = []
            for _ in range(8):
                try:
                    assert (await client.components.update(1, status=1, enabled=True)).id == 1
                except UnexpectedResponseError as error:
                    errors.append(error)
    assert all(error.maybe_applied for error in errors)


async def test_a_page_that_was_not_asked_for_is_refused() -> None:
    def first_page_always(connection: Connection, heard: Heard) -> None:
        connection.send(proper(Heard(heard.method, heard.target.replace("page=2", "page=1"), heard.head, heard.body)))

    with FaultServer(Fault("stuck", first_page_always)) as server:
        async with AsyncClient(server.endpoint, "token") as client:
            with pytest.raises(UnexpectedResponseError, match="page 1, but page 2 was requested"):
                _ = [item.id async for item in client.components.list(per_page=2)]


async def test_an_update_of_another_incident_is_not_given() -> None:
    update = {"id": 1, "incident_id": 9, "status": 2, "message": "m", "created_at": None, "updated_at": None}
    body = answer("200 OK", json.dumps({"data": update}).encode(), "Content-Type: application/json")
    with FaultServer(Fault("other", lambda connection, _: connection.send(body))) as server:
        async with AsyncClient(server.endpoint, "token") as client:
            with pytest.raises(UnexpectedResponseError, match="is about /incidents/9/updates/1"):
                await client.incident_updates.get(2, 1)
