"""Subscribers and their subscriptions: create, list and delete."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from cachet_sdk import AuthenticationError, NotFoundError, UnsupportedError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.aio.client import AsyncClient
from tests.testing.api import Clock


async def test_create_stores_every_field(clock: Clock) -> None:
    async with FakeCachet(clock=clock).async_client() as client:
        for name in "AB":
            await client.components.create(name=name, status=1)
        created = await client.subscribers.create(email="a@example.com", components=[2])
        found = await anext(client.subscribers.list())
        for subscriber in (created, found):
            assert (subscriber.id, subscriber.email, subscriber.is_global) == (1, "a@example.com", True)
            assert len(subscriber.verify_code) == 42
            assert subscriber.created_at == datetime(2026, 11, 23, 10, 58, 24)
            assert subscriber.verified_at == datetime(2026, 11, 23)
            assert subscriber.is_verified
            assert [it.component_id for it in subscriber.subscriptions] == [2]
            assert (subscriber.phone_number, subscriber.slack_webhook_url) == (None, None)


async def test_a_subscriber_is_verified_by_default(async_client: AsyncClient, fake_cachet: FakeCachet) -> None:
    await async_client.subscribers.create(email="a@example.com")
    assert json.loads(fake_cachet.requests[-1].body) == {"email": "a@example.com", "verify": True}
    await async_client.subscribers.create(email="b@example.com", verify=False)
    assert json.loads(fake_cachet.requests[-1].body)["verify"] is False


async def test_without_components_a_subscriber_is_subscribed_to_all(async_client: AsyncClient) -> None:
    for name in "AB":
        await async_client.components.create(name=name, status=1)
    created = await async_client.subscribers.create(email="a@example.com")
    assert [it.component_id for it in created.subscriptions] == [1, 2]


async def test_creating_a_known_address_returns_the_existing_subscriber(async_client: AsyncClient) -> None:
    created = await async_client.subscribers.create(email="a@example.com")
    again = await async_client.subscribers.create(email="a@example.com", verify=False)
    assert (again.id, again.is_verified, await async_client.subscribers.count()) == (created.id, True, 1)


async def test_subscribers_are_listed_page_by_page(async_client: AsyncClient) -> None:
    for number in range(1, 8):
        await async_client.subscribers.create(email=f"{number}@example.com")
    assert [it.id async for it in async_client.subscribers.list(per_page=3)] == [1, 2, 3, 4, 5, 6, 7]
    assert [it.id async for it in async_client.subscribers.list(2, 3)] == [4, 5, 6, 7]
    assert await async_client.subscribers.count() == 7


async def test_a_subscriber_can_be_deleted_by_method_and_by_id(async_client: AsyncClient) -> None:
    first = await async_client.subscribers.create(email="a@example.com")
    second = await async_client.subscribers.create(email="b@example.com")
    await first.delete()
    await async_client.subscribers.delete(second.id)
    assert await async_client.subscribers.count() == 0
    with pytest.raises(NotFoundError, match="Subscriber"):
        await async_client.subscribers.delete(1)


async def test_a_single_subscription_can_be_deleted(async_client: AsyncClient) -> None:
    for name in "AB":
        await async_client.components.create(name=name, status=1)
    created = await async_client.subscribers.create(email="a@example.com")
    await async_client.subscriptions.delete(created.subscriptions[0].id)
    found = await anext(async_client.subscribers.list())
    assert [it.component_id for it in found.subscriptions] == [2]
    with pytest.raises(NotFoundError, match="Subscription"):
        await async_client.subscriptions.delete(created.subscriptions[0].id)


async def test_updating_a_subscriber_is_refused_because_the_server_does_not_support_it(
    async_client: AsyncClient, fake_cachet: FakeCachet
) -> None:
    created = await async_client.subscribers.create(email="a@example.com")
    fake_cachet.requests.clear()
    with pytest.raises(UnsupportedError, match="cannot change a subscriber"):
        await created.update()
    assert not fake_cachet.requests
    # No field can be set, so save has nothing to send.
    assert await created.save() is created
    assert not fake_cachet.requests


async def test_instances_are_restored_from_dicts_and_json(async_client: AsyncClient) -> None:
    created = await async_client.subscribers.create(email="a@example.com")
    assert async_client.subscribers.instance_from_dict(created.attrs) == created
    assert async_client.subscribers.instance_list_from_json(f"[{created.to_json()}]") == [created]
    await async_client.subscribers.instance_from_json(created.to_json()).delete()
    assert await async_client.subscribers.count() == 0


async def test_subscribers_need_a_valid_token(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client(api_token="wrong") as client:
        with pytest.raises(AuthenticationError, match="Authentication is required"):
            await client.subscribers.count()
        with pytest.raises(AuthenticationError):
            await anext(client.subscribers.list())
        with pytest.raises(AuthenticationError):
            await client.subscribers.create(email="a@example.com")
