"""Enumerations of Cachet 3's API.

Every member is an int or a str, so either form can be used: ``ComponentStatus.OPERATIONAL == 1``,
``SystemStatus.OPERATIONAL == "operational"``. Some numbers have a different meaning in Cachet 2: see ``v1.enums``.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum

__all__ = [
    "ComponentGroupCollapsed",
    "ComponentStatus",
    "IncidentStatus",
    "MetricCalculation",
    "MetricView",
    "OrderColumn",
    "OrderDirection",
    "ScheduleStatus",
    "SystemStatus",
    "TemplateEngine",
    "Visibility",
]


class ComponentStatus(IntEnum):
    """Status of a component."""

    OPERATIONAL = 1
    """Works normally."""
    PERFORMANCE_ISSUES = 2
    """Works, but slowly."""
    PARTIAL_OUTAGE = 3
    """Does not work for some users, for example in one region."""
    MAJOR_OUTAGE = 4
    """Works for no one."""
    UNKNOWN = 5
    """Not set yet: the default of a new component. Counts as not operational."""
    UNDER_MAINTENANCE = 6
    """Maintenance is in progress."""


class ComponentGroupCollapsed(IntEnum):
    """When the status page collapses a group."""

    FALSE = 0
    """Never."""
    TRUE = 1
    """Always."""
    NOT_OPERATIONAL = 2
    """Unless one of its components has an ongoing incident."""


class IncidentStatus(IntEnum):
    """Status of an incident."""

    REPORTED = 0
    """A problem was reported and is not being investigated yet."""
    INVESTIGATING = 1
    """The problem is being investigated."""
    IDENTIFIED = 2
    """The cause is known."""
    WATCHING = 3
    """A fix is in place and is being monitored."""
    FIXED = 4
    """Resolved."""


class ScheduleStatus(IntEnum):
    """Status of scheduled maintenance. The server computes it from the times; it cannot be set."""

    UPCOMING = 0
    IN_PROGRESS = 1
    COMPLETE = 2


class Visibility(IntEnum):
    """Who sees an incident, a component group or a metric."""

    AUTHENTICATED = 0
    """Logged-in users only: the default of new incidents and groups."""
    GUEST = 1
    """Everyone."""
    HIDDEN = 2
    """No one, not even logged-in users. It can only be set on the dashboard, and the API does not return it."""


class OrderColumn(StrEnum):
    """Sort field of the components of a group on the status page."""

    ID = "id"
    LAST_UPDATED = "last_updated"
    NAME = "name"
    MANUAL = "manual"
    """By the ``order`` of the components. The only one that requires no direction."""
    STATUS = "status"


class OrderDirection(StrEnum):
    """Sort direction of the components of a group."""

    ASCENDING = "asc"
    DESCENDING = "desc"


class MetricCalculation(IntEnum):
    """How the points of a metric are aggregated."""

    SUM = 0
    AVERAGE = 1


class MetricView(IntEnum):
    """Initial range of a metric's chart. It can only be set on the dashboard."""

    LAST_HOUR = 0
    TODAY = 1
    WEEK = 2
    MONTH = 3


class TemplateEngine(StrEnum):
    """The language of an incident template."""

    TWIG = "twig"
    BLADE = "blade"
    """Refused unless the server is configured for it."""


class SystemStatus(StrEnum):
    """The overall status."""

    OPERATIONAL = "operational"
    """All systems are operational."""
    PARTIAL_OUTAGE = "partial_outage"
    """Some systems are experiencing issues."""
    MAJOR_OUTAGE = "major_outage"
    """Some systems are experiencing major issues."""
    UNDER_MAINTENANCE = "under_maintenance"
    """Some systems are under maintenance."""
