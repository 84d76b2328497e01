"""A monitor that reports the status of services to a status page: an application as users write and annotate it.

Type checkers must accept it without any comments that silence them. ``test_application.py`` runs it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Generator, Iterable, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from cachet_sdk import HTTPError, TransportError, v3
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1 import (
    AsyncClient,
    AsyncComponent,
    Batch,
    Client,
    Component,
    ComponentChanges,
    ComponentFields,
    ComponentStatus,
    EnsuredIncident,
    Incident,
    IncidentStatus,
    Maintenance,
    StatusBoard,
)

AnyComponent = Component | AsyncComponent | v3.Component


class Probe(Protocol):
    def __call__(self, name: str, /) -> ComponentStatus: ...


@dataclass
class Report:
    """The result of one round of checks."""

    changed: list[str] = field(default_factory=list[str])
    failed: dict[int, str] = field(default_factory=dict[int, str])
    incident: Incident | None = None


def is_down(component: AnyComponent) -> bool:
    """Return whether a component of either version, sync or async, is down."""
    return component.enabled and int(component.status) == ComponentStatus.MAJOR_OUTAGE


def age(component: Component, now: datetime) -> timedelta | None:
    return None if component.updated_at is None else now - component.updated_at


def to_create(names: Iterable[str]) -> list[ComponentFields]:
    return [{"name": name, "status": ComponentStatus.OPERATIONAL, "tags": ["monitored"]} for name in names]


def prepare(client: Client, names: Iterable[str]) -> Mapping[str, Component]:
    batch: Batch[ComponentFields, Component] = client.components.create_many(to_create(names))
    batch.raise_for_failures()
    return {component.name: component for component in batch.results}


def check(client: Client, probe: Probe) -> Report:
    report = Report()
    changes: dict[int, ComponentChanges] = {}
    for component in client.components.list(per_page=100, enabled=True):
        status = probe(component.name)
        if component.status != status:
            changes[component.id] = {"status": status, "silent": True}
    for outcome in client.components.update_many(changes):
        if outcome.error is not None:
            report.failed[outcome.input] = str(outcome.error)
        elif outcome.result is not None:
            report.changed.append(outcome.result.name)
            if is_down(outcome.result):
                report.incident = announce(client, outcome.result).incident
    return report


def announce(client: Client, component: Component) -> EnsuredIncident[Incident]:
    return client.incidents.ensure(
        f"{component.name}-down",
        name=f"{component.name} is down",
        message="We are looking into it.",
        status=IncidentStatus.INVESTIGATING,
        component_id=component.id,
        component_status=ComponentStatus.MAJOR_OUTAGE,
    )


@contextmanager
def upgrade(client: Client, components: Iterable[Component]) -> Generator[Maintenance]:
    ids = [component.id for component in components]
    with client.maintenance("Upgrade", message="Back soon.", components=ids, duration=600) as window:
        yield window


def cached(client: Client, cache: dict[str, str], component_id: int) -> Component:
    key = f"component-{component_id}"
    if key in cache:
        return client.components.instance_from_json(cache[key])
    component = client.components.get(component_id)
    cache[key] = component.to_json()
    return component


def summary(board: StatusBoard) -> str:
    groups = {one.group.name: [component.name for component in one.components] for one in board.groups}
    return json.dumps({"status": board.status, "groups": groups, "open": len(board.open_incidents)})


async def check_async(client: AsyncClient) -> list[str]:
    first, total = await asyncio.gather(client.components.list().first(), client.components.count())
    names = [component.name async for component in client.components.list(prefetch=2) if is_down(component)]
    return [*names, f"{total} in all, {first.name if first else 'none'} first"]


@asynccontextmanager
async def async_client(fake: FakeCachet) -> AsyncGenerator[AsyncClient]:
    async with fake.async_client() as client:
        yield client


def create_on_cachet_3(fake: FakeCachet[v3.Client, v3.AsyncClient]) -> list[v3.Component]:
    with fake.client(timezone="Europe/Oslo") as client:
        try:
            client.components.create(name="API", status=v3.ComponentStatus.OPERATIONAL)
        except (HTTPError, TransportError) as error:
            raise RuntimeError(f"not created: {error}") from error
        return client.components.list(include=("group",)).all()
