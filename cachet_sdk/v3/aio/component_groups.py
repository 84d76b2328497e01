"""The manager of component groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias, get_args

from pydantic import JsonValue

from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.outcomes import as_list
from cachet_sdk.v3.aio.manager import AsyncManager
from cachet_sdk.v3.aio.resources import AsyncComponentGroup
from cachet_sdk.v3.enums import ComponentGroupCollapsed, OrderColumn, OrderDirection
from cachet_sdk.v3.filters import MetaValue, include_query, list_query, sort_fields
from cachet_sdk.v3.models.component_groups import ComponentGroupChange, NewComponentGroup

__all__ = ["AsyncComponentGroup", "AsyncComponentGroupManager"]

#: Values of ``include``.
ComponentGroupInclude: TypeAlias = Literal["components", "meta"]
#: Values of ``sort``. A leading ``-`` sorts in descending order.
ComponentGroupSort: TypeAlias = Literal["id", "-id", "name", "-name"]

_INCLUDES: tuple[str, ...] = get_args(ComponentGroupInclude)
_SORTS = sort_fields(ComponentGroupSort)


class AsyncComponentGroupManager(AsyncManager[AsyncComponentGroup]):
    """Manage component groups. Available as ``client.component_groups``."""

    def __init__(self, transport: AsyncTransport) -> None:
        super().__init__(transport, AsyncComponentGroup)

    async def create(
        self,
        *,
        name: str,
        order: int | None = None,
        visible: bool | None = None,
        collapsed: ComponentGroupCollapsed | int | None = None,
        order_column: OrderColumn | str | None = None,
        order_direction: OrderDirection | str | None = None,
        components: Iterable[int] | None = None,
        meta: Mapping[str, JsonValue] | None = None,
    ) -> AsyncComponentGroup:
        """Create a group. **It and its components are hidden from visitors unless you pass** ``visible=True``.

        Args:
            name: At most 255 characters.
            order: Position among the groups.
            visible: True for everyone, False for logged-in users only. **Defaults to False.**
            collapsed: When the status page collapses the group. See
                :class:`~cachet_sdk.v3.enums.ComponentGroupCollapsed`. Defaults to always.
            order_column: Sort field of its components. See :class:`~cachet_sdk.v3.enums.OrderColumn`.
            order_direction: ``asc`` or ``desc``. Required with every ``order_column`` except ``manual``.
            components: Ids of components to move into the group.
            meta: Custom key-value pairs. Not part of the response: read them with ``get`` and ``include=("meta",)``.

        Example:
            >>> group = await client.component_groups.create(
            ...     name="Europe", visible=True, components=[1]
            ... )
            >>> group.visible.name
            'GUEST'
        """
        payload = NewComponentGroup.build(
            name=name,
            order=order,
            visible=visible,
            collapsed=collapsed,
            order_column=order_column,
            order_direction=order_direction,
            components=None if components is None else as_list("components", components),
            meta=meta,
        )
        return await self._create("/component-groups", payload)

    async def update(
        self,
        group_id: int,
        *,
        name: str | None = None,
        order: int | None = None,
        visible: bool | None = None,
        collapsed: ComponentGroupCollapsed | int | None = None,
        order_column: OrderColumn | str | None = None,
        order_direction: OrderDirection | str | None = None,
        components: Iterable[int] | None = None,
        meta: Mapping[str, JsonValue] | None = None,
    ) -> AsyncComponentGroup:
        """Update only the fields you pass. The server does not allow any field to be cleared.

        Args:
            group_id: Id of the group.
            name: At most 255 characters.
            order: Position among the groups.
            visible: True for everyone, False for logged-in users only.
            collapsed: When the status page collapses the group. See
                :class:`~cachet_sdk.v3.enums.ComponentGroupCollapsed`.
            order_column: Sort field of its components. See :class:`~cachet_sdk.v3.enums.OrderColumn`.
            order_direction: ``asc`` or ``desc``.
            components: Ids of components **to add**. To remove one, move it to another group.
            meta: Custom key-value pairs, which replace the existing ones.

        Raises:
            ArgumentError: Also for empty ``components``, which the server would ignore.
            NotFoundError: If there is no such group.

        Example:
            >>> group = await client.component_groups.update(1, name="Africa")
            >>> group.name
            'Africa'
        """
        payload = ComponentGroupChange.build(
            name=name,
            order=order,
            visible=visible,
            collapsed=collapsed,
            order_column=order_column,
            order_direction=order_direction,
            components=None if components is None else as_list("components", components),
            meta=meta,
        )
        return await self._change(_path(group_id), payload.values())

    def list(
        self,
        page: int = 1,
        per_page: int = 100,
        *,
        meta: Mapping[str, MetaValue] | None = None,
        sort: ComponentGroupSort | Sequence[ComponentGroupSort] = "id",
        include: Sequence[ComponentGroupInclude] = (),
        prefetch: int = 0,
    ) -> AsyncListing[AsyncComponentGroup]:
        """List groups. Pages are requested as you iterate. Without a valid token, only visible ones are returned.

        Deletions and changes through this client while iterating skip no rows, but deletions by others may.

        Args:
            page: First page to read.
            per_page: Groups per page, at most 100.
            meta: Only those with all of these key-value pairs.
            sort: Field or fields to sort by. A leading ``-`` sorts in descending order.
            include: Relations and fields to include: ``components``, ``meta``.
            prefetch: Number of pages to fetch ahead. Defaults to 0. See ``components.list``.

        Example:
            >>> async for group in client.component_groups.list(include=("components",)):
            ...     print(group.name, [component.name for component in group.components])
            Asia []
        """
        query = list_query(meta=meta, sort=sort, sortable=_SORTS, include=include, includable=_INCLUDES)
        return self._list("/component-groups", page=page, per_page=per_page, prefetch=prefetch, query=query)

    async def get(self, group_id: int, *, include: Sequence[ComponentGroupInclude] = ()) -> AsyncComponentGroup:
        """Return a group.

        Args:
            group_id: Id of the group.
            include: Relations and fields to include: ``components``, ``meta``.

        Raises:
            NotFoundError: If there is no such group, or if the token may not see it.
        """
        return await self._get(_path(group_id), include_query(include, _INCLUDES))

    async def count(self) -> int:
        """Return the number of groups. Without a valid token, only visible groups count.

        This may take several requests. See ``components.count``.
        """
        return await self._count("/component-groups", list_query(sort="id", sortable=_SORTS))

    async def delete(self, group_id: int) -> None:
        """Delete a group. Its components are kept, without a group.

        Args:
            group_id: Id of the group.

        Raises:
            NotFoundError: If there is no such group.
        """
        await self._delete(_path(group_id))


def _path(group_id: int) -> str:
    return f"/component-groups/{check_id('group_id', group_id)}"
