"""Cachet 2.3 in outline: fewer routes, other columns, other dates."""

from __future__ import annotations

import pytest

from cachet_sdk.testing import FakeCachet
from tests.testing.api import Api


@pytest.fixture
def old() -> Api:
    return Api(FakeCachet(release="2.3"))


def test_there_are_no_updates_schedules_or_templates(old: Api) -> None:
    old.post("incidents", name="I", message="m", status=1)
    paths = ("incidents/1/updates", "schedules", "schedules/1", "incidents/templates/1")
    assert [old.status("GET", path) for path in paths] == [404] * 4
    assert old.status("GET", "incidents/templates") == 404


def test_an_incident_has_other_columns(old: Api) -> None:
    row = old.post("incidents", name="I", message="m", status=1, stickied=True)
    assert set(row) == {
        *("id", "component_id", "name", "status", "visible", "message", "created_at", "updated_at", "deleted_at"),
        *("scheduled_at", "human_status"),
    }


def test_an_incident_happened_when_created_at_says(old: Api) -> None:
    row = old.post(
        "incidents", name="I", message="m", status=1, occurred_at="2026-01-01 00:00", created_at="02/01/2026 03:04"
    )
    assert row["created_at"] == "2026-01-02 03:04:00"
    assert old.put("incidents/1", created_at="03/01/2026 00:00")["created_at"] == "2026-01-03 00:00:00"
    assert old.status("PUT", "incidents/1", json={"created_at": "2026-01-02 03:04"}) == 500


def test_2_4_ignores_created_at(api: Api) -> None:
    row = api.post("incidents", name="I", message="m", status=1, created_at="02/01/2026 03:04")
    assert row["created_at"] == "2026-11-23 10:58:24"


def test_a_put_enables_a_component_and_takes_its_status_away(old: Api) -> None:
    old.post("components", name="A", status=1, enabled=False)
    assert old.put("components/1", status=2)["enabled"] is True
    assert (old.put("components/1", description="x")["status"], old.put("components/1", status=2)["status"]) == (0, 2)


def test_a_driver_may_send_statuses_as_strings() -> None:
    api = Api(FakeCachet(release="2.3", status_as_string=True))
    assert api.post("components", name="A", status=1)["status"] == "1"
    assert api.post("incidents", name="I", message="m", status=2)["status"] == "2"


def test_it_says_that_it_is_old(old: Api) -> None:
    version = old.get("version")
    assert (version["data"], version["meta"]["on_latest"]) == ("2.3.18", False)


def test_a_closed_server_keeps_its_state_to_itself() -> None:
    guest = Api(FakeCachet(release="2.3", always_authenticate=True), guest=True)
    assert guest.status("GET", "ping") == 401
