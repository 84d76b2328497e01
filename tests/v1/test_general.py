# Made by "make sync" from aio/test_general.py: edit that file instead of this one.
"""Ping, version and status, and responses that are not from Cachet."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from cachet_sdk import Client, ClientStateError, ServerError, TransportError, UnexpectedResponseError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.enums import (
    ComponentGroupCollapsed,
    ComponentStatus,
    IncidentStatus,
    MetricCalculation,
    MetricView,
    MetricVisibility,
    ScheduleStatus,
)

ENDPOINT = "https://status.example.com/api/v1"
LOGIN_PAGE = "<!doctype html><title>Log in</title>"


def unreachable(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no route", request=request)


def respond_with(status: int, text: str) -> Callable[[httpx.Request], httpx.Response]:
    return lambda request: httpx.Response(status, text=text)


def test_ping_is_true_if_cachet_responds(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        assert client.ping() is True
        assert client.ping.get() is True


@pytest.mark.parametrize(
    "handler",
    [
        unreachable,
        respond_with(200, LOGIN_PAGE),
        respond_with(200, ""),
        respond_with(200, "[]"),
        respond_with(200, '{"da'),
        respond_with(401, '{"errors":[{"detail":"No"}]}'),
        respond_with(404, LOGIN_PAGE),
        respond_with(500, "Internal server error."),
        respond_with(503, "Be right back."),
        respond_with(302, ""),
    ],
)
def test_ping_is_false_for_any_other_response(handler: Callable[[httpx.Request], httpx.Response]) -> None:
    requests: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return handler(request)

    with Client(ENDPOINT, "token", transport=httpx.MockTransport(handle)) as client:
        assert client.ping() is False
    assert len(requests) == 1


def test_ping_with_an_invalid_token_is_false_if_reads_require_one() -> None:
    fake = FakeCachet(release="2.3", always_authenticate=True)
    with fake.client(api_token="wrong") as client:
        assert client.ping() is False
    with fake.client() as client:
        assert client.ping() is True


def test_ping_of_a_closed_client_raises(fake_cachet: FakeCachet) -> None:
    client = fake_cachet.client()
    client.close()
    with pytest.raises(ClientStateError, match="closed"):
        client.ping()


def test_the_version_contains_the_latest_release(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        version = client.version()
        assert (version.value, version.on_latest) == ("2.4.0-dev", True)
        assert version.latest == {"tag_name": "v2.4.1", "prelease": False, "draft": False}
        assert version == client.version.get()
        assert version.get("data") == "2.4.0-dev"


def test_a_version_without_update_information_is_parsed() -> None:
    transport = httpx.MockTransport(respond_with(200, '{"meta":{"on_latest":null,"latest":null},"data":"2.4.1"}'))
    with Client(ENDPOINT, "token", transport=transport) as client:
        version = client.version()
        assert (version.value, version.on_latest, version.latest) == ("2.4.1", False, {})


def test_the_status_reflects_the_components(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        assert (client.status()).message == "System operational"
        client.components.create(name="A", status=4)
        status = client.status.get()
        assert (status.status, status.message) == ("danger", "The system is experiencing major issues")
        assert status.attrs == {"status": "danger", "message": "The system is experiencing major issues"}


@pytest.mark.parametrize("call", ["version.get", "status.get", "components.get", "components.count", "incidents.get"])
@pytest.mark.parametrize("text", [LOGIN_PAGE, "", "[]", "null", '{"data":', '{"data":{"no":1}}', '{"data":[3]}'])
def test_an_unexpected_response_is_quoted_in_the_error(text: str, call: str) -> None:
    with Client(ENDPOINT, "token", transport=httpx.MockTransport(respond_with(200, text))) as client:
        manager, method = call.split(".")
        arguments = (1,) if call in {"components.get", "incidents.get"} else ()
        with pytest.raises(UnexpectedResponseError) as caught:
            getattr(getattr(client, manager), method)(*arguments)
        assert caught.value.status_code == 200
        assert caught.value.url.startswith(ENDPOINT)
        assert caught.value.excerpt == text
        assert (repr(text) if text else "it is empty") in str(caught.value)


def test_an_unreachable_server_raises_a_transport_error() -> None:
    transport = httpx.MockTransport(unreachable)
    with Client(ENDPOINT, "token", transport=transport, max_retries=0) as client:
        with pytest.raises(TransportError, match="status.example.com"):
            client.version()
        with pytest.raises(TransportError):
            next(client.components.list())


def test_a_500_response_raises_a_server_error() -> None:
    transport = httpx.MockTransport(respond_with(500, '{"errors":[{"detail":"An error has occurred."}]}'))
    with Client(ENDPOINT, "token", transport=transport) as client:
        with pytest.raises(ServerError, match="An error has occurred") as caught:
            client.version()
        assert caught.value.messages == ["An error has occurred."]


@pytest.mark.parametrize(
    ("manager", "defaults"),
    [
        ("components", {"status": ComponentStatus.UNKNOWN, "tags": set[str](), "group_id": 0, "enabled": False}),
        ("component_groups", {"collapsed": ComponentGroupCollapsed.FALSE, "enabled_components": []}),
        ("incidents", {"status": IncidentStatus.SCHEDULED, "visible": False, "latest_status": None}),
        ("incident_updates", {"status": IncidentStatus.SCHEDULED, "message": ""}),
        ("metrics", {"calc_type": MetricCalculation.SUM, "default_view": MetricView.LAST_12_HOURS}),
        ("metrics", {"visible": MetricVisibility.PUBLIC, "threshold": 0}),
        ("metric_points", {"value": 0.0, "calculated_value": None}),
        ("schedules", {"status": ScheduleStatus.UPCOMING, "scheduled_at": None, "completed_at": None}),
        ("subscribers", {"subscriptions": [], "verified_at": None}),
    ],
)
def test_null_fields_have_defaults(fake_cachet: FakeCachet, manager: str, defaults: dict[str, object]) -> None:
    with fake_cachet.client() as client:
        row = {"id": 1, "incident_id": 1, "metric_id": 1, **dict.fromkeys(defaults)}
        item = getattr(client, manager).instance_from_dict(row)
        assert {name: getattr(item, name) for name in defaults} == defaults
