"""Writes through a server that fails at random: what was made how often, and what each call told of it."""

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
from tests.faults.server import Connection, Fault, FaultServer, Heard, answer

SEED = 20261124

#: What may happen to a request, and how often in a hundred.
POINTS = {
    "carried out": 56,
    "reset before it is carried out": 6,
    "reset after it was carried out": 6,
    "cut off in the answer": 6,
    "closed without an answer": 4,
    "502 before": 4,
    "502 after": 4,
    "500 after": 4,
    "429 with Retry-After": 5,
    "503 with Retry-After": 5,
}


def failing_at_random(fake: FakeCachet, happened: Counter[str]) -> Fault:  # noqa: C901  (a branch for each point)
    """Stand in front of an embedded Cachet and fail before, while or after it does its work."""
    chance = random.Random(SEED)
    lock = threading.Lock()

    def play(connection: Connection, heard: Heard) -> None:
        with lock:
            (point,) = chance.choices(list(POINTS), list(POINTS.values()))
            happened[point] += 1
        if point == "reset before it is carried out":
            connection.reset()
        elif point == "502 before":
            connection.send(answer("502 Bad Gateway", b"<html>"))
        elif point == "429 with Retry-After":
            connection.send(answer("429 Too Many Requests", b"", "Retry-After: 0"))
        elif point == "503 with Retry-After":
            connection.send(answer("503 Service Unavailable", b"", "Retry-After: 0"))
        else:
            body = carry_out(fake, heard)
            if point == "carried out":
                connection.send(body)
            elif point == "502 after":
                connection.send(answer("502 Bad Gateway", b"<html>"))
            elif point == "500 after":
                connection.send(answer("500 Internal Server Error", b"<html>"))
            else:
                if point == "cut off in the answer":
                    connection.send(body[: len(body) - 20])
                if point == "closed without an answer":
                    connection.close()
                connection.reset()

    return Fault("random", play)


def carry_out(fake: FakeCachet, heard: Heard) -> bytes:
    headers = [line.split(": ", 1) for line in heard.head.decode().split("\r\n")[1:]]
    request = httpx.Request(
        heard.method,
        f"http://cachet.test{heard.target}",
        headers=[(name, it) for name, it in headers],
        content=heard.body,
    )
    made = fake.transport.handle_request(request)
    return answer(f"{made.status_code} Whatever", made.content, "Content-Type: application/json")


class Ledger:
    """What each call told, by the number of what it was to make: True for made, or the error's ``maybe_applied``."""

    def __init__(self) -> None:
        self.made: set[int] = set()
        self.maybe: set[int] = set()
        self.not_made: set[int] = set()

    def failed(self, number: int, error: errors.CachetError) -> None:
        """Enter an error."""
        (self.maybe if error.maybe_applied else self.not_made).add(number)

    def check(self, counts: Counter[int], total: int) -> None:
        """Compare with what the server has."""
        assert len(self.made | self.maybe | self.not_made) == total
        assert max(counts.values()) == 1
        assert all(counts[number] == 1 for number in self.made)
        assert all(counts[number] == 0 for number in self.not_made)
        # Neither answer is a way out: both are given, and "maybe" is neither always nor never the case.
        assert len(self.made) > total / 2
        assert self.not_made
        assert {counts[number] for number in self.maybe} == {0, 1}


def _in_threads(total: int, work: Callable[[int], None]) -> None:
    with ThreadPoolExecutor(8) as pool:
        for _ in pool.map(work, range(1, total + 1)):
            pass


def create_in_threads(total: int) -> Ledger:
    """Make that many components with a blocking client and eight threads, and check every outcome."""
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
                    ledger.made.add(number)

            _in_threads(total, create)
    assert set(happened) == set(POINTS)
    names = [component.name for component in fake.client().components.list(per_page=1000)]
    ledger.check(Counter(int(name.split()[1]) for name in names), total)
    return ledger


async def push_in_tasks(total: int) -> Ledger:
    """Push that many metric points with an asyncio client and sixteen tasks, and check every outcome."""
    fake, happened, ledger = FakeCachet(), Counter[str](), Ledger()
    metric = fake.client().metrics.create(name="Load", suffix="%")
    with FaultServer(failing_at_random(fake, happened)) as server:
        async with AsyncClient(server.endpoint, fake.token, timeout=10, max_retries=1) as client:
            numbers = iter(range(1, total + 1))

            async def push() -> None:
                for number in numbers:
                    try:
                        point = await client.metric_points.create(metric_id=metric.id, value=number)
                    except errors.CachetError as error:
                        ledger.failed(number, error)
                    else:
                        assert point.value == number
                        ledger.made.add(number)

            await asyncio.gather(*(push() for _ in range(16)))
    assert set(happened) == set(POINTS)
    points = list(fake.client().metric_points.list(metric.id, per_page=1000))
    assert {point.counter for point in points} == {1}
    ledger.check(Counter(int(point.value) for point in points), total)
    return ledger
