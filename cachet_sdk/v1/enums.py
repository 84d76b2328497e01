"""The numbers of Cachet's API by name: enumerations, and the constants that ``cachet-client`` documented.

Every member is an int, so both forms can be used everywhere: ``ComponentStatus.OPERATIONAL == 1``.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

__all__ = [
    "COMPONENT_GROUP_COLLAPSED_FALSE",
    "COMPONENT_GROUP_COLLAPSED_NOT_OPERATIONAL",
    "COMPONENT_GROUP_COLLAPSED_TRUE",
    "COMPONENT_STATUS_LIST",
    "COMPONENT_STATUS_MAJOR_OUTAGE",
    "COMPONENT_STATUS_OPERATIONAL",
    "COMPONENT_STATUS_PARTIAL_OUTAGE",
    "COMPONENT_STATUS_PERFORMANCE_ISSUES",
    "INCIDENT_FIXED",
    "INCIDENT_IDENTIFIED",
    "INCIDENT_INVESTIGATING",
    "INCIDENT_SCHEDULED",
    "INCIDENT_WATCHING",
    "SCHEDULE_STATUS_COMPLETE",
    "SCHEDULE_STATUS_IN_PROGRESS",
    "SCHEDULE_STATUS_UPCOMING",
    "ComponentGroupCollapsed",
    "ComponentStatus",
    "IncidentStatus",
    "MetricCalculation",
    "MetricView",
    "MetricVisibility",
    "ScheduleStatus",
    "incident_status_human",
]


class ComponentStatus(IntEnum):
    """How a component is doing."""

    UNKNOWN = 0
    """Nobody has said yet."""
    OPERATIONAL = 1
    """It works."""
    PERFORMANCE_ISSUES = 2
    """It works, but slowly."""
    PARTIAL_OUTAGE = 3
    """It does not work for everybody; in one region, say."""
    MAJOR_OUTAGE = 4
    """It works for nobody."""


class ComponentGroupCollapsed(IntEnum):
    """When the status page shows a group folded up."""

    FALSE = 0
    """Never."""
    TRUE = 1
    """Always."""
    NOT_OPERATIONAL = 2
    """Unless one of its components is not operational."""


class IncidentStatus(IntEnum):
    """How far an incident is."""

    SCHEDULED = 0
    """Planned; Cachet 2.3 kept maintenance among the incidents."""
    INVESTIGATING = 1
    """Somebody reported a problem, and it is being looked into."""
    IDENTIFIED = 2
    """The cause is known."""
    WATCHING = 3
    """A fix is in place and being watched."""
    FIXED = 4
    """It is over."""


class ScheduleStatus(IntEnum):
    """How far a scheduled maintenance is."""

    UPCOMING = 0
    IN_PROGRESS = 1
    COMPLETE = 2


class MetricCalculation(IntEnum):
    """How the points of a metric are drawn together."""

    SUM = 0
    AVERAGE = 1


class MetricView(IntEnum):
    """What a metric's chart shows at first."""

    LAST_HOUR = 0
    LAST_12_HOURS = 1
    WEEK = 2
    MONTH = 3


class MetricVisibility(IntEnum):
    """Who sees a metric."""

    AUTHENTICATED = 0
    PUBLIC = 1
    HIDDEN = 2


COMPONENT_STATUS_OPERATIONAL: Final = ComponentStatus.OPERATIONAL
COMPONENT_STATUS_PERFORMANCE_ISSUES: Final = ComponentStatus.PERFORMANCE_ISSUES
COMPONENT_STATUS_PARTIAL_OUTAGE: Final = ComponentStatus.PARTIAL_OUTAGE
COMPONENT_STATUS_MAJOR_OUTAGE: Final = ComponentStatus.MAJOR_OUTAGE
#: The four documented states of a component: ``status in COMPONENT_STATUS_LIST``.
COMPONENT_STATUS_LIST: Final[list[ComponentStatus]] = [
    COMPONENT_STATUS_OPERATIONAL,
    COMPONENT_STATUS_PERFORMANCE_ISSUES,
    COMPONENT_STATUS_PARTIAL_OUTAGE,
    COMPONENT_STATUS_MAJOR_OUTAGE,
]

COMPONENT_GROUP_COLLAPSED_FALSE: Final = ComponentGroupCollapsed.FALSE
COMPONENT_GROUP_COLLAPSED_TRUE: Final = ComponentGroupCollapsed.TRUE
COMPONENT_GROUP_COLLAPSED_NOT_OPERATIONAL: Final = ComponentGroupCollapsed.NOT_OPERATIONAL

INCIDENT_SCHEDULED: Final = IncidentStatus.SCHEDULED
INCIDENT_INVESTIGATING: Final = IncidentStatus.INVESTIGATING
INCIDENT_IDENTIFIED: Final = IncidentStatus.IDENTIFIED
INCIDENT_WATCHING: Final = IncidentStatus.WATCHING
INCIDENT_FIXED: Final = IncidentStatus.FIXED

SCHEDULE_STATUS_UPCOMING: Final = ScheduleStatus.UPCOMING
SCHEDULE_STATUS_IN_PROGRESS: Final = ScheduleStatus.IN_PROGRESS
SCHEDULE_STATUS_COMPLETE: Final = ScheduleStatus.COMPLETE


def incident_status_human(status: int) -> str:
    """Tell the name of an incident's status, in English.

    Args:
        status: The status, as a member or as a plain int.

    Raises:
        ValueError: for a number that is no incident status.

    Example:
        >>> incident_status_human(INCIDENT_FIXED)
        'Fixed'
    """
    return IncidentStatus(status).name.capitalize()
