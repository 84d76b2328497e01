"""The page of a Cachet 2.3 or 2.4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from pydantic import JsonValue

from cachet_sdk import v1
from cachet_sdk.errors import EndpointNotFoundError
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
from cachet_sdk.sites.servers.base import SOURCE_KEY, Release, first_id, has_meta, to_metric, to_point, to_update
from cachet_sdk.sites.states import (
    IncidentState,
    component_state,
    component_status,
    incident_state,
    incident_status,
    schedule_state,
    schedule_status,
)
from cachet_sdk.sites.times import UtcConverter

_PER_PAGE = 500
#: Points with equal times, rounded to 30 seconds, have no fixed order, so small pages repeat some and miss others.
_POINTS_PER_PAGE = 10_000


class SiteV1:
    """The page of a client of the v1 API."""

    def __init__(self, client: v1.Client, utc: UtcConverter) -> None:
        self._client = client
        self._utc = utc
        self._release: Release | None = None

    @property
    def endpoint(self) -> str:
        """The endpoint of the API."""
        return self._client.endpoint

    @property
    def release(self) -> Release:
        """The server's release, detected by its routes: servers that cannot reach GitHub do not return a version."""
        if self._release is None:
            try:
                self._client.schedules.count()
            except EndpointNotFoundError:
                self._release = "2.3"
            else:
                self._release = "2.4"
        return self._release

    def has_meta(self, kind: Kind) -> bool:
        """Return whether rows of a kind have ``meta``."""
        return has_meta(self.release, kind)

    def groups(self) -> Iterator[Group]:
        """Return the groups."""
        for row in self._client.component_groups.list(per_page=_PER_PAGE):
            yield _group(row)

    def components(self) -> Iterator[Component]:
        """Return the components, including disabled ones."""
        for row in self._client.components.list(per_page=_PER_PAGE):
            yield _component(row)

    def templates(self) -> Iterator[Template]:
        """Return the templates. The API of Cachet 2.3 does not show them."""
        if self.release == "2.3":
            return
        for row in self._client.incident_templates.list(per_page=_PER_PAGE):
            yield Template(id=row.id, name=row.name, slug=row.slug, template=row.template, engine="twig")

    def metrics(self) -> Iterator[Metric]:
        """Return the metrics."""
        for row in self._client.metrics.list(per_page=_PER_PAGE, sort="id"):
            yield to_metric(row)

    def incidents(self) -> Iterator[Incident]:
        """Return the incidents with their updates."""
        for row in self._client.incidents.list(per_page=_PER_PAGE):
            updates = row.updates() if row.latest_update_id is not None else ()
            created_at = self._utc.convert_optional(row.created_at)
            yield Incident(
                id=row.id,
                name=row.name,
                message=row.message,
                status=incident_state(row.status),
                visible=row.visible,
                stickied=row.stickied,
                occurred_at=self._utc.convert_optional(row.occurred_at) or created_at,
                created_at=created_at,
                scheduled_at=self._utc.convert_optional(row.scheduled_at),
                components=[AffectedComponent(id=row.component_id)] if row.component_id else [],
                updates=[to_update(update, self._utc) for update in updates][::-1],  # the server has newest first
                meta=_meta_object(row.meta),
            )

    def schedules(self) -> Iterator[Schedule]:
        """Return the schedules. Cachet 2.3 has none."""
        if self.release == "2.3":
            return
        for row in self._client.schedules.list(per_page=_PER_PAGE):
            scheduled_at = row.scheduled_at or row.created_at
            if scheduled_at is None:
                continue
            yield Schedule(
                id=row.id,
                name=row.name,
                message=row.message or "",
                status=schedule_state(row.status),
                scheduled_at=self._utc.convert(scheduled_at),
                completed_at=self._utc.convert_optional(row.completed_at),
            )

    def points(self, metric_id: int) -> Iterator[Point]:
        """Return the points of a metric. If pages would repeat some and miss others, read all in one request."""
        points = self._client.metric_points
        per_page = total = points.count(metric_id)
        if total > _POINTS_PER_PAGE:
            ids = {row.id for row in points.list(metric_id, per_page=_POINTS_PER_PAGE)}
            per_page = _POINTS_PER_PAGE if len(ids) >= total else total
        for row in points.list(metric_id, per_page=max(1, per_page)):
            yield to_point(row, self._utc)

    def subscribers(self) -> Iterator[Subscriber]:
        """Return the subscribers."""
        all_ids = {row.id for row in self._client.components.list(per_page=_PER_PAGE)}
        for row in self._client.subscribers.list(per_page=_PER_PAGE):
            ids = {it.component_id for it in row.subscriptions if it.component_id is not None}
            yield Subscriber(
                id=row.id,
                email=row.email,
                verified=row.is_verified,
                components=None if not ids or ids >= all_ids else sorted(ids),
                verify_code=row.verify_code or None,
            )

    def create(self, record: AnyRecord, source: str | None = None) -> int:
        """Create a row without notifying subscribers, and return its id."""
        row: Any
        match record:
            case Group():
                row = self._client.component_groups.create(**_group_values(record.model_dump()))
            case Component():
                values = _component_values(record.model_dump())
                meta = self._build_meta("component", record.meta, source)
                row = self._client.components.create(**values, meta=meta)
            case Incident():
                row = self._create_incident(record, source)
            case Schedule():
                row = self._client.schedules.create(
                    name=record.name,
                    status=schedule_status(record.status),
                    scheduled_at=record.scheduled_at,
                    message=record.message or None,
                    completed_at=record.completed_at,
                    notify=False,
                )
            case Metric():
                row = self._client.metrics.create(**_metric_values(record.model_dump()))
            case Point():
                row = self._client.metric_points.create(
                    metric_id=record.metric_id, value=record.value, timestamp=record.created_at
                )
            case Subscriber():
                row = self._client.subscribers.create(
                    email=record.email or "", components=record.components, verify=True
                )
            case Template():
                raise NotImplementedError  # plans and imports never create templates here
        return int(row.id)

    def add_update(self, parent: Incident | Schedule, update: Update) -> int:
        """Create an update of an incident, and return its id."""
        status = incident_status(update.status or "investigating")
        return self._client.incident_updates.create(incident_id=parent.id, status=status, message=update.message).id

    def set_status(self, incident_id: int, status: IncidentState) -> None:
        """Set the status of an incident."""
        self._client.incidents.update(incident_id, status=incident_status(status))

    def change(self, kind: Kind, row_id: int, values: Mapping[str, object]) -> AnyRecord:
        """Update fields of a row, by their names in the record."""
        if kind == "group":
            return _group(self._client.component_groups.update(row_id, **_group_values(values)))
        if kind == "component":
            return _component(self._client.components.update(row_id, **_component_values(values)))
        return to_metric(self._client.metrics.update(row_id, **_metric_values(values)))

    def delete(self, kind: Kind, row_id: int) -> None:
        """Delete a row."""
        managers: dict[Kind, Any] = {
            "group": self._client.component_groups,
            "component": self._client.components,
            "metric": self._client.metrics,
        }
        managers[kind].delete(row_id)

    def newest_id(self, kind: Kind) -> int:
        """Return the highest id of a kind; 0 if there are no rows."""
        client = self._client
        rows: Iterator[Any]
        match kind:
            case "group":
                rows = client.component_groups.list(per_page=1, sort="id", order="desc")
            case "component":
                rows = client.components.list(per_page=1, sort="id")
            case "metric":
                rows = client.metrics.list(per_page=1, sort="id")
            case "incident":
                rows = client.incidents.list(per_page=1)
            case "schedule" if self.release == "2.4":
                rows = client.schedules.list(per_page=1, sort="id")
            case "subscriber":
                return max((row.id for row in client.subscribers.list(per_page=_PER_PAGE)), default=0)
            case _:
                return 0
        return first_id(rows)

    def count_updates(self, kind: Kind, row_id: int) -> int:
        """Return the number of updates of an incident."""
        return self._client.incident_updates.count(row_id) if kind == "incident" else 0

    def has_point(self, point: Point, before: int) -> bool:
        """Return whether a point exists after ``before`` older ones. Equal points are separate rows here."""
        return self._client.metric_points.count(point.metric_id) > before

    def _build_meta(self, kind: Kind, meta: Mapping[str, JsonValue], source: str | None) -> dict[str, JsonValue] | None:
        if not self.has_meta(kind):
            return None
        stored = {**meta, SOURCE_KEY: source} if source is not None else {**meta}
        return stored or None

    def _create_incident(self, record: Incident, source: str | None) -> Any:
        component = record.components[0] if record.components else None
        return self._client.incidents.create(
            name=record.name,
            message=record.message,
            status=incident_status(record.status),
            visible=record.visible,
            stickied=record.stickied,
            # The server requires a status and sets the component to it. Send the status that the component has.
            component_id=component.id if component is not None else None,
            component_status=component_status(component.status or "unknown", version="1") if component else None,
            notify=False,
            occurred_at=record.occurred_at,
            meta=self._build_meta("incident", record.meta, source),
        )


def _meta_object(meta: JsonValue) -> dict[str, JsonValue]:
    if isinstance(meta, list):
        return {str(index): value for index, value in enumerate(meta)}
    return meta if isinstance(meta, dict) else {}


def _group(row: Any) -> Group:
    return Group(id=row.id, name=row.name, order=row.order, collapsed=int(row.collapsed), visible=row.visible)


def _component(row: Any) -> Component:
    return Component(
        id=row.id,
        name=row.name,
        status=component_state(row.status, version="1"),
        description=row.description,
        link=row.link,
        order=row.order,
        group_id=row.group_id or None,
        enabled=row.enabled,
        tags=row.tag_names,
        meta=_meta_object(row.meta),
    )


def _group_values(values: Mapping[str, object]) -> dict[str, Any]:
    return {name: values[name] for name in ("name", "order", "collapsed", "visible") if name in values}


def _component_values(values: Mapping[str, object]) -> dict[str, Any]:
    arguments = {
        name: values[name]
        for name in ("name", "description", "link", "order", "enabled", "tags", "meta")
        if name in values
    }
    if "tags" in arguments and not arguments["tags"]:
        del arguments["tags"]  # the server cannot remove the last tag
    if "id" in values:
        arguments.pop("meta", None)  # a new component: create() adds it
    if "status" in values:
        arguments["status"] = component_status(cast("Any", values["status"]), version="1")
    if "group_id" in values:
        arguments["group_id"] = values["group_id"] or 0
    return arguments


def _metric_values(values: Mapping[str, object]) -> dict[str, Any]:
    names = ("name", "suffix", "description", "calc_type", "display_chart", "places", "default_view", "threshold")
    arguments: dict[str, Any] = {name: values[name] for name in (*names, "order", "visible") if name in values}
    if "default_value" in values:
        arguments["default_value"] = int(cast("float", values["default_value"] or 0))
    return arguments
