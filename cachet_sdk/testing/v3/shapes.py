"""The form of a row in a response, for every type, with its included relations."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cachet_sdk.testing.v3.dates import stamp
from cachet_sdk.testing.v3.documents import Node, Tree
from cachet_sdk.testing.v3.statuses import (
    COMPONENT_STATUSES,
    INCIDENT_STATUSES,
    SCHEDULE_STATUSES,
    is_published,
    labelled,
    latest_status,
    may_see,
    schedule_status,
)
from cachet_sdk.testing.v3.values import Json, number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from cachet_sdk.testing.v3 import store as rows
    from cachet_sdk.testing.v3.tokens import Caller

#: Includes that are no relations but add attributes, and only to what a read asked for.
EXTRAS = frozenset({"meta", "componentsCount"})
NO_EXTRAS: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Shapes:
    """Makes nodes of rows, as one caller sees them at one moment."""

    store: rows.Store
    caller: Caller
    now: datetime
    database: str

    def component(
        self, row: rows.Component, tree: Tree, extras: frozenset[str] = NO_EXTRAS, pivot: int | None = None
    ) -> Node:
        """A component; with ``pivot``, the status that the incident or schedule beside it gives it."""
        latest = latest_status(row, self.store, self.now)
        attributes: dict[str, Json] = {
            "id": row.id,
            "name": row.name,
            "description": row.description,
            "link": row.link,
            "order": row.order,
            "status": labelled(row.status, COMPONENT_STATUSES),
            "latest_status": labelled(latest, COMPONENT_STATUSES),
            "enabled": row.enabled,
            **_meta(row.meta, extras),
            **self._times(row),
        }
        if pivot is not None:
            attributes["pivot"] = {"component_status": labelled(pivot, COMPONENT_STATUSES)}
        node = Node("components", row.id, attributes)
        if "group" in tree:
            group = self.store.groups.rows.get(row.component_group_id or 0)
            seen = group is not None and may_see(group.visible, authenticated=self.caller.authenticated)
            node.relations["group"] = self.group(group, tree["group"]) if group is not None and seen else None
        if "incidents" in tree:
            incidents = [self.store.incidents.rows.get(incident_id) for incident_id in row.incidents]
            node.relations["incidents"] = [
                self.incident(incident, tree["incidents"])
                for incident in incidents
                if incident is not None and self.sees_incident(incident)
            ]
        return node

    def group(self, row: rows.Group, tree: Tree, extras: frozenset[str] = NO_EXTRAS) -> Node:
        """A component group."""
        attributes: dict[str, Json] = {
            "id": row.id,
            "name": row.name,
            "order": row.order,
            "order_column": row.order_column,
            "order_direction": row.order_direction,
            "collapsed": row.collapsed,
            "visible": row.visible,
            **_meta(row.meta, extras),
            **self._times(row),
        }
        node = Node("componentGroups", row.id, attributes)
        if "components" in tree:
            members = [member for member in self._members[row.id] if member.enabled or self.caller.authenticated]
            node.relations["components"] = [self.component(member, tree["components"]) for member in members]
        return node

    def incident(self, row: rows.Incident, tree: Tree, extras: frozenset[str] = NO_EXTRAS) -> Node:
        """An incident."""
        attributes: dict[str, Json] = {
            "id": row.id,
            "guid": row.guid,
            "name": row.name,
            "message": row.message,
            "visible": row.visible,
            "stickied": row.stickied,
            "notifications": int(row.notifications),
            **_meta(row.meta, extras),
            **self._components_count(row, extras),
            "status": labelled(row.status, INCIDENT_STATUSES),
            "occurred": stamp(row.occurred_at, self.now),
            "published": stamp(row.published_at, self.now),
            **self._times(row),
        }
        node = Node("incidents", row.id, attributes)
        if "components" in tree:
            node.relations["components"] = self._with_pivots(row.components, tree["components"])
        if "updates" in tree:
            node.relations["updates"] = [self.update(update, tree["updates"]) for update in row.updates.values()]
        if "user" in tree:
            node.relations["user"] = None
        return node

    def update(self, row: rows.Update, tree: Tree) -> Node:
        """An update; a schedule's has no status."""
        of_incident = row.updateable_type == "incident"
        attributes: dict[str, Json] = {
            "id": row.id,
            "updateable_id": row.updateable_id,
            "updateable_type": row.updateable_type,
            "message": row.message,
            **({"status": labelled(row.status or 0, INCIDENT_STATUSES)} if of_incident else {}),
            **self._times(row),
        }
        node = Node("updates", row.id, attributes)
        if of_incident and "incident" in tree:
            node.relations["incident"] = self.incident(self.store.incidents.rows[row.updateable_id], tree["incident"])
        if not of_incident and "schedule" in tree:
            node.relations["schedule"] = self.schedule(self.store.schedules.rows[row.updateable_id], tree["schedule"])
        return node

    def template(self, row: rows.Template) -> Node:
        """An incident template."""
        attributes: dict[str, Json] = {
            "id": row.id,
            "name": row.name,
            "slug": row.slug,
            "template": row.template,
            "engine": row.engine,
            **self._times(row),
        }
        return Node("incidentTemplates", row.id, attributes)

    def metric(self, row: rows.Metric, tree: Tree) -> Node:
        """A metric, its default value as the database gives it."""
        attributes: dict[str, Json] = {
            "id": row.id,
            "name": row.name,
            "suffix": row.suffix,
            "description": row.description,
            "default_value": self._decimal(row.default_value),
            "calc_type": row.calc_type,
            "display_chart": row.display_chart,
            "places": row.places,
            "default_view": row.default_view,
            "threshold": row.threshold,
            "order": row.order,
            "visible": row.visible,
            **self._times(row),
        }
        node = Node("metrics", row.id, attributes)
        if "points" in tree:
            node.relations["points"] = [self.point(point, tree["points"]) for point in row.points.values()]
        return node

    def point(self, row: rows.Point, tree: Tree) -> Node:
        """A metric point."""
        attributes: dict[str, Json] = {
            "id": row.id,
            "metric_id": row.metric_id,
            "calculated_value": number(row.value * row.counter),
            "value": number(row.value),
            "counter": row.counter,
            **self._times(row),
        }
        node = Node("metricPoints", row.id, attributes)
        if "metric" in tree:
            node.relations["metric"] = self.metric(self.store.metrics.rows[row.metric_id], tree["metric"])
        return node

    def schedule(self, row: rows.Schedule, tree: Tree, extras: frozenset[str] = NO_EXTRAS) -> Node:
        """A schedule."""
        attributes: dict[str, Json] = {
            "id": row.id,
            "name": row.name,
            "message": row.message,
            **_meta(row.meta, extras),
            "status": labelled(schedule_status(row, self.now), SCHEDULE_STATUSES),
            "scheduled": stamp(row.scheduled_at, self.now),
            "completed": stamp(row.completed_at, self.now),
            "published": stamp(row.published_at, self.now),
            **self._times(row),
        }
        node = Node("schedules", row.id, attributes)
        if "components" in tree:
            node.relations["components"] = self._with_pivots(row.components, tree["components"])
        if "updates" in tree:
            node.relations["updates"] = [self.update(update, tree["updates"]) for update in row.updates.values()]
        return node

    def subscriber(self, row: rows.Subscriber, tree: Tree, extras: frozenset[str] = NO_EXTRAS) -> Node:
        """A subscriber."""
        attributes: dict[str, Json] = {
            "id": row.id,
            "email": row.email,
            "global": row.global_,
            "verified": row.verified_at is not None,
            "verified_at": stamp(row.verified_at, self.now),
            **_meta(row.meta, extras),
            **self._times(row),
        }
        node = Node("subscribers", row.id, attributes)
        if "components" in tree:
            found = [self.store.components.rows.get(component_id) for component_id in sorted(row.components)]
            node.relations["components"] = [
                self.component(component, tree["components"]) for component in found if component is not None
            ]
        return node

    def sees_incident(self, row: rows.Incident) -> bool:
        """Tell whether the caller may read an incident: its visibility, and its embargo."""
        return may_see(row.visible, authenticated=self.caller.authenticated) and (
            is_published(row, self.now) or self.caller.can("incidents.manage")
        )

    def sees_schedule(self, row: rows.Schedule) -> bool:
        """Tell whether the caller may read a schedule: its embargo."""
        return is_published(row, self.now) or self.caller.can("schedules.manage")

    def sees_component(self, row: rows.Component) -> bool:
        """Tell whether the caller may read a component: guests no disabled ones, and its group must be seen."""
        if not (row.enabled or self.caller.authenticated):
            return False
        if row.component_group_id is None:
            return True
        group = self.store.groups.rows.get(row.component_group_id)
        return group is not None and may_see(group.visible, authenticated=self.caller.authenticated)

    @cached_property
    def _members(self) -> Mapping[int, list[rows.Component]]:
        members: defaultdict[int, list[rows.Component]] = defaultdict(list)
        for component in self.store.components.rows.values():
            if component.component_group_id is not None:
                members[component.component_group_id].append(component)
        return members

    def _with_pivots(self, components: Mapping[int, int], tree: Tree) -> list[Node]:
        found = [(self.store.components.rows.get(component_id), status) for component_id, status in components.items()]
        return [self.component(row, tree, pivot=status) for row, status in found if row is not None]

    def _components_count(self, row: rows.Incident, extras: frozenset[str]) -> dict[str, Json]:
        if "componentsCount" not in extras:
            return {}
        return {"components_count": sum(each in self.store.components.rows for each in row.components)}

    def _decimal(self, value: float | None) -> Json:
        if value is None:
            return None
        return number(value) if self.database == "sqlite" else f"{value:.3f}"

    def _times(self, row: rows.Row) -> dict[str, Json]:
        return {"created": stamp(row.created_at, self.now), "updated": stamp(row.updated_at, self.now)}


def _meta(meta: Json, extras: frozenset[str]) -> dict[str, Json]:
    return {"meta": meta} if "meta" in extras else {}
