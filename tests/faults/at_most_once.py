"""Writes to a server that fails at random: how often each row was created, and what each call reported."""

from __future__ import annotations

import asyncio
import random
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx

from cachet_sdk import AsyncClient, Client, errors
from cachet_sdk.testing import FakeCachet
from tests.faults.server import Connection, Fault, FaultServer, ReceivedRequest, answer

SEED = 20261124

#: What may happen to a request, and how often, in percent.
POINTS = {
    "applied": 56,
    "reset before it is applied": 6,
    "reset after it was applied": 6,
    "cut off within the response": 6,
    "closed without a response": 4,
    "502 before": 4,
    "502 after": 4,
    "500 after": 4,
    "429 with Retry-After": 5,
    "503 with Retry-After": 5,
}


def failing_at_random(fake: FakeCachet, happened: Counter[str]) -> Fault:  # noqa: C901  (a branch for each point)
    """Return a fault that fails before, during or after forwarding a request to an embedded Cachet."""
    chance = random.Random(SEED)
    lock = threading.Lock()

    def play(connection: Connection, request: ReceivedRequest) -> None:
        with lock:
            (point,) = chance.choices(list(POINTS), list(POINTS.values()))
            happened[point] += 1
        if point == "reset before it is applied":
            connection.reset()
        elif point == "502 before":
            connection.send(answer("502 Bad Gateway", b"<html>"))
        elif point == "429 with Retry-After":
            connection.send(answer("429 Too Many Requests", b"", "Retry-After: 0"))
        elif point == "503 with Retry-After":
            connection.send(answer("503 Service Unavailable", b"", "Retry-After: 0"))
        else:
            body = apply(fake, request)
            if point == "applied":
                connection.send(body)
            elif point == "502 after":
                connection.send(answer("502 Bad Gateway", b"<html>"))
            elif point == "500 after":
                connection.send(answer("500 Internal Server Error", b"<html>"))
            else:
                if point == "cut off within the response":
                    connection.send(body[: len(body) - 20])
                if point == "closed without a response":
                    connection.close()
                connection.reset()

    return Fault("random", play)


def apply(fake: FakeCachet, request: ReceivedRequest) -> bytes:
    headers = [line.split(": ", 1) for line in request.head.decode().split("\r\n")[1:]]
    forwarded = httpx.Request(
        request.method,
        f"http://cachet.test{request.target}",
        headers=[(name, it) for name, it in headers],
        content=request.body,
    )
    response = fake.transport.handle_request(forwarded)
    return answer(f"{response.status_code} Whatever", response.content, "Content-Type: application/json")


class Ledger:
    """What each call reported: the numbers of rows that were created, may have been created, or were not created."""

    def __init__(self) -> None:
        self.created: set[int] = set()
        self.maybe: set[int] = set()
        self.not_created: set[int] = set()

    def failed(self, number: int, error: errors.CachetError) -> None:
        """Record the error of a call."""
        (self.maybe if error.maybe_applied else self.not_created).add(number)

    def check(self, counts: Counter[int], total: int) -> None:
        """Compare the reports with what the server has."""
        assert len(self.created | self.maybe | self.not_created) == total
        assert max(counts.values()) == 1
        assert all(counts[number] == 1 for number in self.created)
        assert all(counts[number] == 0 for number in self.not_created)
        # Reporting always the same would not pass: each report occurs, and only some of the "maybe" rows exist.
        assert len(self.created) > total / 2
        assert self.not_created
        assert {counts[number] for number in self.maybe} == {0, 1}


def _in_threads(total: int, work: Callable[[int], None]) -> None:
    with ThreadPoolExecutor(8) as pool:
        for _ in pool.map(work, range(1, total + 1)):
            pass


def create_in_threads(total: int) -> Ledger:
    """Create ``total`` components with a sync client and eight threads, and check every outcome."""
    fake, happened, ledger = FakeCachet(), Counter[str](), Ledger()
    with FaultServer(failing_at_random(fake, happened)) as server:
        with Client(server.endpoint, fake.token, timeout=10, max_retries=1) as client:

            def create(number: int) -> None:
                try:
                    component = client.components.create(name=f"component {number}", status=1)
                except errors.CachetError as error:
                    ledger.failed(number, error)
                else:
                    assert component.name == f"component {number}"
                    ledger.created.add(number)

            _in_threads(total, create)
    assert set(happened) == set(POINTS)
    names = [component.name for component in fake.client().components.list(per_page=1000)]
    ledger.check(Counter(int(name.split()[1]) for name in names), total)
    return ledger


async def create_points_in_tasks(total: int) -> Ledger:
    """Create ``total`` metric points with an async client and sixteen tasks, and check every outcome."""
    fake, happened, ledger = FakeCachet(), Counter[str](), Ledger()
    metric = fake.client().metrics.create(name="Load", suffix="%")
    with FaultServer(failing_at_random(fake, happened)) as server:
        async with AsyncClient(server.endpoint, fake.token, timeout=10, max_retries=1) as client:
            numbers = iter(range(1, total + 1))

            async def create() -> None:
                for number in numbers:
                    try:
                        point = await client.metric_points.create(metric_id=metric.id, value=number)
                    except errors.CachetError as error:
                        ledger.failed(number, error)
                    else:
                        assert point.value == number
                        ledger.created.add(number)

            await asyncio.gather(*(create() for _ in range(16)))
    assert set(happened) == set(POINTS)
    points = list(fake.client().metric_points.list(metric.id, per_page=1000))
    assert {point.counter for point in points} == {1}
    ledger.check(Counter(int(point.value) for point in points), total)
    return ledger
