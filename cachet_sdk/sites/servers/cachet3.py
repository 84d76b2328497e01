"""The page of a Cachet 3."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from pydantic import JsonValue

from cachet_sdk import v3
from cachet_sdk.errors import ConfigurationError
from cachet_sdk.sites.records import (
    AffectedComponent,
    AnyRecord,
    Component,
    Group,
    Incident,
    Kind,
    Metric,
    Point,
    Schedule,
    Subscriber,
    Template,
    Update,
)
from cachet_sdk.sites.servers.base import (
    SOURCE_KEY,
    TAGS_KEY,
    Release,
    first_id,
    has_meta,
    to_metric,
    to_point,
    to_update,
)
from cachet_sdk.sites.states import (
    IncidentState,
    component_state,
    component_status,
    incident_state,
    incident_status,
    schedule_state,
)
from cachet_sdk.sites.times import UtcConverter

_VISIBLE_TO_GUESTS = 1
#: Fields of a metric that only its creation accepts.
_CREATE_ONLY = ("calc_type", "display_chart", "places")


class SiteV3:
    """The page of a client of the v3 API."""

    def __init__(self, client: v3.Client, utc: UtcConverter) -> None:
        self._client = client
        self._utc = utc
        self.release: Release = "3"

    @property
    def endpoint(self) -> str:
        """The endpoint of the API."""
        return self._client.endpoint

    def has_meta(self, kind: Kind) -> bool:
        """Return whether rows of a kind have ``meta``."""
        return has_meta(self.release, kind)

    def groups(self) -> Iterator[Group]:
        """Return the groups."""
        for row in self._client.component_groups.list(include=("meta",)):
            yield _group(row)

    def components(self) -> Iterator[Component]:
        """Return the components, including disabled ones."""
        for row in self._client.components.list(enabled=None, include=("group", "meta")):
            yield _component(row)

    def templates(self) -> Iterator[Template]:
        """Return the templates."""
        for row in self._client.incident_templates.list():
            yield _template(row)

    def metrics(self) -> Iterator[Metric]:
        """Return the metrics."""
        for row in self._client.metrics.list():
            yield to_metric(row)

    def incidents(self) -> Iterator[Incident]:
        """Return the incidents with their updates."""
        for row in self._client.incidents.list(include=("components", "updates", "meta")):
            yield Incident(
                id=row.id,
                name=row.name,
                message=row.message,
                status=incident_state(row.status),
                visible=row.visible == _VISIBLE_TO_GUESTS,
                stickied=row.stickied,
                occurred_at=self._utc.convert_optional(row.occurred_at),
                published_at=self._utc.convert_optional(row.published_at),
                created_at=self._utc.convert_optional(row.created_at),
                components=_affected(row.components or ()),
                updates=self._updates(row.updates or ()),
                meta=row.meta or {},
            )

    def schedules(self) -> Iterator[Schedule]:
        """Return the schedules with their updates."""
        for row in self._client.schedules.list(include=("components", "updates", "meta")):
            scheduled_at = row.scheduled_at or row.created_at
            if scheduled_at is None:
                continue
            yield Schedule(
                id=row.id,
                name=row.name,
                message=row.message,
                status=schedule_state(row.status),
                scheduled_at=self._utc.convert(scheduled_at),
                completed_at=self._utc.convert_optional(row.completed_at),
                published_at=self._utc.convert_optional(row.published_at),
                components=_affected(row.components or ()),
                updates=self._updates(row.updates or ()),
                meta=row.meta or {},
            )

    def points(self, metric_id: int) -> Iterator[Point]:
        """Return the points of a metric."""
        for row in self._client.metric_points.list(metric_id):
            if row.created_at is not None:
                yield to_point(row, self._utc)

    def subscribers(self) -> Iterator[Subscriber]:
        """Return the subscribers."""
        for row in self._client.subscribers.list(include=("components", "meta")):
            yield Subscriber(
                id=row.id,
                email=row.email,
                verified=row.is_verified,
                components=None if row.is_global else sorted(it.id for it in row.components or ()),
                meta=row.meta or {},
            )

    def create(self, record: AnyRecord, source: str | None = None) -> int:
        """Create a row without notifying subscribers, and return its id."""
        client = self._client
        row: Any
        match record:
            case Group():
                row = client.component_groups.create(**_group_values(_with_source(record, source)))
            case Component():
                row = client.components.create(**_component_values(_with_source(record, source)))
            case Template():
                row = client.incident_templates.create(
                    name=record.name, template=record.template, slug=record.slug or None, engine=record.engine
                )
            case Incident():
                row = client.incidents.create(
                    name=record.name,
                    message=record.message,
                    status=incident_status(record.status),
                    visible=record.visible,
                    stickied=record.stickied,
                    notifications=False,
                    occurred_at=record.occurred_at,
                    published_at=record.published_at,
                    components=_status_by_id(record.components),
                    meta=_with_source(record, source)["meta"] or None,
                )
            case Schedule():
                row = client.schedules.create(
                    name=record.name,
                    message=record.message,
                    scheduled_at=record.scheduled_at,
                    completed_at=record.completed_at,
                    published_at=record.published_at,
                    notifications=False,
                    components=_status_by_id(record.components),
                    meta=_with_source(record, source)["meta"] or None,
                )
            case Metric():
                row = client.metrics.create(**_metric_values(record.model_dump()))
            case Point():
                row = client.metric_points.create(
                    metric_id=record.metric_id, value=record.value, timestamp=record.created_at
                )
            case Subscriber():
                row = client.subscribers.create(
                    email=record.email or "",
                    is_global=record.components is None,
                    components=record.components or None,
                    verified=True,
                    meta=_with_source(record, source)["meta"] or None,
                )
        return int(row.id)

    def add_update(self, parent: Incident | Schedule, update: Update) -> int:
        """Create an update of an incident or a schedule, and return its id."""
        if isinstance(parent, Schedule):
            return self._client.schedule_updates.create(schedule_id=parent.id, message=update.message).id
        status = incident_status(update.status or "reported")
        return self._client.incident_updates.create(incident_id=parent.id, status=status, message=update.message).id

    def set_status(self, incident_id: int, status: IncidentState) -> None:
        """Set the status of an incident."""
        self._client.incidents.update(incident_id, status=incident_status(status))

    def change(self, kind: Kind, row_id: int, values: Mapping[str, object]) -> AnyRecord:
        """Update fields of a row, by their names in the record."""
        client = self._client
        if kind == "group":
            return _group(client.component_groups.update(row_id, **_group_values(values)))
        if kind == "component":
            return _component(client.components.update(row_id, **_component_values(values)))
        if kind == "template":
            arguments: dict[str, Any] = {
                name: values[name] for name in ("name", "template", "engine") if name in values
            }
            return _template(client.incident_templates.update(row_id, **arguments))
        arguments = {name: value for name, value in _metric_values(values).items() if name not in _CREATE_ONLY}
        return to_metric(client.metrics.update(row_id, **arguments))

    def delete(self, kind: Kind, row_id: int) -> None:
        """Delete a row."""
        managers: dict[Kind, Any] = {
            "group": self._client.component_groups,
            "component": self._client.components,
            "template": self._client.incident_templates,
            "metric": self._client.metrics,
        }
        managers[kind].delete(row_id)

    def newest_id(self, kind: Kind) -> int:
        """Return the highest id of a kind; 0 if there are no rows."""
        client = self._client
        rows: Iterator[Any]
        match kind:
            case "group":
                rows = client.component_groups.list(per_page=1, sort="-id")
            case "component":
                rows = client.components.list(per_page=1, sort="-id", enabled=None)
            case "template":
                rows = client.incident_templates.list(per_page=1, sort="-id")
            case "incident":
                rows = client.incidents.list(per_page=1, sort="-id")
            case "schedule":
                rows = client.schedules.list(per_page=1, sort="-id")
            case "metric":
                rows = client.metrics.list(per_page=1, sort="-id")
            case "subscriber":
                rows = client.subscribers.list(per_page=1, sort="-id")
            case "point":
                return 0
        return first_id(rows)

    def count_updates(self, kind: Kind, row_id: int) -> int:
        """Return the number of updates of an incident or a schedule."""
        if kind == "incident":
            return self._client.incident_updates.count(row_id)
        return self._client.schedule_updates.count(row_id)

    def has_point(self, point: Point, before: int) -> bool:
        """Return whether a point exists after ``before`` older ones. No two points have the same time here."""
        newest = next(self._client.metric_points.list(point.metric_id, per_page=1, sort="-created_at"), None)
        if newest is None or newest.created_at is None:
            return False
        try:
            return self._utc.convert(newest.created_at) >= point.created_at
        except ConfigurationError:  # the time zone is unknown
            return self._client.metric_points.count(point.metric_id) > before

    def _updates(self, rows: Iterable[Any]) -> list[Update]:
        ordered = sorted(rows, key=lambda row: (row.created_at is not None, row.created_at, row.id))
        return [to_update(row, self._utc) for row in ordered]


def _affected(rows: Iterable[Any]) -> list[AffectedComponent]:
    return [
        AffectedComponent(
            id=row.id,
            status=None if row.component_status is None else component_state(row.component_status, version="3"),
        )
        for row in rows
    ]


def _status_by_id(components: list[AffectedComponent]) -> dict[int, int] | None:
    return {it.id: component_status(it.status or "operational", version="3") for it in components} or None


def _with_source(record: AnyRecord, source: str | None) -> dict[str, Any]:
    values = record.model_dump()
    return {**values, "meta": {**values["meta"], SOURCE_KEY: source}} if source is not None else values


def _group(row: Any) -> Group:
    return Group(
        id=row.id,
        name=row.name,
        order=row.order or 0,
        collapsed=int(row.collapsed),
        visible=row.visible == _VISIBLE_TO_GUESTS,
        order_column=None if row.order_column is None else str(row.order_column),
        order_direction=None if row.order_direction is None else str(row.order_direction),
        meta=row.meta or {},
    )


def _component(row: Any) -> Component:
    meta: dict[str, JsonValue] = dict(row.meta or {})
    tags = meta.get(TAGS_KEY)
    is_list = isinstance(tags, list) and bool(tags) and all(isinstance(tag, str) for tag in tags)
    if is_list:
        del meta[TAGS_KEY]
    return Component(
        id=row.id,
        name=row.name,
        status=component_state(row.status, version="3"),
        description=row.description or "",
        link=row.link or "",
        order=row.order or 0,
        group_id=row.group.id if row.group is not None else None,
        enabled=row.enabled,
        tags=cast("list[str]", tags) if is_list else [],
        meta=meta,
    )


def _template(row: Any) -> Template:
    return Template(id=row.id, name=row.name, slug=row.slug, template=row.template, engine=str(row.engine))


def _non_empty(values: Mapping[str, object], names: Iterable[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if values.get(name) not in (None, "")}


def _group_values(values: Mapping[str, object]) -> dict[str, Any]:
    names = ("name", "order", "collapsed", "visible", "order_column", "order_direction")
    arguments = _non_empty(values, names)
    if values.get("meta"):
        arguments["meta"] = values["meta"]
    return arguments


def _component_values(values: Mapping[str, object]) -> dict[str, Any]:
    arguments = _non_empty(values, ("name", "description", "link", "order", "enabled"))
    if values.get("group_id"):
        arguments["component_group_id"] = values["group_id"]
    if "status" in values:
        arguments["status"] = component_status(cast("Any", values["status"]), version="3")
    meta: dict[str, object] = dict(cast("Mapping[str, object]", values.get("meta") or {}))
    if values.get("tags"):
        meta[TAGS_KEY] = values["tags"]
    if meta or ("meta" in values and "id" not in values):
        arguments["meta"] = meta
    return arguments


def _metric_values(values: Mapping[str, object]) -> dict[str, Any]:
    names = ("name", "suffix", "description", "default_value", "calc_type", "display_chart", "places", "threshold")
    return _non_empty(values, names)
