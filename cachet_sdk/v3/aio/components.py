"""The manager of components."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias, get_args

from pydantic import JsonValue

from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.models.payload import build_many
from cachet_sdk.core.outcomes import DEFAULT_CONCURRENCY, Batch, Progress, as_list
from cachet_sdk.v3.aio.manager import AsyncManager
from cachet_sdk.v3.aio.resources import AsyncComponent
from cachet_sdk.v3.enums import ComponentStatus
from cachet_sdk.v3.filters import MetaValue, check_flag, check_kinds, include_query, list_query, sort_fields
from cachet_sdk.v3.models.components import ComponentChange, ComponentFields, NewComponent

__all__ = ["AsyncComponent", "AsyncComponentManager"]

#: Values of ``include``.
ComponentInclude: TypeAlias = Literal["group", "incidents", "meta"]
#: Values of ``sort``. A leading ``-`` sorts in descending order.
ComponentSort: TypeAlias = Literal["id", "-id", "name", "-name", "order", "-order"]

_INCLUDES: tuple[str, ...] = get_args(ComponentInclude)
_SORTS = sort_fields(ComponentSort)


class AsyncComponentManager(AsyncManager[AsyncComponent]):
    """Manage components. Available as ``client.components``."""

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
        """Create a component.

        **Pass a status**: without one the component is ``UNKNOWN``, which counts as not operational, so the whole page
        reports issues. A component in a hidden group is also hidden.

        Args:
            name: At most 255 characters.
            status: See :class:`~cachet_sdk.v3.enums.ComponentStatus`.
            description: Text shown with the component.
            link: URL that the component links to, with ``http://`` or ``https://``.
            order: Position within its group.
            enabled: Whether it is shown. Defaults to True.
            component_group_id: Id of its group.
            meta: Custom key-value pairs. Not part of the response: read them with ``get`` and ``include=("meta",)``.

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
        """Create many components with concurrent requests.

        Args:
            components: Dictionaries of arguments of ``create``.
            concurrency: How many requests may run at the same time.
            progress: Called after each request with the number done and the total.

        Returns:
            One outcome per input, in the same order. Failures are collected, not raised; call
            ``raise_for_failures`` to raise them.

        Raises:
            ArgumentError: For a bad argument or component, before any request is sent.

        Example:
            >>> batch = await client.components.create_many(
            ...     [{"name": "DB", "status": 1}, {"name": "Web", "status": 1}]
            ... )
            >>> [component.name for component in batch.results]
            ['DB', 'Web']
        """
        inputs = as_list("components", components)
        payloads = build_many(NewComponent, "components", enumerate(inputs))
        return await self._create_many("/components", inputs, payloads, concurrency, progress)

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
        """Update only the fields you pass. The server does not allow any field to be cleared.

        Args:
            component_id: Id of the component.
            name: At most 255 characters.
            status: See :class:`~cachet_sdk.v3.enums.ComponentStatus`.
            description: Text shown with the component.
            link: URL that the component links to.
            order: Position within its group.
            enabled: Whether it is shown.
            component_group_id: Id of its group. It can be moved to another group, but not out of all groups.
            meta: Custom key-value pairs, which replace the existing ones. An empty dictionary removes all.

        Raises:
            NotFoundError: If there is no such component.

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
        """Update many components with concurrent requests. Only the fields you pass are changed.

        Args:
            changes: Dictionaries of arguments of ``update``, by component id.
            concurrency: How many requests may run at the same time.
            progress: Called after each request with the number done and the total.

        Returns:
            One outcome per id, in the same order. Failures are collected, not raised; call
            ``raise_for_failures`` to raise them.

        Raises:
            ArgumentError: For a bad argument or change, before any request is sent.

        Example:
            >>> batch = await client.components.update_many({1: {"status": 2}})
            >>> batch.results[0].status_name
            'Performance issues'
        """
        return await self._change_many(_path, changes, concurrency, progress)

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
        """List components. Pages are requested as you iterate. **Disabled components are omitted by default**.

        Deletions and changes through this client while iterating skip no rows. Deletions by others may, because they
        cannot be noticed without totals, which the server does not return.

        Args:
            page: First page to read.
            per_page: Components per page, at most 100.
            name: Only those whose name contains this text, or one of these texts, ignoring case.
            status: Only those with this stored status, or one of these.
            enabled: True for enabled components, False for disabled ones, **None for both**. Without a valid token,
                only enabled ones are returned.
            meta: Only those with all of these key-value pairs.
            sort: Field or fields to sort by. A leading ``-`` sorts in descending order.
            include: Relations and fields to include: ``group``, ``incidents``, ``meta``.
            prefetch: Number of pages to fetch ahead. Defaults to 0. The server does not return the number of pages, so
                up to this many requests may be wasted at the end.

        Example:
            >>> async for component in client.components.list(include=("group",)):
            ...     print(component.name, component.status_name, component.group)
            API Operational None
        """
        check_kinds("status", status, ComponentStatus)
        check_flag("enabled", enabled)
        query = list_query(
            {"name": name, "status": status, "enabled": _enabled_filter(enabled)},
            meta=meta,
            sort=sort,
            sortable=_SORTS,
            include=include,
            includable=_INCLUDES,
        )
        return self._list("/components", page=page, per_page=per_page, prefetch=prefetch, query=query)

    async def get(self, component_id: int, *, include: Sequence[ComponentInclude] = ()) -> AsyncComponent:
        """Return a component, even if it is disabled.

        Args:
            component_id: Id of the component.
            include: Relations and fields to include: ``group``, ``incidents``, ``meta``.

        Raises:
            NotFoundError: If there is no such component, or if the token may not see it.

        Example:
            >>> component = await client.components.get(1, include=("incidents",))
            >>> [incident.name for incident in component.incidents]
            ['Slow']
        """
        return await self._get(_path(component_id), include_query(include, _INCLUDES))

    async def count(self, *, enabled: bool | None = True) -> int:
        """Return the number of components, without disabled ones by default.

        The server returns no totals, so the last page is searched for. This takes one request for up to 100 components,
        and about 13 for ten thousand.

        Args:
            enabled: As in ``list``. None counts all.
        """
        check_flag("enabled", enabled)
        query = list_query({"enabled": _enabled_filter(enabled)}, sort="id", sortable=_SORTS)
        return await self._count("/components", query)

    async def delete(self, component_id: int) -> None:
        """Delete a component. It also disappears from incidents.

        Args:
            component_id: Id of the component.

        Raises:
            NotFoundError: If there is no such component.
        """
        await self._delete(_path(component_id))


def _path(component_id: int) -> str:
    return f"/components/{check_id('component_id', component_id)}"


def _enabled_filter(enabled: bool | None) -> object:
    # Without this filter the server omits disabled components.
    return (False, True) if enabled is None else enabled
