"""The tables of a Cachet 3, with the database's defaults."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from cachet_sdk.testing.v3.values import Json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(slots=True, kw_only=True, eq=False)
class Row:
    """The columns of every table."""

    id: int
    created_at: datetime
    updated_at: datetime


@dataclass(slots=True, kw_only=True, eq=False)
class Component(Row):
    """A component; ``incidents`` and ``schedules`` map their ids to the status that each gives the component."""

    name: str = ""
    description: str | None = None
    link: str | None = None
    status: int = 5
    order: int | None = None
    enabled: bool = True
    component_group_id: int | None = None
    meta: Json = field(default_factory=list[Json])
    incidents: dict[int, int] = field(default_factory=dict[int, int])
    schedules: dict[int, int] = field(default_factory=dict[int, int])


@dataclass(slots=True, kw_only=True, eq=False)
class Group(Row):
    """A component group."""

    name: str = ""
    order: int = 0
    order_column: str | None = None
    order_direction: str | None = None
    collapsed: int = 1
    visible: int = 0
    meta: Json = field(default_factory=list[Json])


@dataclass(slots=True, kw_only=True, eq=False)
class Update(Row):
    """An update of an incident or a schedule; both are in one table and share a sequence of ids."""

    updateable_type: str = "incident"
    updateable_id: int = 0
    status: int | None = None
    message: str = ""


@dataclass(slots=True, kw_only=True, eq=False)
class Incident(Row):
    """An incident; ``components`` maps component ids to the status that it gives them."""

    guid: str = ""
    name: str = ""
    message: str = ""
    status: int = 0
    visible: int = 0
    stickied: bool = False
    notifications: bool = False
    occurred_at: datetime | None = None
    published_at: datetime | None = None
    meta: Json = field(default_factory=list[Json])
    components: dict[int, int] = field(default_factory=dict[int, int])
    updates: dict[int, Update] = field(default_factory=dict[int, Update])


@dataclass(slots=True, kw_only=True, eq=False)
class Template(Row):
    """An incident template."""

    name: str = ""
    slug: str = ""
    template: str = ""
    engine: str = "twig"


@dataclass(slots=True, kw_only=True, eq=False)
class Point(Row):
    """A point of a metric; ``counter`` is the number of values sent within the threshold."""

    metric_id: int = 0
    value: float = 0.0
    counter: int = 1


@dataclass(slots=True, kw_only=True, eq=False)
class Metric(Row):
    """A metric with its points; ``newest`` is the point with the latest time."""

    name: str = ""
    suffix: str = ""
    description: str | None = None
    default_value: float | None = None
    calc_type: int = 0
    display_chart: bool = True
    places: int = 2
    default_view: int = 1
    threshold: int = 5
    order: int = 0
    visible: int = 1
    points: dict[int, Point] = field(default_factory=dict[int, Point])
    newest: Point | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Schedule(Row):
    """A maintenance window; ``components`` maps component ids to the status that it gives them."""

    name: str = ""
    message: str = ""
    scheduled_at: datetime | None = None
    completed_at: datetime | None = None
    published_at: datetime | None = None
    meta: Json = field(default_factory=list[Json])
    components: dict[int, int] = field(default_factory=dict[int, int])
    updates: dict[int, Update] = field(default_factory=dict[int, Update])


@dataclass(slots=True, kw_only=True, eq=False)
class Subscriber(Row):
    """A subscriber; ``components`` has the ids of the components subscribed to."""

    email: str = ""
    global_: bool = True
    verified_at: datetime | None = None
    meta: Json = field(default_factory=list[Json])
    components: dict[int, None] = field(default_factory=dict[int, None])


R = TypeVar("R", bound=Row)


class Table(Generic[R]):
    """Rows by id, in order of creation; ids are never reused."""

    def __init__(self, row_type: type[R], model: str) -> None:
        self.model = model
        self.rows: dict[int, R] = {}
        self._row_type = row_type
        self._trashed: set[int] = set()
        self._last_id = 0

    def add(self, now: datetime) -> R:
        """Insert a row with the database's defaults."""
        self._last_id += 1
        moment = now.replace(microsecond=0)
        row = self._row_type(id=self._last_id, created_at=moment, updated_at=moment)
        self.rows[row.id] = row
        return row

    def find(self, key: str) -> R | None:
        """Return the row with the id in a path, None if there is none."""
        return self.rows.get(int(key)) if key.isdecimal() and key.isascii() else None

    def remove(self, row: R, *, soft: bool = False) -> None:
        """Delete a row; the id of a soft-deleted one still passes validation."""
        del self.rows[row.id]
        if soft:
            self._trashed.add(row.id)

    def has_row(self, row_id: int) -> bool:
        """Return whether the id exists for Laravel's ``exists`` rule, which counts soft-deleted rows."""
        return row_id in self.rows or row_id in self._trashed


class Store:
    """All tables."""

    def __init__(self) -> None:
        self.components: Table[Component] = Table(Component, "Component")
        self.groups: Table[Group] = Table(Group, "ComponentGroup")
        self.incidents: Table[Incident] = Table(Incident, "Incident")
        self.templates: Table[Template] = Table(Template, "IncidentTemplate")
        self.metrics: Table[Metric] = Table(Metric, "Metric")
        self.points: Table[Point] = Table(Point, "MetricPoint")
        self.schedules: Table[Schedule] = Table(Schedule, "Schedule")
        self.subscribers: Table[Subscriber] = Table(Subscriber, "Subscriber")
        self.updates: Table[Update] = Table(Update, "Update")


def fill(row: Row, values: Mapping[str, object]) -> bool:
    """Set columns by name; return whether any of them changed."""
    changed = False
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed


def change(row: Row, values: Mapping[str, object], now: datetime) -> None:
    """Set columns; ``updated_at`` changes only if one of them does."""
    if fill(row, values):
        row.updated_at = now.replace(microsecond=0)
