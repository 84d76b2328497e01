"""Hundreds of tasks on one async client: every request is processed once, and the final counts are exact."""

from __future__ import annotations

import asyncio

import httpx
import pytest

import cachet_sdk
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.aio.client import AsyncClient


async def work(client: AsyncClient, number: int) -> None:
    component = await client.components.create(name=str(number), status=1)
    if number % 2:
        assert (await client.components.update(component.id, status=3)).status == 3
        await component.delete()
    else:
        assert (await client.components.get(component.id)).name == str(number)


@pytest.mark.parametrize(("served", "tasks"), [(False, 1000), (True, 150)], ids=["in memory", "on a socket"])
async def test_many_tasks_share_one_client(fake_cachet: FakeCachet, served: bool, tasks: int) -> None:
    with fake_cachet.serve() as server:
        # Fewer connections than the default, because httpcore's pool compares each of them with all others.
        factory = (
            cachet_sdk.AsyncClient(server.endpoint, fake_cachet.token, limits=httpx.Limits(max_connections=30))
            if served
            else fake_cachet.async_client()
        )
        async with factory as client:
            await asyncio.gather(*(work(client, number) for number in range(tasks)))
            remaining = [component.name async for component in client.components.list(per_page=200, prefetch=2)]
    assert sorted(remaining, key=int) == [str(number) for number in range(0, tasks, 2)]
