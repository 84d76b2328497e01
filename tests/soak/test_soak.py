"""A short soak; ``make soak`` runs 200,000 requests."""

from __future__ import annotations

from tests.soak.run import Reading, soak, soak_async


def test_a_blocking_client_does_not_grow() -> None:
    assert not Reading.grew(soak(500))


async def test_an_asyncio_client_does_not_grow() -> None:
    assert not Reading.grew(await soak_async(500))
