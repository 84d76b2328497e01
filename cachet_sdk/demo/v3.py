"""The demo on Cachet 3."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cachet_sdk.demo.stage import Story, event, print_board, title
from cachet_sdk.v3.enums import ComponentStatus, IncidentStatus, MetricCalculation

if TYPE_CHECKING:
    from cachet_sdk.v3.client import Client
    from cachet_sdk.v3.components import Component

#: The components of each group.
SHOP = {"Shop": ["Website", "Payments"], "Back office": ["Warehouse"]}


class StoryV3(Story):
    """The demo on Cachet 3.

    Args:
        client: A client of the server to run on.
    """

    def __init__(self, client: Client) -> None:
        super().__init__()
        self._client = client
        self._components: list[Component] = []
        self._group_ids: set[int] = set()

    def run(self) -> None:
        """Run all steps, and print them."""
        self._create_components()
        print_board(self._client, self._group_ids)
        self._handle_incident()
        self._schedule_maintenance()
        self._push_metric_points()
        self._add_subscriber()
        self._cache_resource()
        print_board(self._client, self._group_ids)

    def _create_components(self) -> None:
        client = self._client
        title("Groups and components")
        for group_name, members in SHOP.items():
            group = client.component_groups.create(name=group_name, visible=True)
            self.add_cleanup(f"group {group_name}", group.delete)
            self._group_ids.add(group.id)
            event(f"group {group.id}: {group_name}")
            for name in members:
                component = client.components.create(
                    name=name, status=ComponentStatus.OPERATIONAL, component_group_id=group.id
                )
                self.add_cleanup(f"component {name}", component.delete)
                self._components.append(component)
                event(f"component {component.id}: {name}")

    def _handle_incident(self) -> None:
        client, broken = self._client, self._components[1]
        title("An incident")
        incident = client.incidents.create(
            name="Payments fail",
            message="Cards are refused. We are investigating.",
            status=IncidentStatus.INVESTIGATING,
            visible=True,
            notifications=False,
            components={broken.id: ComponentStatus.MAJOR_OUTAGE},
        )
        self.add_cleanup("incident", incident.delete)
        event(f"opened: {incident.name} ({incident.status_name}), with {broken.name} in major outage")
        print_board(self._client, self._group_ids)
        print()
        for status, message in (
            (IncidentStatus.IDENTIFIED, "A certificate has expired."),
            (IncidentStatus.FIXED, "It was renewed, and payments work again."),
        ):
            update = client.incident_updates.create(incident_id=incident.id, status=status, message=message)
            event(f"{update.status_name}: {update.message}")
        broken = client.components.get(broken.id)
        event(f"resolved: {broken.name} is {broken.latest_status_name} again")

    def _schedule_maintenance(self) -> None:
        title("Maintenance")
        schedule = self._client.schedules.create(
            name="Database upgrade",
            message="The shop is read-only for ten minutes.",
            scheduled_at=datetime.now(UTC) + timedelta(days=7),
            notifications=False,
            components={self._components[0].id: ComponentStatus.UNDER_MAINTENANCE},
        )
        self.add_cleanup("schedule", schedule.delete)
        event(f"scheduled: {schedule.name}, {schedule.scheduled_at:%d %B %Y %H:%M} ({schedule.status_name})")

    def _push_metric_points(self) -> None:
        client = self._client
        title("A metric")
        metric = client.metrics.create(name="Response time", suffix="ms", calc_type=MetricCalculation.AVERAGE)
        self.add_cleanup("metric", metric.delete)
        event(f"metric {metric.id}: {metric.name}")
        now = datetime.now(UTC)
        for minutes, value in ((20, 212.5), (10, 480.0), (0, 198.25)):
            client.metric_points.create(metric_id=metric.id, value=value, timestamp=now - timedelta(minutes=minutes))
        values = ", ".join(f"{point.value:g}" for point in client.metric_points.list(metric.id))
        event(f"{client.metric_points.count(metric.id)} points pushed: {values} {metric.suffix}")

    def _add_subscriber(self) -> None:
        title("A subscriber")
        # A new address each time: an existing subscriber would be returned unchanged, and deleted in the end.
        subscriber = self._client.subscribers.create(
            email=f"demo-{secrets.token_hex(4)}@example.com", verified=True, components=[self._components[0].id]
        )
        self.add_cleanup("subscriber", subscriber.delete)
        event(f"{subscriber.email}, subscribed to component {self._components[0].id}")

    def _cache_resource(self) -> None:
        client = self._client
        title("A resource in a cache")
        component = client.components.get(self._components[0].id, include=("group",))
        text = component.to_json()
        event(f"{component.name} as JSON, {len(text)} characters: {text[:40]}...")
        loaded = client.components.instance_from_json(text)
        event(f"loaded again: {loaded.name}, {'equal' if loaded == component else 'not equal'}")
        loaded.description = "Where people buy things"
        changed = ", ".join(loaded.changes())
        loaded.save()
        event(f"changed and saved: {changed}")
