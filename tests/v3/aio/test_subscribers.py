"""Subscribers: made, read, listed, changed and deleted, while they are listed too."""

from __future__ import annotations

import pytest

from cachet_sdk import ArgumentError, AuthenticationError, NotFoundError, ServerError
from cachet_sdk.v3.aio.client import AsyncClient


async def test_a_subscriber_has_everything_that_it_was_made_with(async_client: AsyncClient) -> None:
    component = await async_client.components.create(name="API", status=1)
    made = await async_client.subscribers.create(
        email="a@example.com", is_global=False, components=[component.id], verified=True, meta={"k": "v"}
    )
    found = await async_client.subscribers.get(made.id, include=("components", "meta"))
    for subscriber in (made, found):
        assert (subscriber.email, subscriber.is_global, subscriber.verified) == ("a@example.com", False, True)
        assert subscriber.verified_at == made.created_at
    assert found.meta == {"k": "v"}
    assert [it.name for it in found.components or ()] == ["API"]


async def test_an_address_that_is_there_is_given_as_it_is(async_client: AsyncClient) -> None:
    made = await async_client.subscribers.create(email="a@example.com", verified=True)
    again = await async_client.subscribers.create(email="a@example.com", is_global=False)
    assert (again.id, again.is_global, again.verified) == (made.id, True, True)


async def test_an_address_that_is_none_is_refused(async_client: AsyncClient) -> None:
    with pytest.raises(ArgumentError, match="email"):
        await async_client.subscribers.create(email="example.com")


async def test_a_subscriber_is_changed(async_client: AsyncClient) -> None:
    made = await async_client.subscribers.create(email="a@example.com", verified=True)
    made.is_global = False
    await made.save()
    assert (made.is_global, made.verified) == (False, True)
    moved = await async_client.subscribers.update(made.id, email="b@example.com")
    assert (moved.email, moved.verified) == ("b@example.com", False)


async def test_an_address_of_another_is_a_failure_of_the_server(async_client: AsyncClient) -> None:
    first, _ = [await async_client.subscribers.create(email=f"{name}@example.com", verified=True) for name in "ab"]
    with pytest.raises(ServerError):
        await async_client.subscribers.update(first.id, email="b@example.com")


async def test_guests_cannot_read_subscribers(async_guest: AsyncClient) -> None:
    with pytest.raises(AuthenticationError):
        [it async for it in async_guest.subscribers.list()]


async def test_subscribers_are_listed_and_counted(async_client: AsyncClient) -> None:
    for name, everything in (("a", True), ("b", False)):
        await async_client.subscribers.create(email=f"{name}@example.com", is_global=everything, verified=True)
    assert [it.email async for it in async_client.subscribers.list(is_global=False)] == ["b@example.com"]
    assert [it.email async for it in async_client.subscribers.list(email="a@")] == ["a@example.com"]
    assert await async_client.subscribers.count() == 2
    await async_client.subscribers.delete(1)
    with pytest.raises(NotFoundError):
        await async_client.subscribers.get(1)
