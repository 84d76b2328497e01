"""Translation of rows between releases of Cachet, with a list of what is lost. Pure."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from pydantic import JsonValue

from cachet_sdk.sites.records import (
    AffectedComponent,
    AnyRecord,
    Component,
    Group,
    Incident,
    Metric,
    Point,
    Schedule,
    Subscriber,
    Template,
    Update,
)
from cachet_sdk.sites.servers.base import Release, has_meta
from cachet_sdk.sites.states import ComponentState
from cachet_sdk.sites.times import format_utc, truncate_to_minute

_HOUR_DIVISORS: Final = frozenset({1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60})
_MAX_NAME_2: Final = 191
_MAX_NAME_3: Final = 255
_MAX_META_LENGTH: Final = 191
_MIN_POINT_INTERVAL: Final = 60
_EARLIEST: Final = datetime(1970, 1, 2, tzinfo=UTC)
_LATEST: Final = datetime(2037, 12, 31, tzinfo=UTC)


class Translator:
    """Translates the rows of an archive into rows that the target accepts, with the target's ids.

    Args:
        source: The release that the rows come from.
        target: The release that they are imported into.
        now: The time against which publication dates are compared. Defaults to the current time.

    Attributes:
        ids: The ids on the target, by kind and id on the source. The caller adds those of the rows that it creates.
        losses: The number of rows by kind, field and reason of a loss.
    """

    def __init__(self, source: Release, target: Release, *, now: datetime | None = None) -> None:
        self._source: Release = source
        self._target: Release = target
        self._now = now or datetime.now(UTC)
        self.ids: dict[str, dict[int, int]] = {}
        self.losses: Counter[tuple[str, str, str]] = Counter()
        self._states: dict[int, ComponentState] = {}
        self._last_point: dict[int, datetime] = {}

    def translate(self, record: AnyRecord) -> AnyRecord | None:
        """Return the row for the target; None if the target cannot have it."""
        translators: Mapping[str, Callable[[Any], AnyRecord | None]] = {
            "group": self._group,
            "component": self._component,
            "template": self._template,
            "incident": self._incident,
            "schedule": self._schedule,
            "metric": self._metric,
            "point": self._point,
            "subscriber": self._subscriber,
        }
        copy: Any = record.model_copy()
        return translators[record.kind](copy)

    def _add_loss(self, kind: str, field: str, reason: str) -> None:
        self.losses[kind, field, reason] += 1

    def _new_id(self, kind: str, old: int) -> int | None:
        return self.ids.get(kind, {}).get(old)

    def _fit_name(self, record: Any) -> None:
        longest = _MAX_NAME_3 if self._target == "3" else _MAX_NAME_2
        name = record.name.strip()
        if not name:
            self._add_loss(record.kind, "name", "empty, but required; set to (unnamed)")
            name = "(unnamed)"
        if len(name) > longest:
            self._add_loss(
                record.kind, "name", f"truncated to {longest} characters, the limit of Cachet {self._target}"
            )
        record.name = name[:longest].strip()

    def _fit_meta(self, record: Any) -> None:
        if not record.meta:
            return
        if not has_meta(self._target, record.kind):
            self._add_loss(record.kind, "meta", f"Cachet {self._target} has no meta for a {record.kind}")
            record.meta = {}
            return
        stored = stored_meta(record.meta, self._target, record.kind)
        if stored != record.meta:
            self._add_loss(record.kind, "meta", f"Cachet {self._target} does not store all values unchanged")
        record.meta = stored

    def _group(self, group: Group) -> Group:
        self._fit_name(group)
        self._fit_meta(group)
        if self._target != "3":
            if group.order_column not in (None, "manual"):
                self._add_loss("group", "order_column", f"Cachet {self._target} always sorts components by order")
            group.order_column = group.order_direction = None
        elif group.collapsed > 2:
            self._add_loss("group", "collapsed", "not supported by Cachet 3; set to 2 (unless there is an incident)")
            group.collapsed = 2
        if self._target == "2.3" and not group.visible:
            self._add_loss("group", "visible", "Cachet 2.3 shows every group")
            group.visible = True
        group.order = max(0, group.order)
        return group

    def _component(self, component: Component) -> Component:
        self._states[component.id] = component.status
        self._fit_name(component)
        self._fit_meta(component)
        if self._target == "3":
            if component.tags and self._source != "3":
                self._add_loss("component", "tags", "Cachet 3 has no tags; stored in meta")
            if component.link and not re.fullmatch(r"https?://[^\s/]\S*", component.link):
                self._add_loss("component", "link", "Cachet 3 accepts only http and https URLs")
                component.link = ""
        else:
            if component.status == "under_maintenance":
                self._add_loss(
                    "component", "status", f"Cachet {self._target} has no maintenance; set to performance_issues"
                )
                component.status = "performance_issues"
            tags = [tag for tag in (name.strip() for name in component.tags) if tag and "," not in tag]
            if len(tags) != len(component.tags):
                self._add_loss("component", "tags", f"Cachet {self._target} does not allow commas in tags")
            component.tags = tags
        if component.group_id is not None:
            group_id = self._new_id("group", component.group_id)
            if group_id is None:
                self._add_loss("component", "group", "the group no longer exists or was not imported")
            component.group_id = group_id
        component.order = max(0, component.order)
        return component

    def _template(self, template: Template) -> Template | None:
        if self._target != "3":
            self._add_loss("template", "row", f"the API of Cachet {self._target} cannot create templates")
            return None
        self._fit_name(template)
        if template.engine not in (None, "twig"):
            self._add_loss("template", "engine", "Cachet 3 may not allow engines other than twig; set to the default")
            template.engine = None
        if not template.template.strip():
            self._add_loss("template", "row", "has no text, which is required")
            return None
        return template

    def _incident(self, incident: Incident) -> Incident | Schedule | None:
        if incident.scheduled_at is not None and incident.status == "reported" and self._target != "2.3":
            return self._maintenance(incident, incident.scheduled_at)
        self._fit_name(incident)
        self._fit_meta(incident)
        self._fit_message("incident", incident)
        if incident.scheduled_at is not None:
            self._add_loss("incident", "scheduled_at", "the API of Cachet 2.3 cannot set it")
            incident.scheduled_at = None
        if self._target == "2.3" and incident.stickied:
            self._add_loss("incident", "stickied", "Cachet 2.3 has no sticky incidents")
            incident.stickied = False
        incident.components = self._affected("incident", incident.components, incident.status == "fixed")
        if self._target == "3":
            if self._source != "3":
                incident.published_at = incident.occurred_at
        else:
            self._to_cachet_2(incident)
        incident.updates = self._updates("incident", incident.updates)
        incident.created_at = None
        return incident

    def _to_cachet_2(self, incident: Incident) -> None:
        occurred_at = incident.occurred_at or incident.published_at or incident.created_at
        if incident.published_at is not None and incident.published_at > self._now:
            self._add_loss(
                "incident", "published_at", f"Cachet {self._target} publishes immediately; set to not visible"
            )
            incident.visible = False
        incident.published_at = None
        if occurred_at is not None and occurred_at != truncate_to_minute(occurred_at):
            self._add_loss("incident", "occurred_at", f"Cachet {self._target} does not store seconds")
            occurred_at = truncate_to_minute(occurred_at)
        incident.occurred_at = self._clamp_time("incident", "occurred_at", occurred_at)
        if incident.status == "reported" and self._source == "3":
            self._add_loss("incident", "status", f"Cachet {self._target} has no reported; set to investigating")
            incident.status = "investigating"
        if len(incident.components) > 1:
            self._add_loss("incident", "components", f"Cachet {self._target} stores only one; the first was kept")
            del incident.components[1:]

    def _clamp_time(self, kind: str, field: str, value: datetime | None) -> datetime | None:
        """Return the nearest time that the databases of Cachet 2 can store."""
        if value is None or _EARLIEST <= value <= _LATEST:
            return value
        self._add_loss(kind, field, f"Cachet {self._target} stores times from 1970 to 2037; set to the nearest one")
        return _EARLIEST if value < _EARLIEST else _LATEST

    def _maintenance(self, incident: Incident, scheduled_at: datetime) -> Schedule | None:
        self._add_loss("incident", "row", f"scheduled maintenance becomes a schedule on Cachet {self._target}")
        schedule = Schedule(
            id=incident.id,
            name=incident.name,
            message=incident.message,
            scheduled_at=scheduled_at,
            components=incident.components,
        )
        return self._schedule(schedule)

    def _schedule(self, schedule: Schedule) -> Schedule | None:
        if self._target == "2.3":
            self._add_loss("schedule", "row", "Cachet 2.3 has no schedules")
            return None
        self._fit_name(schedule)
        self._fit_meta(schedule)
        self._fit_message("schedule", schedule)
        if self._target == "2.4":
            for field in ("components", "updates"):
                if getattr(schedule, field):
                    self._add_loss("schedule", field, "schedules of Cachet 2.4 have none")
                    setattr(schedule, field, [])
            schedule.published_at = None
            for field in ("scheduled_at", "completed_at"):
                value: datetime | None = getattr(schedule, field)
                if value is not None and value != truncate_to_minute(value):
                    self._add_loss("schedule", field, "Cachet 2.4 does not store seconds")
                    value = truncate_to_minute(value)
                setattr(schedule, field, self._clamp_time("schedule", field, value))
            return schedule
        schedule.components = self._affected("schedule", schedule.components, fixed=False)
        schedule.updates = self._updates("schedule", schedule.updates)
        if self._source != "3":
            schedule.published_at = min(schedule.scheduled_at, self._now.replace(microsecond=0))
            if schedule.status == "complete" and schedule.completed_at is None:
                self._add_loss("schedule", "completed_at", "required by Cachet 3 if complete; set to scheduled_at")
                schedule.completed_at = schedule.scheduled_at
        return schedule

    def _fit_message(self, kind: str, record: Incident | Schedule) -> None:
        if not record.message.strip() and self._target == "3":
            self._add_loss(kind, "message", "empty, but required; set to the name")
            record.message = record.name

    def _affected(self, kind: str, components: list[AffectedComponent], fixed: bool) -> list[AffectedComponent]:
        found: list[AffectedComponent] = []
        for it in components:
            new_id = self._new_id("component", it.id)
            if new_id is None:
                self._add_loss(kind, "components", "the component no longer exists or was not imported")
                continue
            current = self._states.get(it.id, "operational")
            if self._target != "3":
                if it.status is not None:
                    self._add_loss(
                        kind, "components", f"Cachet {self._target} does not store their statuses in incidents"
                    )
                state: ComponentState = "performance_issues" if current == "under_maintenance" else current
            elif it.status is not None:
                state = it.status
            elif kind == "schedule":
                state = "under_maintenance"
            else:
                state = "operational" if fixed else current
            found.append(AffectedComponent(id=new_id, status=state))
        return found

    def _updates(self, kind: str, updates: list[Update]) -> list[Update]:
        if updates and self._target == "2.3":
            self._add_loss(kind, "updates", "Cachet 2.3 has no updates")
            return []
        found: list[Update] = []
        for it in updates:
            status = it.status
            if kind == "incident" and status == "reported" and self._target != "3":
                self._add_loss("update", "status", f"Cachet {self._target} has no reported; set to investigating")
                status = "investigating"
            message = it.message.strip() or "(no text)"
            if it.created_at is not None:
                self._add_loss("update", "created_at", "the API cannot set it; written into the message")
                heading = f"*{format_utc(it.created_at)}*\n\n"
                message = message if re.match(r"\*\d{4}-\d\d-\d\d \d\d:\d\d UTC\*\n\n", message) else heading + message
            found.append(Update(id=it.id, message=message, status=status))
        return found

    def _metric(self, metric: Metric) -> Metric:
        self._fit_name(metric)
        metric.suffix = metric.suffix.strip() or "-"
        if metric.threshold not in _HOUR_DIVISORS:
            self._add_loss("metric", "threshold", "does not divide an hour evenly; set to 5")
            metric.threshold = 5
        metric.places = min(max(metric.places, 0), 4)
        metric.calc_type = metric.calc_type if metric.calc_type in (0, 1) else 0
        if self._target == "3":
            for field, default in (("default_view", 1), ("visible", 1), ("order", 0)):
                if getattr(metric, field) != default:
                    self._add_loss("metric", field, "the API of Cachet 3 cannot set it")
                    setattr(metric, field, default)
            if metric.default_value is not None and round(metric.default_value, 2) != metric.default_value:
                self._add_loss("metric", "default_value", "Cachet 3 stores two decimal places")
                metric.default_value = round(metric.default_value, 2)
            return metric
        if metric.default_value is None or metric.default_value != int(metric.default_value):
            if metric.default_value is not None:
                self._add_loss("metric", "default_value", f"Cachet {self._target} stores whole numbers only")
            metric.default_value = float(round(metric.default_value or 0))
        if self._target == "2.3" and metric.visible != 1:
            self._add_loss("metric", "visible", "Cachet 2.3 shows every metric")
            metric.visible = 1
        return metric

    def _point(self, point: Point) -> Point | None:
        source_metric = point.metric_id
        metric_id = self._new_id("metric", source_metric)
        if metric_id is None:
            self._add_loss("point", "row", "its metric was not imported")
            return None
        if point.created_at.timestamp() < 1:
            self._add_loss("point", "row", "its time is before 1970")
            return None
        if self._target == "3":
            last = self._last_point.get(source_metric)
            if last is not None and (point.created_at - last).total_seconds() < _MIN_POINT_INTERVAL:
                self._add_loss("point", "row", "less than a minute after the previous point: Cachet 3 would merge them")
                return None
            self._last_point[source_metric] = point.created_at
        if point.counter > 1:
            self._add_loss("point", "counter", "the API cannot set it; value multiplied by counter, as charts show it")
            point.value *= point.counter
            point.counter = 1
        if self._target != "3":
            point.value = round(point.value, 3)
        point.metric_id = metric_id
        return point

    def _subscriber(self, subscriber: Subscriber) -> Subscriber | None:
        if subscriber.email is None:
            self._add_loss("subscriber", "row", "the archive is redacted")
            return None
        if not subscriber.verified:
            unknown = subscriber.verified is None
            problem = "the server does not show whether it is verified" if unknown else "not verified"
            self._add_loss("subscriber", "row", f"{problem}; would receive e-mail without having confirmed its address")
            return None
        self._fit_meta(subscriber)
        if subscriber.components is not None:
            ids = [self._new_id("component", it) for it in subscriber.components]
            found = [it for it in ids if it is not None]
            if len(found) != len(ids):
                self._add_loss("subscriber", "components", "the component no longer exists or was not imported")
            if not found:
                self._add_loss("subscriber", "row", "none of its components was imported")
                return None
            subscriber.components = sorted(found)
        subscriber.verify_code = None
        return subscriber


def id_map_key(record: AnyRecord, translated: AnyRecord) -> str:
    """Return the key of a row's kind in maps of ids: the kind, or both kinds if the translation changes it."""
    return record.kind if record.kind == translated.kind else f"{record.kind}>{translated.kind}"


def stored_meta(meta: Mapping[str, JsonValue], release: Release, kind: str) -> dict[str, JsonValue]:
    """Return ``meta`` as a server stores it: as one JSON document, or for incidents of Cachet 2.4 as one per key."""
    if release == "3":
        return {key: _as_php_stores(value, blank_is_null=True) for key, value in meta.items()}
    if kind == "component":
        return {
            key: _as_php_stores(value, blank_is_null=False) for key, value in meta.items() if value is not None and key
        }
    stored: dict[str, JsonValue] = {}
    taken: set[str] = set()
    for key, value in meta.items():
        short = bool(key) and len(key) <= _MAX_META_LENGTH and not re.fullmatch(r"-?\d+", key, re.ASCII)
        text = json.dumps(value)
        if value and short and len(text) <= _MAX_META_LENGTH and key.casefold() not in taken:
            taken.add(key.casefold())
            stored[key] = _as_php_stores(value, blank_is_null=False)
    return stored


def _as_php_stores(value: JsonValue, *, blank_is_null: bool) -> JsonValue:
    match value:
        case str():
            return value.strip() or (None if blank_is_null else "")
        case dict():
            inner = {key: _as_php_stores(one, blank_is_null=blank_is_null) for key, one in value.items()}
            return inner or []
        case list():
            return [_as_php_stores(one, blank_is_null=blank_is_null) for one in value]
        case _:
            return value
