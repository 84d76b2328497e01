"""Archives: their contents, and how damaged and incomplete ones are handled."""

from __future__ import annotations

import gzip
import json
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from cachet_sdk import ArgumentError, ConfigurationError, TransportError, sites
from cachet_sdk.sites import ArchiveError
from tests.sites.pages import RELEASES, Release, client_of, make_fake, populated


def lines(path: Path) -> list[dict[str, Any]]:
    data = path.read_bytes()
    text = gzip.decompress(data) if path.suffix == ".gz" else data
    return [json.loads(line) for line in text.splitlines()]


def of_kind(rows: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [row for row in rows if row.get("kind") == name]


@pytest.mark.parametrize("release", RELEASES)
def test_an_archive_contains_everything_that_the_api_shows(release: Release, tmp_path: Path) -> None:
    counts = sites.export_site(client_of(populated(release)), tmp_path / "page.jsonl")
    rows = lines(tmp_path / "page.jsonl")
    assert rows[0]["cachet_archive"] == 1
    assert rows[0]["release"] == release
    assert rows[-1]["end"] is True
    assert {name: len(of_kind(rows, name)) for name in counts} == counts
    web = of_kind(rows, "component")[0]
    assert (web["name"], web["status"], web["tags"], web["group_id"]) == ("Website", "operational", web["tags"], 1)
    assert sorted(web["tags"]) == ["Web Site", "public"]
    assert [it["name"] for it in of_kind(rows, "incident")] == ["Incident 0", "Incident 1", "Incident 2"]
    times = [it["created_at"] for it in of_kind(rows, "point") if it["metric_id"] == 1]
    assert times == sorted(times)
    if release != "2.3":
        assert [it["message"] for it in of_kind(rows, "incident")[2]["updates"]] == ["Found it", "Fixed it"]
        assert counts["schedule"] == 2
        assert counts["template"] == 1
    if release == "3":
        assert [it["status"] for it in of_kind(rows, "incident")[1]["components"]] == [
            "partial_outage",
            "partial_outage",
        ]
        assert of_kind(rows, "schedule")[0]["updates"][0]["message"] == "Servers are packed"


def test_a_redacted_archive_has_no_addresses_and_no_codes(tmp_path: Path) -> None:
    client = client_of(populated("2.4"))
    sites.export_site(client, tmp_path / "page.jsonl", redact=True)
    text = (tmp_path / "page.jsonl").read_text(encoding="utf-8")
    assert "@" not in text
    assert "verify_code" not in text
    assert len(of_kind(lines(tmp_path / "page.jsonl"), "subscriber")) == 3
    assert any(
        "verify_code" in row
        for row in (sites.export_site(client, tmp_path / "b.jsonl"), lines(tmp_path / "b.jsonl"))[1]
    )


def test_only_the_owner_can_read_an_archive_and_gz_in_its_name_compresses_it(tmp_path: Path) -> None:
    client = client_of(populated("3"))
    for name in ("page.jsonl", "page.jsonl.gz"):
        sites.export_site(client, tmp_path / name)
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    first, second = lines(tmp_path / "page.jsonl"), lines(tmp_path / "page.jsonl.gz")
    assert first[1:-1] == second[1:-1]
    assert sorted(it.name for it in tmp_path.iterdir()) == ["page.jsonl", "page.jsonl.gz"]


def test_an_interrupted_export_resumes_after_its_last_complete_section(tmp_path: Path) -> None:
    fake = populated("2.4")
    failing = True

    def handle(request: httpx.Request) -> httpx.Response:
        if failing and request.url.path.endswith("/schedules") and "per_page=500" in str(request.url):
            raise httpx.ReadError("gone")
        return fake.transport.handle_request(request)

    client = client_of(fake, transport=httpx.MockTransport(handle), max_retries=0)
    path = tmp_path / "page.jsonl.gz"
    with pytest.raises(TransportError):
        sites.export_site(client, path)
    assert not path.exists()
    with (tmp_path / "page.jsonl.gz.part").open("ab") as part:
        part.write(b'{"kind":"schedule","id":1')  # killed while writing a line
    failing = False
    since = len(fake.requests)
    sites.export_site(client, path)
    assert not any(it.path.endswith("/incidents") for it in list(fake.requests)[since:])
    sites.export_site(client_of(fake), tmp_path / "whole.jsonl")
    assert lines(path)[1:-1] == lines(tmp_path / "whole.jsonl")[1:-1]


def test_progress_is_reported(tmp_path: Path) -> None:
    reported: list[tuple[str, int]] = []
    sites.export_site(client_of(populated("3")), tmp_path / "a", progress=lambda *it: reported.append(it))
    assert reported[:2] == [("group", 2), ("component", 2)]


@pytest.mark.parametrize("release", RELEASES)
def test_naive_times_are_refused_unless_the_time_zone_is_passed(release: Release, tmp_path: Path) -> None:
    fake = make_fake(release, time_zone="Europe/Oslo")
    client = fake.client()
    client.incidents.create(name="I", message="m", status=1, occurred_at=datetime(2026, 7, 1, 12, 0, tzinfo=UTC))
    with pytest.raises(ConfigurationError, match="pass source_timezone"):
        sites.export_site(client, tmp_path / "a.jsonl")
    sites.export_site(client, tmp_path / "a.jsonl", source_timezone="Europe/Oslo")
    assert of_kind(lines(tmp_path / "a.jsonl"), "incident")[0]["occurred_at"] == "2026-07-01T12:00:00Z"
    with pytest.raises(ArgumentError, match="source_timezone"):
        sites.export_site(client, tmp_path / "a.jsonl", source_timezone="Nowhere")


def damage(path: Path, how: str) -> None:
    text = path.read_text(encoding="utf-8")
    rows = text.splitlines(keepends=True)
    match how:
        case "changed":
            text = text.replace("Website", "Wobsite")
        case "cut":
            text = "".join(rows[:-1])
        case "lost":
            text = "".join(rows[:2] + rows[3:])
        case "newer":
            text = text.replace('"cachet_archive":1', '"cachet_archive":2')
        case "longer":
            text += "{}\n"
        case _:
            text = "hello\n"
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("how", "problem"),
    [
        ("changed", "checksum"), ("cut", "not complete"), ("lost", "checksum"),
        ("newer", "version 2"), ("longer", "after the end"), ("none", "not an archive"),
    ],
)  # fmt: skip
def test_a_damaged_archive_is_refused_before_anything_is_sent(how: str, problem: str, tmp_path: Path) -> None:
    sites.export_site(client_of(populated("2.4")), tmp_path / "page.jsonl")
    damage(tmp_path / "page.jsonl", how)
    target = make_fake("3")
    with pytest.raises(ArchiveError, match=problem):
        sites.import_site(tmp_path / "page.jsonl", client_of(target))
    assert list(target.requests) == []


def test_a_damaged_compressed_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.jsonl.gz"
    sites.export_site(client_of(populated("2.4")), path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(ArchiveError, match="damaged or incomplete"):
        sites.import_site(path, client_of(make_fake("3")))
    with pytest.raises(ConfigurationError, match="cannot be read"):
        sites.import_site(tmp_path / "none.jsonl", client_of(make_fake("3")))


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="kinds: expected any of group"):
        sites.export_site(client_of(make_fake("3")), tmp_path / "a", kinds=["groups"])  # type: ignore[list-item]
