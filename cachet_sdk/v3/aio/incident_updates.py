"""The manager of incident updates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias, get_args

from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.paging.simple import MutationCounter
from cachet_sdk.v3.aio.manager import AsyncUpdatesManager
from cachet_sdk.v3.aio.resources import AsyncIncidentUpdate
from cachet_sdk.v3.enums import IncidentStatus
from cachet_sdk.v3.filters import check_kinds, include_query, list_query, sort_fields
from cachet_sdk.v3.models.updates import IncidentUpdateChange, NewIncidentUpdate

__all__ = ["AsyncIncidentUpdate", "AsyncIncidentUpdateManager"]

#: Values of ``include``.
IncidentUpdateInclude: TypeAlias = Literal["incident"]
#: Values of ``sort``. A leading ``-`` sorts in descending order.
IncidentUpdateSort: TypeAlias = Literal["created_at", "-created_at", "status", "-status"]

_INCLUDES: tuple[str, ...] = get_args(IncidentUpdateInclude)
_SORTS = sort_fields(IncidentUpdateSort)


class AsyncIncidentUpdateManager(AsyncUpdatesManager[AsyncIncidentUpdate]):
    """Manage the updates of incidents. Available as ``client.incident_updates``."""

    PARENT: str = "incident"
    CHANGES: frozenset[str] = frozenset({"status"})

    def __init__(self, transport: AsyncTransport, parents: MutationCounter) -> None:
        super().__init__(transport, AsyncIncidentUpdate, parents)

    async def create(self, *, incident_id: int, status: IncidentStatus | int, message: str) -> AsyncIncidentUpdate:
        """Add an update to an incident. The incident takes on its status.

        Args:
            incident_id: Id of the incident.
            status: New status of the incident. See :class:`~cachet_sdk.v3.enums.IncidentStatus`.
            message: Text in Markdown.

        Raises:
            NotFoundError: If there is no such incident.

        Example:
            >>> update = await client.incident_updates.create(
            ...     incident_id=1, status=4, message="It works again"
            ... )
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
        """Update only the fields you pass. The incident takes on the status of its newest update.

        Args:
            id: Id of the update.
            incident_id: Id of the incident.
            status: Status that it sets on the incident.
            message: Text in Markdown.

        Raises:
            NotFoundError: If the incident has no such update.
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
        """List the updates of an incident, oldest first. Pages are requested as you iterate.

        The server cannot sort them by id. If more of them than fit on a page were created within one second, some may
        be missed.

        Args:
            incident_id: Id of the incident.
            page: First page to read.
            per_page: Updates per page, at most 100.
            status: Only those with this status, or one of these.
            sort: Field or fields to sort by. A leading ``-`` sorts in descending order.
            include: ``incident`` to include the incident.
            prefetch: Number of pages to fetch ahead. Defaults to 0. See ``components.list``.

        Raises:
            NotFoundError: If there is no such incident, or the token may not see it, while iterating.

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
        """Return an update.

        Args:
            incident_id: Id of the incident.
            update_id: Id of the update.
            include: ``incident`` to include the incident.

        Raises:
            NotFoundError: If the incident has no such update, or if the token may not see it.
        """
        return await self._get(_path(incident_id, update_id), include_query(include, _INCLUDES))

    async def count(self, incident_id: int) -> int:
        """Return the number of updates of an incident. This may take several requests. See ``components.count``.

        Args:
            incident_id: Id of the incident.
        """
        return await self._count(_path(incident_id))

    async def delete(self, incident_id: int, update_id: int) -> None:
        """Delete an update. The incident takes on the status of the newest remaining one.

        Args:
            incident_id: Id of the incident.
            update_id: Id of the update.

        Raises:
            NotFoundError: If the incident has no such update.
        """
        await self._delete(_path(incident_id, update_id))


def _path(incident_id: int, update_id: int | None = None) -> str:
    updates = f"/incidents/{check_id('incident_id', incident_id)}/updates"
    return updates if update_id is None else f"{updates}/{check_id('update_id', update_id)}"
