"""Code that type checkers must reject. Each wrong line names the expected mypy error code and pyright rules."""

from __future__ import annotations

import httpx

from cachet_sdk import AsyncClient, BatchError, Client, v1, v3, webhooks
from cachet_sdk.v1.aio.client import AsyncClient as AsyncClientV1
from cachet_sdk.v1.client import Client as ClientV1
from cachet_sdk.v3.client import Client as ClientV3


def entry_points() -> None:
    Client(endpoint=5)  # refused: call-overload | reportArgumentType, reportCallIssue
    Client("https://example.com/api/v1", "token", "1", True, 30)  # refused: call-overload | reportCallIssue
    Client(time_zone="Europe/Oslo")  # refused: call-overload | reportCallIssue
    AsyncClient(max_retries="3")  # refused: call-overload | reportArgumentType, reportCallIssue
    Client(http_client=httpx.AsyncClient())  # refused: call-overload | reportArgumentType, reportCallIssue
    v1.Client(endpoint=5)  # refused: arg-type | reportArgumentType
    v1.Client(time_zone="Europe/Oslo")  # refused: call-arg | reportCallIssue
    v1.Client(version="1")  # refused: call-arg | reportCallIssue
    v3.Client("https://example.com/api", "token", True)  # refused: call-arg | reportCallIssue
    v1.AsyncClient(http_client=httpx.Client())  # refused: arg-type | reportArgumentType
    v1.Client(auth="user:pass")  # refused: arg-type | reportArgumentType
    v3.Client(headers={"X-A": 1})  # refused: dict-item | reportArgumentType
    v3.Client(retry=3)  # refused: arg-type | reportArgumentType


def options(client: ClientV1) -> None:
    client.with_options(timezone="Europe/Oslo")  # refused: call-arg | reportCallIssue
    client.with_options(timeout="5")  # refused: arg-type | reportArgumentType
    with client.capture_responses() as responses:
        print(responses[0].json)  # refused: attr-defined | reportAttributeAccessIssue
        responses[0].status_code = 200  # refused: misc | reportAttributeAccessIssue


def attributes(client: ClientV1) -> None:
    component = client.components.get(1)
    print(component.created_at.year)  # refused: union-attr | reportOptionalMemberAccess
    component.id = 5  # refused: misc | reportAttributeAccessIssue
    component.status_name = "up"  # refused: misc | reportAttributeAccessIssue
    component.created_at = None  # refused: misc | reportAttributeAccessIssue
    component.status = "up"  # refused: assignment | reportAttributeAccessIssue
    component.name = None  # refused: assignment | reportAttributeAccessIssue
    component.tags = 5  # refused: assignment | reportAttributeAccessIssue
    component.colour = "red"  # refused: attr-defined | reportAttributeAccessIssue


def arguments(client: ClientV1) -> None:
    client.components.create(status=1)  # refused: call-arg | reportCallIssue
    client.components.create("API", 1)  # refused: call-arg | reportCallIssue
    client.components.create(name="API", status="up")  # refused: arg-type | reportArgumentType
    client.components.create(name="API", status=1, tags=5)  # refused: arg-type | reportArgumentType
    client.components.create(name="API", status=1, color="red")  # refused: call-arg | reportCallIssue
    client.components.update(name="API")  # refused: call-arg | reportCallIssue
    client.components.get("1")  # refused: arg-type | reportArgumentType
    client.components.list(sort="colour")  # refused: arg-type | reportArgumentType
    client.components.list(status="up")  # refused: arg-type | reportArgumentType
    client.component_groups.list(order="up")  # refused: arg-type | reportArgumentType
    client.incidents.create(name="I", status=1)  # refused: call-arg | reportCallIssue
    client.schedules.create(name="S", status=0, scheduled_at="2030-01-01")  # refused: arg-type | reportArgumentType
    client.metrics.create(name="M")  # refused: call-arg | reportCallIssue
    client.subscribers.create(email=None)  # refused: arg-type | reportArgumentType
    client.components.bind(client.incidents.get(1))  # refused: arg-type | reportArgumentType
    client.components.create_many([{"name": "A", "silent": True}])  # refused: typeddict-unknown-key | reportArgumentType
    client.incident_templates.create(name="T")  # refused: attr-defined | reportAttributeAccessIssue


def cachet_3(client: ClientV3) -> None:
    component = client.components.get(1, include=("colour",))  # refused: arg-type | reportArgumentType
    component.latest_status = 1  # refused: misc | reportAttributeAccessIssue
    component.group.name  # refused: union-attr | reportOptionalMemberAccess
    client.components.list(sort="-colour")  # refused: arg-type | reportArgumentType
    client.metric_points.update(metric_id=1, point_id=1)  # refused: attr-defined | reportAttributeAccessIssue
    client.incidents.create(message="M", status=1)  # refused: call-arg | reportCallIssue


def unknown_names_in_batches(client: ClientV3, error: BatchError) -> None:
    client.components.create_many([{"nam": "typo"}])  # refused: typeddict-unknown-key | reportArgumentType
    print(error.batch.results[0].no_such_thing)  # refused: attr-defined | reportAttributeAccessIssue


def events_are_read_only(event: webhooks.ComponentCreated) -> None:
    event.event = "component_created"  # refused: misc | reportAttributeAccessIssue


async def awaiting_the_sync_client(client: ClientV1) -> None:
    await client.ping()  # refused: misc | reportGeneralTypeIssues
    await client.components.get(1)  # refused: misc | reportGeneralTypeIssues
    async with client:  # refused: attr-defined | reportGeneralTypeIssues
        pass
    async for _ in client.components.list():  # refused: attr-defined | reportGeneralTypeIssues
        pass


async def not_awaiting_the_async_client(client: AsyncClientV1) -> None:
    component = client.components.get(1)
    print(component.name)  # refused: attr-defined | reportAttributeAccessIssue
    client.components.delete(1)  # refused: unused-coroutine | reportUnusedCoroutine
    with client:  # refused: attr-defined | reportGeneralTypeIssues
        pass
    for _ in client.components.list():  # refused: attr-defined | reportGeneralTypeIssues
        pass
