# Made by "make sync" from aio/schedule_updates.py: edit that file instead of this one.
"""Schedule updates: their manager."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypeAlias

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.listing import Listing
from cachet_sdk.core.paging.simple import MutationCounter
from cachet_sdk.v3.filters import include_query, list_query
from cachet_sdk.v3.manager import UpdatesManager
from cachet_sdk.v3.models.updates import NewScheduleUpdate, ScheduleUpdateChange
from cachet_sdk.v3.resources import ScheduleUpdate

__all__ = ["ScheduleUpdate", "ScheduleUpdateManager"]

#: What an update can be read with.
ScheduleUpdateInclude: TypeAlias = Literal["schedule"]
#: What updates are sorted by; with ``-`` in front in descending order.
ScheduleUpdateSort: TypeAlias = Literal["created_at", "-created_at"]

_INCLUDES = ("schedule",)
_SORTS = ("created_at",)


class ScheduleUpdateManager(UpdatesManager[ScheduleUpdate]):
    """The updates of schedules: ``client.schedule_updates``. **Guests can read those of unpublished schedules** too."""

    PARENT: str = "schedule"
    CHANGES: frozenset[str] = frozenset({"completed_at"})

    def __init__(self, transport: Transport, parents: MutationCounter) -> None:
        super().__init__(transport, ScheduleUpdate, parents)

    def create(self, *, schedule_id: int, message: str, completed_at: datetime | None = None) -> ScheduleUpdate:
        """Post an update.

        Args:
            schedule_id: The id of the schedule.
            message: The text, in Markdown.
            completed_at: When the maintenance was done, which becomes the schedule's ``completed_at``; it stays when
                the update is deleted. Naive in the server's zone, or aware; with a client that has a ``timezone``,
                aware.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            NotFoundError: when there is no such schedule.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes; ``maybe_applied`` tells whether it may have been made.

        Example:
            >>> update = client.schedule_updates.create(schedule_id=1, message="Half of them are in")
            >>> update.message
            'Half of them are in'
        """
        payload = NewScheduleUpdate.build(message=message, completed_at=completed_at)
        return self._create(_path(schedule_id), payload)

    def update(
        self,
        *,
        id: int,  # noqa: A002  (as for the updates of incidents)
        schedule_id: int,
        message: str | None = None,
    ) -> ScheduleUpdate:
        """Change the text of an update.

        Args:
            id: The id of the update.
            schedule_id: The id of the schedule.
            message: The text, in Markdown.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            NotFoundError: when the schedule has no such update.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        payload = ScheduleUpdateChange.build(message=message)
        return self._change(_path(schedule_id, check_id("id", id)), payload.values())

    def list(
        self,
        schedule_id: int,
        page: int = 1,
        per_page: int = 100,
        *,
        sort: ScheduleUpdateSort = "created_at",
        include: Sequence[ScheduleUpdateInclude] = (),
        prefetch: int = 0,
    ) -> Listing[ScheduleUpdate]:
        """List the updates of a schedule, oldest first, read page by page while they are used.

        The server cannot sort them by id: where more than a page of them were posted within one second, some may be
        missed.

        Args:
            schedule_id: The id of the schedule.
            page: The page to start at.
            per_page: Updates a page, 100 at most.
            sort: ``created_at``, or ``-created_at`` for the newest first.
            include: ``schedule`` for the schedule with each.
            prefetch: How many pages to fetch ahead of the one in use; see ``components.list``.

        Raises:
            ArgumentError: for a bad argument, at once.
            NotFoundError: when there is no such schedule, while iterating.
            TransportError: when no answer comes, while iterating.

        Example:
            >>> [update.message for update in client.schedule_updates.list(1)]
            ['All is packed']
        """
        query = list_query(sort=sort, sortable=_SORTS, include=include, includable=_INCLUDES)
        return self._list(_path(schedule_id), page=page, per_page=per_page, prefetch=prefetch, query=query)

    def get(self, schedule_id: int, update_id: int, *, include: Sequence[ScheduleUpdateInclude] = ()) -> ScheduleUpdate:
        """Get an update.

        Args:
            schedule_id: The id of the schedule.
            update_id: The id of the update.
            include: ``schedule`` for the schedule with it.

        Raises:
            NotFoundError: when the schedule has no such update.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        return self._get(_path(schedule_id, update_id), include_query(include, _INCLUDES))

    def count(self, schedule_id: int) -> int:
        """Count the updates of a schedule. It takes some requests: see ``components.count``.

        Args:
            schedule_id: The id of the schedule.
        """
        return self._count(_path(schedule_id))

    def delete(self, schedule_id: int, update_id: int) -> None:
        """Delete an update. A ``completed_at`` that it gave the schedule stays.

        Args:
            schedule_id: The id of the schedule.
            update_id: The id of the update.

        Raises:
            NotFoundError: when the schedule has no such update.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        self._delete(_path(schedule_id, update_id))


def _path(schedule_id: int, update_id: int | None = None) -> str:
    updates = f"/schedules/{check_id('schedule_id', schedule_id)}/updates"
    return updates if update_id is None else f"{updates}/{check_id('update_id', update_id)}"
