# Made by "make sync" from aio/incidents.py: edit that file instead of this one.
"""The incident resource and its manager."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, TypeAlias, get_args

from pydantic import JsonValue

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.response import ApiResponse
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.listing import Listing
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import clear_field
from cachet_sdk.core.resource import Binding, Resource
from cachet_sdk.errors import ArgumentError
from cachet_sdk.v1.components import ComponentManager
from cachet_sdk.v1.enums import ComponentStatus, IncidentStatus
from cachet_sdk.v1.filters import check_status, list_query
from cachet_sdk.v1.incident_updates import IncidentUpdate, IncidentUpdatesManager
from cachet_sdk.v1.manager import Manager
from cachet_sdk.v1.models.incidents import IncidentChange, IncidentData, NewIncident, is_shown_as_now
from cachet_sdk.v1.release import ReleaseProbe

IncidentSort: TypeAlias = Literal["id", "user_id", "name", "status", "visible", "stickied", "message", "occurred_at"]
#: Variables of a template: by name, or as a list.
TemplateVars: TypeAlias = Mapping[str, JsonValue] | Sequence[JsonValue]

#: Fields that Cachet 2.0 to 2.3 silently ignore, each with the value that these releases assume.
_SINCE_2_4 = {"meta": None, "stickied": False}


class Incident(IncidentData, Resource):
    """An incident. On Cachet 2.3, planned maintenance is stored as one, too."""

    __slots__ = ()

    def updates(self) -> Listing[IncidentUpdate]:
        """List the updates of this incident, newest first. Requires Cachet 2.4.

        Raises:
            ClientStateError: If the incident is not bound to a client.

        Example:
            >>> incident = client.incidents.get(1)
            >>> [update.message for update in incident.updates()]
            ['Found it']
        """
        binding = self._bound()
        if not isinstance(binding, IncidentBinding):
            raise self._unbound_error()
        return binding.updates.list(self.id)

    def _path(self) -> str:
        return f"/incidents/{check_id('id', self.id)}"


class IncidentBinding(Binding):
    """Binds incidents to their manager, and to the manager of their updates."""

    __slots__ = ("updates",)

    def __init__(self, binding: Binding, updates: IncidentUpdatesManager) -> None:
        super().__init__(binding.change, binding.delete, binding.zone)
        self.updates: IncidentUpdatesManager = updates


class IncidentManager(Manager[Incident]):
    """Manage incidents. Available as ``client.incidents``."""

    def __init__(
        self,
        transport: Transport,
        components: ComponentManager,
        updates: IncidentUpdatesManager,
        release: ReleaseProbe,
    ) -> None:
        super().__init__(transport, Incident)
        self._release = release
        self._components = components
        self._binding = IncidentBinding(self._binding, updates)

    def create(
        self,
        *,
        name: str,
        message: str,
        status: IncidentStatus | int,
        visible: bool = True,
        component_id: int | None = None,
        component_status: ComponentStatus | int | None = None,
        notify: bool = True,
        created_at: datetime | None = None,
        template: str | None = None,
        template_vars: TemplateVars | None = None,
        stickied: bool | None = None,
        occurred_at: datetime | None = None,
        meta: Mapping[str, JsonValue] | None = None,
    ) -> Incident:
        """Open an incident, optionally for a component.

        The server removes what looks like HTML from the name, even from ``x < 3 && y > 4``: the returned incident has
        the stored name. It stores the message unchanged, but sanitizes it in later updates.

        Args:
            name: Title, at most 191 characters. Servers truncate longer ones silently, so they are refused.
            message: Text in Markdown. If a template exists, its text is used instead.
            status: See :class:`~cachet_sdk.v1.enums.IncidentStatus`.
            visible: Whether visitors who are not logged in see it.
            component_id: Id of the affected component. Requires ``component_status``.
            component_status: Status to set on the component. See :class:`~cachet_sdk.v1.enums.ComponentStatus`.
            notify: Whether subscribers are notified.
            created_at: Same as ``occurred_at``, for compatibility with ``cachet-client``.
            template: Slug of a template. The server ignores unknown slugs.
            template_vars: Variables of the template. The server escapes HTML in them.
            stickied: Whether it stays at the top of the page. Requires Cachet 2.4.
            occurred_at: When it happened, to the minute. Defaults to now. Works on Cachet 2.3, too.
            meta: Custom key-value pairs, which cannot be changed later. Null values, values longer than 191 characters
                as JSON, and numeric keys are refused, because the server loses them. Requires Cachet 2.4.

        Example:
            >>> incident = client.incidents.create(
            ...     name="Slow",
            ...     message="We are looking into it",
            ...     status=1,
            ...     component_id=1,
            ...     component_status=2,
            ... )
            >>> incident.human_status
            'Investigating'
        """
        return self._create(
            "/incidents",
            NewIncident.build(
                name=name,
                message=message,
                status=status,
                visible=visible,
                component_id=component_id,
                component_status=component_status,
                notify=notify,
                created_at=created_at,
                template=template,
                template_vars=template_vars,
                stickied=stickied,
                occurred_at=occurred_at,
                meta=meta,
            ),
        )

    def update(
        self,
        incident_id: int,
        name: str | None = None,
        message: str | None = None,
        status: IncidentStatus | int | None = None,
        visible: bool | None = None,
        component_id: int | None = None,
        component_status: ComponentStatus | int | None = None,
        notify: bool = True,
        created_at: datetime | None = None,
        template: str | None = None,
        template_vars: TemplateVars | None = None,
        *,
        stickied: bool | None = None,
        occurred_at: datetime | None = None,
    ) -> Incident:
        """Update only the fields you pass.

        The server resets ``visible`` to True and ``stickied`` to False if they are omitted, so their current values
        are read first and sent along. See "A change resets what it leaves out" in the server quirks.

        Args:
            incident_id: Id of the incident.
            name: Title.
            message: Text in Markdown.
            status: See :class:`~cachet_sdk.v1.enums.IncidentStatus`.
            visible: Whether visitors who are not logged in see it.
            component_id: Id of the affected component. The server requires ``component_status`` with it. By default the
                component's current status is read and sent along.
            component_status: Status to set on the component. Without ``component_id``, it is set on the component that
                the incident already affects.
            notify: Accepted for compatibility with ``cachet-client``. Servers ignore it in updates.
            created_at: Same as ``occurred_at``, for compatibility with ``cachet-client``.
            template: Slug of a template that produces the text. A template can use only fields of the request, so the
                name is read and sent along if you do not pass it.
            template_vars: Variables of the template.
            stickied: Whether it stays at the top of the page. Requires Cachet 2.4.
            occurred_at: When it happened, to the minute.

        Raises:
            ArgumentError: Also for a ``component_status`` when neither the call nor the incident has a component.
            NotFoundError: If there is no such incident, or if its component no longer exists.

        Example:
            >>> incident = client.incidents.update(1, status=4)
            >>> incident.human_status
            'Fixed'
        """
        payload = IncidentChange.build(
            name=name,
            message=message,
            status=status,
            visible=visible,
            component_id=component_id,
            component_status=component_status,
            notify=notify,
            created_at=created_at,
            template=template,
            template_vars=template_vars,
            stickied=stickied,
            occurred_at=occurred_at,
        )
        return self._change(f"/incidents/{check_id('incident_id', incident_id)}", payload.values())

    def list(
        self,
        page: int = 1,
        per_page: int = 1,
        *,
        id: int | None = None,  # noqa: A002  (the server's name of the filter)
        name: str | None = None,
        status: IncidentStatus | int | None = None,
        component_id: int | None = None,
        user_id: int | None = None,
        visible: bool | None = None,
        stickied: bool | None = None,
        sort: IncidentSort = "id",
        prefetch: int = 0,
    ) -> Listing[Incident]:
        """List incidents, newest first. Pages are requested as you iterate.

        The list is always sorted, because pages of unsorted incidents repeat some and omit others ("Unsorted incidents
        repeat and go missing" in the server quirks). A list that is filtered, or sorted by a field other than ``id``,
        is read in one request, because the server cannot page it. Without a valid token, only visible incidents are
        returned.

        Args:
            page: First page to read.
            per_page: Incidents per page. The default of 1, kept for compatibility with ``cachet-client``, takes a
                request per incident: pass 100 to read many.
            id: Only the one with this id.
            name: Only exact matches. MySQL ignores case.
            status: Only those with this status.
            component_id: Only incidents of this component. 0 selects incidents without a component.
            user_id: Only incidents created by this user.
            visible: Only visible ones, or only hidden ones.
            stickied: Only stickied incidents, or only the others.
            sort: Field to sort by, always in descending order.
            prefetch: Number of pages to fetch ahead. Defaults to 0.

        Example:
            >>> for incident in client.incidents.list(per_page=100, visible=True):
            ...     print(incident.name, incident.human_status)
            Slow Fixed
        """
        check_status(status, IncidentStatus)
        query = list_query(
            {
                "id": id,
                "name": name,
                "status": status,
                "component_id": component_id,
                "user_id": user_id,
                "visible": visible,
                "stickied": stickied,
            },
            sort,
            get_args(IncidentSort),
            default_sort="id",
        )
        return self._list("/incidents", page=page, per_page=per_page, prefetch=prefetch, query=query)

    def get(self, incident_id: int) -> Incident:
        """Return an incident.

        Raises:
            NotFoundError: If there is no such incident.
        """
        return self._get(f"/incidents/{check_id('incident_id', incident_id)}")

    def count(self) -> int:
        """Return the number of incidents. Without a valid token, only visible incidents count."""
        return self._count("/incidents")

    def delete(self, incident_id: int) -> None:
        """Delete an incident.

        Raises:
            NotFoundError: If there is no such incident.
        """
        self._delete(f"/incidents/{check_id('incident_id', incident_id)}")

    def _load(self, response: ApiResponse, rows: Sequence[dict[str, JsonValue]]) -> Sequence[Incident]:
        """Load incidents, and clear ``scheduled_at`` where Cachet 2.3 shows null as the current time."""
        incidents = super()._load(response, rows)
        for incident in incidents:
            if incident.scheduled_at is not None and is_shown_as_now(incident, response.headers.get("Date")):
                clear_field(incident, "scheduled_at")
        return incidents

    def _change(self, path: str, values: dict[str, object]) -> Incident:
        lacks_component = "component_status" in values and "component_id" not in values
        lacks_name = "template" in values and "name" not in values
        if "visible" not in values or "stickied" not in values or lacks_component or lacks_name:
            current = self._get(path)
            values = {"visible": int(current.visible), "stickied": current.stickied} | values
            if lacks_name:
                values["name"] = current.name  # a template can use only fields of the request
            if lacks_component:
                if not current.component_id:
                    raise ArgumentError(
                        "component_id",
                        "is missing: the incident has no component whose status could be set",
                    )
                # The server ignores component_status without a component_id, or if that component no longer exists.
                values["component_id"] = (self._components.get(current.component_id)).id
        component_id = values.get("component_id")
        if isinstance(component_id, int) and "component_status" not in values:
            values["component_status"] = int((self._components.get(component_id)).status)
        return super()._change(path, values)

    def _write(self, method: str, path: str, payload_type: type[Payload], values: dict[str, object]) -> Incident:
        self._release.refuse_unsupported(values, _SINCE_2_4)
        return super()._write(method, path, payload_type, values)
