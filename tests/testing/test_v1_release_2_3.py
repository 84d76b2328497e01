"""Cachet 2.3, beyond the recordings in tests/wire/v1/recorded_2_3, and the 2.4.0-dev builds of 2018."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cachet_sdk.testing import FakeCachet
from tests.testing.api import Api, Clock


@pytest.fixture
def old() -> Api:
    return Api(FakeCachet(release="2.3"))


def test_there_are_no_updates_schedules_or_templates(old: Api) -> None:
    old.post("incidents", name="I", message="m", status=1)
    paths = ("incidents/1/updates", "schedules", "schedules/1", "incidents/templates/1")
    assert [old.status("GET", path) for path in paths] == [404] * 4
    assert old.status("GET", "incidents/templates") == 404


def test_an_incident_has_other_columns(old: Api) -> None:
    old.post("incidents", name="I", message="m", status=1, stickied=True)
    assert set(old.row("incidents/1")) == {
        *("id", "component_id", "name", "status", "visible", "message", "created_at", "updated_at", "deleted_at"),
        *("scheduled_at", "human_status"),
    }


def test_created_at_is_the_time_of_an_incident(old: Api) -> None:
    row = old.post(
        "incidents", name="I", message="m", status=1, occurred_at="2026-01-01 00:00", created_at="02/01/2026 03:04"
    )
    assert row["created_at"] == "2026-01-02 03:04:00"
    assert old.put("incidents/1", created_at="03/01/2026 00:00")["created_at"] == "2026-01-03 00:00:00"
    assert old.status("PUT", "incidents/1", json={"created_at": "2026-01-02 03:04"}) == 500


def test_2_4_ignores_created_at(api: Api) -> None:
    row = api.post("incidents", name="I", message="m", status=1, created_at="02/01/2026 03:04")
    assert row["created_at"] == "2026-11-23 10:58:24"


def test_a_put_enables_a_component_and_resets_its_status(old: Api) -> None:
    old.post("components", name="A", status=1, enabled=False)
    assert old.put("components/1", status=2)["enabled"] is True
    assert (old.put("components/1", description="x")["status"], old.put("components/1", status=2)["status"]) == (0, 2)


def test_statuses_may_be_strings() -> None:
    api = Api(FakeCachet(release="2.3", status_as_string=True))
    assert api.post("components", name="A", status=1)["status"] == "1"
    assert api.post("incidents", name="I", message="m", status=2)["status"] == "2"


def test_the_version_is_2_3(old: Api) -> None:
    version = old.get("version")
    assert version["data"] == "2.3.18"


def test_always_authenticate_includes_the_status() -> None:
    guest = Api(FakeCachet(release="2.3", always_authenticate=True), guest=True)
    assert guest.status("GET", "ping") == 401


def test_emoji_are_lost_in_the_database_only(old: Api) -> None:
    assert old.post("components", name="up \N{ROCKET} é", status=1)["name"] == "up \N{ROCKET} é"
    assert old.row("components/1")["name"] == "up ???? é"


def test_a_null_date_is_shown_as_the_time_of_the_request() -> None:
    clock = Clock(datetime(2026, 11, 25, 16, 12, 22, tzinfo=UTC))
    api = Api(FakeCachet(release="2.3", clock=clock))
    api.post("incidents", name="I", message="m", status=1)
    api.post("subscribers", email="new@example.test")
    api.post("subscribers", email="verified@example.test", verify=True)
    clock.now += timedelta(minutes=5)
    assert api.row("incidents/1")["scheduled_at"] == "2026-11-25 16:17:22"
    assert [row["verified_at"] for row in api.row("subscribers")] == [
        "Wednesday 25th November 2026 16:17:22",
        "Wednesday 25th November 2026 16:12:22",
    ]


@pytest.mark.parametrize(
    ("php_format", "shown"),
    [
        ("d/m/Y H:i", "25/11/2026 00:00"),
        ("j. F Y", "25. November 2026"),
        ("Y-m-d", "2026-11-25"),
        (r"D, M jS \a\t g:ia", "Wed, Nov 25th at 12:00am"),
    ],
)
def test_the_format_of_verified_at_is_a_setting(php_format: str, shown: str) -> None:
    clock = Clock(datetime(2026, 11, 25, 16, 12, 22, tzinfo=UTC))
    api = Api(FakeCachet(incident_date_format=php_format, clock=clock))
    assert api.post("subscribers", email="a@example.test", verify=True)["verified_at"] == shown


def test_an_incident_with_an_unknown_component_is_stored_but_a_500(old: Api) -> None:
    body = {"name": "I", "message": "m", "status": 1, "component_id": 9, "component_status": 1}
    assert old.status("POST", "incidents", json=body) == 500
    assert old.row("incidents/1")["component_id"] == 9


def test_points_remain_when_their_metric_is_deleted(old: Api) -> None:
    for _ in range(2):
        old.post("metrics", name="M", suffix="s", description="", default_value=0)
    old.post("metrics/1/points", value=1)
    old.delete("metrics/1")
    assert old.put("metrics/2/points/1", value=3)["metric_id"] == 2
    assert old.ids("metrics/2/points") == [1]


def test_the_dashboard_adds_a_tag_with_an_empty_name() -> None:
    fake = FakeCachet(release="2.3")
    api = Api(fake)
    api.post("components", name="A", status=1)
    fake.save_on_dashboard(1)
    assert api.row("components/1")["tags"] == {"": ""}
    api.post("components", name="B", status=1, tags="web")
    fake.save_on_dashboard(2)
    assert api.row("components/2")["tags"] == {"web": "web"}


def test_save_on_dashboard_is_refused_on_other_releases() -> None:
    with pytest.raises(ValueError, match=r"release 2\.3"):
        FakeCachet().save_on_dashboard(1)


def test_builds_of_2018_disable_a_component_that_is_updated_without_enabled() -> None:
    api = Api(FakeCachet(release="2.4.0-dev-2018"))
    assert api.get("version")["data"] == "2.4.0-dev"
    api.post("components", name="A", status=3)
    row = api.put("components/1", name="B")
    assert (row["enabled"], row["status"]) == (False, 3)
    assert api.put("components/1", enabled=True)["enabled"] is True
