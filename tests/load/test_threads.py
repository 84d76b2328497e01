"""Many threads on one sync client: every request is processed once, and the final counts are exact."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

import cachet_sdk
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.client import Client

THREADS = 64
ROUNDS = 6


def work(client: Client, number: int) -> int:
    """Create, read, update and list. Leave one component, and all metric points."""
    for turn in range(ROUNDS):
        component = client.components.create(name=f"{number}-{turn}", status=1)
        assert client.components.get(component.id).name == f"{number}-{turn}"
        assert client.components.update(component.id, status=4).status == 4
        client.metric_points.create(metric_id=1, value=number * ROUNDS + turn)
        if turn:
            component.delete()
    assert next(client.components.list(per_page=5)).id > 0
    return number


@pytest.mark.parametrize("served", [False, True], ids=["in memory", "on a socket"])
def test_64_threads_share_one_client(fake_cachet: FakeCachet, served: bool) -> None:
    with fake_cachet.serve() as server:
        client = client_of(fake_cachet, server.endpoint if served else None)
        with client, ThreadPoolExecutor(THREADS) as pool:
            client.metrics.create(name="Load", suffix="x")
            assert sorted(pool.map(lambda number: work(client, number), range(THREADS))) == list(range(THREADS))
            assert client.components.count() == THREADS
            assert {component.name for component in client.components.list(per_page=100)} == {
                f"{number}-0" for number in range(THREADS)
            }
            assert client.metric_points.count(1) == THREADS * ROUNDS


def client_of(fake: FakeCachet, endpoint: str | None) -> Client:
    """Return a client of the embedded Cachet, in memory or through a socket."""
    return fake.client() if endpoint is None else cachet_sdk.Client(endpoint, fake.token)
