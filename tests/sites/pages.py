"""Embedded Cachets with at least one row of every kind, and a transport that simulates a killed process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, TypeAlias

import httpx

from cachet_sdk import sites
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.client import Client as ClientV1
from cachet_sdk.v3.client import Client as ClientV3

Release: TypeAlias = Literal["2.3", "2.4", "3"]
RELEASES: tuple[Release, ...] = ("2.3", "2.4", "3")
#: Every supported migration, from release to release.
MOVES: tuple[tuple[Release, Release], ...] = (
    ("2.3", "2.3"), ("2.3", "2.4"), ("2.3", "3"), ("2.4", "2.4"), ("2.4", "3"), ("3", "3"), ("3", "2.4")
)  # fmt: skip

START = datetime(2026, 1, 1, tzinfo=UTC)


def make_fake(release: Release, **settings: Any) -> FakeCachet[Any, Any]:
    if release == "3":
        return FakeCachet("3", rate_limit=settings.pop("rate_limit", None), **settings)
    return FakeCachet(release=release, **settings)


def client_of(fake: FakeCachet[Any, Any], **options: Any) -> Any:
    """Return a client in UTC, with an endpoint that is different for each server."""
    defaults: dict[str, Any] = {"timezone": "UTC", "endpoint": fake.endpoint.replace("fake-cachet", f"s{id(fake)}")}
    return fake.client(**{**defaults, **options})


class Clock:
    """A server's clock. It starts a day behind, so that no row is seconds old, which servers treat differently."""

    def __init__(self) -> None:
        self.behind = timedelta(days=1)

    def __call__(self) -> datetime:
        return datetime.now(UTC) - self.behind


class Killed(BaseException):
    """Simulates a kill: no handler of ``Exception`` catches it."""


class Killer(httpx.BaseTransport):
    """Sends requests to a server, but raises ``Killed`` at one of the writes.

    Args:
        fake: The server.
        at: The number of that write, from 1.
        applied: Whether the server still carries it out.
    """

    def __init__(self, fake: FakeCachet[Any, Any], at: int, *, applied: bool) -> None:
        self._fake = fake
        self._left = at
        self._applied = applied

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.method != "GET":
            self._left -= 1
            if self._left <= 0:
                if self._applied and self._left == 0:
                    self._fake.transport.handle_request(request)
                raise Killed
        return self._fake.transport.handle_request(request)


def writes(fake: FakeCachet[Any, Any], since: int = 0) -> list[str]:
    return [f"{it.method} {it.path}" for it in list(fake.requests)[since:] if it.method != "GET"]


def populated(release: Release, **settings: Any) -> FakeCachet[Any, Any]:
    """Return a server with at least one row of every kind that the release has."""
    clock = Clock()
    fake = make_fake(release, clock=clock, **settings)
    client = client_of(fake)
    if isinstance(client, ClientV3):
        _populate_3(client)
    else:
        _populate_2(client, fake, release)
    clock.behind = timedelta()
    return fake


def _populate_2(client: ClientV1, fake: FakeCachet[Any, Any], release: Release) -> None:
    is_24 = release == "2.4"
    shop = client.component_groups.create(name="Shop", visible=True, order=2, collapsed=2)
    client.component_groups.create(name="Inside", visible=True, order=1)
    web = client.components.create(
        name="Website", status=1, link="https://example.com", group_id=shop.id, order=1,
        tags="public, Web Site", meta={"team": "a", "n": [1, 2]} if is_24 else None,
    )  # fmt: skip
    api = client.components.create(name="API", status=4, enabled=False, description="für alle 日本", order=2)
    gone = client.components.create(name="Gone", status=1)
    for number, component in enumerate((web, api, gone)):
        incident = client.incidents.create(
            name=f"Incident {number}", message=f"It is *slow* {number}", status=1, visible=number != 1,
            stickied=number == 0 if is_24 else None, occurred_at=START + timedelta(days=number, hours=10, seconds=7),
            component_id=component.id, component_status=int(component.status), notify=False,
            meta={"ticket": f"T{number}"} if is_24 else None,
        )  # fmt: skip
        if is_24:
            client.incident_updates.create(incident_id=incident.id, status=2, message="Found it")
            client.incident_updates.create(incident_id=incident.id, status=4, message="Fixed it")
            if number == 2:
                client.incidents.update(incident.id, status=3)
    client.components.delete(gone.id)
    if is_24:
        fake.add_incident_template("Down", "{{ incident.name }} is down: {{ why }}")
        client.schedules.create(name="Move", status=0, message="To another data center", scheduled_at=START)
        client.schedules.create(
            name="Upgrade", status=2, scheduled_at=START, completed_at=START + timedelta(hours=2), message="New disks"
        )
    latency = client.metrics.create(name="Latency", suffix="ms", calc_type=1, default_value=3, threshold=10)
    client.metrics.create(name="Orders", suffix="orders", order=2, places=0)
    for number in range(8):
        client.metric_points.create(
            metric_id=latency.id, value=number / 8, timestamp=START + timedelta(seconds=40 * number)
        )
    client.metric_points.create(metric_id=latency.id, value=5, timestamp=START + timedelta(hours=1))
    client.metric_points.create(metric_id=latency.id, value=0.5)
    client.metric_points.create(metric_id=latency.id, value=0.5)
    client.subscribers.create(email="all@example.com")
    client.subscribers.create(email="web@example.com", components=[web.id])
    client.subscribers.create(email="unverified@example.com", verify=False)


def _populate_3(client: ClientV3) -> None:
    shop = client.component_groups.create(name="Shop", visible=True, order=2, collapsed=2, meta={"floor": 1})
    client.component_groups.create(name="Inside", order=1, order_column="name", order_direction="desc")
    web = client.components.create(
        name="Website", status=1, link="https://example.com", component_group_id=shop.id, order=1,
        meta={"tags": ["public", "Web Site"], "n": {"deep": [1, {}]}},
    )  # fmt: skip
    api = client.components.create(name="API", status=6, enabled=False, description="für alle 日本", order=2)
    gone = client.components.create(name="Gone", status=1)
    client.incident_templates.create(name="Down", template="{{ incident.name }} is down: {{ why }}")
    for number in range(3):
        incident = client.incidents.create(
            name=f"Incident {number}", message=f"It is *slow* {number}", status=number, visible=number != 1,
            stickied=number == 0, occurred_at=START + timedelta(days=number, hours=10, seconds=7),
            published_at=START + timedelta(days=number), notifications=False,
            components={web.id: 2 + number, api.id: 3, gone.id: 1}, meta={"ticket": f"T{number}", "zero": 0},
        )  # fmt: skip
        client.incident_updates.create(incident_id=incident.id, status=2, message="Found it")
        client.incident_updates.create(incident_id=incident.id, status=4, message="Fixed it")
    client.components.delete(gone.id)
    move = client.schedules.create(
        name="Move", message="To another data center", scheduled_at=START, components={web.id: 6}, meta={"crew": "b"}
    )
    client.schedule_updates.create(
        schedule_id=move.id, message="Servers are packed", completed_at=START + timedelta(days=1)
    )
    client.schedules.create(name="Later", message="Soon", scheduled_at=datetime(2040, 1, 2, 3, 4, 5, tzinfo=UTC))
    latency = client.metrics.create(name="Latency", suffix="ms", calc_type=1, default_value=3.25, threshold=1)
    client.metrics.create(name="Orders", suffix="orders", places=0, description="An hour")
    for number in range(8):
        client.metric_points.create(metric_id=latency.id, value=number / 8, timestamp=START + timedelta(minutes=number))
    client.metric_points.create(metric_id=latency.id, value=9, timestamp=START + timedelta(minutes=7, seconds=10))
    client.metrics.update(latency.id, threshold=10)
    client.subscribers.create(email="all@example.com", verified=True)
    client.subscribers.create(
        email="web@example.com", is_global=False, components=[web.id], verified=True, meta={"vip": True}
    )
    client.subscribers.create(email="unverified@example.com", verified=False)


def rows_of(client: Any, folder: Any, name: str = "again.jsonl") -> Iterator[dict[str, Any]]:
    """Export a page, and return the rows of the archive."""
    path = folder / name
    path.unlink(missing_ok=True)
    sites.export_site(client, path)
    for line in path.read_text(encoding="utf-8").splitlines():
        value = json.loads(line)
        if "kind" in value:
            yield value
