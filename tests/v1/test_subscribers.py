# Made by "make sync" from aio/test_subscribers.py: edit that file instead of this one.
"""Subscribers and their subscriptions: create, list and delete."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from cachet_sdk import AuthenticationError, NotFoundError, UnsupportedError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.client import Client
from tests.testing.api import Clock


def test_create_stores_every_field(clock: Clock) -> None:
    with FakeCachet(clock=clock).client() as client:
        for name in "AB":
            client.components.create(name=name, status=1)
        created = client.subscribers.create(email="a@example.com", components=[2])
        found = next(client.subscribers.list())
        for subscriber in (created, found):
            assert (subscriber.id, subscriber.email, subscriber.is_global) == (1, "a@example.com", True)
            assert len(subscriber.verify_code) == 42
            assert subscriber.created_at == datetime(2026, 11, 23, 10, 58, 24)
            assert subscriber.verified_at == datetime(2026, 11, 23)
            assert subscriber.is_verified
            assert [it.component_id for it in subscriber.subscriptions] == [2]
            assert (subscriber.phone_number, subscriber.slack_webhook_url) == (None, None)


def test_a_subscriber_is_verified_by_default(client: Client, fake_cachet: FakeCachet) -> None:
    client.subscribers.create(email="a@example.com")
    assert json.loads(fake_cachet.requests[-1].body) == {"email": "a@example.com", "verify": True}
    client.subscribers.create(email="b@example.com", verify=False)
    assert json.loads(fake_cachet.requests[-1].body)["verify"] is False


def test_without_components_a_subscriber_is_subscribed_to_all(client: Client) -> None:
    for name in "AB":
        client.components.create(name=name, status=1)
    created = client.subscribers.create(email="a@example.com")
    assert [it.component_id for it in created.subscriptions] == [1, 2]


def test_creating_a_known_address_returns_the_existing_subscriber(client: Client) -> None:
    created = client.subscribers.create(email="a@example.com")
    again = client.subscribers.create(email="a@example.com", verify=False)
    assert (again.id, again.is_verified, client.subscribers.count()) == (created.id, True, 1)


def test_subscribers_are_listed_page_by_page(client: Client) -> None:
    for number in range(1, 8):
        client.subscribers.create(email=f"{number}@example.com")
    assert [it.id for it in client.subscribers.list(per_page=3)] == [1, 2, 3, 4, 5, 6, 7]
    assert [it.id for it in client.subscribers.list(2, 3)] == [4, 5, 6, 7]
    assert client.subscribers.count() == 7


def test_a_subscriber_can_be_deleted_by_method_and_by_id(client: Client) -> None:
    first = client.subscribers.create(email="a@example.com")
    second = client.subscribers.create(email="b@example.com")
    first.delete()
    client.subscribers.delete(second.id)
    assert client.subscribers.count() == 0
    with pytest.raises(NotFoundError, match="Subscriber"):
        client.subscribers.delete(1)


def test_a_single_subscription_can_be_deleted(client: Client) -> None:
    for name in "AB":
        client.components.create(name=name, status=1)
    created = client.subscribers.create(email="a@example.com")
    client.subscriptions.delete(created.subscriptions[0].id)
    found = next(client.subscribers.list())
    assert [it.component_id for it in found.subscriptions] == [2]
    with pytest.raises(NotFoundError, match="Subscription"):
        client.subscriptions.delete(created.subscriptions[0].id)


def test_updating_a_subscriber_is_refused_because_the_server_does_not_support_it(
    client: Client, fake_cachet: FakeCachet
) -> None:
    created = client.subscribers.create(email="a@example.com")
    fake_cachet.requests.clear()
    with pytest.raises(UnsupportedError, match="cannot change a subscriber"):
        created.update()
    assert not fake_cachet.requests
    # No field can be set, so save has nothing to send.
    assert created.save() is created
    assert not fake_cachet.requests


def test_instances_are_restored_from_dicts_and_json(client: Client) -> None:
    created = client.subscribers.create(email="a@example.com")
    assert client.subscribers.instance_from_dict(created.attrs) == created
    assert client.subscribers.instance_list_from_json(f"[{created.to_json()}]") == [created]
    client.subscribers.instance_from_json(created.to_json()).delete()
    assert client.subscribers.count() == 0


def test_subscribers_need_a_valid_token(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client(api_token="wrong") as client:
        with pytest.raises(AuthenticationError, match="Authentication is required"):
            client.subscribers.count()
        with pytest.raises(AuthenticationError):
            next(client.subscribers.list())
        with pytest.raises(AuthenticationError):
            client.subscribers.create(email="a@example.com")
