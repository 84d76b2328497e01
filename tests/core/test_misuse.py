"""Clients, maintenance windows and lists in the wrong kind of statement. Not generated: it is about both kinds."""

from __future__ import annotations

import re
from collections.abc import AsyncIterable, Awaitable, Iterable
from typing import Any

import pytest

from cachet_sdk.testing import FakeCachet

versions = pytest.mark.parametrize("version", ["1", "3"])


@versions
def test_the_error_for_with_on_an_async_object_suggests_async_with(version: Any) -> None:
    client: Any = FakeCachet(version=version).async_client()
    window = client.maintenance("Disks", message="m", components=[1], duration=60)
    for one in (client, window):
        with pytest.raises(TypeError, match=re.escape("is asynchronous: write 'async with' instead of 'with'")):
            with one:
                pass


@versions
async def test_the_error_for_async_with_on_a_sync_object_suggests_with(version: Any) -> None:
    client: Any = FakeCachet(version=version).client()
    window = client.maintenance("Disks", message="m", components=[1], duration=60)
    for one, name in ((client, "AsyncClient"), (window, "AsyncMaintenance")):
        with pytest.raises(TypeError, match=f"write 'with' instead of 'async with', or use {name}"):
            async with one:
                pass


@versions
def test_the_error_for_a_for_loop_over_an_async_list_suggests_async_for_and_nothing_is_sent(version: Any) -> None:
    fake: Any = FakeCachet(version=version)
    for use in (list, lambda found: [*found], lambda found: 1 in found, dict.fromkeys):
        with pytest.raises(TypeError, match="resources cannot be indexed"):
            use(fake.async_client().components.list())
    with pytest.raises(TypeError, match="use async for, all"):
        for _ in fake.async_client().components.list():
            pass
    assert not fake.requests


@versions
async def test_frameworks_can_distinguish_sync_and_async_lists(version: Any) -> None:
    """Starlette, for example, streams the two kinds of iterables differently."""
    fake: Any = FakeCachet(version=version)
    sync_list, async_list = fake.client().components.list(), fake.async_client().components.list()
    assert isinstance(sync_list, Iterable)
    assert not isinstance(sync_list, AsyncIterable | Awaitable)
    assert isinstance(async_list, AsyncIterable)
    assert not isinstance(async_list, Iterable | Awaitable)
