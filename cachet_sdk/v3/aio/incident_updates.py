"""Incident updates: their manager."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.paging.simple import MutationCounter
from cachet_sdk.v3.aio.manager import AsyncUpdatesManager
from cachet_sdk.v3.aio.resources import AsyncIncidentUpdate
from cachet_sdk.v3.enums import IncidentStatus
from cachet_sdk.v3.filters import check_kinds, include_query, list_query
from cachet_sdk.v3.models.updates import IncidentUpdateChange, NewIncidentUpdate

__all__ = ["AsyncIncidentUpdate", "AsyncIncidentUpdateManager"]

#: What an update can be read with.
IncidentUpdateInclude: TypeAlias = Literal["incident"]
#: What updates are sorted by; with ``-`` in front in descending order.
IncidentUpdateSort: TypeAlias = Literal["created_at", "-created_at", "status", "-status"]

_INCLUDES = ("incident",)
_SORTS = ("created_at", "status")


class AsyncIncidentUpdateManager(AsyncUpdatesManager[AsyncIncidentUpdate]):
    """The updates of incidents: ``client.incident_updates``."""

    PARENT: str = "incident"
    CHANGES: frozenset[str] = frozenset({"status"})

    def __init__(self, transport: AsyncTransport, parents: MutationCounter) -> None:
        super().__init__(transport, AsyncIncidentUpdate, parents)

    async def create(self, *, incident_id: int, status: IncidentStatus | int, message: str) -> AsyncIncidentUpdate:
        """Post an update. It gives the incident its status.

        Args:
            incident_id: The id of the incident.
            status: How far the incident is now; see :class:`~cachet_sdk.v3.enums.IncidentStatus`.
            message: The text, in Markdown.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            NotFoundError: when there is no such incident.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes; ``maybe_applied`` tells whether it may have been made.

        Example:
            >>> update = await client.incident_updates.create(incident_id=1, status=4, message="It works again")
            >>> update.status_name
            'Fixed'
        """
        return await self._create(_path(incident_id), NewIncidentUpdate.build(status=status, message=message))

    async def update(
        self,
        *,
        id: int,  # noqa: A002  (as for Cachet 2)
        incident_id: int,
        status: IncidentStatus | int | None = None,
        message: str | None = None,
    ) -> AsyncIncidentUpdate:
        """Change what is named of an update, and nothing else. The incident's status follows its newest update.

        Args:
            id: The id of the update.
            incident_id: The id of the incident.
            status: The status that it gives the incident.
            message: The text, in Markdown.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            NotFoundError: when the incident has no such update.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        payload = IncidentUpdateChange.build(status=status, message=message)
        return await self._change(_path(incident_id, check_id("id", id)), payload.values())

    def list(
        self,
        incident_id: int,
        page: int = 1,
        per_page: int = 100,
        *,
        status: IncidentStatus | int | Sequence[int] | None = None,
        sort: IncidentUpdateSort | Sequence[IncidentUpdateSort] = "created_at",
        include: Sequence[IncidentUpdateInclude] = (),
        prefetch: int = 0,
    ) -> AsyncListing[AsyncIncidentUpdate]:
        """List the updates of an incident, oldest first, read page by page while they are used.

        The server cannot sort them by id: where more than a page of them were posted within one second, some may be
        missed.

        Args:
            incident_id: The id of the incident.
            page: The page to start at.
            per_page: Updates a page, 100 at most.
            status: Only those that set this status; or one of these.
            sort: What to sort by, or several; with ``-`` in front in descending order.
            include: ``incident`` for the incident with each.
            prefetch: How many pages to fetch ahead of the one in use; see ``components.list``.

        Raises:
            ArgumentError: for a bad argument, at once.
            NotFoundError: when there is no such incident, or the token may not see it, while iterating.
            TransportError: when no answer comes, while iterating.

        Example:
            >>> [update.message async for update in client.incident_updates.list(1)]
            ['Found it']
        """
        check_kinds("status", status, IncidentStatus)
        query = list_query({"status": status}, sort=sort, sortable=_SORTS, include=include, includable=_INCLUDES)
        return self._list(_path(incident_id), page=page, per_page=per_page, prefetch=prefetch, query=query)

    async def get(
        self, incident_id: int, update_id: int, *, include: Sequence[IncidentUpdateInclude] = ()
    ) -> AsyncIncidentUpdate:
        """Get an update.

        Args:
            incident_id: The id of the incident.
            update_id: The id of the update.
            include: ``incident`` for the incident with it.

        Raises:
            NotFoundError: when the incident has no such update, or the token may not see it.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        return await self._get(_path(incident_id, update_id), include_query(include, _INCLUDES))

    async def count(self, incident_id: int) -> int:
        """Count the updates of an incident. It takes some requests: see ``components.count``.

        Args:
            incident_id: The id of the incident.
        """
        return await self._count(_path(incident_id))

    async def delete(self, incident_id: int, update_id: int) -> None:
        """Delete an update. The incident's status follows the newest one that is left.

        Args:
            incident_id: The id of the incident.
            update_id: The id of the update.

        Raises:
            NotFoundError: when the incident has no such update.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        await self._delete(_path(incident_id, update_id))


def _path(incident_id: int, update_id: int | None = None) -> str:
    updates = f"/incidents/{check_id('incident_id', incident_id)}/updates"
    return updates if update_id is None else f"{updates}/{check_id('update_id', update_id)}"
