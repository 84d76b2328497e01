# Made by "make sync" from aio/component_groups.py: edit that file instead of this one.
"""The component group resource and its manager."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Final, Literal, Self, TypeAlias, get_args

from pydantic import Field, JsonValue

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.listing import Listing
from cachet_sdk.core.models.fields import DefaultIfNull
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import DataBinding, attach
from cachet_sdk.core.resource import Binding, Resource
from cachet_sdk.v1.components import Component, ComponentManager
from cachet_sdk.v1.enums import ComponentGroupCollapsed
from cachet_sdk.v1.filters import check_order, list_query
from cachet_sdk.v1.manager import Manager
from cachet_sdk.v1.models.component_groups import ComponentGroupChange, ComponentGroupData, NewComponentGroup
from cachet_sdk.v1.release import ReleaseProbe

ComponentGroupSort: TypeAlias = Literal["id", "name", "order", "collapsed", "visible"]

#: Fields that Cachet 2.0 to 2.3 silently ignore, each with the value that these releases assume.
_SINCE_2_4 = {"visible": 1}


class ComponentGroup(ComponentGroupData, Resource):
    """A group of components on the status page."""

    __slots__ = ()

    enabled_components: Final[Annotated[list[Component], DefaultIfNull(list), Field(default_factory=list)]]
    """Its enabled components. Empty in the response to ``create``."""

    @classmethod
    def _load(  # pyright: ignore[reportIncompatibleMethodOverride]  (Self differs from that of the base class)
        cls, rows: Sequence[dict[str, JsonValue]], binding: DataBinding | None, *, stored: bool
    ) -> list[Self]:
        """Build the groups of a page, bound to a manager, with their components bound to the component manager."""
        groups = super()._load(rows, binding, stored=stored)
        inner = binding.components if isinstance(binding, GroupBinding) else None
        for group, row in zip(groups, rows, strict=True):
            attach(group.enabled_components, row.get("enabled_components"), inner, stored=stored)
        return groups

    def _path(self) -> str:
        return f"/components/groups/{check_id('id', self.id)}"


class GroupBinding(Binding):
    """Binds groups to their manager, and the components in them to theirs."""

    __slots__ = ("components",)

    def __init__(self, binding: Binding, components: Binding) -> None:
        super().__init__(binding.change, binding.delete, binding.zone)
        self.components: Binding = components


class ComponentGroupManager(Manager[ComponentGroup]):
    """Manage component groups. Available as ``client.component_groups``."""

    def __init__(self, transport: Transport, components: ComponentManager, release: ReleaseProbe) -> None:
        super().__init__(transport, ComponentGroup)
        self._release = release
        self._binding = GroupBinding(self._binding, components.binding)

    def create(
        self, *, name: str, order: int = 0, collapsed: ComponentGroupCollapsed | int = 0, visible: bool | None = None
    ) -> ComponentGroup:
        """Create a group.

        Args:
            name: At most 191 characters. Servers truncate longer names silently, so they are refused.
            order: Position among the groups.
            collapsed: When the status page collapses the group. See
                :class:`~cachet_sdk.v1.enums.ComponentGroupCollapsed`.
            visible: Whether visitors who are not logged in see it. **Defaults to False**: the server hides new groups.
                Requires Cachet 2.4.

        Example:
            >>> group = client.component_groups.create(name="Europe", visible=True)
            >>> group.is_open
            True
        """
        payload = NewComponentGroup.build(name=name, order=order, collapsed=collapsed, visible=visible)
        return self._create("/components/groups", payload)

    def update(
        self,
        group_id: int,
        *,
        name: str | None = None,
        order: int | None = None,
        collapsed: ComponentGroupCollapsed | int | None = None,
        visible: bool | None = None,
    ) -> ComponentGroup:
        """Update only the fields you pass.

        If an update omits ``order`` and ``visible``, the server resets them, and the oldest releases also reset
        ``name`` and ``collapsed``. Their current values are therefore read first and sent along. See "A change resets
        what it leaves out" in the server quirks.

        Args:
            group_id: Id of the group.
            name: At most 191 characters.
            order: Position among the groups.
            collapsed: When the status page collapses the group. See
                :class:`~cachet_sdk.v1.enums.ComponentGroupCollapsed`.
            visible: Whether visitors who are not logged in see it. Requires Cachet 2.4.

        Raises:
            NotFoundError: If there is no such group.

        Example:
            >>> group = client.component_groups.update(1, name="Asia")
            >>> group.visible
            True
        """
        payload = ComponentGroupChange.build(name=name, order=order, collapsed=collapsed, visible=visible)
        return self._change(f"/components/groups/{check_id('group_id', group_id)}", payload.values())

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
    ) -> Listing[ComponentGroup]:
        """List groups with their enabled components. Pages are requested as you iterate.

        A list that is filtered, or sorted by a field other than ``id``, is read in one request, because the server
        cannot page it. Without a valid token, only visible groups are returned.

        Args:
            page: First page to read.
            per_page: Groups per page.
            id: Only the one with this id.
            name: Only exact matches. MySQL ignores case.
            collapsed: Only groups with this setting.
            visible: Only visible ones, or only hidden ones.
            sort: Field to sort by. Defaults to the order of the database.
            order: Sort direction. Defaults to ascending.
            prefetch: Number of pages to fetch ahead. Defaults to 0.

        Example:
            >>> for group in client.component_groups.list():
            ...     print(group.name, len(group.enabled_components))
            Asia 0
        """
        check_order(order)
        query = list_query(
            {"id": id, "name": name, "collapsed": collapsed, "visible": visible},
            sort,
            get_args(ComponentGroupSort),
        )
        if sort:
            query = replace(query, parameters=(*query.parameters, ("order", order)))
        return self._list("/components/groups", page=page, per_page=per_page, prefetch=prefetch, query=query)

    def get(self, group_id: int) -> ComponentGroup:
        """Return a group with its enabled components.

        Raises:
            NotFoundError: If there is no such group.
        """
        return self._get(f"/components/groups/{check_id('group_id', group_id)}")

    def count(self) -> int:
        """Return the number of groups. Without a valid token, only visible groups count."""
        return self._count("/components/groups")

    def delete(self, group_id: int) -> None:
        """Delete a group. Its components are kept, without a group.

        Raises:
            NotFoundError: If there is no such group.
        """
        self._delete(f"/components/groups/{check_id('group_id', group_id)}")

    def _change(self, path: str, values: dict[str, object]) -> ComponentGroup:
        if "order" not in values or "visible" not in values:
            current = self._get(path)
            kept: dict[str, object] = {"order": current.order, "visible": int(current.visible)}
            if "visible" not in current.attrs:  # before 2.4: the oldest releases reset the other fields, too
                kept |= {"name": current.name, "collapsed": int(current.collapsed)}
            values = kept | values
        return super()._change(path, values)

    def _write(self, method: str, path: str, payload_type: type[Payload], values: dict[str, object]) -> ComponentGroup:
        self._release.refuse_unsupported(values, _SINCE_2_4)
        return super()._write(method, path, payload_type, values)
