# Made by "make sync" from aio/test_maintenance.py: edit that file instead of this one.
"""Maintenance windows around a block of code, on Cachet 2.4 and 2.3."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cachet_sdk import ArgumentError, CachetError, ClientStateError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.client import Client
from cachet_sdk.v1.enums import ComponentStatus, IncidentStatus, ScheduleStatus
from tests.lossy import LossyTransport

DISKS: dict[str, Any] = {"name": "New disks", "message": "One by one"}


def test_a_window_is_open_while_the_block_runs(client: Client) -> None:
    client.components.create(name="API", status=1)
    with client.maintenance(**DISKS, components={1: 2}, duration=600) as window:
        running = client.schedules.get(window.id)
        assert running.status is ScheduleStatus.IN_PROGRESS
        assert window.end - window.start == timedelta(minutes=10)
        assert (client.components.get(1)).status is ComponentStatus.PERFORMANCE_ISSUES
    assert (client.schedules.get(window.id)).status is ScheduleStatus.COMPLETE
    assert (client.components.get(1)).status is ComponentStatus.OPERATIONAL


def test_on_2_3_the_window_is_an_incident() -> None:
    with FakeCachet(release="2.3").client() as client:
        with client.maintenance(**DISKS) as window:
            assert (client.incidents.get(window.id)).status is IncidentStatus.SCHEDULED
            assert window.schedule is None
            window.extend(60)
        assert (client.incidents.get(window.id)).status is IncidentStatus.FIXED


def test_a_window_without_notifications_updates_components_silently() -> None:
    fake = FakeCachet()
    with fake.client() as client:
        client.components.create(name="API", status=1)
        fake.requests.clear()
        with client.maintenance(**DISKS, components={1: 2}, notify=False):
            pass
    changes = [request for request in fake.requests if (request.method, request.path[-13:]) == ("PUT", "/components/1")]
    assert [json.loads(change.body)["silent"] for change in changes] == [True, True]


def test_a_status_changed_by_others_meanwhile_is_kept(client: Client) -> None:
    client.components.create(name="API", status=1)
    with client.maintenance(**DISKS, components={1: 2}):
        client.components.update(1, status=4)
    assert (client.components.get(1)).status is ComponentStatus.MAJOR_OUTAGE


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_an_exception_closes_the_window_and_propagates(client: Client, error: type[BaseException]) -> None:
    with pytest.raises(error):
        with client.maintenance(**DISKS):
            raise error
    assert (client.schedules.get(1)).status is ScheduleStatus.COMPLETE


def test_an_exception_extends_the_window_if_requested(client: Client) -> None:
    window = client.maintenance(**DISKS, duration=timedelta(hours=1), on_error="extend")
    with pytest.raises(ValueError, match="disk"):
        with window:
            raise ValueError("disk")
    assert (client.schedules.get(1)).status is ScheduleStatus.IN_PROGRESS
    assert window.end >= datetime.now(UTC) + timedelta(minutes=119)


def test_an_exception_opens_an_incident_if_requested(client: Client) -> None:
    client.components.create(name="API", status=1)
    window = client.maintenance(**DISKS, components={1: 2}, on_error="incident")
    with pytest.raises(ValueError, match="secret"):
        with window:
            raise ValueError("secret")
    assert window.incident is not None
    incident = client.incidents.get(window.incident.id)
    assert (incident.component_id, "secret" in incident.message) == (1, False)
    assert (client.components.get(1)).status is ComponentStatus.PARTIAL_OUTAGE
    assert (client.schedules.get(1)).status is ScheduleStatus.COMPLETE


def test_a_failure_to_close_the_window_is_a_note_on_the_exception_of_the_block(fake_cachet: FakeCachet) -> None:
    transport = LossyTransport(fake_cachet)
    with fake_cachet.client(transport=transport) as client:
        transport.refused = [("PUT", "/schedules/1")]
        with pytest.raises(ValueError, match="disk") as caught:
            with client.maintenance(**DISKS):
                raise ValueError("disk")
        assert "(id 1) could not be closed" in caught.value.__notes__[0]
        transport.refused = [("PUT", "/schedules/2")]
        with pytest.raises(CachetError):
            with client.maintenance(**DISKS):
                pass


def test_no_window_stays_open_if_a_component_cannot_be_updated(fake_cachet: FakeCachet) -> None:
    transport = LossyTransport(fake_cachet)
    with fake_cachet.client(transport=transport) as client:
        for name in ("API", "Web"):
            client.components.create(name=name, status=1)
        transport.refused = [("PUT", "/components/2")]
        with pytest.raises(CachetError):
            with client.maintenance(**DISKS, components={1: 2, 2: 2}):
                raise AssertionError("the block must not run")
        assert (client.schedules.get(1)).status is ScheduleStatus.COMPLETE
        assert (client.components.get(1)).status is ComponentStatus.OPERATIONAL


def test_a_window_can_be_used_only_once(client: Client) -> None:
    window = client.maintenance(**DISKS)
    with pytest.raises(ClientStateError):
        _ = window.id
    with window:
        window.close()
    with pytest.raises(ClientStateError):
        window.__enter__()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"duration": 0}, "duration"),
        ({"duration": True}, "duration"),
        ({"start": datetime(2030, 1, 1)}, "start"),
        ({"on_error": "ignore"}, "on_error"),
        ({"components": [0]}, "components"),
        ({"components": "12"}, "components"),
    ],
)
def test_invalid_arguments_are_refused(client: Client, change: dict[str, Any], name: str) -> None:
    with pytest.raises(ArgumentError, match=name):
        client.maintenance(**{**DISKS, **change})
