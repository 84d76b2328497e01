"""Subscribers: their manager."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from pydantic import JsonValue

from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.outcomes import listed
from cachet_sdk.v3.aio.manager import AsyncManager
from cachet_sdk.v3.aio.resources import AsyncSubscriber
from cachet_sdk.v3.filters import MetaValue, check_flag, include_query, list_query
from cachet_sdk.v3.models.subscribers import NewSubscriber, SubscriberChange

__all__ = ["AsyncSubscriber", "AsyncSubscriberManager"]

#: What a subscriber can be read with.
SubscriberInclude: TypeAlias = Literal["components", "meta"]
#: What subscribers are sorted by; with ``-`` in front in descending order.
SubscriberSort: TypeAlias = Literal["id", "-id", "email", "-email"]

_INCLUDES = ("components", "meta")
_SORTS = ("email", "id")


class AsyncSubscriberManager(AsyncManager[AsyncSubscriber]):
    """The subscribers: ``client.subscribers``. All of it needs a token that may manage them, reading too."""

    def __init__(self, transport: AsyncTransport) -> None:
        super().__init__(transport, AsyncSubscriber)

    async def create(
        self,
        *,
        email: str,
        is_global: bool | None = None,
        components: Iterable[int] | None = None,
        verified: bool | None = None,
        meta: Mapping[str, JsonValue] | None = None,
    ) -> AsyncSubscriber:
        """Subscribe an address. One that is subscribed already only gets the components added to its own.

        Args:
            email: The address.
            is_global: Whether to be told of all components; it is, if left out.
            components: The ids of components to be told of.
            verified: True takes the address for verified; else the server sends a mail to verify it.
            meta: Key and value pairs of your own. The answer does not tell them; ``get`` does, when asked.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            PermissionDeniedError: when the token may not manage subscribers.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes; ``maybe_applied`` tells whether it may have been made.

        Example:
            >>> subscriber = await client.subscribers.create(email="new@example.com", verified=True)
            >>> subscriber.verified
            True
        """
        payload = NewSubscriber.build(
            email=email,
            is_global=is_global,
            components=None if components is None else listed("components", components),
            verified=verified,
            meta=meta,
        )
        return await self._create("/subscribers", payload)

    async def update(
        self,
        subscriber_id: int,
        *,
        email: str | None = None,
        is_global: bool | None = None,
        components: Iterable[int] | None = None,
        meta: Mapping[str, JsonValue] | None = None,
    ) -> AsyncSubscriber:
        """Change what is named of a subscriber, and nothing else.

        Args:
            subscriber_id: The id.
            email: The address. It has to be verified again, even the old one. The server **fails** with a
                ``ServerError`` on one that another subscriber has.
            is_global: Whether to be told of all components.
            components: The ids of the components to be told of, in place of those that there are; empty for none.
            meta: Its key and value pairs, in place of those that it has; an empty dictionary for none.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            NotFoundError: when there is no such subscriber.
            ServerError: also for an address that another subscriber has.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.

        Example:
            >>> subscriber = await client.subscribers.update(1, is_global=False, components=[1])
            >>> subscriber.is_global
            False
        """
        payload = SubscriberChange.build(
            email=email,
            is_global=is_global,
            components=None if components is None else listed("components", components),
            meta=meta,
        )
        return await self._change(_path(subscriber_id), payload.values())

    def list(
        self,
        page: int = 1,
        per_page: int = 100,
        *,
        email: str | Sequence[str] | None = None,
        is_global: bool | None = None,
        meta: Mapping[str, MetaValue] | None = None,
        sort: SubscriberSort | Sequence[SubscriberSort] = "id",
        include: Sequence[SubscriberInclude] = (),
        prefetch: int = 0,
    ) -> AsyncListing[AsyncSubscriber]:
        """List subscribers, read from the server page by page while they are used.

        What this client deletes or changes meanwhile makes it miss none; what others delete may.

        Args:
            page: The page to start at.
            per_page: Subscribers a page, 100 at most.
            email: Only those with this in their address; or with one of these.
            is_global: Only those that are told of all components, or only those that are not.
            meta: Only those that have these pairs, all of them.
            sort: What to sort by, or several; with ``-`` in front in descending order.
            include: What to read with each: ``components``, ``meta``.
            prefetch: How many pages to fetch ahead of the one in use; see ``components.list``.

        Raises:
            ArgumentError: for a bad argument, at once.
            AuthenticationError: without a valid token, while iterating.
            HTTPError: when the server refuses for another reason, while iterating.
            TransportError: when no answer comes, while iterating.

        Example:
            >>> [subscriber.email async for subscriber in client.subscribers.list()]
            ['somebody@example.com']
        """
        check_flag("is_global", is_global)
        query = list_query(
            {"email": email, "global": is_global},
            meta=meta,
            sort=sort,
            sortable=_SORTS,
            include=include,
            includable=_INCLUDES,
        )
        return self._list("/subscribers", page=page, per_page=per_page, prefetch=prefetch, query=query)

    async def get(self, subscriber_id: int, *, include: Sequence[SubscriberInclude] = ()) -> AsyncSubscriber:
        """Get a subscriber.

        Args:
            subscriber_id: The id.
            include: What to read with it: ``components``, ``meta``.

        Raises:
            NotFoundError: when there is no such subscriber.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        return await self._get(_path(subscriber_id), include_query(include, _INCLUDES))

    async def count(self) -> int:
        """Count the subscribers. It takes some requests: see ``components.count``."""
        return await self._count("/subscribers", list_query(sort="id", sortable=_SORTS))

    async def delete(self, subscriber_id: int) -> None:
        """Delete a subscriber.

        Args:
            subscriber_id: The id.

        Raises:
            NotFoundError: when there is no such subscriber.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        await self._delete(_path(subscriber_id))


def _path(subscriber_id: int) -> str:
    return f"/subscribers/{check_id('subscriber_id', subscriber_id)}"
