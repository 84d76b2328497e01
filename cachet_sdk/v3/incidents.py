# Made by "make sync" from aio/incidents.py: edit that file instead of this one.
"""The manager of incidents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal, TypeAlias, get_args

from pydantic import JsonValue

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.listing import Listing
from cachet_sdk.v3.enums import ComponentStatus, IncidentStatus
from cachet_sdk.v3.filters import (
    MetaValue,
    check_day,
    check_kinds,
    check_moment,
    include_query,
    list_query,
    sort_fields,
)
from cachet_sdk.v3.manager import StatusSettingManager
from cachet_sdk.v3.models.incidents import IncidentChange, NewIncident
from cachet_sdk.v3.resources import Incident

__all__ = ["Incident", "IncidentManager"]

#: Values of ``include``.
IncidentInclude: TypeAlias = Literal["components", "components.group", "componentsCount", "updates", "user", "meta"]
#: Values of ``sort``. A leading ``-`` sorts in descending order.
IncidentSort: TypeAlias = Literal["id", "-id", "name", "-name", "status", "-status", "created_at", "-created_at"]

_INCLUDES: tuple[str, ...] = get_args(IncidentInclude)
_SORTS = sort_fields(IncidentSort)


class IncidentManager(StatusSettingManager[Incident]):
    """Manage incidents. Available as ``client.incidents``."""

    PATH: str = "/incidents"

    def __init__(self, transport: Transport) -> None:
        super().__init__(transport, Incident)

    def create(
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
    ) -> Incident:
        """Open an incident. **It is hidden from visitors unless you pass** ``visible=True``.

        Args:
            name: Title, at most 255 characters.
            status: See :class:`~cachet_sdk.v3.enums.IncidentStatus`.
            message: Text in Markdown. Not allowed with a template.
            template: Slug of a template that produces the text. An error in the template causes a ``ServerError``.
            template_vars: Variables of the template. The server escapes HTML in them.
            visible: True for everyone, False for logged-in users only. **Defaults to False.**
            stickied: Whether it stays at the top of the page.
            notifications: Whether subscribers are notified.
            occurred_at: When it happened. Not set by default. Aware, or naive in the server's time zone. Must be aware
                if the client has a ``timezone``.
            published_at: When it becomes visible, in the same form as ``occurred_at``. Defaults to now.
            components: Statuses by component id, in effect while the incident is open. See
                :class:`~cachet_sdk.v3.enums.ComponentStatus`. **They cannot be changed later.**
            component_id: Id of a single component, as an alternative to ``components``. Requires
                ``component_status``.
            component_status: Status of this component.
            meta: Custom key-value pairs. Not part of the response: read them with ``get`` and ``include=("meta",)``.

        Example:
            >>> incident = client.incidents.create(
            ...     name="Down",
            ...     message="We are looking into it",
            ...     status=1,
            ...     visible=True,
            ...     components={1: 4},
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
        return self._create("/incidents", payload)

    def update(
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
    ) -> Incident:
        """Update only the fields you pass. The server does not allow any field to be cleared.

        Its components and their statuses cannot be changed: open another incident instead.

        Args:
            incident_id: Id of the incident.
            name: Title, at most 255 characters.
            message: Text in Markdown.
            status: See :class:`~cachet_sdk.v3.enums.IncidentStatus`.
            visible: True for everyone, False for logged-in users only.
            stickied: Whether it stays at the top of the page.
            notifications: Whether subscribers are notified.
            occurred_at: When it happened. See ``create``.
            published_at: When it becomes visible. See ``create``.
            meta: Custom key-value pairs, which replace the existing ones. An empty dictionary removes all.

        Raises:
            NotFoundError: If there is no such incident.

        Example:
            >>> incident = client.incidents.update(1, status=4)
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
        return self._change(_path(incident_id), payload.values())

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
    ) -> Listing[Incident]:
        """List incidents, oldest first. Pages are requested as you iterate.

        Pass ``sort="-id"`` for the newest first. Without a valid token, only visible incidents are returned. Deletions
        and changes through this client while iterating skip no rows, but deletions by others may.

        With ``include=("components",)``, the components of each incident have their status within this incident. A page
        contains this status only for the first incident of each component, so other incidents of the component are read
        again, with one request each. See "Included rows are shared" in the server quirks.

        Args:
            page: First page to read.
            per_page: Incidents per page, at most 100.
            name: Only those whose title contains this text, or one of these texts, ignoring case.
            status: Only those with this status, or one of these.
            occurs_after: Only incidents that occurred at or after this time. A date stands for its midnight. Incidents
                without ``occurred_at`` are never returned.
            occurs_before: Only incidents that occurred at or before this time. A date stands for its midnight.
            occurs_on: Only incidents of this day in the server's time zone.
            meta: Only those with all of these key-value pairs.
            sort: Field or fields to sort by. A leading ``-`` sorts in descending order.
            include: Relations and fields to include: ``components``, ``components.group``, ``componentsCount``,
                ``updates``, ``user``, ``meta``.
            prefetch: Number of pages to fetch ahead. Defaults to 0. See ``components.list``.

        Example:
            >>> for incident in client.incidents.list(include=("components",)):
            ...     print(
            ...         incident.name,
            ...         [(it.name, it.component_status_name) for it in incident.components],
            ...     )
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

    def get(self, incident_id: int, *, include: Sequence[IncidentInclude] = ()) -> Incident:
        """Return an incident.

        Args:
            incident_id: Id of the incident.
            include: Relations and fields to include: ``components``, ``components.group``, ``componentsCount``,
                ``updates``, ``user``, ``meta``.

        Raises:
            NotFoundError: If there is no such incident, or if the token may not see it.

        Example:
            >>> incident = client.incidents.get(1, include=("updates",))
            >>> [update.message for update in incident.updates]
            ['Found it']
        """
        return self._get(_path(incident_id), include_query(include, _INCLUDES))

    def count(self) -> int:
        """Return the number of incidents. Without a valid token, only visible incidents count.

        This may take several requests. See ``components.count``.
        """
        return self._count("/incidents", list_query(sort="id", sortable=_SORTS))

    def delete(self, incident_id: int) -> None:
        """Delete an incident and its updates.

        Args:
            incident_id: Id of the incident.

        Raises:
            NotFoundError: If there is no such incident.
        """
        self._delete(_path(incident_id))


def _path(incident_id: int) -> str:
    return f"/incidents/{check_id('incident_id', incident_id)}"
