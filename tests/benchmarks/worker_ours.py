"""The workloads of this SDK."""

from __future__ import annotations

import asyncio
import time
import tracemalloc
from collections import deque
from itertools import islice

import httpx

import cachet_sdk
from tests.benchmarks.fresh import importing
from tests.benchmarks.protocol import ServerAddress, Workload, repeated, serve

LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20)
PAGES_AHEAD = 16
POINTS_AT_ONCE = 50


def make_workloads(server: ServerAddress) -> dict[str, Workload]:
    near = cachet_sdk.Client(server.url(), "token")
    far = cachet_sdk.Client(server.url(rows=10_000, delay=20), "token", limits=LIMITS)

    def listing(rows: int) -> Workload:
        client = cachet_sdk.Client(server.url(rows), "token")

        def read_all() -> None:
            assert sum(1 for _ in client.components.list(per_page=100)) == rows

        return repeated(read_all)

    cachet_3 = cachet_sdk.Client(server.url(100).removesuffix("/v1"), "token", "3")

    def list_cachet_3() -> None:
        assert sum(1 for _ in cachet_3.components.list(per_page=100)) == 100

    def far_subscribers() -> None:
        assert sum(1 for _ in far.subscribers.list(per_page=100, prefetch=PAGES_AHEAD)) == 10_000

    def far_points(calls: int) -> float:
        start = time.perf_counter()
        answers = far.metric_points.create_many(1, [12] * calls, concurrency=POINTS_AT_ONCE)
        assert len(answers) == calls
        return time.perf_counter() - start

    return {
        "get": repeated(lambda: near.components.get(1)),
        "list 100": listing(100),
        "list 1000": listing(1000),
        "list 10000": listing(10_000),
        "get cachet 3": repeated(lambda: cachet_3.components.get(1)),
        "list 100 cachet 3": repeated(list_cachet_3),
        "create": repeated(lambda: near.components.create(name="Public web site", status=1)),
        "update": repeated(lambda: near.components.update(1, status=2)),
        "far subscribers": repeated(far_subscribers),
        "far points": far_points,
        "import": importing("import cachet_sdk"),
        "first client": importing("import cachet_sdk; cachet_sdk.Client('https://status.test/api/v1', 'token')"),
        "import with Client": importing("from cachet_sdk import Client"),
        "memory": lambda rows: _peak(server.url(rows)),
        "page held": lambda rows: _held(server.url(rows)),
        "gathered": lambda calls: asyncio.run(_concurrent_gets(server.url(), calls)),
    }


def _peak(url: str) -> float:
    """Return the peak of bytes in use, above the start, while iterating over all components."""
    with cachet_sdk.Client(url, "token") as client:
        client.components.get(1)  # the connection and the models are set up before
        tracemalloc.start()
        try:
            start, _ = tracemalloc.get_traced_memory()
            deque(client.components.list(per_page=100), maxlen=0)
            return tracemalloc.get_traced_memory()[1] - start
        finally:
            tracemalloc.stop()


def _held(url: str) -> float:
    """Return the bytes in use, above the start, while one page of components is held."""
    with cachet_sdk.Client(url, "token") as client:
        client.components.get(1)
        tracemalloc.start()
        try:
            start, _ = tracemalloc.get_traced_memory()
            rows = client.components.list(per_page=100)
            page = list(islice(rows, 100))
            held = tracemalloc.get_traced_memory()[0] - start
            assert len(page) == 100
            return held
        finally:
            tracemalloc.stop()


async def _concurrent_gets(url: str, calls: int) -> float:
    async with cachet_sdk.AsyncClient(url, "token", limits=LIMITS) as client:
        await client.components.get(1)
        start = time.perf_counter()
        await asyncio.gather(*[client.components.get(1) for _ in range(calls)])
        return time.perf_counter() - start


if __name__ == "__main__":
    serve(make_workloads)
