# Made by "make sync" from aio/subscribers.py: edit that file instead of this one.
"""The manager of subscribers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias, get_args

from pydantic import JsonValue

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.listing import Listing
from cachet_sdk.core.outcomes import as_list
from cachet_sdk.v3.filters import MetaValue, check_flag, include_query, list_query, sort_fields
from cachet_sdk.v3.manager import Manager
from cachet_sdk.v3.models.subscribers import NewSubscriber, SubscriberChange
from cachet_sdk.v3.resources import Subscriber

__all__ = ["Subscriber", "SubscriberManager"]

#: Values of ``include``.
SubscriberInclude: TypeAlias = Literal["components", "meta"]
#: Values of ``sort``. A leading ``-`` sorts in descending order.
SubscriberSort: TypeAlias = Literal["id", "-id", "email", "-email"]

_INCLUDES: tuple[str, ...] = get_args(SubscriberInclude)
_SORTS = sort_fields(SubscriberSort)


class SubscriberManager(Manager[Subscriber]):
    """Manage subscribers. Available as ``client.subscribers``.

    Every call, reads included, needs a token with the ability to manage subscribers.
    """

    def __init__(self, transport: Transport) -> None:
        super().__init__(transport, Subscriber)

    def create(
        self,
        *,
        email: str,
        is_global: bool | None = None,
        components: Iterable[int] | None = None,
        verified: bool | None = None,
        meta: Mapping[str, JsonValue] | None = None,
    ) -> Subscriber:
        """Subscribe an address. If it is already subscribed, only the components are added.

        Args:
            email: Address to subscribe.
            is_global: Whether to subscribe to all components. Defaults to True.
            components: Ids of components to subscribe to.
            verified: True marks the address as verified without sending mail. By default the server sends a
                verification mail.
            meta: Custom key-value pairs. Not part of the response: read them with ``get`` and ``include=("meta",)``.

        Raises:
            PermissionDeniedError: If the token may not manage subscribers.

        Example:
            >>> subscriber = client.subscribers.create(
            ...     email="new@example.com", verified=True
            ... )
            >>> subscriber.verified
            True
        """
        payload = NewSubscriber.build(
            email=email,
            is_global=is_global,
            components=None if components is None else as_list("components", components),
            verified=verified,
            meta=meta,
        )
        return self._create("/subscribers", payload)

    def update(
        self,
        subscriber_id: int,
        *,
        email: str | None = None,
        is_global: bool | None = None,
        components: Iterable[int] | None = None,
        meta: Mapping[str, JsonValue] | None = None,
    ) -> Subscriber:
        """Update only the fields you pass.

        Args:
            subscriber_id: Id of the subscriber.
            email: New address. It must be verified again, even if it is unchanged.
            is_global: Whether to subscribe to all components.
            components: Ids of components to subscribe to, which replace the existing ones. An empty list removes all.
            meta: Custom key-value pairs, which replace the existing ones. An empty dictionary removes all.

        Raises:
            NotFoundError: If there is no such subscriber.
            ServerError: Also for an address that another subscriber has.

        Example:
            >>> subscriber = client.subscribers.update(1, is_global=False, components=[1])
            >>> subscriber.is_global
            False
        """
        payload = SubscriberChange.build(
            email=email,
            is_global=is_global,
            components=None if components is None else as_list("components", components),
            meta=meta,
        )
        return self._change(_path(subscriber_id), payload.values())

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
    ) -> Listing[Subscriber]:
        """List subscribers. Pages are requested as you iterate.

        Deletions and changes through this client while iterating skip no rows, but deletions by others may.

        Args:
            page: First page to read.
            per_page: Subscribers per page, at most 100.
            email: Only those whose address contains this text, or one of these texts.
            is_global: Only subscribers to all components, or only the others.
            meta: Only those with all of these key-value pairs.
            sort: Field or fields to sort by. A leading ``-`` sorts in descending order.
            include: Relations and fields to include: ``components``, ``meta``.
            prefetch: Number of pages to fetch ahead. Defaults to 0. See ``components.list``.

        Raises:
            AuthenticationError: Without a valid token, while iterating.

        Example:
            >>> [subscriber.email for subscriber in client.subscribers.list()]
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

    def get(self, subscriber_id: int, *, include: Sequence[SubscriberInclude] = ()) -> Subscriber:
        """Return a subscriber.

        Args:
            subscriber_id: Id of the subscriber.
            include: Relations and fields to include: ``components``, ``meta``.

        Raises:
            NotFoundError: If there is no such subscriber.
        """
        return self._get(_path(subscriber_id), include_query(include, _INCLUDES))

    def count(self) -> int:
        """Return the number of subscribers. This may take several requests. See ``components.count``."""
        return self._count("/subscribers", list_query(sort="id", sortable=_SORTS))

    def delete(self, subscriber_id: int) -> None:
        """Delete a subscriber.

        Args:
            subscriber_id: Id of the subscriber.

        Raises:
            NotFoundError: If there is no such subscriber.
        """
        self._delete(_path(subscriber_id))


def _path(subscriber_id: int) -> str:
    return f"/subscribers/{check_id('subscriber_id', subscriber_id)}"
