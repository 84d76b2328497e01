"""The tables of an embedded Cachet. Deleted rows are really removed, as no response of the real server shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from cachet_sdk.testing.v1 import php
from cachet_sdk.testing.v1.errors import not_found
from cachet_sdk.testing.v1.php import Json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

_MAX_VIEWS = 256


@dataclass(slots=True, kw_only=True)
class Row:
    """The columns of every table."""

    id: int
    created_at: datetime
    updated_at: datetime


@dataclass(slots=True, kw_only=True)
class Component(Row):
    """A component; several of its tags may have the same slug."""

    name: str
    status: int
    description: str = ""
    link: str = ""
    order: int = 0
    group_id: int = 0
    enabled: bool = True
    meta: Json = None
    tags: list[str] = field(default_factory=list[str])


@dataclass(slots=True, kw_only=True)
class ComponentGroup(Row):
    """A group of components."""

    name: str
    order: int = 0
    visible: int = 0
    collapsed: int = 0


@dataclass(slots=True, kw_only=True)
class IncidentUpdate(Row):
    """An update of an incident."""

    incident_id: int
    status: int
    message: str
    user_id: int = 1


@dataclass(slots=True, kw_only=True)
class Incident(Row):
    """An incident with its updates, oldest first."""

    name: str
    status: int
    message: str
    occurred_at: datetime
    user_id: int = 1
    component_id: int = 0
    visible: int = 1
    stickied: bool = False
    notifications: bool = False
    meta: dict[str, Json] = field(default_factory=dict[str, Json])
    updates: list[IncidentUpdate] = field(default_factory=list[IncidentUpdate])


@dataclass(slots=True, kw_only=True)
class IncidentTemplate(Row):
    """A template for the messages of incidents."""

    name: str
    slug: str
    template: str


@dataclass(slots=True, kw_only=True)
class MetricPoint(Row):
    """A point of a metric; ``counter`` is how often its value was posted."""

    metric_id: int
    value: float
    counter: int = 1


@dataclass(slots=True, kw_only=True)
class Metric(Row):
    """A metric with its points by id, and by value to find repeated ones."""

    name: str
    suffix: str
    description: str
    default_value: int
    calc_type: int = 0
    display_chart: bool = True
    places: int = 2
    default_view: int = 1
    threshold: int = 5
    order: int = 0
    visible: int = 1
    points: dict[int, MetricPoint] = field(default_factory=dict[int, MetricPoint])
    by_value: dict[float, list[MetricPoint]] = field(default_factory=dict[float, list[MetricPoint]])


@dataclass(slots=True, kw_only=True)
class Schedule(Row):
    """A scheduled maintenance."""

    name: str
    status: int
    scheduled_at: datetime
    message: str | None = None
    completed_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Subscription(Row):
    """A subscription of a subscriber to a component."""

    subscriber_id: int
    component_id: int


@dataclass(slots=True, kw_only=True)
class Subscriber(Row):
    """A subscriber with its subscriptions by id."""

    email: str
    verify_code: str
    verified_at: datetime | None = None
    subscriptions: dict[int, Subscription] = field(default_factory=dict[int, Subscription])


R = TypeVar("R", bound=Row)


def fill(row: Row, values: Mapping[str, object]) -> None:
    """Set columns by name."""
    for name, value in values.items():
        setattr(row, name, value)


class Table(Generic[R]):
    """Rows by id, oldest first, and lists derived from them, cached until the next write to keep paging cheap."""

    __slots__ = ("_next_id", "_views", "_written", "model", "rows")

    def __init__(self, model: str) -> None:
        self.model: str = model
        self.rows: dict[int, R] = {}
        self._next_id = 1
        self._views: dict[object, list[R]] = {}
        self._written: list[R] = []

    def next_id(self) -> int:
        """Return a new id; ids are never reused."""
        self._next_id += 1
        return self._next_id - 1

    def add(self, row: R) -> R:
        """Insert a row."""
        self.rows[row.id] = row
        self._written.append(row)
        self.discard_views()
        return row

    def find(self, id_in_path: str) -> R:
        """Return the row with this id, or raise a 404; MariaDB reads "1abc" as 1."""
        wanted = php.number_at_start(id_in_path)
        row = self.rows.get(int(wanted)) if wanted.is_integer() else None
        if row is None:
            raise not_found(self.model)
        return row

    def change(self, row: R, now: datetime, values: Mapping[str, object]) -> None:
        """Set columns; ``updated_at`` changes only if one of them does."""
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if changed:
            fill(row, changed)
            row.updated_at = now
            self._written.append(row)
            self.discard_views()

    def remove(self, row: R) -> None:
        """Delete a row."""
        del self.rows[row.id]
        self.discard_views()

    def discard_views(self) -> None:
        """Discard the cached lists, because rows have changed."""
        self._views.clear()

    def pop_written(self) -> list[R]:
        """Return the rows written since the last call, and discard the cached lists."""
        written, self._written = self._written, []
        if written:
            self.discard_views()
        return written

    def view(self, key: object, build: Callable[[Iterable[R]], list[R]]) -> list[R]:
        """Return the list that ``build`` makes of all rows, cached until the next write."""
        found = self._views.get(key)
        if found is None:
            if len(self._views) >= _MAX_VIEWS:
                self._views.clear()
            found = self._views[key] = build(self.rows.values())
        return found


class Store:
    """All tables."""

    __slots__ = (
        "components",
        "groups",
        "incidents",
        "metrics",
        "points",
        "schedules",
        "subscribers",
        "subscribers_by_email",
        "subscriptions",
        "templates",
        "updates",
    )

    def __init__(self) -> None:
        self.components: Table[Component] = Table[Component]("Component")
        self.groups: Table[ComponentGroup] = Table[ComponentGroup]("ComponentGroup")
        self.incidents: Table[Incident] = Table[Incident]("Incident")
        self.updates: Table[IncidentUpdate] = Table[IncidentUpdate]("IncidentUpdate")
        self.templates: Table[IncidentTemplate] = Table[IncidentTemplate]("IncidentTemplate")
        self.metrics: Table[Metric] = Table[Metric]("Metric")
        self.points: Table[MetricPoint] = Table[MetricPoint]("MetricPoint")
        self.schedules: Table[Schedule] = Table[Schedule]("Schedule")
        self.subscribers: Table[Subscriber] = Table[Subscriber]("Subscriber")
        self.subscriptions: Table[Subscription] = Table[Subscription]("Subscription")
        self.subscribers_by_email: dict[str, Subscriber] = {}

    @property
    def tables(self) -> tuple[Table[Any], ...]:
        """All tables."""
        return (
            *(self.components, self.groups, self.incidents, self.updates, self.templates),
            *(self.metrics, self.points, self.schedules, self.subscribers, self.subscriptions),
        )
