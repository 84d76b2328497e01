# Made by "make sync" from aio/board.py: edit that file instead of this one.
"""A snapshot of the whole status page."""

from __future__ import annotations

from dataclasses import dataclass

from cachet_sdk.errors import EndpointNotFoundError
from cachet_sdk.v1.component_groups import ComponentGroup, ComponentGroupManager
from cachet_sdk.v1.components import Component, ComponentManager
from cachet_sdk.v1.enums import IncidentStatus, ScheduleStatus
from cachet_sdk.v1.incidents import Incident, IncidentManager
from cachet_sdk.v1.schedules import Schedule, ScheduleManager
from cachet_sdk.v1.status import StatusManager


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """A group on the board.

    Attributes:
        group: The group.
        components: Its enabled components, in the order shown.
    """

    group: ComponentGroup
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class StatusBoard:
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
    groups: tuple[BoardGroup, ...]
    ungrouped: tuple[Component, ...]
    open_incidents: tuple[Incident, ...]
    running_maintenance: tuple[Schedule, ...]
    upcoming_maintenance: tuple[Schedule, ...]


def read_board(
    status: StatusManager,
    components: ComponentManager,
    groups: ComponentGroupManager,
    incidents: IncidentManager,
    schedules: ScheduleManager,
) -> StatusBoard:
    """Return a snapshot of the status page. See ``client.status_board``."""
    overall = status.get()
    by_group: dict[int, list[Component]] = {}
    for component in components.list(enabled=True):
        by_group.setdefault(component.group_id, []).append(component)
    shown: list[ComponentGroup] = []
    for group in groups.list(per_page=100):
        shown.append(group)
    shown.sort(key=lambda it: (it.order, it.id))
    opened: dict[int, Incident] = {}
    for kind in IncidentStatus:
        if kind is not IncidentStatus.FIXED:
            for incident in incidents.list(per_page=100, status=kind):
                opened[incident.id] = incident
    planned: list[Schedule] = []
    try:
        for schedule in schedules.list(per_page=100, sort="id"):
            if schedule.status != ScheduleStatus.COMPLETE:
                planned.append(schedule)
    except EndpointNotFoundError:
        pass  # Cachet 2.3 has no schedules
    planned.sort(key=lambda it: (str(it.scheduled_at or ""), it.id))  # naive and aware times cannot be compared
    known = {group.id for group in shown}
    return StatusBoard(
        status=overall.status,
        message=overall.message,
        groups=tuple(BoardGroup(group, _in_order(by_group.get(group.id, []))) for group in shown),
        # Includes components of groups that are deleted or hidden from the token.
        ungrouped=_in_order([it for number, found in by_group.items() if number not in known for it in found]),
        open_incidents=tuple(opened[number] for number in sorted(opened, reverse=True)),
        running_maintenance=tuple(it for it in planned if it.status == ScheduleStatus.IN_PROGRESS),
        upcoming_maintenance=tuple(it for it in planned if it.status == ScheduleStatus.UPCOMING),
    )


def _in_order(components: list[Component]) -> tuple[Component, ...]:
    return tuple(sorted(components, key=lambda it: (it.order, it.id)))
