"""Incidents by key: opened once, updated, resolved. Repeating a command changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cachet_sdk.testing import FakeCachet
from tests.cli.conftest import Cachet, Page

OPEN = ("incident", "open", "Disk full", "--key", "disk/db1", "--component", "Search=partial", "-o", "json")


def test_opening_a_key_again_changes_nothing(page: Page, cachet: Cachet) -> None:
    assert cachet(*OPEN, "--message", "We look.").json["id"] == 1
    page.fake.requests.clear()
    again = cachet(*OPEN, "--message", "We look.")
    assert (again.code, again.json["id"], page.writes()) == (0, 1, [])
    assert "Incident 1 was unchanged." in again.err


def test_a_new_message_is_posted_as_an_update_of_the_incident_with_the_key(page: Page, cachet: Cachet) -> None:
    cachet(*OPEN, "--message", "We look.")
    assert "was updated" in cachet(*OPEN, "--message", "Found it.", "--status", "identified").err
    shown = cachet("incident", "show", "key:disk/db1", "-o", "json").json
    assert [(one["status"], one["message"]) for one in shown["updates"]] == [(2, "Found it.")]
    assert cachet("incident", "update", "key:disk/db1", "--message", "Nearly.").code == 0


def test_resolving_a_key_twice_is_not_an_error(page: Page, cachet: Cachet) -> None:
    cachet(*OPEN, "--message", "We look.")
    assert cachet("incident", "resolve", "key:disk/db1", "-o", "json").json["status"] == 4
    assert cachet("component", "get", "Search", "-o", "json").json["status"] == 1
    again = cachet("incident", "resolve", "key:disk/db1")
    assert (again.code, again.out) == (0, "")
    assert "nothing was sent" in again.err


def test_an_unknown_key_exits_with_3(page: Page, cachet: Cachet) -> None:
    result = cachet("incident", "show", "key:disk/db1")
    assert (result.code, result.err) == (3, "cachet: no open incident has the key 'disk/db1'\n")


def test_a_stickied_incident_is_left_open_with_a_note(page: Page, cachet: Cachet) -> None:
    cachet(*OPEN, "--message", "We look.", "--stickied")
    result = cachet("incident", "resolve", "key:disk/db1")
    assert result.code == 0
    assert "Incident 1 is stickied, so it was left open." in result.err


def test_keys_work_on_cachet_2_3(serve: Callable[[FakeCachet[Any, Any]], Page], cachet: Cachet) -> None:
    serve(FakeCachet(release="2.3"))
    assert cachet("incident", "open", "A", "--key", "k", "--message", "m").code == 0
    assert "was unchanged" in cachet("incident", "open", "A", "--key", "k", "--message", "m").err
    assert cachet("incident", "resolve", "key:k").code == 0


def test_a_key_cannot_be_combined_with_a_template(page: Page, cachet: Cachet) -> None:
    result = cachet("incident", "open", "A", "--key", "k", "--template", "down")
    assert (result.code, page.writes()) == (2, [])
