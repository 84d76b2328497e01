"""A snapshot of the whole status page."""

from __future__ import annotations

from dataclasses import dataclass

from cachet_sdk.errors import EndpointNotFoundError
from cachet_sdk.v1.aio.component_groups import AsyncComponentGroup, AsyncComponentGroupManager
from cachet_sdk.v1.aio.components import AsyncComponent, AsyncComponentManager
from cachet_sdk.v1.aio.incidents import AsyncIncident, AsyncIncidentManager
from cachet_sdk.v1.aio.schedules import AsyncSchedule, AsyncScheduleManager
from cachet_sdk.v1.aio.status import AsyncStatusManager
from cachet_sdk.v1.enums import IncidentStatus, ScheduleStatus


@dataclass(frozen=True, slots=True)
class AsyncBoardGroup:
    """A group on the board.

    Attributes:
        group: The group.
        components: Its enabled components, in the order shown.
    """

    group: AsyncComponentGroup
    components: tuple[AsyncComponent, ...]


@dataclass(frozen=True, slots=True)
class AsyncStatusBoard:
    """A snapshot of the status page, limited to what the token may see.

    Attributes:
        status: Overall status: ``success``, ``info`` or ``danger``.
        message: The sentence at the top of the page, in the server's language.
        groups: The groups in the order shown, including empty ones and those that only logged-in users see.
        ungrouped: The enabled components without a group.
        open_incidents: The incidents that are not fixed, newest first. On Cachet 2.3 they include maintenance, with
            status 0.
        running_maintenance: The schedules that are in progress, earliest first. Empty on Cachet 2.3.
        upcoming_maintenance: The schedules that have not begun, earliest first. Empty on Cachet 2.3.
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
    by_group: dict[int, list[AsyncComponent]] = {}
    async for component in components.list(enabled=True):
        by_group.setdefault(component.group_id, []).append(component)
    shown: list[AsyncComponentGroup] = []
    async for group in groups.list(per_page=100):
        shown.append(group)
    shown.sort(key=lambda it: (it.order, it.id))
    opened: dict[int, AsyncIncident] = {}
    for kind in IncidentStatus:
        if kind is not IncidentStatus.FIXED:
            async for incident in incidents.list(per_page=100, status=kind):
                opened[incident.id] = incident
    planned: list[AsyncSchedule] = []
    try:
        async for schedule in schedules.list(per_page=100, sort="id"):
            if schedule.status != ScheduleStatus.COMPLETE:
                planned.append(schedule)
    except EndpointNotFoundError:
        pass  # Cachet 2.3 has no schedules
    planned.sort(key=lambda it: (str(it.scheduled_at or ""), it.id))  # naive and aware times cannot be compared
    known = {group.id for group in shown}
    return AsyncStatusBoard(
        status=overall.status,
        message=overall.message,
        groups=tuple(AsyncBoardGroup(group, _in_order(by_group.get(group.id, []))) for group in shown),
        # Includes components of groups that are deleted or hidden from the token.
        ungrouped=_in_order([it for number, found in by_group.items() if number not in known for it in found]),
        open_incidents=tuple(opened[number] for number in sorted(opened, reverse=True)),
        running_maintenance=tuple(it for it in planned if it.status == ScheduleStatus.IN_PROGRESS),
        upcoming_maintenance=tuple(it for it in planned if it.status == ScheduleStatus.UPCOMING),
    )


def _in_order(components: list[AsyncComponent]) -> tuple[AsyncComponent, ...]:
    return tuple(sorted(components, key=lambda it: (it.order, it.id)))
