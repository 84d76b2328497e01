"""Typical uses of the command, on both APIs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from cachet_sdk.testing import FakeCachet
from tests.cli.conftest import Cachet, Page


def component_states(cachet: Cachet) -> dict[str, int]:
    rows = cachet("component", "list", "-o", "json").json
    return {f"{row['group']}/{row['name']}": row.get("latest_status", row["status"]) for row in rows}


def test_an_incident_is_opened_updated_and_resolved(page: Page, cachet: Cachet) -> None:
    opened = cachet(
        *("incident", "open", "Payments fail", "--message", "Cards are refused.", "--no-notify"),
        *("--component", "Shop/Payments=major", "-o", "json"),
    )
    assert (opened.code, opened.json["id"]) == (0, 1)
    assert component_states(cachet)["Shop/Payments"] == 4
    for arguments in (
        ("--status", "identified", "--message", "A certificate expired."),
        ("--message", "Nearly there."),
    ):
        assert cachet("incident", "update", "Payments fail", *arguments).code == 0
    assert cachet("incident", "resolve", "Payments fail", "--message", "It was renewed.").code == 0
    shown = cachet("incident", "show", "1", "-o", "json").json
    assert [(one["status"], one["message"]) for one in shown["updates"]] == [
        (4, "It was renewed."),
        (2, "Nearly there."),
        (2, "A certificate expired."),
    ]
    assert component_states(cachet)["Shop/Payments"] == 1
    again = cachet("incident", "resolve", "1")
    assert (again.code, "nothing was sent" in again.err) == (0, True)


def test_an_incident_is_visible_unless_hidden(page: Page, cachet: Cachet) -> None:
    assert cachet("incident", "open", "A", "--message", "m", "-o", "json").json["visible"]
    assert not cachet("incident", "open", "B", "--message", "m", "--hidden", "-o", "json").json["visible"]


def test_an_incident_on_cachet_2_3_has_no_updates(
    serve: Callable[[FakeCachet[Any, Any]], Page], cachet: Cachet
) -> None:
    page = serve(FakeCachet(release="2.3"))
    cachet("component", "create", "Web", "--status", "operational")
    cachet("incident", "open", "Down", "--message", "m", "--component", "Web=major")
    assert cachet("incident", "update", "Down", "--message", "Found it.", "--status", "identified").code == 0
    assert cachet("incident", "resolve", "Down", "--message", "Fixed.").code == 0
    shown = cachet("incident", "show", "Down", "-o", "json").json
    assert (shown["status"], shown["message"], shown["updates"]) == (4, "Fixed.", [])
    assert component_states(cachet)["/Web"] == 1
    assert cachet("status").code == 0
    assert not [path for _, path, _ in page.writes() if path.endswith("/updates")]


def test_a_component_with_another_open_incident_stays_down(page_v1: Page, cachet: Cachet) -> None:
    for name in ("One", "Two"):
        cachet("incident", "open", name, "--message", "m", "--component", "Search=major")
    cachet("incident", "resolve", "One")
    assert component_states(cachet)["/Search"] == 4
    cachet("incident", "resolve", "Two")
    assert component_states(cachet)["/Search"] == 1


def test_maintenance_is_planned_and_completed(page: Page, cachet: Cachet) -> None:
    planned = cachet(
        *("maintenance", "plan", "Upgrade", "--at", "2035-01-02T03:04", "--for", "1h30m", "--message", "Soon."),
        *("-o", "json"),
    )
    assert planned.json["scheduled_at"] == "2035-01-02T03:04:00"
    assert planned.json["completed_at"] == "2035-01-02T04:34:00"
    assert (
        cachet("maintenance", "list", "-o", "csv", "--no-header", "--columns", "status,name").out
        == "upcoming,Upgrade\n"
    )
    early = cachet("maintenance", "complete", "Upgrade")
    assert (early.code, "has not begun" in early.err) == (2, True)
    begun = ("--at", "-1h") if page.version == "3" else ("--status", "in_progress")
    assert cachet("maintenance", "update", "Upgrade", *begun).code == 0
    assert cachet("maintenance", "complete", "Upgrade", "-o", "json").json["status"] == 2


def test_a_time_without_an_offset_is_in_the_configured_zone(page_v1: Page, cachet: Cachet) -> None:
    plan = ("maintenance", "plan", "Move", "--at", "2035-07-01T12:00", "-o", "json")
    assert cachet(*plan, "--timezone", "Europe/Oslo").json["scheduled_at"] == "2035-07-01T12:00:00+02:00"
    assert cachet(*plan).json["scheduled_at"] == "2035-07-01T12:00:00"


def test_points_are_pushed_from_lines(page: Page, cachet: Cachet) -> None:
    cachet("metric", "create", "Speed", "--suffix", "ms", "--threshold", "1")
    pushed = cachet(
        "metric", "push", "Speed", "-", stdin="1\n\n1790000000 2.5\n2026-11-20T10:00:00Z 3\n2026-11-21 10:00:00Z 4\n"
    )
    assert (pushed.code, pushed.out, pushed.err) == (0, "", "Pushed 4 of 4 points.\n")
    values = {row["value"] for row in cachet("metric-point", "list", "Speed", "-o", "json").json}
    assert values == {1, 2.5, 3, 4}


@pytest.mark.parametrize("line", ["one", "2026-11-20T10:00:00 3", "1 2 3 4", "nan", "1e999"])
def test_an_invalid_line_is_named_and_nothing_is_sent(page: Page, cachet: Cachet, line: str) -> None:
    cachet("metric", "create", "Speed", "--suffix", "ms")
    page.fake.requests.clear()
    result = cachet("metric", "push", "Speed", "-", stdin=f"1\n{line}\n")
    assert result.code == 2
    assert result.err.startswith("cachet: line 2: expected") or "has no UTC offset" in result.err
    assert page.writes() == []


def test_the_board_shows_components_incidents_and_maintenance(page: Page, cachet: Cachet) -> None:
    cachet("incident", "open", "Slow", "--message", "m", "--component", "Search=performance")
    cachet("maintenance", "plan", "Move", "--at", "2035-01-02T03:04", "--message", "Soon.")
    lines = cachet("status").out.splitlines()
    assert lines[1:6] == ["", "Shop", "  ● Website   operational", "  ● Payments  operational", ""]
    assert "  ▲ Search    performance issues" in lines
    assert any(line.startswith("  1  Slow  investigating  since 20") for line in lines)
    assert any(line.startswith("  1  Move  upcoming  2035-01-02 03:04:00") for line in lines)
    board = cachet("status", "-o", "json", "--group", "Shop").json
    assert [one["name"] for one in board["components"]] == ["Website", "Payments"]
    assert board["incidents"][0]["name"] == "Slow"


def test_raw_requests_accept_fields_and_files(page: Page, cachet: Cachet) -> None:
    made = cachet("api", "POST", "components", "-f", "name=Raw", "-f", "status=1").json["data"]
    number = str(made["id"])
    assert cachet("api", "PUT", f"/components/{number}", "--input", "-", stdin='{"status": 4}').code == 0
    assert cachet("component", "get", "Raw", "-o", "json").json["status"] == 4
    deleted = cachet("api", "DELETE", f"/components/{number}")
    assert (deleted.code, deleted.out) == (0, "")
    assert cachet("api", "GET", "/components", "-q", "per_page=2", "-o", "jsonl").out.count("\n") == 1


def test_doctor_reports_an_invalid_token(page: Page, cachet: Cachet, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {one["check"]: one for one in cachet("doctor", "-o", "json").json}
    assert {one["result"] for one in found.values()} <= {"ok", "note"}
    assert found["endpoint"]["detail"] == f"{page.endpoint} (from environment CACHET_ENDPOINT)"
    cachet("component-group", "update", "Shop", "--no-visible")
    monkeypatch.setenv("CACHET_API_TOKEN", "wrong")
    result = cachet("doctor", "-o", "json")
    assert result.code == 4
    found = {one["check"]: one["result"] for one in result.json}
    assert found["token"] == "failed"


def test_doctor_reports_hidden_groups_and_the_time_zone(
    serve: Callable[[FakeCachet[Any, Any]], Page], cachet: Cachet
) -> None:
    serve(FakeCachet(time_zone="America/New_York"))
    cachet("component-group", "create", "Secret", "--no-visible")
    cachet("component", "create", "Web", "--status", "operational")
    found = {one["check"]: one for one in cachet("doctor", "-o", "json").json}
    assert found["hidden"]["result"] == "warning"
    assert "these groups and their components: Secret" in found["hidden"]["detail"]
    assert found["time zone"]["detail"].startswith(("the server is at UTC-05:00", "the server is at UTC-04:00"))


def test_doctor_stops_waiting_at_the_timeout(cachet: Cachet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHET_ENDPOINT", "http://127.0.0.1:9/api/v1")
    monkeypatch.setenv("CACHET_API_TOKEN", "t")
    result = cachet("doctor", "--wait", "--timeout", "0.1")
    assert result.code == 1
    assert "timed out after 0.1 waiting for" in result.err


def test_waiting_ends_when_the_page_shows_the_status(page: Page, cachet: Cachet) -> None:
    cachet("incident", "open", "Slow", "--message", "m", "--component", "Search=major")
    if page.version == "3":
        late = cachet("component", "set", "Search", "operational", "--wait", "--timeout", "0.1")
        assert (late.code, "timed out" in late.err) == (1, True)
        cachet("incident", "resolve", "Slow")
    assert cachet("component", "set", "Search", "operational", "--wait", "--timeout", "0.1").code == 0
    assert cachet("incident", "show", "Slow", "--wait", "--timeout", "0.1").code == (0 if page.version == "3" else 1)


def test_a_template_produces_the_message(page_v3: Page, cachet: Cachet) -> None:
    made = cachet("template", "create", "Down", "--template", "-", "-o", "json", stdin="{{ incident.name }}: {{ why }}")
    assert made.json["slug"] == "down"
    opened = cachet("incident", "open", "Web", "--template", "down", "--var", "why=a cable", "-o", "json")
    assert opened.json["message"] == "Web: a cable"


def test_cachet_2_cannot_create_templates(page_v1: Page, cachet: Cachet) -> None:
    result = cachet("template", "create", "Down", "--template", "x")
    assert (result.code, result.err) == (2, "cachet: Cachet 2 cannot create templates\n")


def test_json_contains_every_field_of_the_model(page: Page, cachet: Cachet) -> None:
    with page.fake.client() as client:
        expected = json.loads(client.components.get(1).model_dump_json())
    shown = cachet("component", "get", "1", "-o", "json").json
    assert {name: shown[name] for name in expected} == expected


def open_incidents(cachet: Cachet) -> list[tuple[str, str]]:
    found = cachet("status", "-o", "json").json["incidents"]
    return [(one["name"], one["message"]) for one in found]


def test_a_message_with_a_status_opens_updates_and_resolves_one_incident(page: Page, cachet: Cachet) -> None:
    change = ("component", "set", "Search")
    assert cachet(*change, "major", "--message", "It is down.").code == 0
    assert cachet(*change, "major", "--message", "It is down.").err == "Incident 1 was unchanged.\n"
    assert open_incidents(cachet) == [("Search: major outage", "It is down.")]
    cachet("incident", "update", "key:component/4", "--status", "identified", "--message", "Found it.")
    assert cachet(*change, "partial", "--message", "Half of it is back.").err == "Incident 1 was updated.\n"
    assert component_states(cachet)["/Search"] == 3
    shown = cachet("incident", "show", "key:component/4", "-o", "json").json
    assert shown["name"] == "Search: partial outage"
    assert shown["updates"][0]["status"] == 2
    assert shown["updates"][0]["message"].startswith("Half of it is back.")
    assert cachet(*change, "operational", "--message", "It is up.").code == 0
    assert component_states(cachet)["/Search"] == 1
    assert open_incidents(cachet) == []
    assert cachet("incident", "show", "1", "-o", "json").json["updates"][0]["message"] == "It is up."


def test_a_message_for_an_operational_component_without_an_incident_is_not_posted(page: Page, cachet: Cachet) -> None:
    result = cachet("component", "set", "Search", "operational", "--message", "All is well.")
    assert (result.code, result.err) == (0, "No open incident has the key 'component/4'; nothing was sent.\n")
    assert [path.rpartition("/")[2] for _, path, _ in page.writes()] == ["4"]


def test_a_message_that_cannot_be_posted_is_reported_after_the_status_was_set(
    page_v3: Page, cachet: Cachet, monkeypatch: pytest.MonkeyPatch
) -> None:
    page_v3.fake.add_token("2|components", abilities=["components.manage"])
    monkeypatch.setenv("CACHET_API_TOKEN", "2|components")
    result = cachet("component", "set", "Search", "major", "--message", "It is down.")
    assert result.code == 4
    assert "The status of component 4 was set, but the message could not be posted.\n" in result.err
    assert component_states(cachet)["/Search"] == 4


def test_an_empty_message_sends_nothing(page: Page, cachet: Cachet) -> None:
    assert cachet("component", "set", "Search", "major", "--message", " ").code == 2
    assert page.writes() == []
