"""The workloads of `cachethq-client` (urllib3, generated code). Runs in the peers' interpreter."""

from __future__ import annotations

import importlib
from typing import Any

from tests.benchmarks.protocol import ServerAddress, Workload, repeated, serve


def make_workloads(server: ServerAddress) -> dict[str, Workload]:
    cachethq_client = importlib.import_module("cachethq_client")

    def api(url: str) -> Any:
        configuration = cachethq_client.Configuration()
        configuration.host = url
        configuration.api_key["X-Cachet-Token"] = "token"
        return cachethq_client.ComponentsApi(cachethq_client.ApiClient(configuration))

    near = api(server.url())

    def listing(rows: int) -> Workload:
        components = api(server.url(rows))

        def read_all() -> None:
            # It does not follow pages: its users write this loop.
            read, page, pages = 0, 1, 1
            while page <= pages:
                answer = components.get_components(page=page, per_page=100)
                read += len(answer.data)
                pages = answer.meta.pagination.total_pages
                page += 1
            assert read == rows

        return repeated(read_all)

    return {
        "get": repeated(lambda: near.get_component_by_id(1)),
        "list 100": listing(100),
        "list 1000": listing(1000),
        "list 10000": listing(10_000),
    }


if __name__ == "__main__":
    serve(make_workloads)
