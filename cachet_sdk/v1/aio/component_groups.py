"""Component groups: what can be done to one, and their manager."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Final, Literal, Self, TypeAlias

from pydantic import Field, JsonValue

from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.aio.resource import AsyncBinding, AsyncResource
from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.models.fields import DefaultIfNull
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import DataBinding, attach
from cachet_sdk.v1.aio.components import AsyncComponent, AsyncComponentManager
from cachet_sdk.v1.aio.manager import AsyncManager
from cachet_sdk.v1.aio.release import AsyncReleaseProbe
from cachet_sdk.v1.enums import ComponentGroupCollapsed
from cachet_sdk.v1.filters import check_order, list_query
from cachet_sdk.v1.models.component_groups import ComponentGroupChange, ComponentGroupData, NewComponentGroup

ComponentGroupSort: TypeAlias = Literal["id", "name", "order", "collapsed", "visible"]

#: What Cachet 2.0 to 2.3 drop without an error, and what they do instead.
_SINCE_2_4 = {"visible": 1}


class AsyncComponentGroup(ComponentGroupData, AsyncResource):
    """Components that belong together on the status page."""

    __slots__ = ()

    enabled_components: Final[Annotated[list[AsyncComponent], DefaultIfNull(list), Field(default_factory=list)]]
    """The enabled components in it; empty in the answer to its creation."""

    @classmethod
    def _load(  # pyright: ignore[reportIncompatibleMethodOverride]  (Self is the subclass, here and there)
        cls, rows: Sequence[dict[str, JsonValue]], binding: DataBinding | None, *, stored: bool
    ) -> list[Self]:
        """Make groups of JSON objects, a page at a time, bound to a manager, and the components in them to theirs."""
        groups = super()._load(rows, binding, stored=stored)
        inner = binding.components if isinstance(binding, AsyncGroupBinding) else None
        for group, row in zip(groups, rows, strict=True):
            attach(group.enabled_components, row.get("enabled_components"), inner, stored=stored)
        return groups

    def _path(self) -> str:
        return f"/components/groups/{check_id('id', self.id)}"


class AsyncGroupBinding(AsyncBinding):
    """What a group needs of its manager: also a binding for the components in it."""

    __slots__ = ("components",)

    def __init__(self, binding: AsyncBinding, components: AsyncBinding) -> None:
        super().__init__(binding.change, binding.delete, binding.zone)
        self.components: AsyncBinding = components


class AsyncComponentGroupManager(AsyncManager[AsyncComponentGroup]):
    """The component groups: ``client.component_groups``."""

    def __init__(
        self, transport: AsyncTransport, components: AsyncComponentManager, release: AsyncReleaseProbe
    ) -> None:
        super().__init__(transport, AsyncComponentGroup)
        self._release = release
        self._binding = AsyncGroupBinding(self._binding, components.binding)

    async def create(
        self, *, name: str, order: int = 0, collapsed: ComponentGroupCollapsed | int = 0, visible: bool | None = None
    ) -> AsyncComponentGroup:
        """Make a group.

        Args:
            name: Its name, of 191 characters at most: servers cut longer ones silently.
            order: Its place among the groups.
            collapsed: When the page folds it up; see :class:`~cachet_sdk.v1.enums.ComponentGroupCollapsed`.
            visible: Whether guests see it. **Left out, they do not**: the server hides new groups. Cachet 2.4.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            HTTPError: when the server refuses.
            TransportError: when no answer comes; ``maybe_applied`` tells whether it may have been made.

        Example:
            >>> group = await client.component_groups.create(name="Europe", visible=True)
            >>> group.is_open
            True
        """
        payload = NewComponentGroup.build(name=name, order=order, collapsed=collapsed, visible=visible)
        return await self._create("/components/groups", payload)

    async def update(
        self,
        group_id: int,
        *,
        name: str | None = None,
        order: int | None = None,
        collapsed: ComponentGroupCollapsed | int | None = None,
        visible: bool | None = None,
    ) -> AsyncComponentGroup:
        """Update only the fields you pass.

        The server resets ``order`` and ``visible`` when they are left out, and the oldest releases also ``name`` and
        ``collapsed``. So what is not given is read first, and sent along.

        Args:
            group_id: The id.
            name: Its name.
            order: Its place among the groups.
            collapsed: When the page folds it up; see :class:`~cachet_sdk.v1.enums.ComponentGroupCollapsed`.
            visible: Whether guests see it. Cachet 2.4.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            NotFoundError: when there is no such group.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.

        Example:
            >>> group = await client.component_groups.update(1, name="Asia")
            >>> group.visible
            True
        """
        payload = ComponentGroupChange.build(name=name, order=order, collapsed=collapsed, visible=visible)
        return await self._change(f"/components/groups/{check_id('group_id', group_id)}", payload.values())

    def list(
        self,
        page: int = 1,
        per_page: int = 20,
        *,
        id: int | None = None,  # noqa: A002  (the server's name of the filter)
        name: str | None = None,
        collapsed: ComponentGroupCollapsed | int | None = None,
        visible: bool | None = None,
        sort: ComponentGroupSort | None = None,
        order: Literal["asc", "desc"] = "asc",
        prefetch: int = 0,
    ) -> AsyncListing[AsyncComponentGroup]:
        """List groups, with the enabled components in them, read page by page while they are used.

        A list that is filtered, or sorted by anything but ``id``, comes in one request: the server cannot give it in
        pages. Guests, and clients with a wrong token, get visible groups only.

        Args:
            page: The page to start at.
            per_page: Groups a page.
            id: Only the one with this id.
            name: Only those of exactly this name; on MySQL whatever its case.
            collapsed: Only those folded up in this way.
            visible: Only those that guests see, or only those that they do not.
            sort: What to sort by; without it in the order of the database.
            order: Which way to sort.
            prefetch: How many pages to fetch ahead of the one in use.

        Raises:
            ArgumentError: for a bad argument, at once.
            HTTPError: when the server refuses, while iterating.
            TransportError: when no answer comes, while iterating.

        Example:
            >>> async for group in client.component_groups.list():
            ...     print(group.name, len(group.enabled_components))
            Asia 0
        """
        check_order(order)
        query = list_query(
            {"id": id, "name": name, "collapsed": collapsed, "visible": visible},
            sort,
            ("id", "name", "order", "collapsed", "visible"),
        )
        if sort:
            query = replace(query, parameters=(*query.parameters, ("order", order)))
        return self._list("/components/groups", page=page, per_page=per_page, prefetch=prefetch, query=query)

    async def get(self, group_id: int) -> AsyncComponentGroup:
        """Get a group, with the enabled components in it.

        Args:
            group_id: The id.

        Raises:
            NotFoundError: when there is no such group.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        return await self._get(f"/components/groups/{check_id('group_id', group_id)}")

    async def count(self) -> int:
        """Count the groups; for guests and clients with a wrong token, the visible ones."""
        return await self._count("/components/groups")

    async def delete(self, group_id: int) -> None:
        """Delete a group. The components in it stay, and are in no group then.

        Args:
            group_id: The id.

        Raises:
            NotFoundError: when there is no such group.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        await self._delete(f"/components/groups/{check_id('group_id', group_id)}")

    async def _change(self, path: str, values: dict[str, object]) -> AsyncComponentGroup:
        if "order" not in values or "visible" not in values:
            present = await self._get(path)
            kept: dict[str, object] = {"order": present.order, "visible": int(present.visible)}
            if "visible" not in present.attrs:  # an old release, and the oldest ones reset the rest as well
                kept |= {"name": present.name, "collapsed": int(present.collapsed)}
            values = kept | values
        return await super()._change(path, values)

    async def _write(
        self, method: str, path: str, form: type[Payload], values: dict[str, object]
    ) -> AsyncComponentGroup:
        await self._release.refuse_dropped(values, _SINCE_2_4)
        return await super()._write(method, path, form, values)
