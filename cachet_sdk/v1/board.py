# Made by "make sync" from aio/board.py: edit that file instead of this one.
"""The whole status page at once: a snapshot."""

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
        components: Its enabled components, in the order of the page.
    """

    group: ComponentGroup
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class StatusBoard:
    """What the status page shows, as far as the token may see it.

    Attributes:
        status: How everything is doing: ``success``, ``info`` or ``danger``.
        message: The sentence on top of the page, in the server's language.
        groups: The groups, in the order of the page; also those that only logged-in users see, and empty ones.
        ungrouped: The enabled components of no group.
        open_incidents: The incidents that are not fixed, newest first. Cachet 2.3 keeps maintenance among them, with
            the status 0.
        running_maintenance: The schedules that are in progress, earliest first. Cachet 2.4.
        upcoming_maintenance: The schedules that are yet to begin, earliest first. Cachet 2.4.
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
    """Read what the status page shows: see ``client.status_board``."""
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
        pass  # Cachet 2.3 has none
    planned.sort(key=lambda it: (str(it.scheduled_at or ""), it.id))  # naive and aware ones do not compare
    known = {group.id for group in shown}
    return StatusBoard(
        status=overall.status,
        message=overall.message,
        groups=tuple(BoardGroup(group, _in_order(by_group.get(group.id, []))) for group in shown),
        # A group that the token may not see, or that was deleted, must not take its components along.
        ungrouped=_in_order([it for number, found in by_group.items() if number not in known for it in found]),
        open_incidents=tuple(opened[number] for number in sorted(opened, reverse=True)),
        running_maintenance=tuple(it for it in planned if it.status == ScheduleStatus.IN_PROGRESS),
        upcoming_maintenance=tuple(it for it in planned if it.status == ScheduleStatus.UPCOMING),
    )


def _in_order(components: list[Component]) -> tuple[Component, ...]:
    return tuple(sorted(components, key=lambda it: (it.order, it.id)))
