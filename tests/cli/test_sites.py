"""Whole pages on the command line: as code, in archives, to other servers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cachet_sdk.testing import FakeCachet
from tests.cli.conftest import Cachet, Page
from tests.sites.pages import populated

PAGE = """\
version: 1
owner: infra
groups:
- key: tools
  name: Tools
  components:
  - {key: wiki, name: Wiki}
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "page.yaml"
    path.write_text(PAGE, encoding="utf-8")
    return str(path)


def test_a_document_is_checked_planned_and_applied(page: Page, cachet: Cachet, file: str) -> None:
    assert cachet("validate", file).err.endswith("is valid: 1 groups, 1 components\n")
    planned = cachet("plan", file, "--exit-code")
    assert planned.code == 10
    assert planned.out == '+ group tools "Tools"\n+ component wiki "Wiki"\n2 to create\n'
    dry = cachet("apply", file, "--dry-run")
    assert (dry.code, dry.out) == (0, planned.out)
    assert page.writes() == []
    assert cachet("apply", file).code == 2
    assert "pass --yes to confirm" in cachet("apply", file).err
    applied = cachet("apply", file, "--yes")
    assert applied.code == 0
    assert applied.out.endswith("2 done, 0 failed, 0 not tried\n")
    assert cachet("plan", file, "--exit-code").code == 0
    done = len(page.writes())
    assert cachet("apply", file, "--yes").out == "nothing to do\n"
    assert len(page.writes()) == done
    planned = cachet("plan", file, "-o", "json", "--prune")
    assert planned.json["changes"] == []


def test_an_error_in_a_document_is_one_line_and_exits_with_2(cachet: Cachet, tmp_path: Path) -> None:
    (tmp_path / "page.yaml").write_text("version: 1\nowner: infra\ngroup: []\n", encoding="utf-8")
    result = cachet("validate", str(tmp_path / "page.yaml"))
    assert result.code == 2
    assert result.err == f"cachet: {tmp_path}/page.yaml:3:1: group: unknown field; did you mean groups?\n"


def test_a_page_is_pulled(page: Page, cachet: Cachet, tmp_path: Path) -> None:
    path = str(tmp_path / "new.yaml")
    assert "2 groups, 4 components" in cachet("pull", path, "--owner", "infra").err
    planned = cachet("plan", path, "-o", "json").json
    assert {it["action"] for it in planned["changes"]} <= {"move"}
    assert page.writes() == []


def test_the_schema_is_printed(cachet: Cachet) -> None:
    assert cachet("schema").json["title"] == "A Cachet status page as code"


def test_a_page_is_exported_and_imported(
    serve: Callable[[FakeCachet[Any, Any]], Page], cachet: Cachet, tmp_path: Path
) -> None:
    serve(populated("2.4"))
    archive = str(tmp_path / "page.jsonl.gz")
    assert "2 component, 1 template, 3 incident" in cachet("export", archive).out
    target = serve(FakeCachet("3", rate_limit=None))
    dry_run = cachet("import", archive, "--dry-run", "-o", "json")
    assert dry_run.json["rows"]["incident"] == 3
    assert target.writes() == []
    assert cachet("import", archive).code == 2
    imported = cachet("import", archive, "--yes", "--verify", "--target-timezone", "UTC")
    assert imported.code == 0
    assert "verified: no differences" in imported.out
    assert "webhooks of the target fire" in imported.out
    done = len(target.writes())
    assert cachet("import", archive, "--yes").code == 0
    assert len(target.writes()) == done


@pytest.mark.parametrize("command", ["migrate", "copy"])
def test_a_page_is_migrated_from_one_context_to_another(
    command: str,
    serve: Callable[[FakeCachet[Any, Any]], Page],
    cachet: Cachet,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = {}
    for name, fake in (("old", populated("2.4")), ("new", FakeCachet("3", rate_limit=None))):
        pages[name] = serve(fake)
        added = cachet(
            "login", "--endpoint", pages[name].endpoint, "--api-version", fake.version, "--name", name,
            "--insecure-storage", stdin=fake.token,
        )  # fmt: skip
        assert added.code == 0, added.err
    for variable in ("CACHET_ENDPOINT", "CACHET_API_VERSION", "CACHET_API_TOKEN"):
        monkeypatch.delenv(variable)
    archive = str(tmp_path / "page.jsonl")
    options = ("--from", "old", "--to", "new", "--archive", archive)
    lost = cachet(command, *options, "--dry-run", "-o", "json").json
    assert {"kind": "component", "field": "tags", "reason": "Cachet 3 has no tags; stored in meta", "count": 1} in lost[
        "losses"
    ]
    assert pages["new"].writes() == []
    moved = cachet(command, *options, "--yes")
    assert moved.code == 0, moved.err
    paths = {path for _, path, _ in pages["new"].writes()}
    assert "/api/components" in paths
    assert ("/api/incidents" in paths) == (command == "migrate")
    assert json.loads(Path(archive).read_text(encoding="utf-8").splitlines()[0])["endpoint"] == pages["old"].endpoint
