# Made by "make sync" from aio/schedules.py: edit that file instead of this one.
"""Schedules: their manager."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, TypeAlias

from pydantic import JsonValue

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.listing import Listing
from cachet_sdk.v3.enums import ComponentStatus, ScheduleStatus
from cachet_sdk.v3.filters import MetaValue, check_kinds, include_query, list_query
from cachet_sdk.v3.manager import StatesManager
from cachet_sdk.v3.models.schedules import NewSchedule, ScheduleChange
from cachet_sdk.v3.resources import Schedule

__all__ = ["Schedule", "ScheduleManager"]

#: What a schedule can be read with. The server fails on ``user``.
ScheduleInclude: TypeAlias = Literal["components", "components.group", "updates", "meta"]
#: What schedules are sorted by; with ``-`` in front in descending order.
ScheduleSort: TypeAlias = Literal[
    "id", "-id", "name", "-name", "scheduled_at", "-scheduled_at", "completed_at", "-completed_at"
]

_INCLUDES = ("components", "components.group", "updates", "meta")
_SORTS = ("name", "id", "scheduled_at", "completed_at")


class ScheduleManager(StatesManager[Schedule]):
    """The schedules: ``client.schedules``."""

    PATH: str = "/schedules"

    def __init__(self, transport: Transport) -> None:
        super().__init__(transport, Schedule)

    def create(
        self,
        *,
        name: str,
        message: str,
        scheduled_at: datetime,
        completed_at: datetime | None = None,
        published_at: datetime | None = None,
        notifications: bool | None = None,
        components: Mapping[int, ComponentStatus | int] | None = None,
        meta: Mapping[str, JsonValue] | None = None,
    ) -> Schedule:
        """Announce maintenance. Its status is computed from its times, and cannot be set.

        Args:
            name: The title, of 255 characters at most.
            message: The text, in Markdown.
            scheduled_at: When it is to begin: naive in the server's zone, or aware. With a client that has a
                ``timezone``, aware.
            completed_at: When it is to be done, or was; as ``scheduled_at``.
            published_at: From when on it is shown; now, if left out. As ``scheduled_at``.
            notifications: Whether subscribers are told.
            components: The components that it is about: by id the state that each gets meanwhile; see
                :class:`~cachet_sdk.v3.enums.ComponentStatus`.
            meta: Key and value pairs of your own. The answer does not tell them; ``get`` does, when asked.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            HTTPError: when the server refuses.
            TransportError: when no answer comes; ``maybe_applied`` tells whether it may have been made.

        Example:
            >>> from datetime import datetime
            >>> schedule = client.schedules.create(
            ...     name="New disks", message="One by one", scheduled_at=datetime(2040, 1, 2, 3, 4), components={1: 6}
            ... )
            >>> schedule.status_name
            'Upcoming'
        """
        payload = NewSchedule.build(
            name=name,
            message=message,
            scheduled_at=scheduled_at,
            completed_at=completed_at,
            published_at=published_at,
            notifications=notifications,
            components=components,
            meta=meta,
        )
        return self._create("/schedules", payload)

    def update(
        self,
        schedule_id: int,
        *,
        name: str | None = None,
        message: str | None = None,
        scheduled_at: datetime | None = None,
        completed_at: datetime | None = None,
        published_at: datetime | None = None,
        components: Mapping[int, ComponentStatus | int] | None = None,
        meta: Mapping[str, JsonValue] | None = None,
    ) -> Schedule:
        """Change what is named of a schedule, and nothing else. Nothing can be cleared, a ``completed_at`` neither.

        Args:
            schedule_id: The id.
            name: The title.
            message: The text, in Markdown.
            scheduled_at: When it is to begin; as in ``create``.
            completed_at: When it is to be done, or was; as in ``create``.
            published_at: From when on it is shown; as in ``create``.
            components: The components that it is about, **in place of those that it has**. The last one cannot be
                taken away.
            meta: Its key and value pairs, in place of those that it has; an empty dictionary for none.

        Raises:
            ArgumentError: for a bad argument, before anything is sent; also for empty ``components``, which the server
                would ignore.
            NotFoundError: when there is no such schedule.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.

        Example:
            >>> from datetime import datetime
            >>> schedule = client.schedules.update(1, completed_at=datetime(2040, 1, 3))
            >>> schedule.completed_at
            datetime.datetime(2040, 1, 3, 0, 0)
        """
        payload = ScheduleChange.build(
            name=name,
            message=message,
            scheduled_at=scheduled_at,
            completed_at=completed_at,
            published_at=published_at,
            components=components,
            meta=meta,
        )
        return self._change(_path(schedule_id), payload.values())

    def list(
        self,
        page: int = 1,
        per_page: int = 100,
        *,
        name: str | Sequence[str] | None = None,
        status: ScheduleStatus | int | Sequence[int] | None = None,
        meta: Mapping[str, MetaValue] | None = None,
        sort: ScheduleSort | Sequence[ScheduleSort] = "id",
        include: Sequence[ScheduleInclude] = (),
        prefetch: int = 0,
    ) -> Listing[Schedule]:
        """List schedules, read from the server page by page while they are used.

        What this client deletes or changes meanwhile makes it miss none; what others delete may. With
        ``include=("components",)`` schedules of the page that share a component are read again, at a request each: see
        ``incidents.list``.

        Args:
            page: The page to start at.
            per_page: Schedules a page, 100 at most.
            name: Only those with this in their title, whatever its case; or with one of these.
            status: Only those in this state; or in one of these. See :class:`~cachet_sdk.v3.enums.ScheduleStatus`.
            meta: Only those that have these pairs, all of them.
            sort: What to sort by, or several; with ``-`` in front in descending order.
            include: What to read with each: ``components``, ``components.group``, ``updates``, ``meta``.
            prefetch: How many pages to fetch ahead of the one in use; see ``components.list``.

        Raises:
            ArgumentError: for a bad argument, at once.
            HTTPError: when the server refuses, while iterating.
            TransportError: when no answer comes, while iterating.

        Example:
            >>> for schedule in client.schedules.list(status=0):
            ...     print(schedule.name, schedule.status_name)
            Move Upcoming
        """
        check_kinds("status", status, ScheduleStatus)
        query = list_query(
            {"name": name, "status": status},
            meta=meta,
            sort=sort,
            sortable=_SORTS,
            include=include,
            includable=_INCLUDES,
        )
        return self._list("/schedules", page=page, per_page=per_page, prefetch=prefetch, query=query)

    def get(self, schedule_id: int, *, include: Sequence[ScheduleInclude] = ()) -> Schedule:
        """Get a schedule.

        Args:
            schedule_id: The id.
            include: What to read with it: ``components``, ``components.group``, ``updates``, ``meta``.

        Raises:
            NotFoundError: when there is no such schedule, or the token may not see it.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        return self._get(_path(schedule_id), include_query(include, _INCLUDES))

    def count(self) -> int:
        """Count the schedules. It takes some requests: see ``components.count``."""
        return self._count("/schedules", list_query(sort="id", sortable=_SORTS))

    def delete(self, schedule_id: int) -> None:
        """Delete a schedule.

        Args:
            schedule_id: The id.

        Raises:
            NotFoundError: when there is no such schedule.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        self._delete(_path(schedule_id))


def _path(schedule_id: int) -> str:
    return f"/schedules/{check_id('schedule_id', schedule_id)}"
