"""--dry-run prints the exact request that would be sent, and sends no write."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Cachet, Page

WRITES = [
    ("component", "create", "New", "--status", "major", "--group", "Shop", "--meta", "team=web"),
    ("component", "set", "Shop/Website", "partial"),
    ("component", "update", "Search", "--description", "Finds things"),
    ("component", "delete", "Search"),
    ("component-group", "create", "New", "--visible"),
    ("component-group", "update", "Shop", "--name", "Store"),
    ("incident", "open", "Slow", "--message", "We look.", "--component", "Search=major", "--no-notify"),
    ("incident", "update", "Old", "--message", "Found it.", "--status", "identified"),
    ("incident", "resolve", "Old"),
    ("incident", "edit", "Old", "--name", "Older"),
    ("incident", "delete", "Old"),
    ("maintenance", "plan", "Move", "--at", "2035-01-02T03:04", "--for", "30m", "--message", "Soon."),
    ("metric", "create", "Load", "--suffix", "%"),
    ("metric", "push", "Speed", "12.5"),
    ("subscriber", "create", "a@example.com", "--component", "Search", "--verify"),
    ("api", "PUT", "/components/1", "-f", "status=4"),
]


@pytest.mark.parametrize("arguments", WRITES, ids=lambda arguments: " ".join(arguments[:2]))
def test_a_dry_run_prints_exactly_what_would_be_sent(page: Page, cachet: Cachet, arguments: tuple[str, ...]) -> None:
    cachet("incident", "open", "Old", "--message", "m")
    cachet("metric", "create", "Speed", "--suffix", "ms")
    page.fake.requests.clear()
    planned = cachet(*arguments, "--dry-run", "-o", "json")
    assert planned.code == 0
    assert page.writes() == []
    assert "nothing was" in planned.err
    assert page.fake.token not in planned.out
    done = cachet(*arguments, *(["--yes"] if "delete" in arguments else []))
    assert done.code == 0, done.err
    method, path, body = page.writes()[0]
    printed = json.loads(planned.out)
    assert (printed["method"], printed["json"]) == (method, body)
    assert printed["url"] == page.endpoint.partition("/api")[0] + path


def test_a_dry_run_prints_every_point(page: Page, cachet: Cachet) -> None:
    cachet("metric", "create", "Speed", "--suffix", "ms")
    page.fake.requests.clear()
    planned = cachet("metric", "push", "Speed", "-", "--dry-run", stdin="1\n2\n3\n")
    assert planned.code == 0
    assert planned.out.count("POST ") == 3
    assert page.writes() == []
