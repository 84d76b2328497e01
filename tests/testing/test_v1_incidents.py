"""Quirks of incidents, updates and templates that tests/wire/v1/README.md describes, but that are not recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from cachet_sdk.testing import FakeCachet
    from tests.testing.api import Api, Clock


def incident(api: Api, **fields: object) -> dict[str, object]:
    row: dict[str, object] = api.post("incidents", **{"name": "I", "message": "m", "status": 1, **fields})
    return row


def test_a_put_resets_visible_and_stickied(api: Api) -> None:
    incident(api, visible=0, stickied=True)
    row = api.put("incidents/1")
    assert (row["visible"], row["stickied"]) == (1, False)


def test_visible_and_stickied_stay_if_they_are_sent(api: Api) -> None:
    incident(api)
    row = api.put("incidents/1", visible=0, stickied=1)
    assert (row["visible"], row["stickied"]) == (0, True)
    assert api.put("incidents/1", visible="0", stickied="0")["visible"] == 0


def test_the_string_false_is_true_on_create_and_refused_on_update(api: Api) -> None:
    assert incident(api, visible="false")["visible"] == 1
    assert api.reasons("PUT", "incidents/1", visible="false") == ["The visible field must be true or false."]


def test_a_component_and_its_status_require_each_other(api: Api) -> None:
    assert api.reasons("POST", "incidents", name="I", message="m", status=1, component_status=2) == [
        "The component id field is required when component status is present."
    ]
    incident(api)
    assert api.reasons("PUT", "incidents/1", component_id=1) == [
        "The component status field is required when component id is present."
    ]


def test_status_zero_has_no_name(api: Api) -> None:
    assert incident(api, status=0)["human_status"] == "cachet.incidents.status.0"


@pytest.mark.parametrize("sent", ["2026-01-02T03:04", "2026-01-02 03:04:05", "yesterday", "2026-1-2 3:04"])
def test_a_date_in_another_format_is_a_500(api: Api, sent: str) -> None:
    body = {"name": "I", "message": "m", "status": 1}
    assert api.status("POST", "incidents", json={**body, "occurred_at": sent}) == 500
    incident(api)
    assert api.status("PUT", "incidents/1", json={"occurred_at": sent}) == 500


def test_a_date_that_is_a_number_is_a_400(api: Api) -> None:
    reasons = api.reasons("POST", "incidents", name="I", message="m", status=1, occurred_at=1795000000)
    assert reasons == ["The occurred at must be a string."]


def test_an_empty_date_is_now(api: Api) -> None:
    assert incident(api, occurred_at="")["occurred_at"] == "2026-11-23 10:58:24"


def test_days_that_do_not_exist_roll_over(api: Api) -> None:
    assert incident(api, occurred_at="2026-02-31 25:61")["occurred_at"] == "2026-03-04 02:01:00"


def test_meta_loses_nulls_and_long_values(api: Api) -> None:
    assert incident(api, meta={"a": 1, "b": None, "c": "x" * 300})["meta"] == {"a": 1, "c": None}
    assert api.row("incidents/1")["meta"] == {"a": 1, "c": None}
    assert api.put("incidents/1", meta={"z": 1})["meta"] == {"a": 1, "c": None}


def test_meta_that_is_not_an_object_is_refused(api: Api) -> None:
    body = {"name": "I", "message": "m", "status": 1}
    assert api.status("POST", "incidents", json={**body, "meta": "text"}) == 500
    assert api.status("POST", "incidents", json={**body, "vars": "text"}) == 500
    assert api.reasons("POST", "incidents", **body, meta=["a"]) == ["The key must be a string."]
    assert api.ids("incidents") == []


def test_a_message_is_stored_as_sent_on_create_and_sanitized_on_update(api: Api) -> None:
    assert incident(api, message=" <script>x</script>")["message"] == " <script>x</script>"
    assert api.put("incidents/1", message=" <script>x</script>")["message"] == "[removed]x[removed]"
    assert api.reasons("PUT", "incidents/1", message="") == ["The message field is required."]


@pytest.mark.parametrize("quiet", [{"notify": False}, {"visible": 0}])
def test_the_component_is_included_only_if_mail_is_sent(api: Api, quiet: dict[str, object]) -> None:
    assert "component" in incident(api)
    assert "component" not in incident(api, **quiet)


def test_no_mail_is_sent_during_maintenance(api: Api) -> None:
    api.post("schedules", name="S", status=1, scheduled_at="2030-01-01 00:00")
    assert "component" in incident(api)
    api.post("schedules", name="S", status=1, scheduled_at="2020-01-01 00:00")
    assert "component" not in incident(api)


def test_two_updates_within_a_second_are_in_the_wrong_order(api: Api, clock: Clock) -> None:
    incident(api)
    api.post("incidents/1/updates", status=2, message="a")
    api.post("incidents/1/updates", status=4, message="b")
    row = api.row("incidents/1")
    assert (row["status"], row["latest_status"], row["is_resolved"], row["latest_update_id"]) == (4, 2, False, 1)
    clock.now += timedelta(seconds=1)
    api.post("incidents/1/updates", status=4, message="c")
    row = api.row("incidents/1")
    assert (row["latest_update_id"], row["is_resolved"]) == (3, True)
    assert api.ids("incidents/1/updates") == [3, 1, 2]


def test_sort_orders_only_updates_of_the_same_second(api: Api, clock: Clock) -> None:
    incident(api)
    for status in (1, 3, 2):
        api.post("incidents/1/updates", status=status, message="m")
    clock.now += timedelta(seconds=5)
    api.post("incidents/1/updates", status=1, message="m")
    assert api.ids("incidents/1/updates", sort="status") == [4, 2, 3, 1]
    assert api.ids("incidents/1/updates", sort="message") == [4, 1, 2, 3]


def test_duration_grows_once_there_is_an_update(api: Api, clock: Clock) -> None:
    incident(api)
    clock.now += timedelta(seconds=90)
    assert api.row("incidents/1")["duration"] == 0
    api.post("incidents/1/updates", status=2, message="a")
    clock.now += timedelta(seconds=10)
    assert api.row("incidents/1")["duration"] == 100


def test_the_component_of_an_update_is_validated_and_then_ignored(api: Api) -> None:
    api.post("components", name="A", status=1)
    incident(api)
    assert api.reasons("POST", "incidents/1/updates", status=2, message="m", component_id=1) == [
        "The component status field is required when component id is present."
    ]
    api.post("incidents/1/updates", status=2, message="m", component_id=1, component_status=4)
    assert api.row("components/1")["status"] == 1


def test_status_and_message_of_an_update_are_validated(api: Api) -> None:
    incident(api)
    assert api.reasons("POST", "incidents/1/updates", status=0, message="m") == ["The status must be at least 1."]
    api.post("incidents/1/updates", status=2, message="m")
    assert api.reasons("PUT", "incidents/1/updates/1", message="") == ["The message field is required."]


def test_an_update_is_available_under_any_incidents_path(api: Api) -> None:
    incident(api)
    incident(api)
    api.post("incidents/1/updates", status=2, message="a")
    assert api.row("incidents/2/updates/1")["incident_id"] == 1
    api.delete("incidents/2/updates/1")
    assert api.row("incidents/1")["updates"] == []


def test_updates_remain_when_their_incident_is_deleted(api: Api) -> None:
    incident(api)
    incident(api)
    api.post("incidents/1/updates", status=2, message="a")
    api.delete("incidents/1")
    assert api.status("GET", "incidents/1/updates") == 404
    api.delete("incidents/2/updates/1")


def test_a_template_renders_the_message(fake: FakeCachet, api: Api) -> None:
    template = "{{ incident.name }} is down: {{ why }} {{why|raw}}{{ missing.field }}{{ yes }}"
    assert fake.add_incident_template("Is Down", template) == 1
    row = incident(api, name="T1", template="is-down", vars={"why": 'a <cable> & "cut\'"', "yes": True})
    expected = 'T1 is down: a &lt;cable&gt; &amp; &quot;cut&#039;&quot; a <cable> & "cut\'"1'
    assert row["message"] == expected
    # On update, only the fields of the request are available to the template.
    assert api.put("incidents/1", template="is-down", vars={"why": "rain"})["message"] == " is down: rain rain"
    row = api.put("incidents/1", name="T2", template="is-down", vars={"why": "rain"})
    assert row["message"] == "T2 is down: rain rain"
    assert api.status("PUT", "incidents/1", json={"template": "is-down", "vars": {"why": ["a"]}}) == 500


@pytest.mark.parametrize(("template", "status"), [("{{ name", 500), ("{% if a > 1 %}b{% endif %}", 501)])
def test_a_template_that_cannot_be_rendered_is_refused(fake: FakeCachet, api: Api, template: str, status: int) -> None:
    fake.add_incident_template("T", template)
    body = {"name": "I", "message": "m", "status": 1, "template": "t"}
    assert api.status("POST", "incidents", json=body) == status


def test_an_unknown_template_is_ignored(api: Api) -> None:
    assert incident(api, template="nothing")["message"] == "m"


def test_templates_are_read_only_and_cannot_be_sorted(fake: FakeCachet, api: Api) -> None:
    fake.add_incident_template("Down", "{{ x }}", slug="own")
    assert api.get("incidents/templates")["data"] == [api.row("incidents/templates/1")]
    assert api.row("incidents/templates/1") == {
        "id": 1,
        "name": "Down",
        "slug": "own",
        "template": "{{ x }}",
        "created_at": "2026-11-23 10:58:24",
        "updated_at": "2026-11-23 10:58:24",
        "deleted_at": None,
    }
    assert api.status("GET", "incidents/templates?sort=id") == 500
    refused = api.send("POST", "incidents/templates", json={})
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, PUT, DELETE")
