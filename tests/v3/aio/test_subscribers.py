"""Subscribers: create, read, list, update and delete."""

from __future__ import annotations

import pytest

from cachet_sdk import ArgumentError, AuthenticationError, NotFoundError, ServerError
from cachet_sdk.v3.aio.client import AsyncClient


async def test_create_stores_every_field(async_client: AsyncClient) -> None:
    component = await async_client.components.create(name="API", status=1)
    created = await async_client.subscribers.create(
        email="a@example.com", is_global=False, components=[component.id], verified=True, meta={"k": "v"}
    )
    found = await async_client.subscribers.get(created.id, include=("components", "meta"))
    for subscriber in (created, found):
        assert (subscriber.email, subscriber.is_global, subscriber.verified) == ("a@example.com", False, True)
        assert subscriber.verified_at == created.created_at
    assert found.meta == {"k": "v"}
    assert [it.name for it in found.components or ()] == ["API"]


async def test_creating_a_known_address_returns_the_existing_subscriber(async_client: AsyncClient) -> None:
    created = await async_client.subscribers.create(email="a@example.com", verified=True)
    again = await async_client.subscribers.create(email="a@example.com", is_global=False)
    assert (again.id, again.is_global, again.verified) == (created.id, True, True)


async def test_an_invalid_address_is_refused(async_client: AsyncClient) -> None:
    with pytest.raises(ArgumentError, match="email"):
        await async_client.subscribers.create(email="example.com")


async def test_a_subscriber_can_be_updated(async_client: AsyncClient) -> None:
    created = await async_client.subscribers.create(email="a@example.com", verified=True)
    created.is_global = False
    await created.save()
    assert (created.is_global, created.verified) == (False, True)
    updated = await async_client.subscribers.update(created.id, email="b@example.com")
    assert (updated.email, updated.verified) == ("b@example.com", False)


async def test_changing_to_the_address_of_another_subscriber_raises_a_server_error(async_client: AsyncClient) -> None:
    first, _ = [await async_client.subscribers.create(email=f"{name}@example.com", verified=True) for name in "ab"]
    with pytest.raises(ServerError):
        await async_client.subscribers.update(first.id, email="b@example.com")


async def test_visitors_cannot_read_subscribers(async_visitor: AsyncClient) -> None:
    with pytest.raises(AuthenticationError):
        [it async for it in async_visitor.subscribers.list()]


async def test_subscribers_can_be_listed_and_counted(async_client: AsyncClient) -> None:
    for name, is_global in (("a", True), ("b", False)):
        await async_client.subscribers.create(email=f"{name}@example.com", is_global=is_global, verified=True)
    assert [it.email async for it in async_client.subscribers.list(is_global=False)] == ["b@example.com"]
    assert [it.email async for it in async_client.subscribers.list(email="a@")] == ["a@example.com"]
    assert await async_client.subscribers.count() == 2
    await async_client.subscribers.delete(1)
    with pytest.raises(NotFoundError):
        await async_client.subscribers.get(1)
