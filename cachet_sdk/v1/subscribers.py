# Made by "make sync" from aio/subscribers.py: edit that file instead of this one.
"""The subscriber resource, its manager, and the manager of subscriptions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.response import ApiResponse
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.listing import Listing
from cachet_sdk.core.models.payload import Payload, build_many
from cachet_sdk.core.models.resource_data import clear_field
from cachet_sdk.core.outcomes import DEFAULT_CONCURRENCY, Batch, Progress, as_list
from cachet_sdk.core.resource import Resource
from cachet_sdk.errors import CachetError, UnsupportedError
from cachet_sdk.v1.manager import Manager
from cachet_sdk.v1.models.subscribers import (
    NewSubscriber,
    SubscriberData,
    component_ids,
    ids_shown_as_now,
    mark_verified,
    may_look_verified,
    unverified_ids,
)
from cachet_sdk.v1.release import ReleaseProbe


class Subscriber(SubscriberData, Resource):
    """Someone who is notified of incidents. The API cannot change one: ``update`` raises ``UnsupportedError``."""

    __slots__ = ()

    def _path(self) -> str:
        return f"/subscribers/{check_id('id', self.id)}"


class SubscriberManager(Manager[Subscriber]):
    """Manage subscribers. Available as ``client.subscribers``. Every call, reads included, needs a valid token."""

    def __init__(self, transport: Transport, release: ReleaseProbe) -> None:
        super().__init__(transport, Subscriber)
        self._release = release

    def create(self, *, email: str, components: Iterable[int] | None = None, verify: bool = True) -> Subscriber:
        """Subscribe an address. If it is already subscribed, the existing subscriber is returned unchanged.

        Args:
            email: Address to subscribe.
            components: Ids of components to subscribe to. Defaults to all. An empty list is refused, because servers
                treat it as all components. Servers ignore unknown ids.
            verify: True marks the address as verified without sending mail. False makes the server send a verification
                mail.

        Raises:
            AuthenticationError: If the token is invalid.

        Example:
            >>> subscriber = client.subscribers.create(email="somebody@example.com")
            >>> subscriber.is_verified
            True
        """
        ids = component_ids(components)
        payload = NewSubscriber.build(email=email, components=ids, verify=verify)
        return self._create("/subscribers", payload)

    def create_many(
        self,
        emails: Iterable[str],
        *,
        components: Iterable[int] | None = None,
        verify: bool = True,
        concurrency: int = DEFAULT_CONCURRENCY,
        progress: Progress | None = None,
    ) -> Batch[str, Subscriber]:
        """Subscribe many addresses with concurrent requests.

        Args:
            emails: Addresses to subscribe.
            components: Ids of components to subscribe to. Defaults to all.
            verify: True marks the addresses as verified without sending mail. False makes the server send verification
                mails.
            concurrency: How many requests may run at the same time.
            progress: Called after each request with the number done and the total.

        Returns:
            One outcome per address, in the same order. Failures are collected, not raised; call
            ``raise_for_failures`` to raise them.

        Raises:
            ArgumentError: For a bad argument or address, before any request is sent.

        Example:
            >>> batch = client.subscribers.create_many(["a@example.com", "b@example.com"])
            >>> len(batch.results)
            2
        """
        inputs = as_list("emails", emails)
        ids = component_ids(components)
        items = [{"email": email, "components": ids, "verify": verify} for email in inputs]
        payloads = build_many(NewSubscriber, "emails", enumerate(items))
        return self._create_many("/subscribers", inputs, payloads, concurrency, progress)

    def list(self, page: int = 1, per_page: int = 20, *, prefetch: int = 0) -> Listing[Subscriber]:
        """List subscribers. Pages are requested as you iterate. Deleting subscribers while iterating skips none.

        Args:
            page: First page to read.
            per_page: Subscribers per page.
            prefetch: Number of pages to fetch ahead. Defaults to 0.

        Raises:
            AuthenticationError: If the token is invalid, while iterating.

        Example:
            >>> for subscriber in client.subscribers.list(per_page=100):
            ...     print(subscriber.email)
            somebody@example.com
        """
        return self._list("/subscribers", page=page, per_page=per_page, prefetch=prefetch)

    def count(self) -> int:
        """Return the number of subscribers."""
        return self._count("/subscribers")

    def delete(self, subscriber_id: int) -> None:
        """Delete a subscriber.

        Raises:
            NotFoundError: If there is no such subscriber.
        """
        self._delete(f"/subscribers/{check_id('subscriber_id', subscriber_id)}")

    def _write(self, method: str, path: str, payload_type: type[Payload], values: dict[str, object]) -> Subscriber:
        subscriber = super()._write(method, path, payload_type, values)
        # The server returns ``global`` only for a subscriber that existed before. A new one is as requested.
        if "global" not in subscriber.attrs:
            if values["verify"]:
                if not subscriber.is_verified:  # Cachet 2.3 stores the time of day
                    mark_verified(subscriber)
            elif subscriber.is_verified is not False:
                clear_field(subscriber, "verified_at")
        return subscriber

    def _fix_up(self, items: Sequence[Subscriber], response: ApiResponse) -> None:
        """Clear ``verified_at`` of unverified subscribers, whom servers show as verified now."""
        if not items:
            return
        keeps_time = (self._release.get()).resets_more
        if not keeps_time and not may_look_verified(response.headers.get("Date")):
            return
        unverified: set[object] | None = set()
        with suppress(CachetError):  # the requested data has arrived
            if self._transport.settings.timezone is None:
                response = self._read_in_utc(response)
            find = ids_shown_as_now if keeps_time else unverified_ids
            unverified = find(self._rows(response), response.headers.get("Date"))
        for subscriber in items if unverified is not None else ():
            if unverified is not None and subscriber.id in unverified:
                clear_field(subscriber, "verified_at")
            elif keeps_time:
                mark_verified(subscriber)

    def _change(self, path: str, values: dict[str, object]) -> Subscriber:
        raise UnsupportedError(f"{path}: Cachet's API cannot change a subscriber; delete it and create a new one")


class SubscriptionManager:
    """Manage subscriptions to single components. Available as ``client.subscriptions``."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def delete(self, subscription_id: int) -> None:
        """Delete one subscription of a subscriber. ``Subscriber.subscriptions`` contains the ids.

        Raises:
            NotFoundError: If there is no such subscription.
        """
        self._transport.request("DELETE", f"/subscriptions/{check_id('subscription_id', subscription_id)}")
