"""Enumerations of Cachet's API, and the constants that ``cachet-client`` documents.

Every member is an int, so either form can be used: ``ComponentStatus.OPERATIONAL == 1``.
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
    """Status of a component."""

    UNKNOWN = 0
    """Not set yet."""
    OPERATIONAL = 1
    """Works normally."""
    PERFORMANCE_ISSUES = 2
    """Works, but slowly."""
    PARTIAL_OUTAGE = 3
    """Does not work for some users, for example in one region."""
    MAJOR_OUTAGE = 4
    """Works for no one."""


class ComponentGroupCollapsed(IntEnum):
    """When the status page collapses a group."""

    FALSE = 0
    """Never."""
    TRUE = 1
    """Always."""
    NOT_OPERATIONAL = 2
    """Unless one of its components is not operational."""


class IncidentStatus(IntEnum):
    """Status of an incident."""

    SCHEDULED = 0
    """Planned maintenance, which Cachet 2.3 stores as an incident."""
    INVESTIGATING = 1
    """The problem is being investigated."""
    IDENTIFIED = 2
    """The cause is known."""
    WATCHING = 3
    """A fix is in place and is being monitored."""
    FIXED = 4
    """Resolved."""


class ScheduleStatus(IntEnum):
    """Status of scheduled maintenance."""

    UPCOMING = 0
    IN_PROGRESS = 1
    COMPLETE = 2


class MetricCalculation(IntEnum):
    """How the points of a metric are aggregated."""

    SUM = 0
    AVERAGE = 1


class MetricView(IntEnum):
    """Initial range of a metric's chart."""

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
#: The four documented statuses of a component, for ``status in COMPONENT_STATUS_LIST``.
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
    """Return the English name of an incident's status.

    Args:
        status: A member of ``IncidentStatus`` or a plain int.

    Raises:
        ValueError: If the number is not an incident status.

    Example:
        >>> incident_status_human(INCIDENT_FIXED)
        'Fixed'
    """
    return IncidentStatus(status).name.capitalize()
