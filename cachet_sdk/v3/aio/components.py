"""Components: their manager."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from pydantic import JsonValue

from cachet_sdk.core.aio.bulk import async_run_bulk
from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.models.payload import build_many
from cachet_sdk.core.outcomes import DEFAULT_CONCURRENCY, Batch, Progress, listed, mapped
from cachet_sdk.v3.aio.manager import AsyncManager
from cachet_sdk.v3.aio.resources import AsyncComponent
from cachet_sdk.v3.enums import ComponentStatus
from cachet_sdk.v3.filters import MetaValue, check_flag, check_kinds, include_query, list_query
from cachet_sdk.v3.models.components import ComponentChange, ComponentFields, NewComponent

__all__ = ["AsyncComponent", "AsyncComponentManager"]

#: What a component can be read with.
ComponentInclude: TypeAlias = Literal["group", "incidents", "meta"]
#: What components are sorted by; with ``-`` in front in descending order.
ComponentSort: TypeAlias = Literal["id", "-id", "name", "-name", "order", "-order"]

_INCLUDES = ("group", "incidents", "meta")
_SORTS = ("name", "order", "id")


class AsyncComponentManager(AsyncManager[AsyncComponent]):
    """The components: ``client.components``."""

    def __init__(self, transport: AsyncTransport) -> None:
        super().__init__(transport, AsyncComponent)

    async def create(
        self,
        *,
        name: str,
        status: ComponentStatus | int | None = None,
        description: str | None = None,
        link: str | None = None,
        order: int | None = None,
        enabled: bool | None = None,
        component_group_id: int | None = None,
        meta: Mapping[str, JsonValue] | None = None,
    ) -> AsyncComponent:
        """Make a component.

        **Say how it is doing**: without a status it is ``UNKNOWN``, which counts as not operational, so that the whole
        page tells of issues. In a group that guests do not see, guests do not see the component either.

        Args:
            name: Its name, of 255 characters at most.
            status: How it is doing; see :class:`~cachet_sdk.v3.enums.ComponentStatus`.
            description: What it is.
            link: Where it is to be found, with ``http://`` or ``https://``.
            order: Its place in its group.
            enabled: Whether it is shown; it is, if left out.
            component_group_id: The id of its group.
            meta: Key and value pairs of your own. The answer does not tell them; ``get`` does, when asked.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            HTTPError: when the server refuses.
            TransportError: when no answer comes; ``maybe_applied`` tells whether it may have been made.

        Example:
            >>> component = await client.components.create(name="Database", status=1)
            >>> component.status_name
            'Operational'
        """
        payload = NewComponent.build(
            name=name,
            status=status,
            description=description,
            link=link,
            order=order,
            enabled=enabled,
            component_group_id=component_group_id,
            meta=meta,
        )
        return await self._create("/components", payload)

    async def create_many(
        self,
        components: Iterable[ComponentFields],
        *,
        concurrency: int = DEFAULT_CONCURRENCY,
        progress: Progress | None = None,
    ) -> Batch[ComponentFields, AsyncComponent]:
        """Make many components, several requests at a time.

        Args:
            components: Dictionaries of what ``create`` takes.
            concurrency: How many requests are under way at a time.
            progress: Called after each with how many are done, and how many there are.

        Returns:
            Every outcome with its input, in the order of the inputs. Failures are in it and not raised: call its
            ``raise_for_failures`` to have them raised.

        Raises:
            ArgumentError: for a bad argument or component, before anything is sent.

        Example:
            >>> batch = await client.components.create_many([{"name": "DB", "status": 1}, {"name": "Web", "status": 1}])
            >>> [component.name for component in batch.results]
            ['DB', 'Web']
        """
        inputs = listed("components", components)
        payloads = build_many(NewComponent, "components", enumerate(inputs))
        return await async_run_bulk(
            inputs, payloads, lambda payload: self._create("/components", payload), concurrency, progress
        )

    async def update(
        self,
        component_id: int,
        *,
        name: str | None = None,
        status: ComponentStatus | int | None = None,
        description: str | None = None,
        link: str | None = None,
        order: int | None = None,
        enabled: bool | None = None,
        component_group_id: int | None = None,
        meta: Mapping[str, JsonValue] | None = None,
    ) -> AsyncComponent:
        """Change what is named of a component, and nothing else. Nothing can be cleared: the server refuses that.

        Args:
            component_id: The id.
            name: Its name.
            status: How it is doing; see :class:`~cachet_sdk.v3.enums.ComponentStatus`.
            description: What it is.
            link: Where it is to be found.
            order: Its place in its group.
            enabled: Whether it is shown.
            component_group_id: The id of its group. It cannot leave a group but for another one.
            meta: Its key and value pairs, in place of those that it has; an empty dictionary for none.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            NotFoundError: when there is no such component.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.

        Example:
            >>> component = await client.components.update(1, status=4)
            >>> component.status_name
            'Major outage'
        """
        payload = ComponentChange.build(
            name=name,
            status=status,
            description=description,
            link=link,
            order=order,
            enabled=enabled,
            component_group_id=component_group_id,
            meta=meta,
        )
        return await self._change(_path(component_id), payload.values())

    async def update_many(
        self,
        changes: Mapping[int, ComponentFields],
        *,
        concurrency: int = DEFAULT_CONCURRENCY,
        progress: Progress | None = None,
    ) -> Batch[int, AsyncComponent]:
        """Change many components, several requests at a time; of each what is named, and nothing else.

        Args:
            changes: Dictionaries of what ``update`` takes, by the components' ids.
            concurrency: How many requests are under way at a time.
            progress: Called after each with how many are done, and how many there are.

        Returns:
            Every outcome with its id, in the order of the changes. Failures are in it and not raised: call its
            ``raise_for_failures`` to have them raised.

        Raises:
            ArgumentError: for a bad argument or change, before anything is sent.

        Example:
            >>> batch = await client.components.update_many({1: {"status": 2}})
            >>> batch.results[0].status_name
            'Performance issues'
        """
        changes = mapped("changes", changes)
        ids = [check_id("changes", number) for number in changes]
        payloads = build_many(ComponentChange, "changes", changes.items())
        calls = [(_path(number), payload.values()) for number, payload in zip(ids, payloads, strict=True)]
        return await async_run_bulk(ids, calls, lambda call: self._change(*call), concurrency, progress)

    def list(
        self,
        page: int = 1,
        per_page: int = 100,
        *,
        name: str | Sequence[str] | None = None,
        status: ComponentStatus | int | Sequence[int] | None = None,
        enabled: bool | None = True,
        meta: Mapping[str, MetaValue] | None = None,
        sort: ComponentSort | Sequence[ComponentSort] = "id",
        include: Sequence[ComponentInclude] = (),
        prefetch: int = 0,
    ) -> AsyncListing[AsyncComponent]:
        """List components, read from the server page by page while they are used; **without the disabled ones**.

        What this client deletes or changes meanwhile makes it miss none. What others delete may: the server tells no
        totals by which that could be seen.

        Args:
            page: The page to start at.
            per_page: Components a page, 100 at most.
            name: Only those with this in their name, whatever its case; or with one of these.
            status: Only those in this state, as stored; or in one of these.
            enabled: True for the enabled ones, False for the disabled ones, **None for both**. Guests get the enabled
                ones only.
            meta: Only those that have these pairs, all of them.
            sort: What to sort by, or several; with ``-`` in front in descending order.
            include: What to read with each: ``group``, ``incidents``, ``meta``.
            prefetch: How many pages to fetch ahead of the one in use. How many there are the server does not tell, so
                that many requests may be for nothing in the end.

        Raises:
            ArgumentError: for a bad argument, at once.
            HTTPError: when the server refuses, while iterating.
            TransportError: when no answer comes, while iterating.

        Example:
            >>> async for component in client.components.list(include=("group",)):
            ...     print(component.name, component.status_name, component.group)
            API Operational None
        """
        check_kinds("status", status, ComponentStatus)
        check_flag("enabled", enabled)
        query = list_query(
            {"name": name, "status": status, "enabled": _shown(enabled)},
            meta=meta,
            sort=sort,
            sortable=_SORTS,
            include=include,
            includable=_INCLUDES,
        )
        return self._list("/components", page=page, per_page=per_page, prefetch=prefetch, query=query)

    async def get(self, component_id: int, *, include: Sequence[ComponentInclude] = ()) -> AsyncComponent:
        """Get a component, a disabled one too.

        Args:
            component_id: The id.
            include: What to read with it: ``group``, ``incidents``, ``meta``.

        Raises:
            NotFoundError: when there is no such component, or the token may not see it.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.

        Example:
            >>> component = await client.components.get(1, include=("incidents",))
            >>> [incident.name for incident in component.incidents]
            ['Slow']
        """
        return await self._get(_path(component_id), include_query(include, _INCLUDES))

    async def count(self, *, enabled: bool | None = True) -> int:
        """Count the components, without the disabled ones. The server tells no totals: it takes some requests.

        One request for up to 100, and about twice the logarithm of their hundreds for more: 13 or so for ten thousand.

        Args:
            enabled: As in ``list``; None for all.
        """
        check_flag("enabled", enabled)
        return await self._count("/components", list_query({"enabled": _shown(enabled)}, sort="id", sortable=_SORTS))

    async def delete(self, component_id: int) -> None:
        """Delete a component. Incidents do not tell of it any more.

        Args:
            component_id: The id.

        Raises:
            NotFoundError: when there is no such component.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        await self._delete(_path(component_id))


def _path(component_id: int) -> str:
    return f"/components/{check_id('component_id', component_id)}"


def _shown(enabled: bool | None) -> object:
    # wire/v3, trap 14: without the filter the server leaves the disabled ones out.
    return (False, True) if enabled is None else enabled
