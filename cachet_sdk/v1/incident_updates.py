# Made by "make sync" from aio/incident_updates.py: edit that file instead of this one.
"""The incident update resource and its manager. Requires Cachet 2.4."""

from __future__ import annotations

from typing import TypeAlias

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.listing import Listing
from cachet_sdk.core.resource import Resource
from cachet_sdk.v1.enums import IncidentStatus
from cachet_sdk.v1.filters import ListQuery
from cachet_sdk.v1.manager import Manager
from cachet_sdk.v1.models.incident_updates import IncidentUpdateChange, IncidentUpdateData, NewIncidentUpdate


class IncidentUpdate(IncidentUpdateData, Resource):
    """An update of an incident."""

    __slots__ = ()

    def _path(self) -> str:
        return _path(check_id("incident_id", self.incident_id), check_id("id", self.id))


#: The spelling that ``cachet-client`` uses.
IndicentUpdate: TypeAlias = IncidentUpdate


class IncidentUpdatesManager(Manager[IncidentUpdate]):
    """Manage the updates of incidents. Available as ``client.incident_updates``."""

    def __init__(self, transport: Transport) -> None:
        super().__init__(transport, IncidentUpdate)

    def create(self, *, incident_id: int, status: IncidentStatus | int, message: str) -> IncidentUpdate:
        """Add an update to an incident. The incident takes on its status.

        Args:
            incident_id: Id of the incident.
            status: New status of the incident, 1 to 4. See :class:`~cachet_sdk.v1.enums.IncidentStatus`.
            message: Text in Markdown.

        Raises:
            NotFoundError: If there is no such incident.

        Example:
            >>> update = client.incident_updates.create(
            ...     incident_id=1, status=2, message="Found it"
            ... )
            >>> update.human_status
            'Identified'
        """
        path = f"/incidents/{check_id('incident_id', incident_id)}/updates"
        return self._create(path, NewIncidentUpdate.build(status=status, message=message))

    def update(
        self,
        *,
        id: int,  # noqa: A002  (the documented name)
        incident_id: int,
        status: IncidentStatus | int | None = None,
        message: str | None = None,
    ) -> IncidentUpdate:
        """Update only the fields you pass. The incident keeps its status.

        Args:
            id: Id of the update.
            incident_id: Id of the incident.
            status: Status shown with the update, 1 to 4.
            message: Text in Markdown.

        Raises:
            NotFoundError: If there is no such update.

        Example:
            >>> update = client.incident_updates.update(
            ...     id=1, incident_id=1, message="Found the cause"
            ... )
            >>> update.message
            'Found the cause'
        """
        payload = IncidentUpdateChange.build(status=status, message=message)
        return self._change(_path(check_id("incident_id", incident_id), check_id("id", id)), payload.values())

    def count(self, incident_id: int) -> int:
        """Return the number of updates of an incident.

        Args:
            incident_id: Id of the incident.
        """
        return self._count(f"/incidents/{check_id('incident_id', incident_id)}/updates")

    def list(
        self, incident_id: int, page: int = 1, per_page: int = 20, *, prefetch: int = 0
    ) -> Listing[IncidentUpdate]:
        """List the updates of an incident, newest first. Pages are requested as you iterate.

        Args:
            incident_id: Id of the incident.
            page: First page to read.
            per_page: Updates per page.
            prefetch: Number of pages to fetch ahead. Defaults to 0.

        Raises:
            NotFoundError: If there is no such incident, while iterating.
        """
        path = f"/incidents/{check_id('incident_id', incident_id)}/updates"
        # By default the server sorts by the time in seconds, which may be equal ("Updates of the same second").
        return self._list(
            path, page=page, per_page=per_page, prefetch=prefetch, query=ListQuery((("sort", "id"),), whole=False)
        )

    def get(self, incident_id: int, update_id: int) -> IncidentUpdate:
        """Return an update.

        Args:
            incident_id: Id of the incident. The server does not check that the update belongs to it.
            update_id: Id of the update.

        Raises:
            NotFoundError: If there is no such update.
        """
        return self._get(_path(check_id("incident_id", incident_id), check_id("update_id", update_id)))

    def delete(self, incident_id: int, update_id: int) -> None:
        """Delete an update. The incident keeps its status.

        Args:
            incident_id: Id of the incident.
            update_id: Id of the update.

        Raises:
            NotFoundError: If there is no such update.
        """
        self._delete(_path(check_id("incident_id", incident_id), check_id("update_id", update_id)))


def _path(incident_id: int, update_id: int) -> str:
    return f"/incidents/{incident_id}/updates/{update_id}"
