"""Subscribers and their subscriptions: made, listed and deleted."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from cachet_sdk import AuthenticationError, NotFoundError, UnsupportedError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.aio.client import AsyncClient
from tests.testing.api import Clock


async def test_a_subscriber_has_everything_that_it_was_made_with(clock: Clock) -> None:
    async with FakeCachet(clock=clock).async_client() as client:
        for name in "AB":
            await client.components.create(name=name, status=1)
        made = await client.subscribers.create(email="a@example.com", components=[2])
        found = await anext(client.subscribers.list())
        for subscriber in (made, found):
            assert (subscriber.id, subscriber.email, subscriber.is_global) == (1, "a@example.com", True)
            assert len(subscriber.verify_code) == 42
            assert subscriber.created_at == datetime(2026, 11, 23, 10, 58, 24)
            assert subscriber.verified_at == datetime(2026, 11, 23)
            assert subscriber.is_verified
            assert [it.component_id for it in subscriber.subscriptions] == [2]
            assert (subscriber.phone_number, subscriber.slack_webhook_url) == (None, None)


async def test_a_subscriber_is_verified_unless_told_otherwise(
    async_client: AsyncClient, fake_cachet: FakeCachet
) -> None:
    await async_client.subscribers.create(email="a@example.com")
    assert json.loads(fake_cachet.requests[-1].body) == {"email": "a@example.com", "verify": True}
    await async_client.subscribers.create(email="b@example.com", verify=False)
    assert json.loads(fake_cachet.requests[-1].body)["verify"] is False


async def test_no_components_are_all_components(async_client: AsyncClient) -> None:
    for name in "AB":
        await async_client.components.create(name=name, status=1)
    made = await async_client.subscribers.create(email="a@example.com")
    assert [it.component_id for it in made.subscriptions] == [1, 2]


async def test_a_known_address_is_given_as_it_is(async_client: AsyncClient) -> None:
    made = await async_client.subscribers.create(email="a@example.com")
    again = await async_client.subscribers.create(email="a@example.com", verify=False)
    assert (again.id, again.is_verified, await async_client.subscribers.count()) == (made.id, True, 1)


async def test_subscribers_are_listed_page_by_page(async_client: AsyncClient) -> None:
    for number in range(1, 8):
        await async_client.subscribers.create(email=f"{number}@example.com")
    assert [it.id async for it in async_client.subscribers.list(per_page=3)] == [1, 2, 3, 4, 5, 6, 7]
    assert [it.id async for it in async_client.subscribers.list(2, 3)] == [4, 5, 6, 7]
    assert await async_client.subscribers.count() == 7


async def test_a_subscriber_is_deleted_by_itself_and_by_id(async_client: AsyncClient) -> None:
    first = await async_client.subscribers.create(email="a@example.com")
    second = await async_client.subscribers.create(email="b@example.com")
    await first.delete()
    await async_client.subscribers.delete(second.id)
    assert await async_client.subscribers.count() == 0
    with pytest.raises(NotFoundError, match="Subscriber"):
        await async_client.subscribers.delete(1)


async def test_a_subscription_is_deleted_alone(async_client: AsyncClient) -> None:
    for name in "AB":
        await async_client.components.create(name=name, status=1)
    made = await async_client.subscribers.create(email="a@example.com")
    await async_client.subscriptions.delete(made.subscriptions[0].id)
    found = await anext(async_client.subscribers.list())
    assert [it.component_id for it in found.subscriptions] == [2]
    with pytest.raises(NotFoundError, match="Subscription"):
        await async_client.subscriptions.delete(made.subscriptions[0].id)


async def test_changing_a_subscriber_is_refused_since_the_server_cannot(
    async_client: AsyncClient, fake_cachet: FakeCachet
) -> None:
    made = await async_client.subscribers.create(email="a@example.com")
    fake_cachet.requests.clear()
    with pytest.raises(UnsupportedError, match="cannot change a subscriber"):
        await made.update()
    assert not fake_cachet.requests
    # Nothing of it can be set, so there is nothing to save either.
    assert await made.save() is made


async def test_instances_come_back_from_dicts_and_json(async_client: AsyncClient) -> None:
    made = await async_client.subscribers.create(email="a@example.com")
    assert async_client.subscribers.instance_from_dict(made.attrs) == made
    assert async_client.subscribers.instance_list_from_json(f"[{made.to_json()}]") == [made]
    await async_client.subscribers.instance_from_json(made.to_json()).delete()
    assert await async_client.subscribers.count() == 0


async def test_subscribers_need_a_valid_token(fake_cachet: FakeCachet) -> None:
    async with fake_cachet.async_client(api_token="wrong") as client:
        with pytest.raises(AuthenticationError, match="Authentication is required"):
            await client.subscribers.count()
        with pytest.raises(AuthenticationError):
            await anext(client.subscribers.list())
        with pytest.raises(AuthenticationError):
            await client.subscribers.create(email="a@example.com")
