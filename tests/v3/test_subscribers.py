# Made by "make sync" from aio/test_subscribers.py: edit that file instead of this one.
"""Subscribers: create, read, list, update and delete."""

from __future__ import annotations

import pytest

from cachet_sdk import ArgumentError, AuthenticationError, NotFoundError, ServerError
from cachet_sdk.v3.client import Client


def test_create_stores_every_field(client: Client) -> None:
    component = client.components.create(name="API", status=1)
    created = client.subscribers.create(
        email="a@example.com", is_global=False, components=[component.id], verified=True, meta={"k": "v"}
    )
    found = client.subscribers.get(created.id, include=("components", "meta"))
    for subscriber in (created, found):
        assert (subscriber.email, subscriber.is_global, subscriber.verified) == ("a@example.com", False, True)
        assert subscriber.verified_at == created.created_at
    assert found.meta == {"k": "v"}
    assert [it.name for it in found.components or ()] == ["API"]


def test_creating_a_known_address_returns_the_existing_subscriber(client: Client) -> None:
    created = client.subscribers.create(email="a@example.com", verified=True)
    again = client.subscribers.create(email="a@example.com", is_global=False)
    assert (again.id, again.is_global, again.verified) == (created.id, True, True)


def test_an_invalid_address_is_refused(client: Client) -> None:
    with pytest.raises(ArgumentError, match="email"):
        client.subscribers.create(email="example.com")


def test_a_subscriber_can_be_updated(client: Client) -> None:
    created = client.subscribers.create(email="a@example.com", verified=True)
    created.is_global = False
    created.save()
    assert (created.is_global, created.verified) == (False, True)
    updated = client.subscribers.update(created.id, email="b@example.com")
    assert (updated.email, updated.verified) == ("b@example.com", False)


def test_changing_to_the_address_of_another_subscriber_raises_a_server_error(client: Client) -> None:
    first, _ = [client.subscribers.create(email=f"{name}@example.com", verified=True) for name in "ab"]
    with pytest.raises(ServerError):
        client.subscribers.update(first.id, email="b@example.com")


def test_visitors_cannot_read_subscribers(visitor: Client) -> None:
    with pytest.raises(AuthenticationError):
        list(visitor.subscribers.list())


def test_subscribers_can_be_listed_and_counted(client: Client) -> None:
    for name, is_global in (("a", True), ("b", False)):
        client.subscribers.create(email=f"{name}@example.com", is_global=is_global, verified=True)
    assert [it.email for it in client.subscribers.list(is_global=False)] == ["b@example.com"]
    assert [it.email for it in client.subscribers.list(email="a@")] == ["a@example.com"]
    assert client.subscribers.count() == 2
    client.subscribers.delete(1)
    with pytest.raises(NotFoundError):
        client.subscribers.get(1)
