"""The numbers and words of Cachet 3's API by name.

Every member is an int or a str, so both forms can be used everywhere: ``ComponentStatus.OPERATIONAL == 1``,
``SystemStatus.OPERATIONAL == "operational"``. Some numbers mean something else than in Cachet 2: see ``v1.enums``.
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
    """How a component is doing."""

    OPERATIONAL = 1
    """It works."""
    PERFORMANCE_ISSUES = 2
    """It works, but slowly."""
    PARTIAL_OUTAGE = 3
    """It does not work for everybody; in one region, say."""
    MAJOR_OUTAGE = 4
    """It works for nobody."""
    UNKNOWN = 5
    """Nobody has said yet; what a component gets when it is made without a status. Counts as not operational."""
    UNDER_MAINTENANCE = 6
    """It is being worked on."""


class ComponentGroupCollapsed(IntEnum):
    """When the status page shows a group folded up."""

    FALSE = 0
    """Never."""
    TRUE = 1
    """Always."""
    NOT_OPERATIONAL = 2
    """Unless one of its components has an ongoing incident."""


class IncidentStatus(IntEnum):
    """How far an incident is."""

    REPORTED = 0
    """Somebody reported a problem; nobody has looked into it yet."""
    INVESTIGATING = 1
    """It is being looked into."""
    IDENTIFIED = 2
    """The cause is known."""
    WATCHING = 3
    """A fix is in place and being watched."""
    FIXED = 4
    """It is over."""


class ScheduleStatus(IntEnum):
    """How far a scheduled maintenance is. The server computes it from the times; it cannot be set."""

    UPCOMING = 0
    IN_PROGRESS = 1
    COMPLETE = 2


class Visibility(IntEnum):
    """Who sees an incident, a component group or a metric."""

    AUTHENTICATED = 0
    """Users who are logged in. What an incident or a group gets when it is made without one."""
    GUEST = 1
    """Everybody."""
    HIDDEN = 2
    """Nobody, not even users. The API can neither set nor show it; it is set on the dashboard."""


class OrderColumn(StrEnum):
    """What the components of a group are sorted by on the status page."""

    ID = "id"
    LAST_UPDATED = "last_updated"
    NAME = "name"
    MANUAL = "manual"
    """By the components' own ``order``; the only one that goes without a direction."""
    STATUS = "status"


class OrderDirection(StrEnum):
    """Which way the components of a group are sorted."""

    ASCENDING = "asc"
    DESCENDING = "desc"


class MetricCalculation(IntEnum):
    """How the points of a metric are drawn together."""

    SUM = 0
    AVERAGE = 1


class MetricView(IntEnum):
    """What a metric's chart shows at first; the API can only read it."""

    LAST_HOUR = 0
    TODAY = 1
    WEEK = 2
    MONTH = 3


class TemplateEngine(StrEnum):
    """The language of an incident template."""

    TWIG = "twig"
    BLADE = "blade"
    """Refused, unless the server is set up for it."""


class SystemStatus(StrEnum):
    """How everything together is doing."""

    OPERATIONAL = "operational"
    """All systems are operational."""
    PARTIAL_OUTAGE = "partial_outage"
    """Some systems are experiencing issues."""
    MAJOR_OUTAGE = "major_outage"
    """Some systems are experiencing major issues."""
    UNDER_MAINTENANCE = "under_maintenance"
    """Some systems are under maintenance."""
