"""Code as users write it, which type checkers must accept. It is never run."""

from __future__ import annotations

import os
import pathlib
import ssl
from datetime import UTC, datetime
from typing import Any, Literal, Unpack, assert_type

import httpx

from cachet_sdk import (
    AsyncClient,
    AsyncClientOptions,
    CachetError,
    CapturedResponse,
    Client,
    ClientOptions,
    HTTPError,
    RateLimit,
    RateLimitError,
    RetryPolicy,
    TransportError,
    detect_version,
    v1,
    v3,
)
from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.listing import Listing
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1 import enums
from cachet_sdk.v1.aio.client import AsyncClient as AsyncClientV1
from cachet_sdk.v1.aio.components import AsyncComponent
from cachet_sdk.v1.aio.incidents import AsyncIncident
from cachet_sdk.v1.client import Client as ClientV1
from cachet_sdk.v1.component_groups import ComponentGroup
from cachet_sdk.v1.components import Component, ComponentManager
from cachet_sdk.v1.enums import ComponentStatus, IncidentStatus, ScheduleStatus
from cachet_sdk.v1.incident_updates import IncidentUpdate
from cachet_sdk.v1.incidents import Incident
from cachet_sdk.v1.metric_points import MetricPoint
from cachet_sdk.v1.metrics import Metric
from cachet_sdk.v1.schedules import Schedule
from cachet_sdk.v1.subscribers import Subscriber
from cachet_sdk.v3.aio.client import AsyncClient as AsyncClientV3
from cachet_sdk.v3.aio.resources import AsyncIncident as AsyncIncidentV3
from cachet_sdk.v3.client import Client as ClientV3
from cachet_sdk.v3.component_groups import ComponentGroup as ComponentGroupV3
from cachet_sdk.v3.components import Component as ComponentV3
from cachet_sdk.v3.enums import ComponentStatus as ComponentStatusV3
from cachet_sdk.v3.incidents import Incident as IncidentV3


def factories(transport: httpx.BaseTransport) -> None:
    assert_type(Client(), ClientV1)
    assert_type(Client("https://example.com/api/v1", "token", "1", True), ClientV1)
    assert_type(Client("https://example.com/api", "token", "3"), ClientV3)
    assert_type(Client(version="3"), ClientV3)
    assert_type(Client(version=detect_version("https://example.com/api")), ClientV1 | ClientV3)
    assert_type(Client(None, None, os.environ["CACHET_API_VERSION"]), ClientV1 | ClientV3)
    assert_type(AsyncClient("https://example.com/api/v1", "token"), AsyncClientV1)
    assert_type(AsyncClient(version="3"), AsyncClientV3)
    assert_type(AsyncClient(version=detect_version()), AsyncClientV1 | AsyncClientV3)
    Client(verify_tls=ssl.create_default_context(), timeout=httpx.Timeout(5), total_timeout=None, max_retries=0)
    Client(timezone="Europe/Oslo", user_agent="x", proxy="http://proxy:1", limits=httpx.Limits(), transport=transport)
    Client(timezone=UTC, proxy=httpx.URL("http://proxy:1"), event_hooks={"request": [print]})


def classes(http_client: httpx.Client, async_http_client: httpx.AsyncClient) -> None:
    assert_type(v1.Client(), ClientV1)
    assert_type(v3.Client("https://example.com/api", "token", timeout=3), ClientV3)
    assert_type(v1.AsyncClient(http_client=async_http_client), AsyncClientV1)
    assert_type(v3.AsyncClient(retry=RetryPolicy(max_retries=5, first_wait=0.1)), AsyncClientV3)
    v1.Client(auth=("user", "pass"), headers={"X-Gateway": "1"}, http2=True, trust_env=False)
    v1.Client(auth=httpx.DigestAuth("user", "pass"), http_client=http_client, verify_tls="/etc/ssl/our-authority.pem")
    v1.Client(verify_tls=pathlib.Path("authority.pem"), auth=lambda request: request)
    with v1.Client() as client:
        assert_type(client, ClientV1)
        assert_type(client.components, ComponentManager)
        assert_type(client.with_options(timeout=None, total_timeout=5, max_retries=0, headers={"X-A": "1"}), ClientV1)
        with client.capture_responses() as responses:
            client.ping()
        assert_type(responses, list[CapturedResponse])
        assert_type(responses[0].headers["Date"], str)


class StatusPage(v1.Client):
    """A client class of an application."""

    def __init__(self, **options: Unpack[ClientOptions]) -> None:
        options.setdefault("timeout", 3)
        super().__init__("https://example.com/api/v1", **options)

    def names(self) -> list[str]:
        return [component.name for component in self.components.list()]


def subclasses_stay_what_they_are(page: StatusPage) -> None:
    assert_type(page.with_options(timeout=5), StatusPage)


def options_are_passed_on(**options: Unpack[ClientOptions]) -> ClientV1 | ClientV3:
    assert_type(Client(**options), ClientV1)
    return Client(version=os.environ["CACHET_API_VERSION"], **options)


def async_options_are_passed_on(**options: Unpack[AsyncClientOptions]) -> AsyncClientV3:
    return AsyncClient(version="3", **options)


def wrapped(hooks: dict[str, list[Any]]) -> ClientV1:
    return Client(event_hooks=hooks)


def cachet_3(client: ClientV3) -> None:
    component = client.components.create(name="API", status=1, component_group_id=1, meta={"owner": "me"})
    assert_type(component.status, ComponentStatusV3 | int)
    for one in client.components.list(enabled=None, sort=("-name",), include=("group", "incidents"), prefetch=2):
        assert_type(one.group, ComponentGroupV3 | None)
        assert_type(one.incidents, list[IncidentV3] | None)
    incident = client.incidents.get(1, include=("components", "updates"))
    for part in incident.components or []:
        assert_type(part.name, str)
    assert_type(client.rate_limit, RateLimit | None)
    assert_type(component.save(), ComponentV3)


def components(client: ClientV1) -> None:
    assert_type(client.components, ComponentManager)
    component = client.components.create(name="API", status=ComponentStatus.OPERATIONAL, tags="Core, Web")
    assert_type(component, Component)
    client.components.create(name="API", status=1, tags={"Core"}, meta={"owner": ["me", None]}, group_id=0)
    assert_type(client.components.list(), Listing[Component])
    for one in client.components.list(page=2, per_page=50, status=4, sort="name", tags=["web"], prefetch=2):
        assert_type(one.id, int)
        assert_type(one.name, str)
        assert_type(one.status, ComponentStatus | int)
        assert_type(one.enabled, bool)
        assert_type(one.tags, set[str])
        assert_type(one.created_at, datetime | None)
    component.name = "Web"
    component.status = enums.COMPONENT_STATUS_MAJOR_OUTAGE
    component.status = 4
    component.tags = {"a"}
    component.add_tag("b")
    assert_type(component.has_tag(slug="b"), bool)
    assert_type(component.save(), Component)
    assert_type(component.update(), Component)
    component.delete()
    assert_type(client.components.update(1, status=2), Component)
    assert_type(client.components.get(1), Component)
    assert_type(client.components.count(), int)
    client.components.delete(1)
    assert_type(client.components.instance_from_dict(component.attrs), Component)
    assert_type(client.components.instance_from_json(component.to_json()), Component)
    assert_type(client.components.instance_list_from_json("[]"), list[Component])
    assert_type(client.components.create_many([{"name": "DB", "status": 1}]).results, list[Component])
    assert_type(client.components.update_many({1: {"status": 2}, 2: {"silent": True}}).results, list[Component])
    assert_type(client.components.bind(component), Component)
    component.add_tags(("c", "d"))


def everything_else(client: ClientV1) -> None:
    assert_type(client.ping(), bool)
    client.version().on_latest.bit_length()
    client.status.get()
    group = client.component_groups.create(name="Group", order=1, collapsed=2, visible=True)
    assert_type(group, ComponentGroup)
    assert_type(group.enabled_components[0], Component)
    client.component_groups.update(group.id, name="x")
    assert_type(list(client.component_groups.list(sort="name", order="desc")), list[ComponentGroup])
    incident = client.incidents.create(
        name="Down", message="All of it", status=IncidentStatus.INVESTIGATING, component_id=1, component_status=4
    )
    assert_type(incident, Incident)
    assert_type(incident.status, IncidentStatus | int)
    assert_type(next(incident.updates()), IncidentUpdate)
    incident.occurred_at = datetime.now(UTC)
    client.incidents.update(incident.id, status=enums.INCIDENT_FIXED, visible=False)
    client.incidents.update(incident.id, template="down", template_vars=("a", 1))
    assert_type(client.incident_updates.create(incident_id=1, status=4, message="Done"), IncidentUpdate)
    assert_type(client.incident_updates.get(1, 2), IncidentUpdate)
    assert_type([template.name for template in client.incident_templates.list()], list[str])
    schedule = client.schedules.create(name="Work", status=0, scheduled_at=datetime(2030, 1, 1, 10))
    assert_type(schedule, Schedule)
    assert_type(schedule.status, ScheduleStatus | int)
    client.schedules.update(schedule.id, completed_at=datetime.now(UTC))
    metric = client.metrics.create(name="Latency", suffix="ms", default_value=1)
    assert_type(metric, Metric)
    assert_type(client.metric_points.create(metric_id=metric.id, value=1.5, timestamp=datetime.now(UTC)), MetricPoint)
    client.metric_points.update(metric_id=1, point_id=2, value=3)
    client.metric_points.delete(1, 2)
    subscriber = client.subscribers.create(email="jane@example.com", components=[1, 2], verify=False)
    assert_type(subscriber, Subscriber)
    client.subscriptions.delete(1)
    client.close()


def errors(client: ClientV1) -> str:
    try:
        client.components.get(1)
    except RateLimitError as error:
        assert_type(error.retry_after, float | None)
    except HTTPError as error:
        assert_type(error.messages, list[str])
        return f"{error.status_code} {error.url}"
    except TransportError as error:
        assert_type(error.attempts, int)
    except CachetError as error:
        assert_type(error.maybe_applied, bool)
    return ""


async def with_asyncio() -> None:
    async with AsyncClient("https://example.com/api/v1", "token") as client:
        assert_type(client, AsyncClientV1)
        component = await client.components.create(name="API", status=1)
        assert_type(component, AsyncComponent)
        component.status = ComponentStatus.MAJOR_OUTAGE
        assert_type(await component.save(), AsyncComponent)
        assert_type(client.components.list(), AsyncListing[AsyncComponent])
        async for incident in client.incidents.list(per_page=50, prefetch=1):
            assert_type(incident, AsyncIncident)
            assert_type([update.message async for update in incident.updates()], list[str])
        await client.schedules.update(1, name="Work")
        await client.metric_points.create(metric_id=1, value=2)
        await component.delete()
        assert_type(await client.ping(), bool)
    await client.aclose()


def testing(fake_cachet: FakeCachet) -> None:
    assert_type(fake_cachet.client(), ClientV1)
    assert_type(fake_cachet.async_client(), AsyncClientV1)
    fake_cachet.client(api_token="other", timeout=3, transport=None)
    with fake_cachet.serve() as server:
        assert_type(server.endpoint, str)


def workflows(client: ClientV1) -> None:
    ensured = client.incidents.ensure("disk", name="Disk", message="m", component_id=1, component_status=2)
    assert_type(ensured.incident, Incident)
    assert_type(ensured.action, Literal["created", "updated", "unchanged"])
    assert_type(client.incidents.resolve("disk").incident, Incident | None)
    assert_type(client.incidents.find("disk"), Incident | None)
    with client.maintenance("Disks", message="m", components=[1], duration=60, on_error="incident") as window:
        assert_type(window.schedule, Schedule | None)
    for group in client.status_board().groups:
        assert_type(group.components, tuple[Component, ...])


async def workflows_v3(client: AsyncClientV3) -> None:
    ensured = await client.incidents.ensure("disk", name="Disk", message="m", components={1: 4})
    assert_type(ensured.incident, AsyncIncidentV3)
    async with client.maintenance("Disks", message="m", components={1: 6}) as window:
        assert_type(window.id, int)
    assert_type((await client.status_board()).open_incidents, tuple[AsyncIncidentV3, ...])
