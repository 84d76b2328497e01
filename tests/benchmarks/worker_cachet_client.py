"""The workloads of `cachet-client` (requests). Runs in the peers' interpreter, without this package."""

from __future__ import annotations

import importlib

from tests.benchmarks.protocol import ServerAddress, Workload, repeated, serve


def make_workloads(server: ServerAddress) -> dict[str, Workload]:
    # Imported by name: the package is only in the peers' environment, which type checkers do not see.
    cachetclient = importlib.import_module("cachetclient")
    near = cachetclient.Client(server.url(), "token")
    far = cachetclient.Client(server.url(rows=10_000, delay=20), "token")

    def listing(rows: int) -> Workload:
        client = cachetclient.Client(server.url(rows), "token")

        def read_all() -> None:
            assert sum(1 for _ in client.components.list(per_page=100)) == rows

        return repeated(read_all)

    def far_subscribers() -> None:
        assert sum(1 for _ in far.subscribers.list(per_page=100)) == 10_000

    return {
        "get": repeated(lambda: near.components.get(1)),
        "list 100": listing(100),
        "list 1000": listing(1000),
        "list 10000": listing(10_000),
        "create": repeated(lambda: near.components.create(name="Public web site", status=1)),
        "update": repeated(lambda: near.components.update(1, status=2)),
        "far subscribers": repeated(far_subscribers),
        "far points": repeated(lambda: far.metric_points.create(metric_id=1, value=12)),
    }


if __name__ == "__main__":
    serve(make_workloads)
