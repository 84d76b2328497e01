# Made by "make sync" from aio/test_subscribers.py: edit that file instead of this one.
"""Subscribers: made, read, listed, changed and deleted, while they are listed too."""

from __future__ import annotations

import pytest

from cachet_sdk import ArgumentError, AuthenticationError, NotFoundError, ServerError
from cachet_sdk.v3.client import Client


def test_a_subscriber_has_everything_that_it_was_made_with(client: Client) -> None:
    component = client.components.create(name="API", status=1)
    made = client.subscribers.create(
        email="a@example.com", is_global=False, components=[component.id], verified=True, meta={"k": "v"}
    )
    found = client.subscribers.get(made.id, include=("components", "meta"))
    for subscriber in (made, found):
        assert (subscriber.email, subscriber.is_global, subscriber.verified) == ("a@example.com", False, True)
        assert subscriber.verified_at == made.created_at
    assert found.meta == {"k": "v"}
    assert [it.name for it in found.components or ()] == ["API"]


def test_an_address_that_is_there_is_given_as_it_is(client: Client) -> None:
    made = client.subscribers.create(email="a@example.com", verified=True)
    again = client.subscribers.create(email="a@example.com", is_global=False)
    assert (again.id, again.is_global, again.verified) == (made.id, True, True)


def test_an_address_that_is_none_is_refused(client: Client) -> None:
    with pytest.raises(ArgumentError, match="email"):
        client.subscribers.create(email="example.com")


def test_a_subscriber_is_changed(client: Client) -> None:
    made = client.subscribers.create(email="a@example.com", verified=True)
    made.is_global = False
    made.save()
    assert (made.is_global, made.verified) == (False, True)
    moved = client.subscribers.update(made.id, email="b@example.com")
    assert (moved.email, moved.verified) == ("b@example.com", False)


def test_an_address_of_another_is_a_failure_of_the_server(client: Client) -> None:
    first, _ = [client.subscribers.create(email=f"{name}@example.com", verified=True) for name in "ab"]
    with pytest.raises(ServerError):
        client.subscribers.update(first.id, email="b@example.com")


def test_guests_cannot_read_subscribers(guest: Client) -> None:
    with pytest.raises(AuthenticationError):
        list(guest.subscribers.list())


def test_subscribers_are_listed_and_counted(client: Client) -> None:
    for name, everything in (("a", True), ("b", False)):
        client.subscribers.create(email=f"{name}@example.com", is_global=everything, verified=True)
    assert [it.email for it in client.subscribers.list(is_global=False)] == ["b@example.com"]
    assert [it.email for it in client.subscribers.list(email="a@")] == ["a@example.com"]
    assert client.subscribers.count() == 2
    client.subscribers.delete(1)
    with pytest.raises(NotFoundError):
        client.subscribers.get(1)
