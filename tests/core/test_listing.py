# Made by "make sync" from aio/test_listing.py: edit that file instead of this one.
"""Lists are generators, and their errors say how to use them."""

from __future__ import annotations

import copy
from collections.abc import Generator
from typing import Any

import pytest

from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.client import Client


@pytest.fixture
def three(client: Client) -> Client:
    for name in "ABC":
        client.components.create(name=name, status=1)
    return client


def test_a_list_is_a_generator_that_reads_page_by_page(three: Client, fake_cachet: FakeCachet) -> None:
    fake_cachet.requests.clear()
    found = three.components.list(per_page=1)
    assert isinstance(found, Generator)
    assert (next(found)).name == "A"
    assert len(fake_cachet.requests) == 1
    assert [it.name for it in found] == ["B", "C"]
    assert [it.name for it in found] == []


def test_all_and_first_read_a_list_in_one_call(three: Client, fake_cachet: FakeCachet) -> None:
    assert [it.name for it in three.components.list(per_page=2).all()] == ["A", "B", "C"]
    fake_cachet.requests.clear()
    found = three.components.list(per_page=1)
    first = found.first()
    assert first is not None
    assert first.name == "A"
    assert len(fake_cachet.requests) == 1
    assert found.all() == []  # it was closed
    assert three.incidents.list().first() is None


def test_the_error_for_an_unsupported_operation_says_what_to_use(three: Client, fake_cachet: FakeCachet) -> None:
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


def test_a_list_can_be_closed_and_thrown_into_like_a_generator(three: Client) -> None:
    found = three.components.list()
    assert (found.send(None)).name == "A"
    with pytest.raises(KeyError, match="stop"):
        found.throw(KeyError("stop"))
    closed = three.components.list()
    closed.close()
    assert closed.all() == []


def test_a_notebook_shows_a_table_whose_values_are_escaped(client: Client) -> None:
    component = client.components.create(name="<b>API</b>", status=1)
    table = copy.copy(component)._repr_html_()
    assert "<th>name</th><td>&lt;b&gt;API&lt;/b&gt;</td>" in table
    assert table.startswith(f"<table><caption>{type(component).__name__}</caption>")
