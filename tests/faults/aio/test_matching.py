"""A server or a proxy that sends a surplus response: no call takes it for its own."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from cachet_sdk import AsyncClient, UnexpectedResponseError
from tests.faults.proxy import Proxy
from tests.faults.server import COMPONENT, Connection, Fault, FaultServer, ReceivedRequest, answer, healthy_response

SURPLUS = answer("200 OK", json.dumps({"data": COMPONENT | {"id": 666}}).encode(), "Content-Type: application/json")


def send_surplus(connection: Connection, request: ReceivedRequest) -> None:
    connection.send(healthy_response(request) + SURPLUS)


@pytest.mark.parametrize("is_proxied", [False, True], ids=["direct", "proxy"])
async def test_a_surplus_response_is_never_returned_and_its_connection_is_not_reused(is_proxied: bool) -> None:
    with FaultServer(Fault("surplus", send_surplus)) as server, Proxy() as proxy:
        async with AsyncClient(server.endpoint, "token", proxy=proxy.url if is_proxied else None) as client:
            found = [await outcome(client) for _ in range(8)]
    assert found[0] == 1
    # A surplus response that was already in the connection fails one call; then the pool is closed, and the next call
    # succeeds.
    for before, after in itertools.pairwise(found):
        assert before == 1 or after == 1
    assert {1} <= set(found) <= {1, "GET is about /components/666"}


async def outcome(client: Any) -> int | str:
    """Return the id that a read returns, or the problem with its response."""
    try:
        found: int = (await client.components.get(1)).id
    except UnexpectedResponseError as error:
        return f"{error.method} is about /components/666" if "/components/666, but" in str(error) else str(error)
    return found


async def test_a_write_that_gets_a_surplus_response_may_have_been_applied() -> None:
    with FaultServer(Fault("surplus", send_surplus)) as server:
        async with AsyncClient(server.endpoint, "token") as client:
            errors: list[UnexpectedResponseError] = []
            for _ in range(8):
                try:
                    assert (await client.components.update(1, status=1, enabled=True)).id == 1
                except UnexpectedResponseError as error:
                    errors.append(error)
    assert errors
    assert all(error.maybe_applied for error in errors)


async def test_a_page_that_was_not_requested_is_refused() -> None:
    def first_page_always(connection: Connection, request: ReceivedRequest) -> None:
        connection.send(
            healthy_response(
                ReceivedRequest(request.method, request.target.replace("page=2", "page=1"), request.head, request.body)
            )
        )

    with FaultServer(Fault("stuck", first_page_always)) as server:
        async with AsyncClient(server.endpoint, "token") as client:
            with pytest.raises(UnexpectedResponseError, match="page 1, but page 2 was requested"):
                _ = [item.id async for item in client.components.list(per_page=2)]


async def test_an_update_of_another_incident_is_not_returned() -> None:
    update = {"id": 1, "incident_id": 9, "status": 2, "message": "m", "created_at": None, "updated_at": None}
    body = answer("200 OK", json.dumps({"data": update}).encode(), "Content-Type: application/json")
    with FaultServer(Fault("other", lambda connection, _: connection.send(body))) as server:
        async with AsyncClient(server.endpoint, "token") as client:
            with pytest.raises(UnexpectedResponseError, match="is about /incidents/9/updates/1"):
                await client.incident_updates.get(2, 1)
