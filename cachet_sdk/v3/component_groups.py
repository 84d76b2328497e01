# Made by "make sync" from aio/component_groups.py: edit that file instead of this one.
"""Component groups: their manager."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from pydantic import JsonValue

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.listing import Listing
from cachet_sdk.core.outcomes import listed
from cachet_sdk.v3.enums import ComponentGroupCollapsed, OrderColumn, OrderDirection
from cachet_sdk.v3.filters import MetaValue, include_query, list_query
from cachet_sdk.v3.manager import Manager
from cachet_sdk.v3.models.component_groups import ComponentGroupChange, NewComponentGroup
from cachet_sdk.v3.resources import ComponentGroup

__all__ = ["ComponentGroup", "ComponentGroupManager"]

#: What a group can be read with.
ComponentGroupInclude: TypeAlias = Literal["components", "meta"]
#: What groups are sorted by; with ``-`` in front in descending order.
ComponentGroupSort: TypeAlias = Literal["id", "-id", "name", "-name"]

_INCLUDES = ("components", "meta")
_SORTS = ("name", "id")


class ComponentGroupManager(Manager[ComponentGroup]):
    """The component groups: ``client.component_groups``."""

    def __init__(self, transport: Transport) -> None:
        super().__init__(transport, ComponentGroup)

    def create(
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
    ) -> ComponentGroup:
        """Make a group. **Guests see neither it nor the components in it, unless you pass** ``visible=True``.

        Args:
            name: Its name, of 255 characters at most.
            order: Its place among the groups.
            visible: True for everybody, False for who is logged in. **Left out, it is False**: the server hides new
                groups.
            collapsed: When the page folds it up; see :class:`~cachet_sdk.v3.enums.ComponentGroupCollapsed`. Always, if
                left out.
            order_column: What its components are sorted by; see :class:`~cachet_sdk.v3.enums.OrderColumn`.
            order_direction: ``asc`` or ``desc``; goes with every ``order_column`` but ``manual``.
            components: The ids of the components in it; they leave their groups.
            meta: Key and value pairs of your own. The answer does not tell them; ``get`` does, when asked.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            HTTPError: when the server refuses.
            TransportError: when no answer comes; ``maybe_applied`` tells whether it may have been made.

        Example:
            >>> group = client.component_groups.create(name="Europe", visible=True, components=[1])
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
            components=None if components is None else listed("components", components),
            meta=meta,
        )
        return self._create("/component-groups", payload)

    def update(
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
    ) -> ComponentGroup:
        """Change what is named of a group, and nothing else. Nothing can be cleared: the server refuses that.

        Args:
            group_id: The id.
            name: Its name.
            order: Its place among the groups.
            visible: True for everybody, False for who is logged in.
            collapsed: When the page folds it up; see :class:`~cachet_sdk.v3.enums.ComponentGroupCollapsed`.
            order_column: What its components are sorted by; see :class:`~cachet_sdk.v3.enums.OrderColumn`.
            order_direction: ``asc`` or ``desc``.
            components: The ids of components **to add**; those in it stay. One leaves by moving to another group.
            meta: Its key and value pairs, in place of those that it has.

        Raises:
            ArgumentError: for a bad argument, before anything is sent; also for empty ``components``, which the server
                would ignore.
            NotFoundError: when there is no such group.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.

        Example:
            >>> group = client.component_groups.update(1, name="Africa")
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
            components=None if components is None else listed("components", components),
            meta=meta,
        )
        return self._change(_path(group_id), payload.values())

    def list(
        self,
        page: int = 1,
        per_page: int = 100,
        *,
        meta: Mapping[str, MetaValue] | None = None,
        sort: ComponentGroupSort | Sequence[ComponentGroupSort] = "id",
        include: Sequence[ComponentGroupInclude] = (),
        prefetch: int = 0,
    ) -> Listing[ComponentGroup]:
        """List groups, read from the server page by page while they are used. Guests get the visible ones only.

        What this client deletes or changes meanwhile makes it miss none; what others delete may.

        Args:
            page: The page to start at.
            per_page: Groups a page, 100 at most.
            meta: Only those that have these pairs, all of them.
            sort: What to sort by, or several; with ``-`` in front in descending order.
            include: What to read with each: ``components``, ``meta``.
            prefetch: How many pages to fetch ahead of the one in use; see ``components.list``.

        Raises:
            ArgumentError: for a bad argument, at once.
            HTTPError: when the server refuses, while iterating.
            TransportError: when no answer comes, while iterating.

        Example:
            >>> for group in client.component_groups.list(include=("components",)):
            ...     print(group.name, [component.name for component in group.components])
            Asia []
        """
        query = list_query(meta=meta, sort=sort, sortable=_SORTS, include=include, includable=_INCLUDES)
        return self._list("/component-groups", page=page, per_page=per_page, prefetch=prefetch, query=query)

    def get(self, group_id: int, *, include: Sequence[ComponentGroupInclude] = ()) -> ComponentGroup:
        """Get a group.

        Args:
            group_id: The id.
            include: What to read with it: ``components``, ``meta``.

        Raises:
            NotFoundError: when there is no such group, or the token may not see it.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        return self._get(_path(group_id), include_query(include, _INCLUDES))

    def count(self) -> int:
        """Count the groups; for guests the visible ones. It takes some requests: see ``components.count``."""
        return self._count("/component-groups", list_query(sort="id", sortable=_SORTS))

    def delete(self, group_id: int) -> None:
        """Delete a group. The components in it stay, and are in no group then.

        Args:
            group_id: The id.

        Raises:
            NotFoundError: when there is no such group.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        self._delete(_path(group_id))


def _path(group_id: int) -> str:
    return f"/component-groups/{check_id('group_id', group_id)}"
