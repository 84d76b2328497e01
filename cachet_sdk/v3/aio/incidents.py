"""Incidents: their manager."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal, TypeAlias

from pydantic import JsonValue

from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.v3.aio.manager import AsyncStatesManager
from cachet_sdk.v3.aio.resources import AsyncIncident
from cachet_sdk.v3.enums import ComponentStatus, IncidentStatus
from cachet_sdk.v3.filters import MetaValue, check_day, check_kinds, check_moment, include_query, list_query
from cachet_sdk.v3.models.incidents import IncidentChange, NewIncident

__all__ = ["AsyncIncident", "AsyncIncidentManager"]

#: What an incident can be read with.
IncidentInclude: TypeAlias = Literal["components", "components.group", "componentsCount", "updates", "user", "meta"]
#: What incidents are sorted by; with ``-`` in front in descending order.
IncidentSort: TypeAlias = Literal["id", "-id", "name", "-name", "status", "-status", "created_at", "-created_at"]

_INCLUDES = ("components", "components.group", "componentsCount", "updates", "user", "meta")
_SORTS = ("name", "status", "id", "created_at")


class AsyncIncidentManager(AsyncStatesManager[AsyncIncident]):
    """The incidents: ``client.incidents``."""

    PATH: str = "/incidents"

    def __init__(self, transport: AsyncTransport) -> None:
        super().__init__(transport, AsyncIncident)

    async def create(
        self,
        *,
        name: str,
        status: IncidentStatus | int,
        message: str | None = None,
        template: str | None = None,
        template_vars: Mapping[str, JsonValue] | None = None,
        visible: bool | None = None,
        stickied: bool | None = None,
        notifications: bool | None = None,
        occurred_at: datetime | None = None,
        published_at: datetime | None = None,
        components: Mapping[int, ComponentStatus | int] | None = None,
        component_id: int | None = None,
        component_status: ComponentStatus | int | None = None,
        meta: Mapping[str, JsonValue] | None = None,
    ) -> AsyncIncident:
        """Open an incident, of components or in general. **Guests do not see it, unless you pass** ``visible=True``.

        Args:
            name: The title, of 255 characters at most.
            status: How far it is; see :class:`~cachet_sdk.v3.enums.IncidentStatus`.
            message: The text, in Markdown. Not with a template.
            template: The slug of a template that makes the text. A template with a mistake in it is a ``ServerError``.
            template_vars: The template's variables. The server escapes HTML in them.
            visible: True for everybody, False for who is logged in. **Left out, it is False**: the server hides new
                incidents.
            stickied: Whether it stays at the top of the page.
            notifications: Whether subscribers are told.
            occurred_at: When it happened. Nothing is put in its place when it is left out. Naive in the server's zone,
                or aware; with a client that has a ``timezone``, aware.
            published_at: From when on it is shown; now, if left out. As ``occurred_at``.
            components: The components that it is about: by id the state that each gets while it is open; see
                :class:`~cachet_sdk.v3.enums.ComponentStatus`. **They cannot be changed later.**
            component_id: The id of one component; needs ``component_status`` too. As ``components``, for one.
            component_status: The state that this component gets.
            meta: Key and value pairs of your own. The answer does not tell them; ``get`` does, when asked.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            HTTPError: when the server refuses.
            TransportError: when no answer comes; ``maybe_applied`` tells whether it may have been made.

        Example:
            >>> incident = await client.incidents.create(
            ...     name="Down", message="We are looking into it", status=1, visible=True, components={1: 4}
            ... )
            >>> incident.status_name
            'Investigating'
        """
        payload = NewIncident.build(
            name=name,
            status=status,
            message=message,
            template=template,
            template_vars=template_vars,
            visible=visible,
            stickied=stickied,
            notifications=notifications,
            occurred_at=occurred_at,
            published_at=published_at,
            components=components,
            component_id=component_id,
            component_status=component_status,
            meta=meta,
        )
        return await self._create("/incidents", payload)

    async def update(
        self,
        incident_id: int,
        *,
        name: str | None = None,
        message: str | None = None,
        status: IncidentStatus | int | None = None,
        visible: bool | None = None,
        stickied: bool | None = None,
        notifications: bool | None = None,
        occurred_at: datetime | None = None,
        published_at: datetime | None = None,
        meta: Mapping[str, JsonValue] | None = None,
    ) -> AsyncIncident:
        """Change what is named of an incident, and nothing else. Nothing can be cleared: the server refuses that.

        Its components, and their states in it, cannot be changed: open another incident for that.

        Args:
            incident_id: The id.
            name: The title.
            message: The text, in Markdown.
            status: How far it is; see :class:`~cachet_sdk.v3.enums.IncidentStatus`.
            visible: True for everybody, False for who is logged in.
            stickied: Whether it stays at the top of the page.
            notifications: Whether subscribers are told.
            occurred_at: When it happened; as in ``create``.
            published_at: From when on it is shown; as in ``create``.
            meta: Its key and value pairs, in place of those that it has; an empty dictionary for none.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            NotFoundError: when there is no such incident.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.

        Example:
            >>> incident = await client.incidents.update(1, status=4)
            >>> incident.status_name
            'Fixed'
        """
        payload = IncidentChange.build(
            name=name,
            message=message,
            status=status,
            visible=visible,
            stickied=stickied,
            notifications=notifications,
            occurred_at=occurred_at,
            published_at=published_at,
            meta=meta,
        )
        return await self._change(_path(incident_id), payload.values())

    def list(
        self,
        page: int = 1,
        per_page: int = 100,
        *,
        name: str | Sequence[str] | None = None,
        status: IncidentStatus | int | Sequence[int] | None = None,
        occurs_after: datetime | date | None = None,
        occurs_before: datetime | date | None = None,
        occurs_on: date | None = None,
        meta: Mapping[str, MetaValue] | None = None,
        sort: IncidentSort | Sequence[IncidentSort] = "id",
        include: Sequence[IncidentInclude] = (),
        prefetch: int = 0,
    ) -> AsyncListing[AsyncIncident]:
        """List incidents, oldest first, read from the server page by page while they are used.

        Pass ``sort="-id"`` for the newest first. Guests get the visible ones only. What this client deletes or changes
        meanwhile makes it miss none; what others delete may.

        With ``include=("components",)`` each incident's components have the state that they have within this incident.
        The server tells that in a list for the first incident of a component only, so the others on the page that
        share one are read again, at a request each.

        Args:
            page: The page to start at.
            per_page: Incidents a page, 100 at most.
            name: Only those with this in their title, whatever its case; or with one of these.
            status: Only those in this state; or in one of these.
            occurs_after: Only those that happened then or later; a date is its first moment. Those without an
                ``occurred_at`` are never found.
            occurs_before: Only those that happened then or earlier; a date is its first moment here too.
            occurs_on: Only those of this day, in the server's zone.
            meta: Only those that have these pairs, all of them.
            sort: What to sort by, or several; with ``-`` in front in descending order.
            include: What to read with each: ``components``, ``components.group``, ``componentsCount``, ``updates``,
                ``user``, ``meta``.
            prefetch: How many pages to fetch ahead of the one in use; see ``components.list``.

        Raises:
            ArgumentError: for a bad argument, at once.
            HTTPError: when the server refuses, while iterating.
            TransportError: when no answer comes, while iterating.

        Example:
            >>> async for incident in client.incidents.list(include=("components",)):
            ...     print(incident.name, [(it.name, it.component_status_name) for it in incident.components])
            Slow [('API', 'Performance issues')]
        """
        check_kinds("status", status, IncidentStatus)
        check_moment("occurs_after", occurs_after)
        check_moment("occurs_before", occurs_before)
        check_day("occurs_on", occurs_on)
        query = list_query(
            {
                "name": name,
                "status": status,
                "occurs_after": occurs_after,
                "occurs_before": occurs_before,
                "occurs_on": occurs_on,
            },
            meta=meta,
            sort=sort,
            sortable=_SORTS,
            include=include,
            includable=_INCLUDES,
            zone=self._transport.settings.timezone,
        )
        return self._list("/incidents", page=page, per_page=per_page, prefetch=prefetch, query=query)

    async def get(self, incident_id: int, *, include: Sequence[IncidentInclude] = ()) -> AsyncIncident:
        """Get an incident.

        Args:
            incident_id: The id.
            include: What to read with it: ``components``, ``components.group``, ``componentsCount``, ``updates``,
                ``user``, ``meta``.

        Raises:
            NotFoundError: when there is no such incident, or the token may not see it.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.

        Example:
            >>> incident = await client.incidents.get(1, include=("updates",))
            >>> [update.message for update in incident.updates]
            ['Found it']
        """
        return await self._get(_path(incident_id), include_query(include, _INCLUDES))

    async def count(self) -> int:
        """Count the incidents; for guests the visible ones. It takes some requests: see ``components.count``."""
        return await self._count("/incidents", list_query(sort="id", sortable=_SORTS))

    async def delete(self, incident_id: int) -> None:
        """Delete an incident, and its updates.

        Args:
            incident_id: The id.

        Raises:
            NotFoundError: when there is no such incident.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        await self._delete(_path(incident_id))


def _path(incident_id: int) -> str:
    return f"/incidents/{check_id('incident_id', incident_id)}"
