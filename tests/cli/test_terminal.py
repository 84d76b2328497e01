"""The command in a real terminal: questions, colours, hidden input."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pexpect
import pytest

from tests.cli.conftest import Cachet, Page

Terminal = Callable[..., "pexpect.spawn[str]"]


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    children: list[Any] = []

    def start(*arguments: str, columns: int = 80) -> pexpect.spawn[str]:
        environment = {**os.environ, "TERM": "xterm-256color"}
        child = pexpect.spawn(
            sys.executable,
            ["-m", "cachet_sdk", *arguments],
            encoding="utf-8",
            timeout=30,
            dimensions=(24, columns),
            env=environment,
        )
        children.append(child)
        return child

    yield start
    for child in children:
        child.close(force=True)


def finish(child: pexpect.spawn[str]) -> tuple[int | None, str]:
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus, str(child.before)


def test_statuses_are_coloured_and_no_line_is_wider_than_the_terminal(
    page_v1: Page, terminal: Terminal, cachet: Cachet
) -> None:
    cachet("component", "create", "long " * 20, "--status", "operational")
    code, out = finish(terminal("component", "list", columns=60))
    assert code == 0
    assert "\x1b[32moperational\x1b[0m" in out
    plain = [line.replace("\x1b[32m", "").replace("\x1b[0m", "").replace("\x1b[1m", "") for line in out.splitlines()]
    assert max(map(len, plain)) <= 60


def test_a_deletion_asks_for_confirmation(page_v3: Page, terminal: Terminal) -> None:
    child = terminal("component", "delete", "Search")
    child.expect_exact("Delete component 4 (Search)? [y/N]: ")
    child.sendline("n")
    code, out = finish(child)
    assert code == 1
    assert "nothing was changed" in out
    assert page_v3.writes() == []


def test_ctrl_c_at_a_prompt_exits_with_130(page_v1: Page, terminal: Terminal) -> None:
    child = terminal("component", "delete", "Search")
    child.expect_exact("[y/N]: ")
    child.sendintr()
    code, out = finish(child)
    assert code == 130
    assert "Traceback" not in out


def test_login_asks_for_the_token_without_showing_it(page_v3: Page, terminal: Terminal, cachet: Cachet) -> None:
    child = terminal("login", "--insecure-storage", "--name", "mine", "--api-version", "3")
    child.expect_exact("URL of the API: ")
    child.sendline(page_v3.endpoint)
    child.expect_exact("API token: ")
    child.sendline(page_v3.fake.token)
    code, out = finish(child)
    assert code == 0, out
    assert page_v3.fake.token not in out
    assert cachet("config", "get", "endpoint", "--context", "mine").out.strip() == page_v3.endpoint


def test_the_watched_board_marks_what_changed_until_ctrl_c(page_v1: Page, terminal: Terminal, cachet: Cachet) -> None:
    child = terminal("status", "--watch", "--interval", "1s")
    child.expect_exact("Search")
    cachet("component", "set", "Search", "major")
    child.expect_exact("major outage")
    child.expect_exact("changed")
    child.sendintr()
    code, out = finish(child)
    assert code == 130
    assert "Traceback" not in out
