# Made by "make sync" from aio/schedules.py: edit that file instead of this one.
"""The manager of schedules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, TypeAlias, get_args

from pydantic import JsonValue

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.listing import Listing
from cachet_sdk.v3.enums import ComponentStatus, ScheduleStatus
from cachet_sdk.v3.filters import MetaValue, check_kinds, include_query, list_query, sort_fields
from cachet_sdk.v3.manager import StatusSettingManager
from cachet_sdk.v3.models.schedules import NewSchedule, ScheduleChange
from cachet_sdk.v3.resources import Schedule

__all__ = ["Schedule", "ScheduleManager"]

#: Values of ``include``. The server fails on ``user``.
ScheduleInclude: TypeAlias = Literal["components", "components.group", "updates", "meta"]
#: Values of ``sort``. A leading ``-`` sorts in descending order.
ScheduleSort: TypeAlias = Literal[
    "id", "-id", "name", "-name", "scheduled_at", "-scheduled_at", "completed_at", "-completed_at"
]

_INCLUDES: tuple[str, ...] = get_args(ScheduleInclude)
_SORTS = sort_fields(ScheduleSort)


class ScheduleManager(StatusSettingManager[Schedule]):
    """Manage schedules. Available as ``client.schedules``."""

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
        """Schedule maintenance. Its status is computed from its times and cannot be set.

        Args:
            name: Title, at most 255 characters.
            message: Text in Markdown.
            scheduled_at: Start. Aware, or naive in the server's time zone. Must be aware if the client has a
                ``timezone``.
            completed_at: Planned or actual end, in the same form as ``scheduled_at``.
            published_at: When it becomes visible, in the same form as ``scheduled_at``. Defaults to now.
            notifications: Whether subscribers are notified.
            components: Statuses by component id, in effect during the maintenance. See
                :class:`~cachet_sdk.v3.enums.ComponentStatus`.
            meta: Custom key-value pairs. Not part of the response: read them with ``get`` and ``include=("meta",)``.

        Example:
            >>> from datetime import datetime
            >>> schedule = client.schedules.create(
            ...     name="New disks",
            ...     message="One by one",
            ...     scheduled_at=datetime(2040, 1, 2, 3, 4),
            ...     components={1: 6},
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
        """Update only the fields you pass. The server does not allow any to be cleared, not even ``completed_at``.

        Args:
            schedule_id: Id of the schedule.
            name: Title, at most 255 characters.
            message: Text in Markdown.
            scheduled_at: Start. See ``create``.
            completed_at: Planned or actual end. See ``create``.
            published_at: When it becomes visible. See ``create``.
            components: Statuses by component id, **which replace the existing ones**. The last component cannot be
                removed.
            meta: Custom key-value pairs, which replace the existing ones. An empty dictionary removes all.

        Raises:
            ArgumentError: Also for empty ``components``, which the server would ignore.
            NotFoundError: If there is no such schedule.

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
        """List schedules. Pages are requested as you iterate.

        Deletions and changes through this client while iterating skip no rows, but deletions by others may. With
        ``include=("components",)``, schedules on a page that share a component are read again, with one request each.
        See ``incidents.list``.

        Args:
            page: First page to read.
            per_page: Schedules per page, at most 100.
            name: Only those whose title contains this text, or one of these texts, ignoring case.
            status: Only those with this status, or one of these. See :class:`~cachet_sdk.v3.enums.ScheduleStatus`.
            meta: Only those with all of these key-value pairs.
            sort: Field or fields to sort by. A leading ``-`` sorts in descending order.
            include: Relations and fields to include: ``components``, ``components.group``, ``updates``, ``meta``.
            prefetch: Number of pages to fetch ahead. Defaults to 0. See ``components.list``.

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
        """Return a schedule.

        Args:
            schedule_id: Id of the schedule.
            include: Relations and fields to include: ``components``, ``components.group``, ``updates``, ``meta``.

        Raises:
            NotFoundError: If there is no such schedule, or if the token may not see it.
        """
        return self._get(_path(schedule_id), include_query(include, _INCLUDES))

    def count(self) -> int:
        """Return the number of schedules. This may take several requests. See ``components.count``."""
        return self._count("/schedules", list_query(sort="id", sortable=_SORTS))

    def delete(self, schedule_id: int) -> None:
        """Delete a schedule.

        Args:
            schedule_id: Id of the schedule.

        Raises:
            NotFoundError: If there is no such schedule.
        """
        self._delete(_path(schedule_id))


def _path(schedule_id: int) -> str:
    return f"/schedules/{check_id('schedule_id', schedule_id)}"
