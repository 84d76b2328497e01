"""Subscribers: what can be done to one, their manager, and that of their subscriptions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from cachet_sdk.core.aio.bulk import async_run_bulk
from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.aio.resource import AsyncResource
from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.http.response import ApiResponse
from cachet_sdk.core.models.payload import Payload, build_many
from cachet_sdk.core.models.resource_data import clear_field
from cachet_sdk.core.outcomes import DEFAULT_CONCURRENCY, Batch, Progress, listed
from cachet_sdk.errors import CachetError, UnsupportedError
from cachet_sdk.v1.aio.manager import AsyncManager
from cachet_sdk.v1.aio.release import AsyncReleaseProbe
from cachet_sdk.v1.models.subscribers import (
    NewSubscriber,
    SubscriberData,
    component_ids,
    keep_verified,
    may_show_now,
    not_verified,
    shown_as_now,
)


class AsyncSubscriber(SubscriberData, AsyncResource):
    """Somebody who is told of incidents. The server cannot change one: ``update`` raises ``UnsupportedError``."""

    __slots__ = ()

    def _path(self) -> str:
        return f"/subscribers/{check_id('id', self.id)}"


class AsyncSubscriberManager(AsyncManager[AsyncSubscriber]):
    """The subscribers: ``client.subscribers``. All of it needs a valid token, reading too."""

    def __init__(self, transport: AsyncTransport, release: AsyncReleaseProbe) -> None:
        super().__init__(transport, AsyncSubscriber)
        self._release = release

    async def create(
        self, *, email: str, components: Iterable[int] | None = None, verify: bool = True
    ) -> AsyncSubscriber:
        """Subscribe an address. One that is subscribed already is given as it is; nothing of it is changed.

        Args:
            email: The address.
            components: The ids of the components to be told of; all, if left out. An empty list is refused: servers
                take it for all, and drop ids that they do not have.
            verify: True takes the address for verified; False has the server send a mail to verify it.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            AuthenticationError: when the token is not valid.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes; ``maybe_applied`` tells whether it may have been made.

        Example:
            >>> subscriber = await client.subscribers.create(email="somebody@example.com")
            >>> subscriber.is_verified
            True
        """
        ids = component_ids(components)
        payload = NewSubscriber.build(email=email, components=ids, verify=verify)
        return await self._create("/subscribers", payload)

    async def create_many(
        self,
        emails: Iterable[str],
        *,
        components: Iterable[int] | None = None,
        verify: bool = True,
        concurrency: int = DEFAULT_CONCURRENCY,
        progress: Progress | None = None,
    ) -> Batch[str, AsyncSubscriber]:
        """Subscribe many addresses, several requests at a time.

        Args:
            emails: The addresses.
            components: The ids of the components to be told of; all, if left out.
            verify: True takes the addresses for verified; False has the server send each a mail to verify it.
            concurrency: How many requests are under way at a time.
            progress: Called after each with how many are done, and how many there are.

        Returns:
            Every outcome with its address, in the order of the addresses. Failures are in it and not raised: call its
            ``raise_for_failures`` to have them raised.

        Raises:
            ArgumentError: for a bad argument or address, before anything is sent.

        Example:
            >>> batch = await client.subscribers.create_many(["a@example.com", "b@example.com"])
            >>> len(batch.results)
            2
        """
        inputs = listed("emails", emails)
        ids = component_ids(components)
        items = [{"email": email, "components": ids, "verify": verify} for email in inputs]
        payloads = build_many(NewSubscriber, "emails", enumerate(items))
        return await async_run_bulk(
            inputs, payloads, lambda payload: self._create("/subscribers", payload), concurrency, progress
        )

    def list(self, page: int = 1, per_page: int = 20, *, prefetch: int = 0) -> AsyncListing[AsyncSubscriber]:
        """List subscribers, read page by page while they are used. Deleting them meanwhile loses none.

        Args:
            page: The page to start at.
            per_page: Subscribers a page.
            prefetch: How many pages to fetch ahead of the one in use.

        Raises:
            ArgumentError: for a bad argument, at once.
            AuthenticationError: when the token is not valid, while iterating.
            TransportError: when no answer comes, while iterating.

        Example:
            >>> async for subscriber in client.subscribers.list(per_page=100):
            ...     print(subscriber.email)
            somebody@example.com
        """
        return self._list("/subscribers", page=page, per_page=per_page, prefetch=prefetch)

    async def count(self) -> int:
        """Count the subscribers."""
        return await self._count("/subscribers")

    async def delete(self, subscriber_id: int) -> None:
        """Delete a subscriber.

        Args:
            subscriber_id: The id.

        Raises:
            NotFoundError: when there is no such subscriber.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        await self._delete(f"/subscribers/{check_id('subscriber_id', subscriber_id)}")

    async def _write(self, method: str, path: str, form: type[Payload], values: dict[str, object]) -> AsyncSubscriber:
        subscriber = await super()._write(method, path, form, values)
        # Only of one that was there before does the server tell ``global``; a new one is what it was made as.
        if "global" not in subscriber.attrs:
            if values["verify"]:
                if not subscriber.is_verified:  # Cachet 2.3 keeps the time of day
                    keep_verified(subscriber)
            elif subscriber.is_verified is not False:
                clear_field(subscriber, "verified_at")
        return subscriber

    async def _fix_up(self, items: Sequence[AsyncSubscriber], answer: ApiResponse) -> None:
        """Find out who is verified where the text does not tell: servers show those who are not as verified now."""
        if not items:
            return
        keeps_time = (await self._release.get()).resets_more
        if not keeps_time and not may_show_now(answer.headers.get("Date")):
            return
        unverified: set[object] | None = set()
        with suppress(CachetError):  # what was asked for has been answered
            if self._transport.settings.timezone is None:
                answer = await self._read_in_utc(answer)
            find = shown_as_now if keeps_time else not_verified
            unverified = find(self._rows(answer), answer.headers.get("Date"))
        for subscriber in items if unverified is not None else ():
            if unverified is not None and subscriber.id in unverified:
                clear_field(subscriber, "verified_at")
            elif keeps_time:
                keep_verified(subscriber)

    async def _change(self, path: str, values: dict[str, object]) -> AsyncSubscriber:
        raise UnsupportedError(f"{path}: Cachet's API cannot change a subscriber; delete it and make a new one")


class AsyncSubscriptionManager:
    """The subscriptions to single components: ``client.subscriptions``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def delete(self, subscription_id: int) -> None:
        """Delete one subscription of a subscriber; ``Subscriber.subscriptions`` has their ids.

        Args:
            subscription_id: The id.

        Raises:
            NotFoundError: when there is no such subscription.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        await self._transport.request("DELETE", f"/subscriptions/{check_id('subscription_id', subscription_id)}")
