# Made by "make sync" from aio/test_subscribers.py: edit that file instead of this one.
"""Subscribers and their subscriptions: made, listed and deleted."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from cachet_sdk import AuthenticationError, NotFoundError, UnsupportedError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.client import Client
from tests.testing.api import Clock


def test_a_subscriber_has_everything_that_it_was_made_with(clock: Clock) -> None:
    with FakeCachet(clock=clock).client() as client:
        for name in "AB":
            client.components.create(name=name, status=1)
        made = client.subscribers.create(email="a@example.com", components=[2])
        found = next(client.subscribers.list())
        for subscriber in (made, found):
            assert (subscriber.id, subscriber.email, subscriber.is_global) == (1, "a@example.com", True)
            assert len(subscriber.verify_code) == 42
            assert subscriber.created_at == datetime(2026, 11, 23, 10, 58, 24)
            assert subscriber.verified_at == datetime(2026, 11, 23)
            assert subscriber.is_verified
            assert [it.component_id for it in subscriber.subscriptions] == [2]
            assert (subscriber.phone_number, subscriber.slack_webhook_url) == (None, None)


def test_a_subscriber_is_verified_unless_told_otherwise(client: Client, fake_cachet: FakeCachet) -> None:
    client.subscribers.create(email="a@example.com")
    assert json.loads(fake_cachet.requests[-1].body) == {"email": "a@example.com", "verify": True}
    client.subscribers.create(email="b@example.com", verify=False)
    assert json.loads(fake_cachet.requests[-1].body)["verify"] is False


def test_no_components_are_all_components(client: Client) -> None:
    for name in "AB":
        client.components.create(name=name, status=1)
    made = client.subscribers.create(email="a@example.com")
    assert [it.component_id for it in made.subscriptions] == [1, 2]


def test_a_known_address_is_given_as_it_is(client: Client) -> None:
    made = client.subscribers.create(email="a@example.com")
    again = client.subscribers.create(email="a@example.com", verify=False)
    assert (again.id, again.is_verified, client.subscribers.count()) == (made.id, True, 1)


def test_subscribers_are_listed_page_by_page(client: Client) -> None:
    for number in range(1, 8):
        client.subscribers.create(email=f"{number}@example.com")
    assert [it.id for it in client.subscribers.list(per_page=3)] == [1, 2, 3, 4, 5, 6, 7]
    assert [it.id for it in client.subscribers.list(2, 3)] == [4, 5, 6, 7]
    assert client.subscribers.count() == 7


def test_a_subscriber_is_deleted_by_itself_and_by_id(client: Client) -> None:
    first = client.subscribers.create(email="a@example.com")
    second = client.subscribers.create(email="b@example.com")
    first.delete()
    client.subscribers.delete(second.id)
    assert client.subscribers.count() == 0
    with pytest.raises(NotFoundError, match="Subscriber"):
        client.subscribers.delete(1)


def test_a_subscription_is_deleted_alone(client: Client) -> None:
    for name in "AB":
        client.components.create(name=name, status=1)
    made = client.subscribers.create(email="a@example.com")
    client.subscriptions.delete(made.subscriptions[0].id)
    found = next(client.subscribers.list())
    assert [it.component_id for it in found.subscriptions] == [2]
    with pytest.raises(NotFoundError, match="Subscription"):
        client.subscriptions.delete(made.subscriptions[0].id)


def test_changing_a_subscriber_is_refused_since_the_server_cannot(client: Client, fake_cachet: FakeCachet) -> None:
    made = client.subscribers.create(email="a@example.com")
    fake_cachet.requests.clear()
    with pytest.raises(UnsupportedError, match="cannot change a subscriber"):
        made.update()
    assert not fake_cachet.requests
    # Nothing of it can be set, so there is nothing to save either.
    assert made.save() is made


def test_instances_come_back_from_dicts_and_json(client: Client) -> None:
    made = client.subscribers.create(email="a@example.com")
    assert client.subscribers.instance_from_dict(made.attrs) == made
    assert client.subscribers.instance_list_from_json(f"[{made.to_json()}]") == [made]
    client.subscribers.instance_from_json(made.to_json()).delete()
    assert client.subscribers.count() == 0


def test_subscribers_need_a_valid_token(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client(api_token="wrong") as client:
        with pytest.raises(AuthenticationError, match="Authentication is required"):
            client.subscribers.count()
        with pytest.raises(AuthenticationError):
            next(client.subscribers.list())
        with pytest.raises(AuthenticationError):
            client.subscribers.create(email="a@example.com")
