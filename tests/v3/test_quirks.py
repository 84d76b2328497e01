# Made by "make sync" from aio/test_quirks.py: edit that file instead of this one.
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
from cachet_sdk.v3.client import Client
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


def test_every_page_is_requested_with_the_whole_query(client: Client, server: Server) -> None:
    for number in range(7):
        client.subscribers.create(email=f"a{number}@example.com", verified=True)
    server.requests.clear()
    emails = [it.email for it in client.subscribers.list(per_page=2, email="example", sort="-email")]
    assert emails == [f"a{number}@example.com" for number in reversed(range(7))]
    assert [query(server, page) for page in range(4)] == [
        {"page": str(page + 1), "per_page": "2", "filter[email]": "example", "sort": "-email,id"} for page in range(4)
    ]


def test_lists_are_counted_without_a_total(client: Client, server: Server) -> None:
    for number in range(203):
        client.components.create(name=str(number), status=1)
    server.requests.clear()
    assert client.components.count() == 203
    assert [query(server, index)["page"] for index in range(len(server.requests))] == ["1", "2", "4", "3"]


def test_lists_always_have_a_unique_order(client: Client, server: Server) -> None:
    list(client.components.list())
    assert query(server)["sort"] == "id"
    list(client.incidents.list(sort=("status", "-name")))
    assert query(server)["sort"] == "status,-name,id"
    list(client.metrics.list(sort="order"))
    assert query(server)["sort"] == "order,id"


def test_omitted_fields_are_not_sent_and_keep_their_values(client: Client, server: Server) -> None:
    created = client.components.create(name="API", status=1, description="All of it", link="https://a.test")
    client.components.update(created.id, name="Web")
    assert sent(server) == {"name": "Web"}
    found = client.components.get(created.id)
    assert (found.name, found.description, found.link) == ("Web", "All of it", "https://a.test")


def test_clearing_a_field_is_refused_before_anything_is_sent(client: Client, server: Server) -> None:
    component = client.components.create(name="API", status=1, description="All of it")
    server.requests.clear()
    with pytest.raises(ArgumentError, match="description"):
        client.components.update(component.id, description="")
    with pytest.raises(ArgumentError, match="description: cannot be set to None"):
        component.description = None
    assert not server.requests


def test_new_incidents_and_groups_are_hidden_by_default(client: Client, visitor: Client) -> None:
    hidden = client.incidents.create(name="Hidden", message="m", status=1)
    shown = client.incidents.create(name="Shown", message="m", status=1, visible=True)
    group = client.component_groups.create(name="Hidden")
    client.component_groups.create(name="Shown", visible=True)
    assert (hidden.visible, shown.visible, group.visible) == (
        Visibility.AUTHENTICATED,
        Visibility.GUEST,
        Visibility.AUTHENTICATED,
    )
    assert [it.name for it in visitor.incidents.list()] == ["Shown"]
    assert [it.name for it in visitor.component_groups.list()] == ["Shown"]
    for method in (client.incidents.create, client.component_groups.create):
        assert "visible=True" in (method.__doc__ or "")


def test_the_group_of_a_component_is_included_if_requested(client: Client) -> None:
    group = client.component_groups.create(name="Europe", visible=True)
    created = client.components.create(name="API", status=1, component_group_id=group.id)
    assert created.group is None
    found = client.components.get(created.id, include=("group",))
    assert found.group == client.component_groups.get(group.id)


def test_the_stored_status_and_the_shown_status_are_separate(client: Client) -> None:
    component = client.components.create(name="API", status=1)
    client.incidents.create(name="Down", message="m", status=1, visible=True, components={component.id: 4})
    found = client.components.get(component.id)
    assert (found.status, found.latest_status) == (ComponentStatus.OPERATIONAL, ComponentStatus.MAJOR_OUTAGE)
    assert (found.status_name, found.latest_status_name) == ("Operational", "Major outage")


def test_fields_that_are_null_after_a_create_have_their_defaults(client: Client) -> None:
    group = client.component_groups.create(name="Europe")
    metric = client.metrics.create(name="Requests", suffix="r")
    template = client.incident_templates.create(name="Down", template="t")
    assert group == client.component_groups.get(group.id)
    assert metric == client.metrics.get(metric.id)
    assert template == client.incident_templates.get(template.id)


def test_meta_is_included_if_requested_and_survives_a_save(client: Client) -> None:
    created = client.components.create(name="API", status=1, meta={"team": "core"})
    empty = client.components.create(name="Web", status=1)
    assert created.meta is None
    found = client.components.get(created.id, include=("meta",))
    assert found.meta == {"team": "core"}
    found.name = "Core API"
    found.save()
    assert (found.name, found.meta) == ("Core API", {"team": "core"})
    assert (client.components.get(empty.id, include=("meta",))).meta == {}


def test_each_incident_in_a_list_has_its_own_component_statuses(client: Client, server: Server) -> None:
    first, second = [client.components.create(name=name, status=1) for name in ("A", "B")]
    for states in ({first.id: 2, second.id: 3}, {first.id: 4}, {}, {second.id: 5}):
        client.incidents.create(name="I", message="m", status=1, components=states)
    server.requests.clear()
    incidents = list(client.incidents.list(include=("components",)))
    assert [{it.id: it.component_status for it in one.components or ()} for one in incidents] == [
        {first.id: 2, second.id: 3},
        {first.id: 4},
        {},
        {second.id: 5},
    ]
    assert [request.path for request in server.requests] == ["/api/incidents", "/api/incidents/2", "/api/incidents/4"]


def test_each_schedule_in_a_list_has_its_own_component_statuses(client: Client, clock: Clock) -> None:
    component = client.components.create(name="A", status=1)
    for state in (6, 2):
        client.schedules.create(
            name="S", message="m", scheduled_at=clock.now + timedelta(days=1), components={component.id: state}
        )
    schedules = list(client.schedules.list(include=("components.group",)))
    assert [[it.component_status for it in one.components or ()] for one in schedules] == [[6], [2]]


def test_updating_an_incident_keeps_its_components(client: Client) -> None:
    assert "components" not in inspect.signature(client.incidents.update).parameters
    component = client.components.create(name="A", status=1)
    incident = client.incidents.create(name="I", message="m", status=1, components={component.id: 4})
    client.incidents.update(incident.id, status=4)
    found = client.incidents.get(incident.id, include=("components",))
    assert [it.id for it in found.components or ()] == [component.id]


def test_empty_components_are_refused_if_the_server_would_ignore_them(client: Client) -> None:
    component = client.components.create(name="A", status=1)
    subscriber = client.subscribers.create(email="a@example.com", components=[component.id], verified=True)
    with pytest.raises(ArgumentError, match="components"):
        client.component_groups.update(1, components=[])
    with pytest.raises(ArgumentError, match="components"):
        client.schedules.update(1, components={})
    client.subscribers.update(subscriber.id, components=[])
    assert (client.subscribers.get(subscriber.id, include=("components",))).components == []


def test_updating_a_template_keeps_its_slug(client: Client) -> None:
    created = client.incident_templates.create(name="It is down", template="t")
    changed = client.incident_templates.update(created.id, template="{{ why }}")
    assert (changed.name, changed.slug, changed.template) == ("It is down", "it-is-down", "{{ why }}")
    changed.template = "{{ what }}"
    changed.save()
    assert (changed.slug, changed.template) == ("it-is-down", "{{ what }}")


@pytest.mark.parametrize("database", ["sqlite", "mariadb"])
@pytest.mark.parametrize("value", [1, 1.5, 0, -2.25])
def test_a_default_value_is_a_number_on_every_database(database: str, value: float) -> None:
    server = FakeCachet(version="3", database="mariadb" if database == "mariadb" else "sqlite")
    with server.client() as client:
        created = client.metrics.create(name="Requests", suffix="r", default_value=value)
        found = client.metrics.get(created.id)
    assert created.default_value == found.default_value == value


def test_a_point_within_the_threshold_only_increments_the_counter(client: Client) -> None:
    metric = client.metrics.create(name="Requests", suffix="r", threshold=5)
    first = client.metric_points.create(metric_id=metric.id, value=1)
    second = client.metric_points.create(metric_id=metric.id, value=2)
    assert (second.id, second.value, second.counter) == (first.id, 1, 2)
    assert "lost" in (client.metric_points.create.__doc__ or "")


def test_an_invalid_token_reads_like_a_visitor_and_cannot_write(client: Client, visitor: Client) -> None:
    client.incidents.create(name="Hidden", message="m", status=1)
    assert list(visitor.incidents.list()) == []
    with pytest.raises(AuthenticationError):
        visitor.components.create(name="A")


def test_a_token_without_the_ability_is_refused(server: Server) -> None:
    server.add_token("2|reader", abilities=["components.manage"])
    with server.client(api_token="2|reader") as client:
        created = client.components.create(name="A", status=1)
        with pytest.raises(PermissionDeniedError):
            client.components.delete(created.id)
        with pytest.raises(NotFoundError):
            client.components.delete(99)
        with pytest.raises(PermissionDeniedError):
            list(client.subscribers.list())


def test_the_client_exposes_the_remaining_rate_limit(clock: Clock) -> None:
    with FakeCachet(version="3", rate_limit=2, clock=clock).client(total_timeout=1) as client:
        limits = [client.rate_limit]
        list(client.components.list())
        limits.append(client.rate_limit)
        client.components.create(name="A", status=1)
        limits.append(client.rate_limit)  # writes have a limit of their own
        list(client.components.list())
        limits.append(client.rate_limit)
        with pytest.raises(RateLimitError) as caught:
            list(client.components.list())
        limits.append(client.rate_limit)
    reset_at = clock.now.timestamp() + 60
    assert limits == [None, RateLimit(2, 1), RateLimit(2, 1), RateLimit(2, 0), RateLimit(2, 0, reset_at)]
    assert (caught.value.limit, caught.value.remaining, caught.value.retry_after) == (2, 0, 60)
    assert caught.value.reset_at == reset_at


def test_a_rate_limited_request_is_retried_within_the_deadline(server: Server) -> None:
    refusals = [httpx.Response(429, headers={"Retry-After": "0"}, json={"message": "Too Many Attempts."})]
    transport = httpx.MockTransport(
        lambda _: refusals.pop() if refusals else httpx.Response(200, json={"data": "Pong!"})
    )
    with server.client(transport=transport) as client:
        with pytest.raises(UnexpectedResponseError):
            client.version()
    assert not refusals


def test_components_can_be_filtered_by_enabled(client: Client) -> None:
    client.components.create(name="On", status=1)
    client.components.create(name="Off", status=1, enabled=False)
    found = {enabled: [it.name for it in client.components.list(enabled=enabled)] for enabled in (True, False, None)}
    assert found == {True: ["On"], False: ["Off"], None: ["On", "Off"]}
    assert [client.components.count(enabled=enabled) for enabled in (True, False, None)] == [1, 1, 2]


def test_updating_a_point_is_refused(client: Client, server: Server) -> None:
    metric = client.metrics.create(name="Requests", suffix="r")
    point = client.metric_points.create(metric_id=metric.id, value=1)
    server.requests.clear()
    with pytest.raises(UnsupportedError, match="cannot change"):
        point.update()
    assert not server.requests
