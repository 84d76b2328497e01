"""``python -m cachet_sdk.demo``: a day in the life of a status page, told while it happens.

Without settings it runs against an embedded Cachet on loopback. With ``CACHET_ENDPOINT`` and ``CACHET_API_TOKEN`` it
runs against that server: it asks first, tells no subscriber, and removes all that it made at the end, come what may.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cachet_sdk import CachetError, Client, ConfigurationError, NotFoundError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1 import enums

if TYPE_CHECKING:
    from cachet_sdk.v1.client import Client as ClientV1
    from cachet_sdk.v1.components import Component

WIDTH = 78

#: What the status page is about: tags by component, by group.
SHOP = {
    "Shop": {"Website": "web, public", "Payments": "api, public"},
    "Back office": {"Warehouse": "internal"},
}

QUESTION = """\
The demo makes groups, components, an incident, maintenance, a metric and a
subscriber there, which guests may see meanwhile; it tells no subscriber, and
removes all of it at the end. Go on? [y/N] """


def main(arguments: Sequence[str] | None = None) -> int:
    """Tell the story; give the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m cachet_sdk.demo", description="A day in the life of a status page, told while it happens."
    )
    parser.add_argument("--yes", action="store_true", help="write to the server of CACHET_ENDPOINT without asking")
    parser.add_argument("--version", choices=["1"], default="1", help="the version of the API (default: 1)")
    options = parser.parse_args(arguments)
    try:
        if os.environ.get("CACHET_ENDPOINT"):
            return _on_a_server(asked_already=options.yes)
        return _on_loopback()
    except ConfigurationError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except CachetError as error:
        print(f"error: {error}", file=sys.stderr)
        if error.maybe_applied:
            print("It may have been carried out all the same: please look for it on the status page.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


def _on_loopback() -> int:
    fake = FakeCachet()
    with fake.serve() as server, Client(server.endpoint, fake.token) as client:
        print(f"An embedded Cachet {client.version().value} at {server.endpoint}")
        print("(set CACHET_ENDPOINT and CACHET_API_TOKEN to run against your own)")
        Story(client).tell()
    return 0


def _on_a_server(*, asked_already: bool) -> int:
    with Client() as client:
        print(f"The Cachet {client.version().value} of CACHET_ENDPOINT at {client.endpoint}")
        if not asked_already and not _agreed():
            print("\nNothing was written.")
            return 1
        story = Story(client)
        try:
            story.tell()
        finally:
            left = story.undo()
    return 1 if left else 0


def _agreed() -> bool:
    try:
        return input(QUESTION).strip().lower() in {"y", "yes"}
    except EOFError:
        return False


class Story:
    """What happens, and how to undo it.

    Args:
        client: The client of the server where it happens.
    """

    def __init__(self, client: ClientV1) -> None:
        self._client = client
        self._made: list[tuple[str, Callable[[], None]]] = []
        self._components: list[Component] = []
        self._groups: dict[int, str] = {}

    def tell(self) -> None:
        """Make everything happen, and print it."""
        self._components_appear()
        self._print_table()
        self._something_breaks()
        self._maintenance_is_planned()
        self._numbers_are_pushed()
        self._somebody_subscribes()
        self._a_resource_is_cached()
        self._print_table()

    def undo(self) -> list[str]:
        """Remove what was made, newest first; tell what could not be removed."""
        left: list[str] = []
        _title("Cleaning up")
        with ExitStack() as stack:
            # On an interrupt, too, the stack goes on with the rest.
            for what, remove in self._made:
                stack.callback(_remove, what, remove, left)
        return left

    def _components_appear(self) -> None:
        client = self._client
        _title("Groups and components")
        for group_name, members in SHOP.items():
            group = client.component_groups.create(name=group_name, visible=True)
            self._keep(f"group {group_name}", group.delete)
            self._groups[group.id] = group_name
            _event(f"group {group.id}: {group_name}")
            for name, tags in members.items():
                component = client.components.create(
                    name=name, status=enums.COMPONENT_STATUS_OPERATIONAL, group_id=group.id, tags=tags
                )
                self._keep(f"component {name}", component.delete)
                self._components.append(component)
                _event(f"component {component.id}: {name}, tagged {', '.join(component.tag_names)}")

    def _something_breaks(self) -> None:
        client, broken = self._client, self._components[1]
        _title("An incident")
        incident = client.incidents.create(
            name="Payments fail",
            message="Cards are refused. We are looking into it.",
            status=enums.INCIDENT_INVESTIGATING,
            component_id=broken.id,
            component_status=enums.COMPONENT_STATUS_MAJOR_OUTAGE,
            notify=False,
        )
        self._keep("incident", incident.delete)
        _event(f"opened: {incident.name} ({incident.human_status}), with {broken.name} in major outage")
        self._print_table()
        print()
        for status, message in (
            (enums.INCIDENT_IDENTIFIED, "A certificate has expired."),
            (enums.INCIDENT_FIXED, "It was renewed; all is well."),
        ):
            try:
                update = client.incident_updates.create(incident_id=incident.id, status=status, message=message)
            except NotFoundError:  # Cachet 2.3 has none
                incident = client.incidents.update(incident.id, status=status, message=message)
                _event(f"{incident.human_status}: {message}")
            else:
                _event(f"{update.human_status}: {update.message}")
        broken = client.components.update(broken.id, status=enums.COMPONENT_STATUS_OPERATIONAL)
        _event(f"resolved: {broken.name} is {broken.status_name} again")

    def _maintenance_is_planned(self) -> None:
        _title("Maintenance")
        try:
            schedule = self._client.schedules.create(
                name="Database upgrade",
                status=enums.SCHEDULE_STATUS_UPCOMING,
                scheduled_at=datetime.now(UTC) + timedelta(days=7),
                message="The shop is read-only for ten minutes.",
                notify=False,
            )
        except NotFoundError:
            _event("this server has no schedules; they came with Cachet 2.4")
            return
        self._keep("schedule", schedule.delete)
        _event(f"scheduled: {schedule.name}, {schedule.scheduled_at:%d %B %Y %H:%M} ({schedule.human_status})")

    def _numbers_are_pushed(self) -> None:
        client = self._client
        _title("A metric")
        metric = client.metrics.create(name="Response time", suffix="ms", calc_type=enums.MetricCalculation.AVERAGE)
        self._keep("metric", metric.delete)
        _event(f"metric {metric.id}: {metric.name}, shown for the {metric.default_view_name.lower()}")
        now = datetime.now(UTC)
        for minutes, value in ((20, 212.5), (10, 480.0), (0, 198.25)):
            client.metric_points.create(metric_id=metric.id, value=value, timestamp=now - timedelta(minutes=minutes))
        values = ", ".join(f"{point.value:g}" for point in metric.points())
        _event(f"{client.metric_points.count(metric.id)} points pushed, newest first: {values} {metric.suffix}")

    def _somebody_subscribes(self) -> None:
        _title("A subscriber")
        # An address that is there already would be given as it is, and removed at the end: so a new one each time.
        subscriber = self._client.subscribers.create(
            email=f"demo-{secrets.token_hex(4)}@example.com", components=[self._components[0].id]
        )
        self._keep("subscriber", subscriber.delete)
        told_of = ", ".join(str(subscription.component_id) for subscription in subscriber.subscriptions)
        _event(f"{subscriber.email}, told of component {told_of}")

    def _a_resource_is_cached(self) -> None:
        client = self._client
        _title("A resource in a cache")
        component = client.components.get(self._components[0].id)
        text = component.to_json()
        _event(f"{component.name} as JSON, {len(text)} characters: {text[:40]}...")
        again = client.components.instance_from_json(text)
        _event(f"brought back: {again.name}, {'the same' if again == component else 'another one'}")
        again.description = "Where people buy things"
        changed = ", ".join(again.changes())
        again.save()
        _event(f"changed and saved through its client: {changed}")

    def _keep(self, what: str, remove: Callable[[], None]) -> None:
        self._made.append((what, remove))

    def _print_table(self) -> None:
        rows = [("#", "Component", "Group", "State")]
        for known in self._components:
            component = self._client.components.get(known.id)
            group = self._groups[component.group_id]
            rows.append((str(component.id), component.name, group, component.status_name))
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        print()
        for number, row in enumerate(rows):
            print("   " + "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
            if number == 0:
                print("   " + "   ".join("-" * width for width in widths))


def _title(text: str) -> None:
    print(f"\n-- {text} ".ljust(WIDTH, "-"))


def _event(text: str) -> None:
    print(f"   {text}")


def _remove(what: str, remove: Callable[[], None], left: list[str]) -> None:
    try:
        remove()
    except NotFoundError:
        _event(f"{what}: gone already")
    except CachetError as error:
        left.append(what)
        print(f"   {what}: NOT removed: {error}", file=sys.stderr)
    else:
        _event(f"{what}: removed")


if __name__ == "__main__":
    sys.exit(main())
