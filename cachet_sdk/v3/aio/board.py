"""A snapshot of the whole status page."""

from __future__ import annotations

from dataclasses import dataclass

from cachet_sdk.v3.aio.component_groups import AsyncComponentGroupManager
from cachet_sdk.v3.aio.components import AsyncComponentManager
from cachet_sdk.v3.aio.incidents import AsyncIncidentManager
from cachet_sdk.v3.aio.resources import AsyncComponent, AsyncComponentGroup, AsyncIncident, AsyncSchedule
from cachet_sdk.v3.aio.schedules import AsyncScheduleManager
from cachet_sdk.v3.aio.status import AsyncStatusManager
from cachet_sdk.v3.enums import IncidentStatus, ScheduleStatus


@dataclass(frozen=True, slots=True)
class AsyncBoardGroup:
    """A group on the board.

    Attributes:
        group: The group.
        components: Its enabled components, in the order shown. ``latest_status`` is the status that the page shows.
    """

    group: AsyncComponentGroup
    components: tuple[AsyncComponent, ...]


@dataclass(frozen=True, slots=True)
class AsyncStatusBoard:
    """A snapshot of the status page, limited to what the token may see.

    Attributes:
        status: Overall status. See :class:`~cachet_sdk.v3.enums.SystemStatus`.
        message: The sentence at the top of the page, in the server's language.
        groups: The groups in the order shown, including empty ones and those that only logged-in users see.
        ungrouped: The enabled components without a group.
        open_incidents: The incidents that are not fixed, newest first.
        running_maintenance: The schedules that are in progress, earliest first.
        upcoming_maintenance: The schedules that have not begun, earliest first.
    """

    status: str
    message: str
    groups: tuple[AsyncBoardGroup, ...]
    ungrouped: tuple[AsyncComponent, ...]
    open_incidents: tuple[AsyncIncident, ...]
    running_maintenance: tuple[AsyncSchedule, ...]
    upcoming_maintenance: tuple[AsyncSchedule, ...]


async def async_read_board(
    status: AsyncStatusManager,
    components: AsyncComponentManager,
    groups: AsyncComponentGroupManager,
    incidents: AsyncIncidentManager,
    schedules: AsyncScheduleManager,
) -> AsyncStatusBoard:
    """Return a snapshot of the status page. See ``client.status_board``."""
    overall = await status.get()
    by_group: dict[int | None, list[AsyncComponent]] = {}
    shown: dict[int, AsyncComponentGroup] = {}
    async for component in components.list(include=("group",)):
        group = component.group
        if group is not None:
            shown[group.id] = group
        by_group.setdefault(None if group is None else group.id, []).append(component)
    async for group in groups.list():  # includes groups without components
        shown[group.id] = group
    opened = [
        it
        async for it in incidents.list(
            status=[it for it in IncidentStatus if it is not IncidentStatus.FIXED], sort="-id"
        )
    ]
    planned = [
        it
        async for it in schedules.list(
            status=(ScheduleStatus.UPCOMING, ScheduleStatus.IN_PROGRESS), sort=("scheduled_at", "id")
        )
    ]
    return AsyncStatusBoard(
        status=overall.status,
        message=overall.message,
        groups=tuple(
            AsyncBoardGroup(group, _in_order(by_group.get(group.id, [])))
            for group in sorted(shown.values(), key=lambda it: (it.order or 0, it.id))
        ),
        ungrouped=_in_order(by_group.get(None, [])),
        open_incidents=tuple(opened),
        running_maintenance=tuple(it for it in planned if it.status == ScheduleStatus.IN_PROGRESS),
        upcoming_maintenance=tuple(it for it in planned if it.status == ScheduleStatus.UPCOMING),
    )


def _in_order(components: list[AsyncComponent]) -> tuple[AsyncComponent, ...]:
    return tuple(sorted(components, key=lambda it: (it.order or 0, it.id)))
