"""The story on Cachet 2."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cachet_sdk import EndpointNotFoundError, NotFoundError
from cachet_sdk.demo.stage import Story, event, show_board, title
from cachet_sdk.v1 import enums

if TYPE_CHECKING:
    from cachet_sdk.v1.client import Client
    from cachet_sdk.v1.components import Component

#: What the status page is about: tags by component, by group.
SHOP = {
    "Shop": {"Website": "web, public", "Payments": "api, public"},
    "Back office": {"Warehouse": "internal"},
}


class StoryV1(Story):
    """What happens on Cachet 2.

    Args:
        client: The client of the server where it happens.
    """

    def __init__(self, client: Client) -> None:
        super().__init__()
        self._client = client
        self._components: list[Component] = []
        self._group_ids: set[int] = set()

    def tell(self) -> None:
        """Make everything happen, and print it."""
        self._components_appear()
        self._print_board()
        self._something_breaks()
        self._maintenance_is_planned()
        self._numbers_are_pushed()
        self._somebody_subscribes()
        self._a_resource_is_cached()
        self._print_board()

    def _components_appear(self) -> None:
        client = self._client
        title("Groups and components")
        for group_name, members in SHOP.items():
            group = client.component_groups.create(name=group_name, visible=True)
            self.keep(f"group {group_name}", group.delete)
            self._group_ids.add(group.id)
            event(f"group {group.id}: {group_name}")
            for name, tags in members.items():
                component = client.components.create(
                    name=name, status=enums.COMPONENT_STATUS_OPERATIONAL, group_id=group.id, tags=tags
                )
                self.keep(f"component {name}", component.delete)
                self._components.append(component)
                event(f"component {component.id}: {name}, tagged {', '.join(component.tag_names)}")

    def _something_breaks(self) -> None:
        client, broken = self._client, self._components[1]
        title("An incident")
        incident = client.incidents.create(
            name="Payments fail",
            message="Cards are refused. We are looking into it.",
            status=enums.INCIDENT_INVESTIGATING,
            component_id=broken.id,
            component_status=enums.COMPONENT_STATUS_MAJOR_OUTAGE,
            notify=False,
        )
        self.keep("incident", incident.delete)
        event(f"opened: {incident.name} ({incident.human_status}), with {broken.name} in major outage")
        self._print_board()
        print()
        for status, message in (
            (enums.INCIDENT_IDENTIFIED, "A certificate has expired."),
            (enums.INCIDENT_FIXED, "It was renewed; all is well."),
        ):
            try:
                update = client.incident_updates.create(incident_id=incident.id, status=status, message=message)
            except (EndpointNotFoundError, NotFoundError):  # Cachet 2.3 has none
                incident = client.incidents.update(incident.id, status=status, message=message)
                event(f"{incident.human_status}: {message}")
            else:
                event(f"{update.human_status}: {update.message}")
        broken = client.components.update(broken.id, status=enums.COMPONENT_STATUS_OPERATIONAL)
        event(f"resolved: {broken.name} is {broken.status_name} again")

    def _maintenance_is_planned(self) -> None:
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
            event("this server has no schedules; they came with Cachet 2.4")
            return
        self.keep("schedule", schedule.delete)
        event(f"scheduled: {schedule.name}, {schedule.scheduled_at:%d %B %Y %H:%M} ({schedule.human_status})")

    def _numbers_are_pushed(self) -> None:
        client = self._client
        title("A metric")
        metric = client.metrics.create(name="Response time", suffix="ms", calc_type=enums.MetricCalculation.AVERAGE)
        self.keep("metric", metric.delete)
        event(f"metric {metric.id}: {metric.name}, shown for the {metric.default_view_name.lower()}")
        now = datetime.now(UTC)
        for minutes, value in ((20, 212.5), (10, 480.0), (0, 198.25)):
            client.metric_points.create(metric_id=metric.id, value=value, timestamp=now - timedelta(minutes=minutes))
        values = ", ".join(f"{point.value:g}" for point in metric.points())
        event(f"{client.metric_points.count(metric.id)} points pushed, newest first: {values} {metric.suffix}")

    def _somebody_subscribes(self) -> None:
        title("A subscriber")
        # An address that is there already would be given as it is, and removed at the end: so a new one each time.
        subscriber = self._client.subscribers.create(
            email=f"demo-{secrets.token_hex(4)}@example.com", components=[self._components[0].id]
        )
        self.keep("subscriber", subscriber.delete)
        told_of = ", ".join(str(subscription.component_id) for subscription in subscriber.subscriptions)
        event(f"{subscriber.email}, told of component {told_of}")

    def _a_resource_is_cached(self) -> None:
        client = self._client
        title("A resource in a cache")
        component = client.components.get(self._components[0].id)
        text = component.to_json()
        event(f"{component.name} as JSON, {len(text)} characters: {text[:40]}...")
        again = client.components.instance_from_json(text)
        event(f"brought back: {again.name}, {'the same' if again == component else 'another one'}")
        again.description = "Where people buy things"
        changed = ", ".join(again.changes())
        again.save()
        event(f"changed and saved through its client: {changed}")

    def _print_board(self) -> None:
        board = self._client.status_board()
        show_board(
            board,
            [
                (str(one.id), one.name, group.group.name, one.status_name)
                for group in board.groups
                if group.group.id in self._group_ids
                for one in group.components
            ],
        )
