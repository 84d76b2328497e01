"""Migrations, interrupted or not: every row is created once, or reported as lost."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from cachet_sdk import ArgumentError, sites
from cachet_sdk.sites import ArchiveError
from cachet_sdk.sites.archive import ArchiveReader, ArchiveWriter
from cachet_sdk.testing import FakeCachet
from tests.sites.pages import MOVES, Killed, Killer, Release, client_of, make_fake, populated, rows_of, writes

#: Fields that are new on every server.
NEW = ("id", "created_at", "published_at", "verify_code")


def comparable(row: dict[str, Any], names: dict[tuple[str, int], str]) -> dict[str, Any]:
    """Return a row with names in place of ids, and without fields that are new on every server."""
    row = {key: value for key, value in row.items() if key not in NEW or (key, row["kind"]) == ("created_at", "point")}
    for field, kind in (("group_id", "group"), ("metric_id", "metric")):
        if field in row:
            row[field] = names[kind, row[field]]
    components = row.get("components", [])
    if components:
        row["components"] = sorted(
            (
                names.get(("component", it if isinstance(it, int) else it["id"]), ""),
                None if isinstance(it, int) else it.get("status"),
            )
            for it in components
        )
    row["updates"] = [(it.get("status"), it["message"].split("UTC*\n\n")[-1]) for it in row.get("updates", [])]
    return row


def page(client: Any, folder: Path) -> list[dict[str, Any]]:
    rows = list(rows_of(client, folder))
    names = {(row["kind"], row["id"]): row["name"] for row in rows if "name" in row}
    return [comparable(row, names) for row in rows]


@pytest.mark.parametrize(("source", "target"), [("2.3", "2.3"), ("2.4", "2.4"), ("3", "3")])
def test_a_page_migrated_to_the_same_release_is_equal_apart_from_the_losses(
    source: Release, target: Release, tmp_path: Path
) -> None:
    old, new = client_of(populated(source)), client_of(make_fake(target))
    report = sites.migrate(old, new, path=tmp_path / "page.jsonl", verify=True)
    assert report.differences == []
    assert report.failures == []
    lost = {(loss.kind, loss.field) for loss in report.losses}
    before, after = page(old, tmp_path), page(new, tmp_path)
    if ("template", "row") in lost:
        before = [row for row in before if row["kind"] != "template"]
    assert ("subscriber", "row") in lost
    before = [row for row in before if row.get("email") != "unverified@example.com"]
    assert ("point", "counter") in lost
    for row in before:
        if row.get("counter", 1) > 1:
            row["value"], row["counter"] = row["value"] * row["counter"], 1
    for row in (*before, *after):
        if source == "2.3":  # it shows recently verified subscribers as not verified
            row.pop("verified", None)
        if source != "3":  # Cachet 2 does not store the statuses of components in incidents
            row["components"] = [name for name, *_ in row.get("components", []) if name]
        elif row["kind"] == "incident":
            row["components"] = [it for it in row["components"] if it[0]]
    assert after == before
    expected = {
        "2.3": {("point", "counter"), ("subscriber", "row"), ("incident", "components")},
        "2.4": {
            ("point", "counter"),
            ("subscriber", "row"),
            ("incident", "components"),
            ("template", "row"),
            ("update", "created_at"),
        },
        "3": {("point", "counter"), ("subscriber", "row"), ("update", "created_at")},
    }
    assert lost == expected[source]


@pytest.mark.parametrize(("source", "target"), MOVES)
def test_a_dry_run_reports_the_losses_of_the_real_run_and_sends_no_writes(
    source: Release, target: Release, tmp_path: Path
) -> None:
    old, to = client_of(populated(source)), make_fake(target)
    new = client_of(to)
    dry_run = sites.migrate(old, new, path=tmp_path / "page.jsonl", dry_run=True)
    assert writes(to) == []
    report = sites.migrate(old, new, path=tmp_path / "page.jsonl", verify=True)
    assert report.losses == dry_run.losses
    assert report.rows == dry_run.rows
    assert report.differences == []
    assert report.ok
    assert "verified: no differences" in str(report)
    since = len(to.requests)
    again = sites.migrate(old, new, path=tmp_path / "page.jsonl")
    assert writes(to, since) == []
    assert again.rows == report.rows


def test_a_migration_notifies_no_subscribers(tmp_path: Path) -> None:
    to = make_fake("3")
    report = sites.migrate(client_of(populated("2.4")), client_of(to), path=tmp_path / "page.jsonl")
    bodies = [(it.path, it.body or b"") for it in to.requests if it.method == "POST"]
    assert all(
        b'"notifications":false' in body.replace(b" ", b"")
        for path, body in bodies
        if path.endswith(("/incidents", "/schedules"))
    )
    assert all(b'"verified":true' in body.replace(b" ", b"") for path, body in bodies if path.endswith("/subscribers"))
    last_update = max(n for n, (path, _) in enumerate(bodies) if path.endswith("/updates"))
    assert all(n > last_update for n, (path, _) in enumerate(bodies) if path.endswith("/subscribers"))
    assert any("webhooks of the target" in note for note in report.notes)


def test_a_component_keeps_its_status_although_incidents_of_cachet_2_set_it(tmp_path: Path) -> None:
    new = client_of(make_fake("2.4"))
    sites.migrate(client_of(populated("2.4")), new, path=tmp_path / "page.jsonl")
    assert {it.name: int(it.status) for it in new.components.list()} == {"Website": 1, "API": 4}


def test_times_are_converted_between_time_zones(tmp_path: Path) -> None:
    source = make_fake("2.4", time_zone="America/New_York")
    old = source.client(endpoint="https://old.test/api/v1")
    moment = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    incident = old.incidents.create(name="I", message="m", status=1, occurred_at=moment)
    old.incident_updates.create(incident_id=incident.id, status=2, message="Found it")
    metric = old.metrics.create(name="M", suffix="s")
    old.metric_points.create(metric_id=metric.id, value=1, timestamp=moment)
    new = make_fake("3", time_zone="Asia/Tokyo").client(timezone="Asia/Tokyo")
    report = sites.migrate(old, new, path=tmp_path / "a.jsonl", source_timezone="America/New_York", verify=True)
    assert report.differences == []
    moved = next(new.incidents.list(include=("updates",)))
    assert moved.occurred_at == moment
    assert next(new.metric_points.list(1)).created_at == moment
    stamp = f"*{datetime.now(UTC):%Y-%m-%d}"
    assert moved.updates[0].message.startswith(stamp)
    assert moved.updates[0].message.endswith(" UTC*\n\nFound it")


def test_verify_finds_differences(tmp_path: Path) -> None:
    old, new = client_of(populated("2.4")), client_of(make_fake("3"))
    sites.migrate(old, new, path=tmp_path / "page.jsonl")
    new.components.update(1, name="Wobsite")
    new.incidents.delete(2)
    new.metric_points.delete(1, 1)
    new.incident_updates.update(id=1, incident_id=1, message="Lost it")
    report = sites.migrate(old, new, path=tmp_path / "page.jsonl", verify=True)
    assert [(it.kind, it.id, it.field) for it in report.differences or []] == [
        ("component", 1, "name"), ("incident", 1, "updates"), ("incident", 2, "row"), ("point", 1, "row")
    ]  # fmt: skip
    assert "component 1: name: expected 'Website', found 'Wobsite'" in str(report)
    assert not report.ok


def test_a_row_that_the_server_refuses_is_reported_and_the_others_are_imported(tmp_path: Path) -> None:
    to = make_fake("3")
    refusing = True

    def handle(request: httpx.Request) -> httpx.Response:
        if refusing and b"Incident 1" in request.read():
            return httpx.Response(422, json={"message": "no", "errors": {"name": ["no"]}})
        return to.transport.handle_request(request)

    old, new = client_of(populated("2.4")), client_of(to, transport=httpx.MockTransport(handle))
    report = sites.migrate(old, new, path=tmp_path / "page.jsonl", verify=True)
    assert len(report.failures) == 1
    assert report.failures[0].startswith("incident 2: 422")
    assert [(it.kind, it.id, it.field) for it in report.differences or []] == [("incident", 2, "row")]
    refusing = False
    report = sites.migrate(old, new, path=tmp_path / "page.jsonl", verify=True)
    assert report.ok
    assert len(list(new.incidents.list())) == 3


def test_an_archive_is_not_imported_twice_if_its_journal_is_lost(tmp_path: Path) -> None:
    old, new = client_of(populated("2.4")), client_of(make_fake("3"))
    sites.migrate(old, new, path=tmp_path / "page.jsonl")
    journal = tmp_path / "page.jsonl.import.jsonl"
    journal.rename(tmp_path / "elsewhere.jsonl")
    with pytest.raises(ArchiveError, match=r"was already imported into .* \(component 1 comes from it\)"):
        sites.import_site(tmp_path / "page.jsonl", new)
    assert sites.import_site(tmp_path / "page.jsonl", new, journal=tmp_path / "elsewhere.jsonl").rows["component"] == 2
    with pytest.raises(ArchiveError, match="belongs to another archive"):
        sites.import_site(tmp_path / "page.jsonl", client_of(make_fake("3")), journal=tmp_path / "elsewhere.jsonl")
    journal.write_text("hello\n", encoding="utf-8")
    with pytest.raises(ArchiveError, match="not the journal"):
        sites.import_site(tmp_path / "page.jsonl", new)


def test_a_redacted_archive_imports_everything_except_subscribers(tmp_path: Path) -> None:
    sites.export_site(client_of(populated("3")), tmp_path / "page.jsonl.gz", redact=True)
    report = sites.import_site(tmp_path / "page.jsonl.gz", client_of(make_fake("3")))
    assert report.rows["incident"] == 3
    assert sites.Loss("subscriber", "row", "the archive is redacted", 3) in report.losses


def test_a_copy_of_the_structure_reads_no_history_and_no_subscribers(tmp_path: Path) -> None:
    source = populated("3")
    old, new = client_of(source), client_of(make_fake("3"))
    since = len(source.requests)
    report = sites.migrate(old, new, path=tmp_path / "page.jsonl", kinds=sites.STRUCTURE, verify=True)
    assert report.rows == Counter(component=2, group=2, metric=2, template=1)
    assert not any("incidents" in it.path or "subscribers" in it.path for it in list(source.requests)[since:])
    with pytest.raises(ArchiveError, match="or of other kinds"):
        sites.migrate(old, new, path=tmp_path / "page.jsonl")


def test_a_page_is_not_migrated_to_itself(tmp_path: Path) -> None:
    fake = populated("3")
    with pytest.raises(ArgumentError, match="target: is the same page as the source"):
        sites.migrate(client_of(fake), client_of(fake), path=tmp_path / "page.jsonl")


def test_maintenance_of_cachet_2_3_becomes_a_schedule(tmp_path: Path) -> None:
    rows = [
        {"kind": "incident", "id": 1, "name": "Move", "message": "Soon",
         "status": "reported", "scheduled_at": "2026-03-01T10:00:00Z"}
    ]  # fmt: skip
    archive = tmp_path / "page.jsonl"
    source = client_of(make_fake("2.3"))
    sites.export_site(source, archive)
    write_archive(archive, rows)
    for target in ("2.4", "3"):
        new = client_of(make_fake(target))
        report = sites.import_site(archive, new, journal=tmp_path / f"{target}.journal", verify=True)
        assert report.differences == []
        schedule = next(iter(new.schedules.list()))
        assert (schedule.name, schedule.scheduled_at) == ("Move", datetime(2026, 3, 1, 10, tzinfo=UTC))


def write_archive(path: Path, rows: list[dict[str, Any]]) -> None:
    """Replace the rows of an archive."""
    header = ArchiveReader(path).header
    writer = ArchiveWriter(path, header)
    for kind in dict.fromkeys(row["kind"] for row in rows):
        writer.begin(kind)
        for row in rows:
            if row["kind"] == kind:
                writer.write(json.dumps(row).encode())
        writer.end()
    writer.finish()


@pytest.mark.parametrize(("source", "target"), [("2.3", "2.4"), ("2.4", "3"), ("3", "3"), ("2.4", "2.4")])
def test_an_import_killed_at_any_write_resumes_without_duplicates_and_gaps(
    source: Release, target: Release, tmp_path: Path
) -> None:
    archive = tmp_path / "page.jsonl"
    sites.export_site(client_of(populated(source)), archive)
    whole = make_fake(target)
    sites.import_site(archive, client_of(whole), journal=tmp_path / "whole")
    wanted, total = page(client_of(whole), tmp_path), len(writes(whole))
    rng = random.Random(f"{source} {target}")
    kills = rng.sample([(at, applied) for at in range(1, total + 1) for applied in (False, True)], 13)
    for number, (at, applied) in enumerate(kills):
        fake = make_fake(target)
        endpoint = client_of(fake).endpoint
        journal = tmp_path / f"{number}.journal"
        with pytest.raises(Killed):
            sites.import_site(archive, client_of(fake, transport=Killer(fake, at, applied=applied)), journal=journal)
        if number % 2:  # kill the second run, too
            with pytest.raises(Killed):
                killer = Killer(fake, max(1, (total - at) // 2), applied=not applied)
                sites.import_site(archive, client_of(fake, transport=killer, endpoint=endpoint), journal=journal)
        report = sites.import_site(archive, client_of(fake, endpoint=endpoint), journal=journal, verify=True)
        assert report.differences == [], (at, applied)
        assert page(client_of(fake), tmp_path) == wanted, (at, applied)


_PROGRAM = """
import sys
from cachet_sdk import Client, sites
endpoint, token, archive = sys.argv[1:]
with Client(endpoint, token, version="3", timezone="UTC") as client:
    print("begun", flush=True)
    sites.import_site(archive, client)
"""


def test_an_import_resumes_after_its_process_was_killed(tmp_path: Path) -> None:
    archive = tmp_path / "page.jsonl"
    sites.export_site(client_of(populated("2.4")), archive)
    whole = make_fake("3")
    sites.import_site(archive, client_of(whole), journal=tmp_path / "whole")
    wanted = page(client_of(whole), tmp_path)
    fake: FakeCachet[Any, Any] = make_fake("3")
    with fake.serve() as server:
        arguments = [sys.executable, "-c", _PROGRAM, server.endpoint, fake.token, str(archive)]
        for more in (4, 9, 15):
            with subprocess.Popen(arguments, stdout=subprocess.PIPE) as process:
                deadline = time.monotonic() + 20
                before = len(writes(fake))
                while len(writes(fake)) - before < more and process.poll() is None and time.monotonic() < deadline:
                    time.sleep(0.001)
                process.send_signal(signal.SIGKILL)
        subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, timeout=30)
    assert page(client_of(fake), tmp_path) == wanted
