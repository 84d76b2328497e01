"""Quirks of schedules and subscribers that tests/wire/v1/README.md describes, but that are not recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cachet_sdk.testing import FakeCachet
from tests.testing.api import Api, Clock

SCHEDULE = {"name": "S", "status": 0, "scheduled_at": "2030-01-01 10:00"}


def test_an_unfinished_schedule_appears_to_be_completed_now(api: Api, clock: Clock) -> None:
    assert "message" not in api.post("schedules", **SCHEDULE)
    clock.now += timedelta(hours=1)
    row = api.row("schedules/1")
    assert (row["completed_at"], row["message"]) == ("2026-11-23 11:58:24", None)


@pytest.mark.parametrize("body", [{}, {"name": "T"}, {"scheduled_at": "2030-01-01 10:00", "name": "T"}])
def test_a_put_that_does_not_change_the_date_resets_it_without_showing_it(api: Api, body: dict[str, object]) -> None:
    api.post("schedules", **SCHEDULE)
    assert api.put("schedules/1", **body)["scheduled_at"] == "2030-01-01 10:00:00"
    assert api.row("schedules/1")["scheduled_at"] == "2026-11-23 10:58:24"


def test_a_put_that_changes_the_date_keeps_it(api: Api) -> None:
    api.post("schedules", **SCHEDULE)
    api.put("schedules/1", scheduled_at="2030-01-01 10:01")
    assert api.row("schedules/1")["scheduled_at"] == "2030-01-01 10:01:00"


def test_explicit_defaults_for_timestamp_keep_the_date() -> None:
    api = Api(FakeCachet(explicit_defaults_for_timestamp=True))
    api.post("schedules", **SCHEDULE)
    api.put("schedules/1", status=2, message="Done")
    row = api.row("schedules/1")
    assert (row["scheduled_at"], row["human_status"], row["message"]) == ("2030-01-01 10:00:00", "Complete", "Done")


def test_completed_at_cannot_be_cleared(api: Api) -> None:
    api.post("schedules", **SCHEDULE, completed_at="2030-01-01 12:00")
    assert api.put("schedules/1", completed_at="")["completed_at"] == "2030-01-01 12:00:00"


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ("2030-01-01 10:00:30", "Trailing data"),
        ("2030-01-01T10:00:00Z", "The separation symbol could not be found\nTrailing data"),
        ("tomorrow", "A four digit year could not be found\nData missing"),
        ("2030-01-01", "Data missing"),
        ("0000-01-01 00:00", "The parsed date was invalid"),
    ],
)
def test_an_invalid_date_is_a_400_on_create_and_a_500_on_update(api: Api, sent: str, message: str) -> None:
    reasons = api.reasons("POST", "schedules", **{**SCHEDULE, "scheduled_at": sent})
    assert reasons == [message]
    api.post("schedules", **SCHEDULE)
    assert api.status("PUT", "schedules/1", json={"completed_at": sent}) == 500


def test_components_of_a_schedule_are_validated_and_then_ignored(api: Api) -> None:
    assert api.reasons("POST", "schedules", **SCHEDULE, components="1") == ["The components must be an array."]
    api.post("schedules", **SCHEDULE, components=[{"id": 1, "status": 1}])
    assert api.status("PUT", "schedules/1", json={"components": "1"}) == 500
    assert api.put("schedules/1", components=[1])["components"] == []


def test_a_schedules_message_is_sanitized_on_update_only(api: Api) -> None:
    assert api.post("schedules", **SCHEDULE, message=" <script>")["message"] == " <script>"
    assert api.put("schedules/1", message=" <script>")["message"] == "[removed]"


def test_guests_see_schedules(api: Api, guest: Api) -> None:
    api.post("schedules", **SCHEDULE)
    assert guest.ids("schedules") == [1]


@pytest.mark.parametrize(("verify", "at"), [(True, "00:00:00"), ("false", "00:00:00"), (False, "10:58:24")])
def test_verified_at_is_written_out(api: Api, verify: object, at: str) -> None:
    row = api.post("subscribers", email="a@example.test", verify=verify)
    assert row["verified_at"] == f"Monday 23rd November 2026 {at}"


def test_verified_at_follows_the_time_zone_but_subscriptions_do_not(api: Api) -> None:
    api.post("components", name="A", status=1)
    api.post("subscribers", email="a@example.test", verify=True)
    row = api.send("GET", "subscribers", headers={"Time-Zone": "Asia/Tokyo"}).json()["data"][0]
    assert row["verified_at"] == "Monday 23rd November 2026 09:00:00"
    assert (row["created_at"], row["subscriptions"][0]["created_at"]) == ("2026-11-23 19:58:24", "2026-11-23 10:58:24")


@pytest.mark.parametrize(("day", "words"), [(1, "Sunday 1st"), (2, "Monday 2nd"), (11, "Wednesday 11th")])
def test_days_have_ordinal_suffixes(api: Api, clock: Clock, day: int, words: str) -> None:
    clock.now = clock.now.replace(day=day)
    assert api.post("subscribers", email="a@example.test")["verified_at"].startswith(f"{words} November")


def test_the_same_address_again_changes_nothing(api: Api) -> None:
    api.post("subscribers", email="a@example.test")
    again = api.post("subscribers", email="A@example.test", verify=True)
    assert again == api.get("subscribers")["data"][0]
    assert again["global"] is True


def test_a_deleted_subscriber_can_subscribe_again(api: Api) -> None:
    api.post("subscribers", email="a@example.test")
    api.delete("subscribers/1")
    assert api.post("subscribers", email="a@example.test")["id"] == 2


@pytest.mark.parametrize(
    ("components", "subscribed"), [([2, 99], [2]), ([], [1, 2]), (None, [1, 2]), ({"a": "1"}, [1]), ([99], [])]
)
def test_components_of_a_subscriber(api: Api, components: object, subscribed: list[int]) -> None:
    for _ in range(2):
        api.post("components", name="A", status=1)
    row = api.post("subscribers", email="a@example.test", components=components)
    assert [item["component_id"] for item in row["subscriptions"]] == subscribed


def test_a_number_as_components_is_a_500(api: Api) -> None:
    assert api.status("POST", "subscribers", json={"email": "a@example.test", "components": 1}) == 500


def test_a_single_subscription_can_be_deleted(api: Api) -> None:
    for _ in range(2):
        api.post("components", name="A", status=1)
    api.post("subscribers", email="a@example.test")
    api.delete("subscriptions/1")
    assert api.status("DELETE", "subscriptions/1") == 404
    assert [row["id"] for row in api.get("subscribers")["data"][0]["subscriptions"]] == [2]
    refused = api.send("GET", "subscriptions/2")
    assert (refused.status_code, refused.headers["allow"]) == (405, "DELETE")
