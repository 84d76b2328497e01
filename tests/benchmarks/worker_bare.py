"""The workloads of bare httpx with `json.loads`: the least code that users of httpx would write."""

from __future__ import annotations

import asyncio
import json
import time

import httpx

from tests.benchmarks.fresh import importing
from tests.benchmarks.protocol import ServerAddress, Workload, repeated, serve

LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20)
HEADERS = {"X-Cachet-Token": "token"}


def make_workloads(server: ServerAddress) -> dict[str, Workload]:
    client = httpx.Client(headers=HEADERS)

    def listing(rows: int) -> Workload:
        url = server.url(rows) + "/components"

        def read_all() -> None:
            read, page, pages = 0, 1, 1
            while page <= pages:
                answer = json.loads(client.get(url, params={"page": page, "per_page": 100}).content)
                read += len(answer["data"])
                pages = answer["meta"]["pagination"]["total_pages"]
                page += 1
            assert read == rows

        return repeated(read_all)

    transport = httpx.HTTPTransport(limits=LIMITS)

    def get_by_transport() -> None:
        request = httpx.Request("GET", server.url() + "/components/1", headers=HEADERS)
        response = transport.handle_request(request)
        try:
            json.loads(response.read())
        finally:
            response.close()

    cachet_3 = server.url(100).removesuffix("/v1") + "/components"

    def list_cachet_3() -> None:
        answer = json.loads(client.get(cachet_3, params={"page": 1, "per_page": 100}).content)
        assert len(answer["data"]) == 100

    def gathered(calls: int, at_once: int | None) -> float:
        return asyncio.run(_concurrent_gets(server.url() + "/components/1", calls, at_once))

    return {
        "get": repeated(lambda: json.loads(client.get(server.url() + "/components/1").content)),
        "get by transport": repeated(get_by_transport),
        "list 100": listing(100),
        "list 1000": listing(1000),
        "list 10000": listing(10_000),
        "get cachet 3": repeated(lambda: json.loads(client.get(cachet_3 + "/1").content)),
        "list 100 cachet 3": repeated(list_cachet_3),
        "gathered": lambda calls: gathered(calls, None),
        "gathered behind a semaphore": lambda calls: gathered(calls, 100),
        "import": importing("import httpx, pydantic"),
        "first client": importing("import httpx, pydantic; httpx.Client()"),
        "import with BaseModel": importing("import httpx; from pydantic import BaseModel"),
    }


async def _concurrent_gets(url: str, calls: int, at_once: int | None) -> float:
    # httpx's pool slows down quadratically with the requests waiting in it; `at_once` makes them wait outside.
    semaphore = asyncio.Semaphore(at_once or calls)
    async with httpx.AsyncClient(headers=HEADERS, limits=LIMITS, timeout=None) as client:

        async def get() -> object:
            async with semaphore:
                return json.loads((await client.get(url)).content)

        await get()
        start = time.perf_counter()
        await asyncio.gather(*[get() for _ in range(calls)])
        return time.perf_counter() - start


if __name__ == "__main__":
    serve(make_workloads)
