# Made by "make sync" from aio/board.py: edit that file instead of this one.
"""A snapshot of the whole status page."""

from __future__ import annotations

from dataclasses import dataclass

from cachet_sdk.v3.component_groups import ComponentGroupManager
from cachet_sdk.v3.components import ComponentManager
from cachet_sdk.v3.enums import IncidentStatus, ScheduleStatus
from cachet_sdk.v3.incidents import IncidentManager
from cachet_sdk.v3.resources import Component, ComponentGroup, Incident, Schedule
from cachet_sdk.v3.schedules import ScheduleManager
from cachet_sdk.v3.status import StatusManager


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """A group on the board.

    Attributes:
        group: The group.
        components: Its enabled components, in the order shown. ``latest_status`` is the status that the page shows.
    """

    group: ComponentGroup
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class StatusBoard:
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
    by_group: dict[int | None, list[Component]] = {}
    shown: dict[int, ComponentGroup] = {}
    for component in components.list(include=("group",)):
        group = component.group
        if group is not None:
            shown[group.id] = group
        by_group.setdefault(None if group is None else group.id, []).append(component)
    for group in groups.list():  # includes groups without components
        shown[group.id] = group
    opened = list(incidents.list(status=[it for it in IncidentStatus if it is not IncidentStatus.FIXED], sort="-id"))
    planned = list(
        schedules.list(status=(ScheduleStatus.UPCOMING, ScheduleStatus.IN_PROGRESS), sort=("scheduled_at", "id"))
    )
    return StatusBoard(
        status=overall.status,
        message=overall.message,
        groups=tuple(
            BoardGroup(group, _in_order(by_group.get(group.id, [])))
            for group in sorted(shown.values(), key=lambda it: (it.order or 0, it.id))
        ),
        ungrouped=_in_order(by_group.get(None, [])),
        open_incidents=tuple(opened),
        running_maintenance=tuple(it for it in planned if it.status == ScheduleStatus.IN_PROGRESS),
        upcoming_maintenance=tuple(it for it in planned if it.status == ScheduleStatus.UPCOMING),
    )


def _in_order(components: list[Component]) -> tuple[Component, ...]:
    return tuple(sorted(components, key=lambda it: (it.order or 0, it.id)))
