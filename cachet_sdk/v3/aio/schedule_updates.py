"""The manager of schedule updates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypeAlias, get_args

from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.paging.simple import MutationCounter
from cachet_sdk.v3.aio.manager import AsyncUpdatesManager
from cachet_sdk.v3.aio.resources import AsyncScheduleUpdate
from cachet_sdk.v3.filters import include_query, list_query, sort_fields
from cachet_sdk.v3.models.updates import NewScheduleUpdate, ScheduleUpdateChange

__all__ = ["AsyncScheduleUpdate", "AsyncScheduleUpdateManager"]

#: Values of ``include``.
ScheduleUpdateInclude: TypeAlias = Literal["schedule"]
#: Values of ``sort``. A leading ``-`` sorts in descending order.
ScheduleUpdateSort: TypeAlias = Literal["created_at", "-created_at"]

_INCLUDES: tuple[str, ...] = get_args(ScheduleUpdateInclude)
_SORTS = sort_fields(ScheduleUpdateSort)


class AsyncScheduleUpdateManager(AsyncUpdatesManager[AsyncScheduleUpdate]):
    """Manage the updates of schedules. Available as ``client.schedule_updates``.

    **Anyone can read the updates of unpublished schedules**.
    """

    PARENT: str = "schedule"
    CHANGES: frozenset[str] = frozenset({"completed_at"})

    def __init__(self, transport: AsyncTransport, parents: MutationCounter) -> None:
        super().__init__(transport, AsyncScheduleUpdate, parents)

    async def create(
        self, *, schedule_id: int, message: str, completed_at: datetime | None = None
    ) -> AsyncScheduleUpdate:
        """Add an update to a schedule.

        Args:
            schedule_id: Id of the schedule.
            message: Text in Markdown.
            completed_at: End of the maintenance, which is set on the schedule and kept if the update is deleted. Aware,
                or naive in the server's time zone. Must be aware if the client has a ``timezone``.

        Raises:
            NotFoundError: If there is no such schedule.

        Example:
            >>> update = await client.schedule_updates.create(
            ...     schedule_id=1, message="Half of them are in"
            ... )
            >>> update.message
            'Half of them are in'
        """
        payload = NewScheduleUpdate.build(message=message, completed_at=completed_at)
        return await self._create(_path(schedule_id), payload)

    async def update(
        self,
        *,
        id: int,  # noqa: A002  (as for the updates of incidents)
        schedule_id: int,
        message: str | None = None,
    ) -> AsyncScheduleUpdate:
        """Update the text of an update.

        Args:
            id: Id of the update.
            schedule_id: Id of the schedule.
            message: Text in Markdown.

        Raises:
            NotFoundError: If the schedule has no such update.
        """
        payload = ScheduleUpdateChange.build(message=message)
        return await self._change(_path(schedule_id, check_id("id", id)), payload.values())

    def list(
        self,
        schedule_id: int,
        page: int = 1,
        per_page: int = 100,
        *,
        sort: ScheduleUpdateSort = "created_at",
        include: Sequence[ScheduleUpdateInclude] = (),
        prefetch: int = 0,
    ) -> AsyncListing[AsyncScheduleUpdate]:
        """List the updates of a schedule, oldest first. Pages are requested as you iterate.

        The server cannot sort them by id. If more of them than fit on a page were created within one second, some may
        be missed.

        Args:
            schedule_id: Id of the schedule.
            page: First page to read.
            per_page: Updates per page, at most 100.
            sort: ``created_at``, or ``-created_at`` for the newest first.
            include: ``schedule`` to include the schedule.
            prefetch: Number of pages to fetch ahead. Defaults to 0. See ``components.list``.

        Raises:
            NotFoundError: If there is no such schedule, while iterating.

        Example:
            >>> [update.message async for update in client.schedule_updates.list(1)]
            ['All is packed']
        """
        query = list_query(sort=sort, sortable=_SORTS, include=include, includable=_INCLUDES)
        return self._list(_path(schedule_id), page=page, per_page=per_page, prefetch=prefetch, query=query)

    async def get(
        self, schedule_id: int, update_id: int, *, include: Sequence[ScheduleUpdateInclude] = ()
    ) -> AsyncScheduleUpdate:
        """Return an update.

        Args:
            schedule_id: Id of the schedule.
            update_id: Id of the update.
            include: ``schedule`` to include the schedule.

        Raises:
            NotFoundError: If the schedule has no such update.
        """
        return await self._get(_path(schedule_id, update_id), include_query(include, _INCLUDES))

    async def count(self, schedule_id: int) -> int:
        """Return the number of updates of a schedule. This may take several requests. See ``components.count``.

        Args:
            schedule_id: Id of the schedule.
        """
        return await self._count(_path(schedule_id))

    async def delete(self, schedule_id: int, update_id: int) -> None:
        """Delete an update. A ``completed_at`` that it set on the schedule is kept.

        Args:
            schedule_id: Id of the schedule.
            update_id: Id of the update.

        Raises:
            NotFoundError: If the schedule has no such update.
        """
        await self._delete(_path(schedule_id, update_id))


def _path(schedule_id: int, update_id: int | None = None) -> str:
    updates = f"/schedules/{check_id('schedule_id', schedule_id)}/updates"
    return updates if update_id is None else f"{updates}/{check_id('update_id', update_id)}"
