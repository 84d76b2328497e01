"""A task that is cancelled inside a maintenance block."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from cachet_sdk.testing import FakeCachet


@pytest.mark.parametrize("version", ["1", "3"])
async def test_a_cancelled_block_closes_its_maintenance_window(version: Any) -> None:
    fake: FakeCachet[Any, Any] = FakeCachet(version=version)
    async with fake.async_client() as client:
        is_open = asyncio.Event()

        async def maintain() -> None:
            async with client.maintenance("New disks", message="One by one"):
                is_open.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(maintain())
        await asyncio.wait_for(is_open.wait(), 10)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await client.schedules.get(1)).status == 2
