"""Clients, windows of maintenance and lists used with the wrong kind of statement. By hand, since it is about both."""

from __future__ import annotations

import re
from collections.abc import AsyncIterable, Awaitable, Iterable
from typing import Any

import pytest

from cachet_sdk.testing import FakeCachet

versions = pytest.mark.parametrize("version", ["1", "3"])


@versions
def test_a_with_statement_of_an_asynchronous_object_names_async_with(version: Any) -> None:
    client: Any = FakeCachet(version=version).async_client()
    window = client.maintenance("Disks", message="m", components=[1], duration=60)
    for one in (client, window):
        with pytest.raises(TypeError, match=re.escape("is asynchronous: write 'async with' instead of 'with'")):
            with one:
                pass


@versions
async def test_an_async_with_statement_of_a_blocking_object_names_with(version: Any) -> None:
    client: Any = FakeCachet(version=version).client()
    window = client.maintenance("Disks", message="m", components=[1], duration=60)
    for one, name in ((client, "AsyncClient"), (window, "AsyncMaintenance")):
        with pytest.raises(TypeError, match=f"write 'with' instead of 'async with', or use {name}"):
            async with one:
                pass


@versions
def test_a_for_loop_over_an_asynchronous_list_names_async_for_and_sends_nothing(version: Any) -> None:
    fake: Any = FakeCachet(version=version)
    for use in (list, lambda found: [*found], lambda found: 1 in found, dict.fromkeys):
        with pytest.raises(TypeError, match="resources cannot be indexed"):
            use(fake.async_client().components.list())
    with pytest.raises(TypeError, match="use async for, all"):
        for _ in fake.async_client().components.list():
            pass
    assert not fake.requests


@versions
async def test_lists_are_to_frameworks_what_they_are(version: Any) -> None:
    """Such as to Starlette, which streams what it takes for an asynchronous iterable in another way."""
    fake: Any = FakeCachet(version=version)
    blocking, asynchronous = fake.client().components.list(), fake.async_client().components.list()
    assert isinstance(blocking, Iterable)
    assert not isinstance(blocking, AsyncIterable | Awaitable)
    assert isinstance(asynchronous, AsyncIterable)
    assert not isinstance(asynchronous, Iterable | Awaitable)
