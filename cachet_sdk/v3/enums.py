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

    #: It works.
    OPERATIONAL = 1
    #: It works, but slowly.
    PERFORMANCE_ISSUES = 2
    #: It does not work for everybody; in one region, say.
    PARTIAL_OUTAGE = 3
    #: It works for nobody.
    MAJOR_OUTAGE = 4
    #: Nobody has said yet; what a component gets when it is made without a status. Counts as not operational.
    UNKNOWN = 5
    #: It is being worked on.
    UNDER_MAINTENANCE = 6


class ComponentGroupCollapsed(IntEnum):
    """When the status page shows a group folded up."""

    #: Never.
    FALSE = 0
    #: Always.
    TRUE = 1
    #: Unless one of its components has an ongoing incident.
    NOT_OPERATIONAL = 2


class IncidentStatus(IntEnum):
    """How far an incident is."""

    #: Somebody reported a problem; nobody has looked into it yet.
    REPORTED = 0
    #: It is being looked into.
    INVESTIGATING = 1
    #: The cause is known.
    IDENTIFIED = 2
    #: A fix is in place and being watched.
    WATCHING = 3
    #: It is over.
    FIXED = 4


class ScheduleStatus(IntEnum):
    """How far a scheduled maintenance is. The server computes it from the times; it cannot be set."""

    UPCOMING = 0
    IN_PROGRESS = 1
    COMPLETE = 2


class Visibility(IntEnum):
    """Who sees an incident, a component group or a metric."""

    #: Users who are logged in. What an incident or a group gets when it is made without one.
    AUTHENTICATED = 0
    #: Everybody.
    GUEST = 1
    #: Nobody, not even users. The API can neither set nor show it; it is set on the dashboard.
    HIDDEN = 2


class OrderColumn(StrEnum):
    """What the components of a group are sorted by on the status page."""

    ID = "id"
    LAST_UPDATED = "last_updated"
    NAME = "name"
    #: By the components' own ``order``; the only one that goes without a direction.
    MANUAL = "manual"
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
    #: Refused, unless the server is set up for it.
    BLADE = "blade"


class SystemStatus(StrEnum):
    """How everything together is doing."""

    #: All systems are operational.
    OPERATIONAL = "operational"
    #: Some systems are experiencing issues.
    PARTIAL_OUTAGE = "partial_outage"
    #: Some systems are experiencing major issues.
    MAJOR_OUTAGE = "major_outage"
    #: Some systems are under maintenance.
    UNDER_MAINTENANCE = "under_maintenance"
