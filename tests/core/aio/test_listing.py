"""Lists are generators, and their errors say how to use them."""

from __future__ import annotations

import copy
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.aio.client import AsyncClient


@pytest.fixture
async def three(async_client: AsyncClient) -> AsyncClient:
    for name in "ABC":
        await async_client.components.create(name=name, status=1)
    return async_client


async def test_a_list_is_a_generator_that_reads_page_by_page(three: AsyncClient, fake_cachet: FakeCachet) -> None:
    fake_cachet.requests.clear()
    found = three.components.list(per_page=1)
    assert isinstance(found, AsyncGenerator)
    assert (await anext(found)).name == "A"
    assert len(fake_cachet.requests) == 1
    assert [it.name async for it in found] == ["B", "C"]
    assert [it.name async for it in found] == []


async def test_all_and_first_read_a_list_in_one_call(three: AsyncClient, fake_cachet: FakeCachet) -> None:
    assert [it.name for it in await three.components.list(per_page=2).all()] == ["A", "B", "C"]
    fake_cachet.requests.clear()
    found = three.components.list(per_page=1)
    first = await found.first()
    assert first is not None
    assert first.name == "A"
    assert len(fake_cachet.requests) == 1
    assert await found.all() == []  # it was closed
    assert await three.incidents.list().first() is None


async def test_the_error_for_an_unsupported_operation_says_what_to_use(
    three: AsyncClient, fake_cachet: FakeCachet
) -> None:
    fake_cachet.requests.clear()
    found: Any = three.components.list()
    with pytest.raises(TypeError, match=r"a list of Component resources has no length .* use the manager's count\(\)"):
        len(found)
    with pytest.raises(TypeError, match="no length or truth value"):
        bool(found)
    for position in (0, slice(2)):
        with pytest.raises(TypeError, match="a list of Component resources cannot be indexed; use .*for, all"):
            found[position]
    assert repr(found).startswith("<list of Component resources, read lazily; iterate over it, or use all() or first()")
    assert not fake_cachet.requests


async def test_a_list_can_be_closed_and_thrown_into_like_a_generator(three: AsyncClient) -> None:
    found = three.components.list()
    assert (await found.asend(None)).name == "A"
    with pytest.raises(KeyError, match="stop"):
        await found.athrow(KeyError("stop"))
    closed = three.components.list()
    await closed.aclose()
    assert await closed.all() == []


async def test_a_notebook_shows_a_table_whose_values_are_escaped(async_client: AsyncClient) -> None:
    component = await async_client.components.create(name="<b>API</b>", status=1)
    table = copy.copy(component)._repr_html_()
    assert "<th>name</th><td>&lt;b&gt;API&lt;/b&gt;</td>" in table
    assert table.startswith(f"<table><caption>{type(component).__name__}</caption>")
