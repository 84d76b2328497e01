"""The private attributes of httpx and httpcore that the SDK replaces, because there is no public way."""

from __future__ import annotations

import httpx

from cachet_sdk.core.http.connection import make_interruptible
from cachet_sdk.core.http.deadline import DeadlineBackend, limit_reads, limit_reads_of_client


def test_httpx_still_has_the_private_attributes_that_are_replaced() -> None:
    """The only test that reads private attributes. Other tests prove the effects through public APIs."""
    with httpx.Client(mounts={"http://": httpx.HTTPTransport(), "all://no.example": None}) as client:
        transports = [vars(client)["_transport"], *filter(None, vars(client)["_mounts"].values())]
        pools = [vars(transport)["_pool"] for transport in transports]
        backends = [vars(pool)["_network_backend"] for pool in pools]
        locks = [vars(pool)["_optional_thread_lock"] for pool in pools]
        assert len(pools) == 2
        assert {type(lock).__enter__.__module__ for lock in locks} == {"httpcore._synchronization"}

        for _ in range(2):
            limit_reads_of_client(client)
        for transport in transports:
            make_interruptible(transport)

        for pool, backend in zip(pools, backends, strict=True):
            replaced = vars(pool)["_network_backend"]
            assert isinstance(replaced, DeadlineBackend)
            assert vars(replaced)["_backend"] is backend  # the second time changes nothing
            assert vars(pool)["_optional_thread_lock"].acquire(blocking=False)
            vars(pool)["_optional_thread_lock"].release()


def test_an_httpx_without_these_attributes_is_left_unchanged() -> None:
    class Renamed(httpx.HTTPTransport):
        def __init__(self) -> None:
            """Create none of httpx's attributes."""

    transport = Renamed()

    limit_reads(transport)
    make_interruptible(transport)
    assert vars(transport) == {}
