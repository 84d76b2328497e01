"""A page on Cachet 2.3 or 2.4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from pydantic import JsonValue

from cachet_sdk import v1
from cachet_sdk.errors import EndpointNotFoundError
from cachet_sdk.sites.records import (
    Affected,
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
from cachet_sdk.sites.servers.base import SOURCE_KEY, Release
from cachet_sdk.sites.times import ZoneReader
from cachet_sdk.sites.words import (
    IncidentState,
    component_state,
    component_status,
    incident_state,
    incident_status,
    schedule_state,
    schedule_status,
)

_PAGE = 500
#: Points share their half minute, and pages of such repeat and lose rows: as many as possible come in one request.
_POINTS = 10_000
_KINDS_WITH_META: frozenset[Kind] = frozenset({"component", "incident"})


class SiteV1:
    """A page behind a client of the v1 API."""

    def __init__(self, client: v1.Client, zone: ZoneReader) -> None:
        self._client = client
        self._zone = zone
        self._release: Release | None = None

    @property
    def endpoint(self) -> str:
        """The address of the API."""
        return self._client.endpoint

    @property
    def release(self) -> Release:
        """Which Cachet this is, told by what it has: a server that reaches no GitHub does not tell its version."""
        if self._release is None:
            try:
                self._client.schedules.count()
            except EndpointNotFoundError:
                self._release = "2.3"
            else:
                self._release = "2.4"
        return self._release

    def keeps_meta(self, kind: Kind) -> bool:
        """Whether rows of this kind have ``meta``."""
        return self.release == "2.4" and kind in _KINDS_WITH_META

    def groups(self) -> Iterator[Group]:
        """Return the groups."""
        for row in self._client.component_groups.list(per_page=_PAGE):
            yield _group(row)

    def components(self) -> Iterator[Component]:
        """Return the components, disabled ones too."""
        for row in self._client.components.list(per_page=_PAGE):
            yield _component(row)

    def templates(self) -> Iterator[Template]:
        """Return the templates; Cachet 2.3 shows none."""
        if self.release == "2.3":
            return
        for row in self._client.incident_templates.list(per_page=_PAGE):
            yield Template(id=row.id, name=row.name, slug=row.slug, template=row.template, engine="twig")

    def metrics(self) -> Iterator[Metric]:
        """Return the metrics."""
        for row in self._client.metrics.list(per_page=_PAGE, sort="id"):
            yield _metric(row)

    def incidents(self) -> Iterator[Incident]:
        """Return the incidents with their updates."""
        for row in self._client.incidents.list(per_page=_PAGE):
            updates = [
                Update(
                    id=update.id,
                    message=update.message,
                    status=incident_state(update.status),
                    created_at=self._zone.maybe(update.created_at),
                )
                for update in (row.updates() if row.latest_update_id is not None else ())
            ]
            created_at = self._zone.maybe(row.created_at)
            yield Incident(
                id=row.id,
                name=row.name,
                message=row.message,
                status=incident_state(row.status),
                visible=row.visible,
                stickied=row.stickied,
                occurred_at=self._zone.maybe(row.occurred_at) or created_at,
                created_at=created_at,
                scheduled_at=self._zone.maybe(row.scheduled_at),
                components=[Affected(id=row.component_id)] if row.component_id else [],
                updates=updates[::-1],
                meta=_keyed(row.meta),
            )

    def schedules(self) -> Iterator[Schedule]:
        """Return the schedules; Cachet 2.3 has none."""
        if self.release == "2.3":
            return
        for row in self._client.schedules.list(per_page=_PAGE):
            scheduled_at = row.scheduled_at or row.created_at
            if scheduled_at is None:
                continue
            yield Schedule(
                id=row.id,
                name=row.name,
                message=row.message or "",
                status=schedule_state(row.status),
                scheduled_at=self._zone.moment(scheduled_at),
                completed_at=self._zone.maybe(row.completed_at),
            )

    def points(self, metric_id: int) -> Iterator[Point]:
        """Return the points of a metric. Read once more, in one request, when pages repeated some and lost others."""
        points = self._client.metric_points
        total = points.count(metric_id)
        if total <= _POINTS:
            for row in points.list(metric_id, per_page=max(1, total)):
                yield self._point(row)
            return
        ids = {row.id for row in points.list(metric_id, per_page=_POINTS)}
        for row in points.list(metric_id, per_page=_POINTS if len(ids) >= total else total):
            yield self._point(row)

    def subscribers(self) -> Iterator[Subscriber]:
        """Return the subscribers."""
        every = {row.id for row in self._client.components.list(per_page=_PAGE)}
        for row in self._client.subscribers.list(per_page=_PAGE):
            ids = {it.component_id for it in row.subscriptions if it.component_id is not None}
            yield Subscriber(
                id=row.id,
                email=row.email,
                verified=row.is_verified,
                components=None if not ids or ids >= every else sorted(ids),
                verify_code=row.verify_code or None,
            )

    def create(self, record: AnyRecord, source: str | None = None) -> int:
        """Make a row, without telling any subscriber, and return its id."""
        row: Any
        match record:
            case Group():
                row = self._client.component_groups.create(**_group_values(record.model_dump()))
            case Component():
                values = _component_values(record.model_dump())
                meta = self._meta("component", record.meta, source)
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
                raise NotImplementedError  # plans and translations refuse templates
        return int(row.id)

    def add_update(self, parent: Incident | Schedule, update: Update) -> int:
        """Add news to an incident."""
        status = incident_status(update.status or "investigating")
        return self._client.incident_updates.create(incident_id=parent.id, status=status, message=update.message).id

    def set_status(self, incident_id: int, status: IncidentState) -> None:
        """Give an incident a status that is not that of its newest update."""
        self._client.incidents.update(incident_id, status=incident_status(status))

    def change(self, kind: Kind, row_id: int, values: Mapping[str, object]) -> AnyRecord:
        """Change fields of a row, by their names in the record."""
        if kind == "group":
            return _group(self._client.component_groups.update(row_id, **_group_values(values)))
        if kind == "component":
            return _component(self._client.components.update(row_id, **_component_values(values)))
        return _metric(self._client.metrics.update(row_id, **_metric_values(values)))

    def delete(self, kind: Kind, row_id: int) -> None:
        """Delete a row."""
        managers: dict[Kind, Any] = {
            "group": self._client.component_groups,
            "component": self._client.components,
            "metric": self._client.metrics,
        }
        managers[kind].delete(row_id)

    def newest_id(self, kind: Kind) -> int:
        """Return the highest id of a kind."""
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
                return max((row.id for row in client.subscribers.list(per_page=_PAGE)), default=0)
            case _:
                return 0
        row: Any = next(rows, None)
        return 0 if row is None else int(row.id)

    def updates_of(self, kind: Kind, row_id: int) -> int:
        """Count the updates of an incident."""
        return self._client.incident_updates.count(row_id) if kind == "incident" else 0

    def has_points(self, metric_id: int, point: Point, before: int) -> bool:
        """Tell whether the next point after some was posted too: each is a row of its own."""
        del point
        return self._client.metric_points.count(metric_id) > before

    def _point(self, row: Any) -> Point:
        return Point(
            id=row.id,
            metric_id=row.metric_id,
            value=row.value,
            counter=row.counter,
            created_at=self._zone.moment(row.created_at),
        )

    def _meta(self, kind: Kind, meta: Mapping[str, JsonValue], source: str | None) -> dict[str, JsonValue] | None:
        if not self.keeps_meta(kind):
            return None
        marked = {**meta, SOURCE_KEY: source} if source is not None else {**meta}
        return marked or None

    def _create_incident(self, record: Incident, source: str | None) -> Any:
        component = record.components[0] if record.components else None
        return self._client.incidents.create(
            name=record.name,
            message=record.message,
            status=incident_status(record.status),
            visible=record.visible,
            stickied=record.stickied,
            # The server insists on a state and gives it to the component; the caller says the one that it has.
            component_id=component.id if component is not None else None,
            component_status=component_status(component.status or "unknown", version="1") if component else None,
            notify=False,
            occurred_at=record.occurred_at,
            meta=self._meta("incident", record.meta, source),
        )


def _keyed(meta: JsonValue) -> dict[str, JsonValue]:
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
        meta=_keyed(row.meta),
    )


def _metric(row: Any) -> Metric:
    return Metric(
        id=row.id,
        name=row.name,
        suffix=row.suffix,
        description=row.description,
        default_value=float(row.default_value),
        calc_type=int(row.calc_type),
        display_chart=row.display_chart,
        places=row.places,
        default_view=int(row.default_view),
        threshold=row.threshold,
        order=row.order,
        visible=int(row.visible),
    )


def _group_values(values: Mapping[str, object]) -> dict[str, Any]:
    return {name: values[name] for name in ("name", "order", "collapsed", "visible") if name in values}


def _component_values(values: Mapping[str, object]) -> dict[str, Any]:
    taken = {
        name: values[name]
        for name in ("name", "description", "link", "order", "enabled", "tags", "meta")
        if name in values
    }
    if "tags" in taken and not taken["tags"]:
        del taken["tags"]  # a new component has none; the last one cannot be removed
    if "id" in values:
        taken.pop("meta", None)  # a whole record: the caller adds what the server keeps of it
    if "status" in values:
        taken["status"] = component_status(cast("Any", values["status"]), version="1")
    if "group_id" in values:
        taken["group_id"] = values["group_id"] or 0
    return taken


def _metric_values(values: Mapping[str, object]) -> dict[str, Any]:
    names = ("name", "suffix", "description", "calc_type", "display_chart", "places", "default_view", "threshold")
    taken: dict[str, Any] = {name: values[name] for name in (*names, "order", "visible") if name in values}
    if "default_value" in values:
        taken["default_value"] = int(cast("float", values["default_value"] or 0))
    return taken
