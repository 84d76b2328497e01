# Made by "make sync" from aio/components.py: edit that file instead of this one.
"""Components: what can be done to one, and their manager."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from pydantic import JsonValue

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.bulk import run_bulk
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.http.waiting import sleep
from cachet_sdk.core.listing import Listing
from cachet_sdk.core.models.payload import Payload, build_many
from cachet_sdk.core.outcomes import DEFAULT_CONCURRENCY, Batch, Progress, listed, mapped
from cachet_sdk.core.resource import Resource
from cachet_sdk.errors import BadRequestError
from cachet_sdk.v1.enums import ComponentStatus
from cachet_sdk.v1.filters import components_query
from cachet_sdk.v1.manager import Manager
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
from cachet_sdk.v1.release import ReleaseProbe

ComponentSort: TypeAlias = Literal["id", "name", "status", "order", "group_id", "enabled"]

#: What Cachet 2.0 to 2.3 drop without an error, and what they do instead.
_SINCE_2_4 = {"meta": None, "silent": False}


class Component(ComponentData, Resource):
    """A part of what the status page is about: a service, a site, a region."""

    __slots__ = ()

    def _path(self) -> str:
        return f"/components/{check_id('id', self.id)}"


class ComponentManager(Manager[Component]):
    """The components: ``client.components``."""

    def __init__(self, transport: Transport, release: ReleaseProbe) -> None:
        super().__init__(transport, Component)
        self._release = release

    def create(
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
    ) -> Component:
        """Make a component.

        Args:
            name: Its name, of 191 characters at most: servers cut longer ones silently.
            status: How it is doing; see :class:`~cachet_sdk.v1.enums.ComponentStatus`.
            description: What it is.
            link: Where it is to be found.
            order: Its place in its group.
            group_id: The id of its group, or 0 for none. The server does not check that the group exists.
            enabled: Whether guests see it.
            tags: Names of tags, in any iterable or as one comma-separated string.
            meta: Key and value pairs of your own. Cachet 2.4.

        Returns:
            The component. The server's answer lacks the columns that were not set; they have their defaults here.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            HTTPError: when the server refuses.
            TransportError: when no answer comes; ``maybe_applied`` tells whether it may have been made.

        Example:
            >>> component = client.components.create(name="API", status=1, tags="Core, Web")
            >>> component.status_name
            'Operational'
        """
        return self._create(
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

    def update(
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
    ) -> Component:
        """Update only the fields you pass.

        Cachet 2.0 to 2.3 set the status to 0 and enable the component when an update leaves them out, and some builds
        of 2.4.0-dev disable it. There both are read first, unless given, and sent along. The release is asked for once
        a client.

        Args:
            component_id: The id.
            status: How it is doing; see :class:`~cachet_sdk.v1.enums.ComponentStatus`.
            name: Its name.
            description: What it is; empty for nothing.
            link: Where it is to be found; empty for nowhere.
            order: Its place in its group.
            group_id: The id of its group, or 0 for none.
            enabled: Whether guests see it.
            tags: All its tags, in any iterable or as one comma-separated string. The last tag cannot be removed.
            meta: Its key and value pairs, in place of those that it has. Cachet 2.4.
            silent: Whether to tell no subscriber of a changed status. Cachet 2.4.

        Returns:
            The component as it is now.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            UnsupportedError: for empty tags, which the server would ignore.
            NotFoundError: when there is no such component.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.

        Example:
            >>> component = client.components.update(1, status=4)
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
        return self._change(f"/components/{check_id('component_id', component_id)}", payload.values())

    def create_many(
        self,
        components: Iterable[ComponentFields],
        *,
        concurrency: int = DEFAULT_CONCURRENCY,
        progress: Progress | None = None,
    ) -> Batch[ComponentFields, Component]:
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
            >>> batch = client.components.create_many([{"name": "DB", "status": 1}, {"name": "Web", "status": 1}])
            >>> [component.name for component in batch.results]
            ['DB', 'Web']
        """
        inputs = listed("components", components)
        payloads = build_many(NewComponent, "components", enumerate(inputs))
        return run_bulk(inputs, payloads, lambda payload: self._create("/components", payload), concurrency, progress)

    def update_many(
        self,
        changes: Mapping[int, ComponentChanges],
        *,
        concurrency: int = DEFAULT_CONCURRENCY,
        progress: Progress | None = None,
    ) -> Batch[int, Component]:
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
            >>> batch = client.components.update_many({1: {"status": 2}})
            >>> batch.results[0].status_name
            'Performance Issues'
        """
        changes = mapped("changes", changes)
        ids = [check_id("changes", number) for number in changes]
        payloads = build_many(ComponentChange, "changes", changes.items())
        calls = [(f"/components/{number}", payload.values()) for number, payload in zip(ids, payloads, strict=True)]
        return run_bulk(ids, calls, lambda call: self._change(*call), concurrency, progress)

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
    ) -> Listing[Component]:
        """List components, read from the server page by page while they are used.

        A list that is filtered, or sorted by anything but ``id``, comes in one request: the server cannot return it
        in pages. Guests, and clients with a wrong token, get enabled components only.

        Args:
            page: The page to start at.
            per_page: Components a page.
            id: Only the one with this id.
            name: Only those of exactly this name; on MySQL whatever its case.
            status: Only those in this state.
            group_id: Only those in this group; 0 for those in none.
            enabled: Only those that are enabled, or only those that are not.
            tags: Only those with this tag, or one of these: slugs such as ``web-server``.
            sort: What to sort by, always in descending order; without it in the order of the database.
            prefetch: How many pages to fetch ahead of the one in use.

        Returns:
            An iterator over components.

        Raises:
            ArgumentError: for a bad argument, at once.
            HTTPError: when the server refuses, while iterating.
            TransportError: when no answer comes, while iterating.

        Example:
            >>> for component in client.components.list(per_page=100):
            ...     print(component.name, component.status_name)
            API Operational
        """
        query = components_query(
            id=id, name=name, status=status, group_id=group_id, enabled=enabled, tags=tags, sort=sort
        )
        return self._list("/components", page=page, per_page=per_page, prefetch=prefetch, query=query)

    def get(self, component_id: int) -> Component:
        """Get a component.

        Args:
            component_id: The id.

        Raises:
            NotFoundError: when there is no such component.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.

        Example:
            >>> component = client.components.get(1)
            >>> component.name
            'API'
        """
        return self._get(f"/components/{check_id('component_id', component_id)}")

    def count(self) -> int:
        """Count the components; for guests and clients with a wrong token, the enabled ones."""
        return self._count("/components")

    def delete(self, component_id: int) -> None:
        """Delete a component.

        Args:
            component_id: The id.

        Raises:
            NotFoundError: when there is no such component.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        self._delete(f"/components/{check_id('component_id', component_id)}")

    def _change(self, path: str, values: dict[str, object]) -> Component:
        if "status" not in values or "enabled" not in values:
            values = self._kept(path, values) | values
        return super()._change(path, values)

    def _kept(self, path: str, values: dict[str, object]) -> dict[str, object]:
        """Read what this server resets when an update leaves it out."""
        release = self._release.get()
        needs_status = release.resets_more and "status" not in values
        needs_enabled = release.resets_enabled and "enabled" not in values
        if not needs_status and not needs_enabled:
            return {}
        present = self._get(path)
        kept: dict[str, object] = {"status": int(present.status)} if needs_status else {}
        return kept | ({"enabled": present.enabled} if needs_enabled else {})

    def _write(self, method: str, path: str, form: type[Payload], values: dict[str, object]) -> Component:
        self._release.refuse_dropped(values, _SINCE_2_4)
        for attempt in range(1, TAG_ATTEMPTS) if "tags" in values else ():
            try:
                return super()._write(method, path, form, values)
            except BadRequestError as error:
                # Two requests that make the same new tag at once: one of them stores nothing, and gets no reason.
                if has_reasons(error):
                    raise
            sleep(attempt * TAG_PAUSE)
        return super()._write(method, path, form, values)
