"""Incident updates: what can be done to one, and their manager. Cachet 2.4."""

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
    """News of an incident."""

    __slots__ = ()

    def _path(self) -> str:
        return _path(check_id("incident_id", self.incident_id), check_id("id", self.id))


#: The name as ``cachet-client`` spelt it.
AsyncIndicentUpdate: TypeAlias = AsyncIncidentUpdate


class AsyncIncidentUpdatesManager(AsyncManager[AsyncIncidentUpdate]):
    """The updates of incidents: ``client.incident_updates``."""

    def __init__(self, transport: AsyncTransport) -> None:
        super().__init__(transport, AsyncIncidentUpdate)

    async def create(self, *, incident_id: int, status: IncidentStatus | int, message: str) -> AsyncIncidentUpdate:
        """Post an update. It gives the incident its status.

        Args:
            incident_id: The id of the incident.
            status: How far the incident is now, 1 to 4; see :class:`~cachet_sdk.v1.enums.IncidentStatus`.
            message: The text, in Markdown.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            NotFoundError: when there is no such incident.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes; ``maybe_applied`` tells whether it may have been made.

        Example:
            >>> update = await client.incident_updates.create(incident_id=1, status=2, message="Found it")
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
        """Change what is named of an update, and nothing else. The incident keeps its status.

        Args:
            id: The id of the update.
            incident_id: The id of the incident.
            status: The status that it shows, 1 to 4.
            message: The text, in Markdown.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            NotFoundError: when there is no such update.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.

        Example:
            >>> update = await client.incident_updates.update(id=1, incident_id=1, message="Found the cause")
            >>> update.message
            'Found the cause'
        """
        payload = IncidentUpdateChange.build(status=status, message=message)
        return await self._change(_path(check_id("incident_id", incident_id), check_id("id", id)), payload.values())

    async def count(self, incident_id: int) -> int:
        """Count the updates of an incident.

        Args:
            incident_id: The id of the incident.
        """
        return await self._count(f"/incidents/{check_id('incident_id', incident_id)}/updates")

    def list(
        self, incident_id: int, page: int = 1, per_page: int = 20, *, prefetch: int = 0
    ) -> AsyncListing[AsyncIncidentUpdate]:
        """List the updates of an incident, newest first, read page by page while they are used.

        Args:
            incident_id: The id of the incident.
            page: The page to start at.
            per_page: Updates a page.
            prefetch: How many pages to fetch ahead of the one in use.

        Raises:
            ArgumentError: for a bad argument, at once.
            NotFoundError: when there is no such incident, while iterating.
            TransportError: when no answer comes, while iterating.
        """
        path = f"/incidents/{check_id('incident_id', incident_id)}/updates"
        # The server ranks by the second; sort=id ranks those of one second (wire/v1, trap 12).
        return self._list(
            path, page=page, per_page=per_page, prefetch=prefetch, query=ListQuery((("sort", "id"),), whole=False)
        )

    async def get(self, incident_id: int, update_id: int) -> AsyncIncidentUpdate:
        """Get an update.

        Args:
            incident_id: The id of the incident. The server does not check that the update is one of its.
            update_id: The id of the update.

        Raises:
            NotFoundError: when there is no such update.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        return await self._get(_path(check_id("incident_id", incident_id), check_id("update_id", update_id)))

    async def delete(self, incident_id: int, update_id: int) -> None:
        """Delete an update. The incident keeps its status.

        Args:
            incident_id: The id of the incident.
            update_id: The id of the update.

        Raises:
            NotFoundError: when there is no such update.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        await self._delete(_path(check_id("incident_id", incident_id), check_id("update_id", update_id)))


def _path(incident_id: int, update_id: int) -> str:
    return f"/incidents/{incident_id}/updates/{update_id}"
