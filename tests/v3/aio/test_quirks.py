"""Server quirks of Cachet 3 that the SDK handles."""

from __future__ import annotations

import inspect
import json
from datetime import timedelta
from urllib.parse import parse_qs

import httpx
import pytest

from cachet_sdk import (
    ArgumentError,
    AuthenticationError,
    NotFoundError,
    PermissionDeniedError,
    RateLimit,
    RateLimitError,
    UnexpectedResponseError,
    UnsupportedError,
)
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v3.aio.client import AsyncClient
from cachet_sdk.v3.enums import ComponentStatus, Visibility
from tests.testing.api import Clock
from tests.v3.conftest import Server


def query(server: Server, position: int = -1) -> dict[str, str]:
    """Return the query parameters of a request."""
    return {name: values[0] for name, values in parse_qs(server.requests[position].query).items()}


def sent(server: Server, position: int = -1) -> dict[str, object]:
    """Return the JSON of a request."""
    body: dict[str, object] = json.loads(server.requests[position].body)
    return body


async def test_every_page_is_requested_with_the_whole_query(async_client: AsyncClient, server: Server) -> None:
    for number in range(7):
        await async_client.subscribers.create(email=f"a{number}@example.com", verified=True)
    server.requests.clear()
    emails = [it.email async for it in async_client.subscribers.list(per_page=2, email="example", sort="-email")]
    assert emails == [f"a{number}@example.com" for number in reversed(range(7))]
    assert [query(server, page) for page in range(4)] == [
        {"page": str(page + 1), "per_page": "2", "filter[email]": "example", "sort": "-email,id"} for page in range(4)
    ]


async def test_lists_are_counted_without_a_total(async_client: AsyncClient, server: Server) -> None:
    for number in range(203):
        await async_client.components.create(name=str(number), status=1)
    server.requests.clear()
    assert await async_client.components.count() == 203
    assert [query(server, index)["page"] for index in range(len(server.requests))] == ["1", "2", "4", "3"]


async def test_lists_always_have_a_unique_order(async_client: AsyncClient, server: Server) -> None:
    [it async for it in async_client.components.list()]
    assert query(server)["sort"] == "id"
    [it async for it in async_client.incidents.list(sort=("status", "-name"))]
    assert query(server)["sort"] == "status,-name,id"
    [it async for it in async_client.metrics.list(sort="order")]
    assert query(server)["sort"] == "order,id"


async def test_omitted_fields_are_not_sent_and_keep_their_values(async_client: AsyncClient, server: Server) -> None:
    created = await async_client.components.create(name="API", status=1, description="All of it", link="https://a.test")
    await async_client.components.update(created.id, name="Web")
    assert sent(server) == {"name": "Web"}
    found = await async_client.components.get(created.id)
    assert (found.name, found.description, found.link) == ("Web", "All of it", "https://a.test")


async def test_clearing_a_field_is_refused_before_anything_is_sent(async_client: AsyncClient, server: Server) -> None:
    component = await async_client.components.create(name="API", status=1, description="All of it")
    server.requests.clear()
    with pytest.raises(ArgumentError, match="description"):
        await async_client.components.update(component.id, description="")
    with pytest.raises(ArgumentError, match="description: cannot be set to None"):
        component.description = None
    assert not server.requests


async def test_new_incidents_and_groups_are_hidden_by_default(
    async_client: AsyncClient, async_visitor: AsyncClient
) -> None:
    hidden = await async_client.incidents.create(name="Hidden", message="m", status=1)
    shown = await async_client.incidents.create(name="Shown", message="m", status=1, visible=True)
    group = await async_client.component_groups.create(name="Hidden")
    await async_client.component_groups.create(name="Shown", visible=True)
    assert (hidden.visible, shown.visible, group.visible) == (
        Visibility.AUTHENTICATED,
        Visibility.GUEST,
        Visibility.AUTHENTICATED,
    )
    assert [it.name async for it in async_visitor.incidents.list()] == ["Shown"]
    assert [it.name async for it in async_visitor.component_groups.list()] == ["Shown"]
    for method in (async_client.incidents.create, async_client.component_groups.create):
        assert "visible=True" in (method.__doc__ or "")


async def test_the_group_of_a_component_is_included_if_requested(async_client: AsyncClient) -> None:
    group = await async_client.component_groups.create(name="Europe", visible=True)
    created = await async_client.components.create(name="API", status=1, component_group_id=group.id)
    assert created.group is None
    found = await async_client.components.get(created.id, include=("group",))
    assert found.group == await async_client.component_groups.get(group.id)


async def test_the_stored_status_and_the_shown_status_are_separate(async_client: AsyncClient) -> None:
    component = await async_client.components.create(name="API", status=1)
    await async_client.incidents.create(name="Down", message="m", status=1, visible=True, components={component.id: 4})
    found = await async_client.components.get(component.id)
    assert (found.status, found.latest_status) == (ComponentStatus.OPERATIONAL, ComponentStatus.MAJOR_OUTAGE)
    assert (found.status_name, found.latest_status_name) == ("Operational", "Major outage")


async def test_fields_that_are_null_after_a_create_have_their_defaults(async_client: AsyncClient) -> None:
    group = await async_client.component_groups.create(name="Europe")
    metric = await async_client.metrics.create(name="Requests", suffix="r")
    template = await async_client.incident_templates.create(name="Down", template="t")
    assert group == await async_client.component_groups.get(group.id)
    assert metric == await async_client.metrics.get(metric.id)
    assert template == await async_client.incident_templates.get(template.id)


async def test_meta_is_included_if_requested_and_survives_a_save(async_client: AsyncClient) -> None:
    created = await async_client.components.create(name="API", status=1, meta={"team": "core"})
    empty = await async_client.components.create(name="Web", status=1)
    assert created.meta is None
    found = await async_client.components.get(created.id, include=("meta",))
    assert found.meta == {"team": "core"}
    found.name = "Core API"
    await found.save()
    assert (found.name, found.meta) == ("Core API", {"team": "core"})
    assert (await async_client.components.get(empty.id, include=("meta",))).meta == {}


async def test_each_incident_in_a_list_has_its_own_component_statuses(
    async_client: AsyncClient, server: Server
) -> None:
    first, second = [await async_client.components.create(name=name, status=1) for name in ("A", "B")]
    for states in ({first.id: 2, second.id: 3}, {first.id: 4}, {}, {second.id: 5}):
        await async_client.incidents.create(name="I", message="m", status=1, components=states)
    server.requests.clear()
    incidents = [it async for it in async_client.incidents.list(include=("components",))]
    assert [{it.id: it.component_status for it in one.components or ()} for one in incidents] == [
        {first.id: 2, second.id: 3},
        {first.id: 4},
        {},
        {second.id: 5},
    ]
    assert [request.path for request in server.requests] == ["/api/incidents", "/api/incidents/2", "/api/incidents/4"]


async def test_each_schedule_in_a_list_has_its_own_component_statuses(async_client: AsyncClient, clock: Clock) -> None:
    component = await async_client.components.create(name="A", status=1)
    for state in (6, 2):
        await async_client.schedules.create(
            name="S", message="m", scheduled_at=clock.now + timedelta(days=1), components={component.id: state}
        )
    schedules = [it async for it in async_client.schedules.list(include=("components.group",))]
    assert [[it.component_status for it in one.components or ()] for one in schedules] == [[6], [2]]


async def test_updating_an_incident_keeps_its_components(async_client: AsyncClient) -> None:
    assert "components" not in inspect.signature(async_client.incidents.update).parameters
    component = await async_client.components.create(name="A", status=1)
    incident = await async_client.incidents.create(name="I", message="m", status=1, components={component.id: 4})
    await async_client.incidents.update(incident.id, status=4)
    found = await async_client.incidents.get(incident.id, include=("components",))
    assert [it.id for it in found.components or ()] == [component.id]


async def test_empty_components_are_refused_if_the_server_would_ignore_them(async_client: AsyncClient) -> None:
    component = await async_client.components.create(name="A", status=1)
    subscriber = await async_client.subscribers.create(email="a@example.com", components=[component.id], verified=True)
    with pytest.raises(ArgumentError, match="components"):
        await async_client.component_groups.update(1, components=[])
    with pytest.raises(ArgumentError, match="components"):
        await async_client.schedules.update(1, components={})
    await async_client.subscribers.update(subscriber.id, components=[])
    assert (await async_client.subscribers.get(subscriber.id, include=("components",))).components == []


async def test_updating_a_template_keeps_its_slug(async_client: AsyncClient) -> None:
    created = await async_client.incident_templates.create(name="It is down", template="t")
    changed = await async_client.incident_templates.update(created.id, template="{{ why }}")
    assert (changed.name, changed.slug, changed.template) == ("It is down", "it-is-down", "{{ why }}")
    changed.template = "{{ what }}"
    await changed.save()
    assert (changed.slug, changed.template) == ("it-is-down", "{{ what }}")


@pytest.mark.parametrize("database", ["sqlite", "mariadb"])
@pytest.mark.parametrize("value", [1, 1.5, 0, -2.25])
async def test_a_default_value_is_a_number_on_every_database(database: str, value: float) -> None:
    server = FakeCachet(version="3", database="mariadb" if database == "mariadb" else "sqlite")
    async with server.async_client() as async_client:
        created = await async_client.metrics.create(name="Requests", suffix="r", default_value=value)
        found = await async_client.metrics.get(created.id)
    assert created.default_value == found.default_value == value


async def test_a_point_within_the_threshold_only_increments_the_counter(async_client: AsyncClient) -> None:
    metric = await async_client.metrics.create(name="Requests", suffix="r", threshold=5)
    first = await async_client.metric_points.create(metric_id=metric.id, value=1)
    second = await async_client.metric_points.create(metric_id=metric.id, value=2)
    assert (second.id, second.value, second.counter) == (first.id, 1, 2)
    assert "lost" in (async_client.metric_points.create.__doc__ or "")


async def test_an_invalid_token_reads_like_a_visitor_and_cannot_write(
    async_client: AsyncClient, async_visitor: AsyncClient
) -> None:
    await async_client.incidents.create(name="Hidden", message="m", status=1)
    assert [it async for it in async_visitor.incidents.list()] == []
    with pytest.raises(AuthenticationError):
        await async_visitor.components.create(name="A")


async def test_a_token_without_the_ability_is_refused(server: Server) -> None:
    server.add_token("2|reader", abilities=["components.manage"])
    async with server.async_client(api_token="2|reader") as async_client:
        created = await async_client.components.create(name="A", status=1)
        with pytest.raises(PermissionDeniedError):
            await async_client.components.delete(created.id)
        with pytest.raises(NotFoundError):
            await async_client.components.delete(99)
        with pytest.raises(PermissionDeniedError):
            [it async for it in async_client.subscribers.list()]


async def test_the_client_exposes_the_remaining_rate_limit(clock: Clock) -> None:
    async with FakeCachet(version="3", rate_limit=2, clock=clock).async_client(total_timeout=1) as async_client:
        limits = [async_client.rate_limit]
        [it async for it in async_client.components.list()]
        limits.append(async_client.rate_limit)
        await async_client.components.create(name="A", status=1)
        limits.append(async_client.rate_limit)  # writes have a limit of their own
        [it async for it in async_client.components.list()]
        limits.append(async_client.rate_limit)
        with pytest.raises(RateLimitError) as caught:
            [it async for it in async_client.components.list()]
        limits.append(async_client.rate_limit)
    reset_at = clock.now.timestamp() + 60
    assert limits == [None, RateLimit(2, 1), RateLimit(2, 1), RateLimit(2, 0), RateLimit(2, 0, reset_at)]
    assert (caught.value.limit, caught.value.remaining, caught.value.retry_after) == (2, 0, 60)
    assert caught.value.reset_at == reset_at


async def test_a_rate_limited_request_is_retried_within_the_deadline(server: Server) -> None:
    refusals = [httpx.Response(429, headers={"Retry-After": "0"}, json={"message": "Too Many Attempts."})]
    transport = httpx.MockTransport(
        lambda _: refusals.pop() if refusals else httpx.Response(200, json={"data": "Pong!"})
    )
    async with server.async_client(transport=transport) as async_client:
        with pytest.raises(UnexpectedResponseError):
            await async_client.version()
    assert not refusals


async def test_components_can_be_filtered_by_enabled(async_client: AsyncClient) -> None:
    await async_client.components.create(name="On", status=1)
    await async_client.components.create(name="Off", status=1, enabled=False)
    found = {
        enabled: [it.name async for it in async_client.components.list(enabled=enabled)]
        for enabled in (True, False, None)
    }
    assert found == {True: ["On"], False: ["Off"], None: ["On", "Off"]}
    assert [await async_client.components.count(enabled=enabled) for enabled in (True, False, None)] == [1, 1, 2]


async def test_updating_a_point_is_refused(async_client: AsyncClient, server: Server) -> None:
    metric = await async_client.metrics.create(name="Requests", suffix="r")
    point = await async_client.metric_points.create(metric_id=metric.id, value=1)
    server.requests.clear()
    with pytest.raises(UnsupportedError, match="cannot change"):
        await point.update()
    assert not server.requests
