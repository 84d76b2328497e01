"""The records that a page consists of, in one form for every release of Cachet. Pure.

Archives store these records, one JSON object per line, and plans compare them. Statuses are words, times are in UTC,
and a field that a server does not have is None or empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Final, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue

from cachet_sdk.sites.states import ComponentState, IncidentState, ScheduleState

Kind: TypeAlias = Literal["group", "component", "template", "incident", "schedule", "metric", "point", "subscriber"]


def _to_utc(value: datetime) -> datetime:
    if value.utcoffset() is None:
        raise ValueError("expected a time with an offset")
    return value.astimezone(UTC)


UtcTime = Annotated[datetime, AfterValidator(_to_utc)]


class Record(BaseModel):
    """A row of a page. Its ids are those of the server that it was read from."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="ignore")

    id: int


class Group(Record):
    """A component group."""

    kind: Literal["group"] = "group"
    name: str
    order: int = 0
    collapsed: int = 0
    visible: bool = True
    order_column: str | None = None
    order_direction: str | None = None
    meta: dict[str, JsonValue] = Field(default_factory=dict[str, JsonValue])


class Component(Record):
    """A component. ``group_id`` is None for an ungrouped one. On Cachet 3, tags are stored in ``meta``."""

    kind: Literal["component"] = "component"
    name: str
    status: ComponentState = "unknown"
    description: str = ""
    link: str = ""
    order: int = 0
    group_id: int | None = None
    enabled: bool = True
    tags: list[str] = Field(default_factory=list[str])
    meta: dict[str, JsonValue] = Field(default_factory=dict[str, JsonValue])


class Template(Record):
    """An incident template."""

    kind: Literal["template"] = "template"
    name: str
    slug: str
    template: str
    engine: str | None = None


class Update(BaseModel):
    """An update of an incident or a schedule. Only those of incidents have a status."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="ignore")

    id: int
    message: str
    status: IncidentState | None = None
    created_at: UtcTime | None = None


class AffectedComponent(BaseModel):
    """A component of an incident or a schedule, with its status there if the server stores one."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="ignore")

    id: int
    status: ComponentState | None = None


class Incident(Record):
    """An incident with its updates, oldest first."""

    kind: Literal["incident"] = "incident"
    name: str
    message: str = ""
    status: IncidentState
    visible: bool = True
    stickied: bool = False
    occurred_at: UtcTime | None = None
    published_at: UtcTime | None = None
    created_at: UtcTime | None = None
    scheduled_at: UtcTime | None = None
    components: list[AffectedComponent] = Field(default_factory=list[AffectedComponent])
    updates: list[Update] = Field(default_factory=list[Update])
    meta: dict[str, JsonValue] = Field(default_factory=dict[str, JsonValue])


class Schedule(Record):
    """A scheduled maintenance with its updates, oldest first."""

    kind: Literal["schedule"] = "schedule"
    name: str
    message: str = ""
    status: ScheduleState = "upcoming"
    scheduled_at: UtcTime
    completed_at: UtcTime | None = None
    published_at: UtcTime | None = None
    components: list[AffectedComponent] = Field(default_factory=list[AffectedComponent])
    updates: list[Update] = Field(default_factory=list[Update])
    meta: dict[str, JsonValue] = Field(default_factory=dict[str, JsonValue])


class Metric(Record):
    """A metric. Its points are separate records."""

    kind: Literal["metric"] = "metric"
    name: str
    suffix: str = ""
    description: str = ""
    default_value: float | None = None
    calc_type: int = 0
    display_chart: bool = True
    places: int = 2
    default_view: int = 1
    threshold: int = 5
    order: int = 0
    visible: int = 1


class Point(Record):
    """A point of a metric."""

    kind: Literal["point"] = "point"
    metric_id: int
    value: float
    counter: int = 1
    created_at: UtcTime


class Subscriber(Record):
    """A subscriber. ``components`` is None for all, ``verified`` is None if the server does not show it.

    In a redacted archive, ``email`` and ``verify_code`` are None.
    """

    kind: Literal["subscriber"] = "subscriber"
    email: str | None = None
    verified: bool | None
    components: list[int] | None = None
    verify_code: str | None = None
    meta: dict[str, JsonValue] = Field(default_factory=dict[str, JsonValue])


AnyRecord: TypeAlias = Group | Component | Template | Incident | Schedule | Metric | Point | Subscriber

MODELS: Final[Mapping[str, type[AnyRecord]]] = {
    "group": Group,
    "component": Component,
    "template": Template,
    "incident": Incident,
    "schedule": Schedule,
    "metric": Metric,
    "point": Point,
    "subscriber": Subscriber,
}


def compact(record: BaseModel) -> dict[str, Any]:
    """Return a record as plain JSON values, without fields that are None or empty."""
    values = record.model_dump(mode="json")
    return {name: value for name, value in values.items() if value not in (None, [], {})}
