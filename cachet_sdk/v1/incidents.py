# Made by "make sync" from aio/incidents.py: edit that file instead of this one.
"""Incidents: what can be done to one, and their manager."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, TypeAlias

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
#: What a template's variables may be: by name, or in the order that a list gives them.
TemplateVars: TypeAlias = Mapping[str, JsonValue] | Sequence[JsonValue]

#: What Cachet 2.0 to 2.3 drop without an error, and what they do instead.
_SINCE_2_4 = {"meta": None, "stickied": False}


class Incident(IncidentData, Resource):
    """Something that went wrong, or is planned to on Cachet 2.3."""

    __slots__ = ()

    def updates(self) -> Listing[IncidentUpdate]:
        """List the updates of this incident, newest first. Cachet 2.4.

        Raises:
            ClientStateError: when the incident is bound to no client.

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
    """What an incident needs of its manager: also the manager of its updates."""

    __slots__ = ("updates",)

    def __init__(self, binding: Binding, updates: IncidentUpdatesManager) -> None:
        super().__init__(binding.change, binding.delete, binding.zone)
        self.updates: IncidentUpdatesManager = updates


class IncidentManager(Manager[Incident]):
    """The incidents: ``client.incidents``."""

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
        """Open an incident, of a component or in general.

        The server cleans the name of HTML, and of comparisons such as ``x < 3 && y > 4`` as well: the result shows what
        became of it. It takes the message as it is, and cleans it only when it is changed.

        Args:
            name: The title, of 191 characters at most: servers cut longer ones silently.
            message: The text, in Markdown. With a template that exists, the template's is shown instead.
            status: How far it is; see :class:`~cachet_sdk.v1.enums.IncidentStatus`.
            visible: Whether guests see it.
            component_id: The id of a component; needs ``component_status`` too.
            component_status: The state that the component gets; see :class:`~cachet_sdk.v1.enums.ComponentStatus`.
            notify: Whether subscribers are told.
            created_at: When it happened, to the minute; the documented name of ``occurred_at``.
            template: The slug of a template. The server ignores one that it does not know.
            template_vars: The template's variables. The server escapes HTML in them.
            stickied: Whether it stays at the top of the page. Cachet 2.4.
            occurred_at: When it happened, to the minute; now, if left out. Understood by Cachet 2.3 too.
            meta: Key and value pairs of your own, which cannot be changed later. The server keeps no null, and no
                value that takes more than 191 characters as JSON; no key may be a number. Cachet 2.4.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            HTTPError: when the server refuses.
            TransportError: when no answer comes; ``maybe_applied`` tells whether it may have been made.

        Example:
            >>> incident = client.incidents.create(
            ...     name="Slow", message="We are looking into it", status=1, component_id=1, component_status=2
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
        """Change what is named of an incident, and nothing else.

        The server makes an incident public and unsticky when that is left out (wire/v1, trap 1), so both are read
        first unless given.

        Args:
            incident_id: The id.
            name: The title.
            message: The text, in Markdown.
            status: How far it is; see :class:`~cachet_sdk.v1.enums.IncidentStatus`.
            visible: Whether guests see it.
            component_id: The id of the component that it is about. Without ``component_status``, which the server
                insists on, the component's own is read and sent, so that it stays.
            component_status: The state that the component gets; without ``component_id`` the one that the incident is
                about.
            notify: Taken for its documented name; servers ignore it here.
            created_at: When it happened, to the minute; the documented name of ``occurred_at``.
            template: The slug of a template that makes the text. It sees only what the request holds, so the name is
                read and sent unless given.
            template_vars: The template's variables.
            stickied: Whether it stays at the top of the page. Cachet 2.4.
            occurred_at: When it happened, to the minute.

        Raises:
            ArgumentError: for a bad argument, before anything is changed; also for a ``component_status`` when neither
                the call nor the incident has a component.
            NotFoundError: when there is no such incident, and when the component that would get its status is gone.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.

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
        """List incidents, newest first, read from the server page by page while they are used.

        The server shuffles unsorted incidents between pages (wire/v1, trap 3), so they are always sorted. A list that
        is filtered, or sorted by anything but ``id``, comes in one request: the server cannot give it in pages.
        Guests, and clients with a wrong token, get visible incidents only.

        Args:
            page: The page to start at.
            per_page: Incidents a page. The documented default is one, at a request each: pass 100 to read many.
            id: Only the one with this id.
            name: Only those of exactly this name; on MySQL whatever its case.
            status: Only those in this state.
            component_id: Only those of this component; 0 for those of none.
            user_id: Only those that this user made.
            visible: Only those that guests see, or only those that they do not.
            stickied: Only those that stay at the top, or only those that do not.
            sort: What to sort by, always in descending order.
            prefetch: How many pages to fetch ahead of the one in use.

        Raises:
            ArgumentError: for a bad argument, at once.
            HTTPError: when the server refuses, while iterating.
            TransportError: when no answer comes, while iterating.

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
            ("id", "user_id", "name", "status", "visible", "stickied", "message", "occurred_at"),
            default_sort="id",
        )
        return self._list("/incidents", page=page, per_page=per_page, prefetch=prefetch, query=query)

    def get(self, incident_id: int) -> Incident:
        """Get an incident.

        Args:
            incident_id: The id.

        Raises:
            NotFoundError: when there is no such incident.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        return self._get(f"/incidents/{check_id('incident_id', incident_id)}")

    def count(self) -> int:
        """Count the incidents; for guests and clients with a wrong token, the visible ones."""
        return self._count("/incidents")

    def delete(self, incident_id: int) -> None:
        """Delete an incident.

        Args:
            incident_id: The id.

        Raises:
            NotFoundError: when there is no such incident.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        self._delete(f"/incidents/{check_id('incident_id', incident_id)}")

    def _load(self, answer: ApiResponse, rows: Sequence[dict[str, JsonValue]]) -> Sequence[Incident]:
        """Load incidents, and take away the date of maintenance where Cachet 2.3 shows a null one as now."""
        incidents = super()._load(answer, rows)
        for incident in incidents:
            if incident.scheduled_at is not None and is_shown_as_now(incident, answer.headers.get("Date")):
                clear_field(incident, "scheduled_at")
        return incidents

    def _change(self, path: str, values: dict[str, object]) -> Incident:
        lacks_component = "component_status" in values and "component_id" not in values
        lacks_name = "template" in values and "name" not in values
        if "visible" not in values or "stickied" not in values or lacks_component or lacks_name:
            present = self._get(path)
            values = {"visible": int(present.visible), "stickied": present.stickied} | values
            if lacks_name:
                values["name"] = present.name  # a template sees nothing of the incident but what the request holds
            if lacks_component:
                if not present.component_id:
                    raise ArgumentError(
                        "component_id", "is missing: the incident is of no component that could get component_status"
                    )
                # The server ignores a component_status alone, and one of a component that is gone.
                values["component_id"] = (self._components.get(present.component_id)).id
        component_id = values.get("component_id")
        if isinstance(component_id, int) and "component_status" not in values:
            values["component_status"] = int((self._components.get(component_id)).status)
        return super()._change(path, values)

    def _write(self, method: str, path: str, form: type[Payload], values: dict[str, object]) -> Incident:
        self._release.refuse_dropped(values, _SINCE_2_4)
        return super()._write(method, path, form, values)
