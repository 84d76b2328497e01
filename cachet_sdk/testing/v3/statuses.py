"""Statuses: numbers and labels, and the computed statuses of components, schedules and the system."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from cachet_sdk.testing.v3.store import Component, Incident, Schedule, Store
    from cachet_sdk.testing.v3.values import Json

OPERATIONAL = 1
MAJOR_OUTAGE = 4
UNDER_MAINTENANCE = 6
FIXED = 4
UPCOMING, IN_PROGRESS, COMPLETE = range(3)
#: Values of ``visible``. The third value, 2, hides a row from everyone.
USERS, GUESTS = range(2)

COMPONENT_STATUSES = {
    OPERATIONAL: "Operational",
    2: "Performance issues",
    3: "Partial outage",
    MAJOR_OUTAGE: "Major outage",
    5: "Unknown",
    UNDER_MAINTENANCE: "Under maintenance",
}
INCIDENT_STATUSES = {0: "Reported", 1: "Investigating", 2: "Identified", 3: "Watching", FIXED: "Fixed"}
SCHEDULE_STATUSES = {UPCOMING: "Upcoming", IN_PROGRESS: "In progress", COMPLETE: "Complete"}
SYSTEM_STATUSES = {
    "operational": "All systems are operational.",
    "partial_outage": "Some systems are experiencing issues.",
    "major_outage": "Some systems are experiencing major issues.",
    "under_maintenance": "Some systems are under maintenance.",
}

#: Component statuses, in order of severity.
_BY_SEVERITY = (OPERATIONAL, 5, UNDER_MAINTENANCE, 2, 3, MAJOR_OUTAGE)


def labelled(value: int, labels: dict[int, str]) -> dict[str, Json]:
    """Return a status as responses show it."""
    return {"human": labels[value], "value": value}


def is_published(row: Incident | Schedule, now: datetime) -> bool:
    """Return whether a row is published, which ``published_at`` may delay."""
    return row.published_at is None or row.published_at <= now


def is_visible(visible: int, *, authenticated: bool) -> bool:
    """Return whether a row with this ``visible`` is visible to a caller."""
    return visible == GUESTS or (authenticated and visible == USERS)


def schedule_status(schedule: Schedule, now: datetime) -> int:
    """Compute a schedule's status from its times."""
    if schedule.scheduled_at is not None and schedule.scheduled_at >= now:
        return UPCOMING
    if schedule.completed_at is None or schedule.completed_at >= now:
        return IN_PROGRESS
    return COMPLETE


def latest_status(component: Component, store: Store, now: datetime) -> int:
    """Compute the status that the status page shows for a component.

    A published maintenance in progress replaces the stored status. The result is the worst of that and of the
    impacts of open incidents that are visible to guests.
    """
    base = max(_maintenance(component, store, now), key=_BY_SEVERITY.index, default=component.status)
    return max((base, *_impacts(component, store, now)), key=_BY_SEVERITY.index)


def system_status(store: Store, now: datetime, major_outage_threshold: float) -> str:
    """Compute the system's status from the enabled components and the open incidents that are visible to guests."""
    statuses = [latest_status(row, store, now) for row in store.components.rows.values() if row.enabled]
    if statuses and statuses.count(MAJOR_OUTAGE) / len(statuses) * 100 >= major_outage_threshold:
        return "major_outage"
    if UNDER_MAINTENANCE in statuses:
        return "under_maintenance"
    if any(status != OPERATIONAL for status in statuses):
        return "partial_outage"
    has_open_incident = any(_is_open(incident, now) for incident in store.incidents.rows.values())
    return "partial_outage" if has_open_incident else "operational"


def _is_open(incident: Incident, now: datetime) -> bool:
    return incident.status != FIXED and incident.visible == GUESTS and is_published(incident, now)


def _impacts(component: Component, store: Store, now: datetime) -> Iterator[int]:
    for incident_id, status in component.incidents.items():
        incident = store.incidents.rows.get(incident_id)
        if incident is not None and _is_open(incident, now):
            yield status


def _maintenance(component: Component, store: Store, now: datetime) -> Iterator[int]:
    for schedule_id, status in component.schedules.items():
        schedule = store.schedules.rows.get(schedule_id)
        if schedule is None or not is_published(schedule, now):
            continue
        if schedule_status(schedule, now) == IN_PROGRESS:
            yield status
