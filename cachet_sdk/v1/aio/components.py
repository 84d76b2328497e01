"""The component resource and its manager."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias, get_args

from pydantic import JsonValue

from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.aio.resource import AsyncResource
from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.http.waiting import async_sleep
from cachet_sdk.core.models.payload import Payload, build_many
from cachet_sdk.core.outcomes import DEFAULT_CONCURRENCY, Batch, Progress, as_list
from cachet_sdk.errors import BadRequestError
from cachet_sdk.v1.aio.manager import AsyncManager
from cachet_sdk.v1.aio.release import AsyncReleaseProbe
from cachet_sdk.v1.enums import ComponentStatus
from cachet_sdk.v1.filters import components_query
from cachet_sdk.v1.models.components import (
    TAG_ATTEMPTS,
    TAG_PAUSE,
    ComponentChange,
    ComponentChanges,
    ComponentData,
    ComponentFields,
    NewComponent,
    has_reasons,
)

ComponentSort: TypeAlias = Literal["id", "name", "status", "order", "group_id", "enabled"]

#: Fields that Cachet 2.0 to 2.3 silently ignore, each with the value that these releases assume.
_SINCE_2_4 = {"meta": None, "silent": False}


class AsyncComponent(ComponentData, AsyncResource):
    """A part of your service, with a status: an API, a website, a region."""

    __slots__ = ()

    def _path(self) -> str:
        return f"/components/{check_id('id', self.id)}"


class AsyncComponentManager(AsyncManager[AsyncComponent]):
    """Manage components. Available as ``client.components``."""

    def __init__(self, transport: AsyncTransport, release: AsyncReleaseProbe) -> None:
        super().__init__(transport, AsyncComponent)
        self._release = release

    async def create(
        self,
        *,
        name: str,
        status: ComponentStatus | int,
        description: str | None = None,
        link: str | None = None,
        order: int | None = None,
        group_id: int | None = None,
        enabled: bool = True,
        tags: str | Iterable[str] | None = None,
        meta: Mapping[str, JsonValue] | None = None,
    ) -> AsyncComponent:
        """Create a component.

        Args:
            name: At most 191 characters. Servers truncate longer names silently, so they are refused.
            status: See :class:`~cachet_sdk.v1.enums.ComponentStatus`.
            description: Text shown with the component.
            link: URL that the component links to.
            order: Position within its group.
            group_id: Id of its group, or 0 for none. The server does not check that the group exists.
            enabled: Whether it is shown.
            tags: Tag names, as an iterable or as one comma-separated string.
            meta: Custom key-value pairs. Requires Cachet 2.4.

        Returns:
            The component. Fields that the server's response omits have their default values.

        Example:
            >>> component = await client.components.create(
            ...     name="API", status=1, tags="Core, Web"
            ... )
            >>> component.status_name
            'Operational'
        """
        return await self._create(
            "/components",
            NewComponent.build(
                name=name,
                status=status,
                description=description,
                link=link,
                order=order,
                group_id=group_id,
                enabled=enabled,
                tags=tags,
                meta=meta,
            ),
        )

    async def update(
        self,
        component_id: int,
        *,
        status: ComponentStatus | int | None = None,
        name: str | None = None,
        description: str | None = None,
        link: str | None = None,
        order: int | None = None,
        group_id: int | None = None,
        enabled: bool | None = None,
        tags: str | Iterable[str] | None = None,
        meta: Mapping[str, JsonValue] | None = None,
        silent: bool | None = None,
    ) -> AsyncComponent:
        """Update only the fields you pass.

        If an update omits ``status`` or ``enabled``, Cachet 2.0 to 2.3 set the status to 0 and enable the component,
        and some builds of 2.4.0-dev disable it. For these releases the current values are read first and sent along.
        The server's release is requested once per client.

        Args:
            component_id: Id of the component.
            status: See :class:`~cachet_sdk.v1.enums.ComponentStatus`.
            name: At most 191 characters.
            description: Text shown with the component. An empty string clears it.
            link: URL that the component links to. An empty string clears it.
            order: Position within its group.
            group_id: Id of its group, or 0 for none.
            enabled: Whether it is shown.
            tags: All of its tag names, as an iterable or as one comma-separated string. The last tag cannot be removed.
            meta: Custom key-value pairs, which replace the existing ones. Requires Cachet 2.4.
            silent: Whether to suppress notifications about a changed status. Requires Cachet 2.4.

        Raises:
            UnsupportedError: For empty tags, which the server would ignore.
            NotFoundError: If there is no such component.

        Example:
            >>> component = await client.components.update(1, status=4)
            >>> component.status_name
            'Major Outage'
        """
        payload = ComponentChange.build(
            status=status,
            name=name,
            description=description,
            link=link,
            order=order,
            group_id=group_id,
            enabled=enabled,
            tags=tags,
            meta=meta,
            silent=silent,
        )
        return await self._change(f"/components/{check_id('component_id', component_id)}", payload.values())

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

    async def update_many(
        self,
        changes: Mapping[int, ComponentChanges],
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
            'Performance Issues'
        """
        return await self._change_many(lambda number: f"/components/{number}", changes, concurrency, progress)

    def list(
        self,
        page: int = 1,
        per_page: int = 20,
        *,
        id: int | None = None,  # noqa: A002  (the server's name of the filter)
        name: str | None = None,
        status: ComponentStatus | int | None = None,
        group_id: int | None = None,
        enabled: bool | None = None,
        tags: str | Iterable[str] | None = None,
        sort: ComponentSort | None = None,
        prefetch: int = 0,
    ) -> AsyncListing[AsyncComponent]:
        """List components. Pages are requested as you iterate.

        A list that is filtered, or sorted by a field other than ``id``, is read in one request, because the server
        cannot page it. Without a valid token, only enabled components are returned.

        Args:
            page: First page to read.
            per_page: Components per page.
            id: Only the one with this id.
            name: Only exact matches. MySQL ignores case.
            status: Only those with this status.
            group_id: Only components in this group. 0 selects components without a group.
            enabled: Only enabled components, or only disabled ones.
            tags: Only components with at least one of these tags, given as slugs such as ``web-server``.
            sort: Field to sort by, always in descending order. Defaults to the order of the database.
            prefetch: Number of pages to fetch ahead. Defaults to 0.

        Example:
            >>> async for component in client.components.list(per_page=100):
            ...     print(component.name, component.status_name)
            API Operational
        """
        query = components_query(
            id=id,
            name=name,
            status=status,
            group_id=group_id,
            enabled=enabled,
            tags=tags,
            sort=sort,
            sortable=get_args(ComponentSort),
        )
        return self._list("/components", page=page, per_page=per_page, prefetch=prefetch, query=query)

    async def get(self, component_id: int) -> AsyncComponent:
        """Return a component.

        Raises:
            NotFoundError: If there is no such component.

        Example:
            >>> component = await client.components.get(1)
            >>> component.name
            'API'
        """
        return await self._get(f"/components/{check_id('component_id', component_id)}")

    async def count(self) -> int:
        """Return the number of components. Without a valid token, only enabled components count."""
        return await self._count("/components")

    async def delete(self, component_id: int) -> None:
        """Delete a component.

        Raises:
            NotFoundError: If there is no such component.
        """
        await self._delete(f"/components/{check_id('component_id', component_id)}")

    async def _change(self, path: str, values: dict[str, object]) -> AsyncComponent:
        if "status" not in values or "enabled" not in values:
            values = await self._values_to_keep(path, values) | values
        return await super()._change(path, values)

    async def _values_to_keep(self, path: str, values: dict[str, object]) -> dict[str, object]:
        """Return the current values of omitted fields that this server would reset."""
        release = await self._release.get()
        needs_status = release.resets_more and "status" not in values
        needs_enabled = release.resets_enabled and "enabled" not in values
        if not needs_status and not needs_enabled:
            return {}
        current = await self._get(path)
        kept: dict[str, object] = {"status": int(current.status)} if needs_status else {}
        return kept | ({"enabled": current.enabled} if needs_enabled else {})

    async def _write(
        self, method: str, path: str, payload_type: type[Payload], values: dict[str, object]
    ) -> AsyncComponent:
        await self._release.refuse_unsupported(values, _SINCE_2_4)
        for attempt in range(1, TAG_ATTEMPTS) if "tags" in values else ():
            try:
                return await super()._write(method, path, payload_type, values)
            except BadRequestError as error:
                # If two concurrent requests create the same tag, one fails without a reason and stores nothing.
                if has_reasons(error):
                    raise
            await async_sleep(attempt * TAG_PAUSE)
        return await super()._write(method, path, payload_type, values)
