"""Statuses as words, because their numbers differ between Cachet 2 and Cachet 3. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

ComponentState: TypeAlias = Literal[
    "unknown", "operational", "performance_issues", "partial_outage", "major_outage", "under_maintenance"
]
IncidentState: TypeAlias = Literal["reported", "investigating", "identified", "watching", "fixed"]
ScheduleState: TypeAlias = Literal["upcoming", "in_progress", "complete"]

_COMPONENT_1: Final[Mapping[int, ComponentState]] = {
    0: "unknown", 1: "operational", 2: "performance_issues", 3: "partial_outage", 4: "major_outage"
}  # fmt: skip
_COMPONENT_3: Final[Mapping[int, ComponentState]] = {
    1: "operational", 2: "performance_issues", 3: "partial_outage", 4: "major_outage", 5: "unknown",
    6: "under_maintenance",
}  # fmt: skip
_INCIDENT: Final[Mapping[int, IncidentState]] = {
    0: "reported", 1: "investigating", 2: "identified", 3: "watching", 4: "fixed"
}  # fmt: skip
_SCHEDULE: Final[Mapping[int, ScheduleState]] = {0: "upcoming", 1: "in_progress", 2: "complete"}


def component_state(number: int, *, version: Literal["1", "3"]) -> ComponentState:
    """Return the word for a component's status; ``unknown`` for an unknown number."""
    return (_COMPONENT_1 if version == "1" else _COMPONENT_3).get(number, "unknown")


def component_status(word: ComponentState, *, version: Literal["1", "3"]) -> int:
    """Return the number of a component's state. Cachet 2 has no maintenance: it gets ``performance_issues``."""
    numbers = _COMPONENT_1 if version == "1" else _COMPONENT_3
    return next((number for number, known in numbers.items() if known == word), 2)


def incident_state(number: int) -> IncidentState:
    """Return the word for an incident's status; ``reported`` for an unknown number."""
    return _INCIDENT.get(number, "reported")


def incident_status(word: IncidentState) -> int:
    """Return the number of an incident's state."""
    return next(number for number, known in _INCIDENT.items() if known == word)


def schedule_state(number: int) -> ScheduleState:
    """Return the word for a schedule's status; ``upcoming`` for an unknown number."""
    return _SCHEDULE.get(number, "upcoming")


def schedule_status(word: ScheduleState) -> int:
    """Return the number of a schedule's state."""
    return next(number for number, known in _SCHEDULE.items() if known == word)
