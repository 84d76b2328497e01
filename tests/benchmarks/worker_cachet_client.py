"""The works of `cachet-client` (requests): run by the peers' interpreter; of ours it imports only `protocol`."""

from __future__ import annotations

import importlib

from tests.benchmarks.protocol import Place, Work, repeated, serve


def make_works(place: Place) -> dict[str, Work]:
    # Imported by name: the package is only in the peers' environment, where no type checker looks.
    cachetclient = importlib.import_module("cachetclient")
    near = cachetclient.Client(place.url(), "token")
    far = cachetclient.Client(place.url(rows=10_000, delay=20), "token")

    def listing(rows: int) -> Work:
        client = cachetclient.Client(place.url(rows), "token")

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
    serve(make_works)
