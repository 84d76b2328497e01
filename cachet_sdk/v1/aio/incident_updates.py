"""The incident update resource and its manager. Requires Cachet 2.4."""

from __future__ import annotations

from typing import TypeAlias

from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.aio.resource import AsyncResource
from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.v1.aio.manager import AsyncManager
from cachet_sdk.v1.enums import IncidentStatus
from cachet_sdk.v1.filters import ListQuery
from cachet_sdk.v1.models.incident_updates import IncidentUpdateChange, IncidentUpdateData, NewIncidentUpdate


class AsyncIncidentUpdate(IncidentUpdateData, AsyncResource):
    """An update of an incident."""

    __slots__ = ()

    def _path(self) -> str:
        return _path(check_id("incident_id", self.incident_id), check_id("id", self.id))


#: The spelling that ``cachet-client`` uses.
AsyncIndicentUpdate: TypeAlias = AsyncIncidentUpdate


class AsyncIncidentUpdatesManager(AsyncManager[AsyncIncidentUpdate]):
    """Manage the updates of incidents. Available as ``client.incident_updates``."""

    def __init__(self, transport: AsyncTransport) -> None:
        super().__init__(transport, AsyncIncidentUpdate)

    async def create(self, *, incident_id: int, status: IncidentStatus | int, message: str) -> AsyncIncidentUpdate:
        """Add an update to an incident. The incident takes on its status.

        Args:
            incident_id: Id of the incident.
            status: New status of the incident, 1 to 4. See :class:`~cachet_sdk.v1.enums.IncidentStatus`.
            message: Text in Markdown.

        Raises:
            NotFoundError: If there is no such incident.

        Example:
            >>> update = await client.incident_updates.create(
            ...     incident_id=1, status=2, message="Found it"
            ... )
            >>> update.human_status
            'Identified'
        """
        path = f"/incidents/{check_id('incident_id', incident_id)}/updates"
        return await self._create(path, NewIncidentUpdate.build(status=status, message=message))

    async def update(
        self,
        *,
        id: int,  # noqa: A002  (the documented name)
        incident_id: int,
        status: IncidentStatus | int | None = None,
        message: str | None = None,
    ) -> AsyncIncidentUpdate:
        """Update only the fields you pass. The incident keeps its status.

        Args:
            id: Id of the update.
            incident_id: Id of the incident.
            status: Status shown with the update, 1 to 4.
            message: Text in Markdown.

        Raises:
            NotFoundError: If there is no such update.

        Example:
            >>> update = await client.incident_updates.update(
            ...     id=1, incident_id=1, message="Found the cause"
            ... )
            >>> update.message
            'Found the cause'
        """
        payload = IncidentUpdateChange.build(status=status, message=message)
        return await self._change(_path(check_id("incident_id", incident_id), check_id("id", id)), payload.values())

    async def count(self, incident_id: int) -> int:
        """Return the number of updates of an incident.

        Args:
            incident_id: Id of the incident.
        """
        return await self._count(f"/incidents/{check_id('incident_id', incident_id)}/updates")

    def list(
        self, incident_id: int, page: int = 1, per_page: int = 20, *, prefetch: int = 0
    ) -> AsyncListing[AsyncIncidentUpdate]:
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

    async def get(self, incident_id: int, update_id: int) -> AsyncIncidentUpdate:
        """Return an update.

        Args:
            incident_id: Id of the incident. The server does not check that the update belongs to it.
            update_id: Id of the update.

        Raises:
            NotFoundError: If there is no such update.
        """
        return await self._get(_path(check_id("incident_id", incident_id), check_id("update_id", update_id)))

    async def delete(self, incident_id: int, update_id: int) -> None:
        """Delete an update. The incident keeps its status.

        Args:
            incident_id: Id of the incident.
            update_id: Id of the update.

        Raises:
            NotFoundError: If there is no such update.
        """
        await self._delete(_path(check_id("incident_id", incident_id), check_id("update_id", update_id)))


def _path(incident_id: int, update_id: int) -> str:
    return f"/incidents/{incident_id}/updates/{update_id}"
