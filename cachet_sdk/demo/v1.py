"""The demo on Cachet 2."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cachet_sdk import EndpointNotFoundError, NotFoundError
from cachet_sdk.demo.stage import Story, event, print_board, title
from cachet_sdk.v1 import enums

if TYPE_CHECKING:
    from cachet_sdk.v1.client import Client
    from cachet_sdk.v1.components import Component

#: The components of each group, with their tags.
SHOP = {
    "Shop": {"Website": "web, public", "Payments": "api, public"},
    "Back office": {"Warehouse": "internal"},
}


class StoryV1(Story):
    """The demo on Cachet 2.

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
            for name, tags in members.items():
                component = client.components.create(
                    name=name, status=enums.COMPONENT_STATUS_OPERATIONAL, group_id=group.id, tags=tags
                )
                self.add_cleanup(f"component {name}", component.delete)
                self._components.append(component)
                event(f"component {component.id}: {name}, tagged {', '.join(component.tag_names)}")

    def _handle_incident(self) -> None:
        client, broken = self._client, self._components[1]
        title("An incident")
        incident = client.incidents.create(
            name="Payments fail",
            message="Cards are refused. We are investigating.",
            status=enums.INCIDENT_INVESTIGATING,
            component_id=broken.id,
            component_status=enums.COMPONENT_STATUS_MAJOR_OUTAGE,
            notify=False,
        )
        self.add_cleanup("incident", incident.delete)
        event(f"opened: {incident.name} ({incident.human_status}), with {broken.name} in major outage")
        print_board(self._client, self._group_ids)
        print()
        for status, message in (
            (enums.INCIDENT_IDENTIFIED, "A certificate has expired."),
            (enums.INCIDENT_FIXED, "It was renewed, and payments work again."),
        ):
            try:
                update = client.incident_updates.create(incident_id=incident.id, status=status, message=message)
            except (EndpointNotFoundError, NotFoundError):  # Cachet 2.3 has no incident updates
                incident = client.incidents.update(incident.id, status=status, message=message)
                event(f"{incident.human_status}: {message}")
            else:
                event(f"{update.human_status}: {update.message}")
        broken = client.components.update(broken.id, status=enums.COMPONENT_STATUS_OPERATIONAL)
        event(f"resolved: {broken.name} is {broken.status_name} again")

    def _schedule_maintenance(self) -> None:
        title("Maintenance")
        try:
            schedule = self._client.schedules.create(
                name="Database upgrade",
                status=enums.SCHEDULE_STATUS_UPCOMING,
                scheduled_at=datetime.now(UTC) + timedelta(days=7),
                message="The shop is read-only for ten minutes.",
                notify=False,
            )
        except EndpointNotFoundError:
            event("this server has no schedules, which Cachet 2.4 added")
            return
        self.add_cleanup("schedule", schedule.delete)
        event(f"scheduled: {schedule.name}, {schedule.scheduled_at:%d %B %Y %H:%M} ({schedule.human_status})")

    def _push_metric_points(self) -> None:
        client = self._client
        title("A metric")
        metric = client.metrics.create(name="Response time", suffix="ms", calc_type=enums.MetricCalculation.AVERAGE)
        self.add_cleanup("metric", metric.delete)
        event(f"metric {metric.id}: {metric.name}, shown for the {metric.default_view_name.lower()}")
        now = datetime.now(UTC)
        for minutes, value in ((20, 212.5), (10, 480.0), (0, 198.25)):
            client.metric_points.create(metric_id=metric.id, value=value, timestamp=now - timedelta(minutes=minutes))
        values = ", ".join(f"{point.value:g}" for point in metric.points())
        event(f"{client.metric_points.count(metric.id)} points pushed, newest first: {values} {metric.suffix}")

    def _add_subscriber(self) -> None:
        title("A subscriber")
        # A new address each time: an existing subscriber would be returned unchanged, and deleted in the end.
        subscriber = self._client.subscribers.create(
            email=f"demo-{secrets.token_hex(4)}@example.com", components=[self._components[0].id]
        )
        self.add_cleanup("subscriber", subscriber.delete)
        subscribed = ", ".join(str(subscription.component_id) for subscription in subscriber.subscriptions)
        event(f"{subscriber.email}, subscribed to component {subscribed}")

    def _cache_resource(self) -> None:
        client = self._client
        title("A resource in a cache")
        component = client.components.get(self._components[0].id)
        text = component.to_json()
        event(f"{component.name} as JSON, {len(text)} characters: {text[:40]}...")
        loaded = client.components.instance_from_json(text)
        event(f"loaded again: {loaded.name}, {'equal' if loaded == component else 'not equal'}")
        loaded.description = "Where people buy things"
        changed = ", ".join(loaded.changes())
        loaded.save()
        event(f"changed and saved: {changed}")
