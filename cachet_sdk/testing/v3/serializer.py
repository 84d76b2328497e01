"""Converts rows of every type to resource objects with their included relations."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cachet_sdk.testing.v3.dates import date_json
from cachet_sdk.testing.v3.documents import Node, Tree
from cachet_sdk.testing.v3.statuses import (
    COMPONENT_STATUSES,
    INCIDENT_STATUSES,
    SCHEDULE_STATUSES,
    is_published,
    is_visible,
    labelled,
    latest_status,
    schedule_status,
)
from cachet_sdk.testing.v3.values import Json, number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from cachet_sdk.testing.v3 import store as rows
    from cachet_sdk.testing.v3.tokens import Caller

#: Includes that add attributes instead of relations, and only in reads of the resource itself.
EXTRAS = frozenset({"meta", "componentsCount"})
NO_EXTRAS: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Serializer:
    """Converts rows to nodes, as visible to one caller at one time."""

    store: rows.Store
    caller: Caller
    now: datetime
    database: str

    def component(
        self, row: rows.Component, tree: Tree, extras: frozenset[str] = NO_EXTRAS, pivot: int | None = None
    ) -> Node:
        """Return a component; ``pivot`` is the status that the including incident or schedule gives it."""
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
            visible = group is not None and is_visible(group.visible, authenticated=self.caller.authenticated)
            node.relations["group"] = self.group(group, tree["group"]) if group is not None and visible else None
        if "incidents" in tree:
            incidents = [self.store.incidents.rows.get(incident_id) for incident_id in row.incidents]
            node.relations["incidents"] = [
                self.incident(incident, tree["incidents"])
                for incident in incidents
                if incident is not None and self.can_see_incident(incident)
            ]
        return node

    def group(self, row: rows.Group, tree: Tree, extras: frozenset[str] = NO_EXTRAS) -> Node:
        """Return a component group."""
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
        """Return an incident."""
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
            "occurred": date_json(row.occurred_at, self.now),
            "published": date_json(row.published_at, self.now),
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
        """Return an update; that of a schedule has no status."""
        for_incident = row.updateable_type == "incident"
        attributes: dict[str, Json] = {
            "id": row.id,
            "updateable_id": row.updateable_id,
            "updateable_type": row.updateable_type,
            "message": row.message,
            **({"status": labelled(row.status or 0, INCIDENT_STATUSES)} if for_incident else {}),
            **self._times(row),
        }
        node = Node("updates", row.id, attributes)
        if for_incident and "incident" in tree:
            node.relations["incident"] = self.incident(self.store.incidents.rows[row.updateable_id], tree["incident"])
        if not for_incident and "schedule" in tree:
            node.relations["schedule"] = self.schedule(self.store.schedules.rows[row.updateable_id], tree["schedule"])
        return node

    def template(self, row: rows.Template) -> Node:
        """Return an incident template."""
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
        """Return a metric, with its default value as the database returns it."""
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
        """Return a metric point."""
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
        """Return a schedule."""
        attributes: dict[str, Json] = {
            "id": row.id,
            "name": row.name,
            "message": row.message,
            **_meta(row.meta, extras),
            "status": labelled(schedule_status(row, self.now), SCHEDULE_STATUSES),
            "scheduled": date_json(row.scheduled_at, self.now),
            "completed": date_json(row.completed_at, self.now),
            "published": date_json(row.published_at, self.now),
            **self._times(row),
        }
        node = Node("schedules", row.id, attributes)
        if "components" in tree:
            node.relations["components"] = self._with_pivots(row.components, tree["components"])
        if "updates" in tree:
            node.relations["updates"] = [self.update(update, tree["updates"]) for update in row.updates.values()]
        return node

    def subscriber(self, row: rows.Subscriber, tree: Tree, extras: frozenset[str] = NO_EXTRAS) -> Node:
        """Return a subscriber."""
        attributes: dict[str, Json] = {
            "id": row.id,
            "email": row.email,
            "global": row.global_,
            "verified": row.verified_at is not None,
            "verified_at": date_json(row.verified_at, self.now),
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

    def can_see_incident(self, row: rows.Incident) -> bool:
        """Return whether an incident is visible to the caller and published, or the caller manages incidents."""
        return is_visible(row.visible, authenticated=self.caller.authenticated) and (
            is_published(row, self.now) or self.caller.can("incidents.manage")
        )

    def can_see_schedule(self, row: rows.Schedule) -> bool:
        """Return whether a schedule is published, or the caller manages schedules."""
        return is_published(row, self.now) or self.caller.can("schedules.manage")

    def can_see_component(self, row: rows.Component) -> bool:
        """Return whether the caller can see a component: guests see no disabled ones, and its group must be visible."""
        if not (row.enabled or self.caller.authenticated):
            return False
        if row.component_group_id is None:
            return True
        group = self.store.groups.rows.get(row.component_group_id)
        return group is not None and is_visible(group.visible, authenticated=self.caller.authenticated)

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
        return {"components_count": sum(component_id in self.store.components.rows for component_id in row.components)}

    def _decimal(self, value: float | None) -> Json:
        if value is None:
            return None
        return number(value) if self.database == "sqlite" else f"{value:.3f}"

    def _times(self, row: rows.Row) -> dict[str, Json]:
        return {"created": date_json(row.created_at, self.now), "updated": date_json(row.updated_at, self.now)}


def _meta(meta: Json, extras: frozenset[str]) -> dict[str, Json]:
    return {"meta": meta} if "meta" in extras else {}
