"""The command in a real terminal: prompts, colours, hidden input, and the main stories typed into a shell."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

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


@pytest.fixture
def shell() -> Iterator[Callable[[str], str]]:
    """Start a shell in a terminal. Yields a function that types a command and returns its output as plain text."""
    prompt = "\u25b6 "
    environment = {**os.environ, "TERM": "xterm-256color", "PS1": prompt, "PYTHON": sys.executable}
    child = pexpect.spawn("/bin/sh", encoding="utf-8", timeout=30, dimensions=(40, 100), env=environment, echo=False)
    child.expect_exact(prompt)

    def run(command: str) -> str:
        child.sendline(command.replace("cachet ", '"$PYTHON" -m cachet_sdk ', 1))
        child.expect_exact(prompt)
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", str(child.before)).replace("\r\n", "\n")

    yield run
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
    child = terminal("login", "--insecure-storage", "--name", "mine", "--api-version", page_v3.version)
    child.expect_exact("URL of the API: ")
    child.sendline(page_v3.endpoint)
    child.expect_exact("API token: ")
    child.sendline(page_v3.fake.token)
    code, out = finish(child)
    assert code == 0, out
    assert page_v3.fake.token not in out
    assert cachet("config", "get", "endpoint", "--context", "mine").out.strip() == page_v3.endpoint


def test_the_watched_board_marks_what_changed_until_ctrl_c(page: Page, terminal: Terminal, cachet: Cachet) -> None:
    child = terminal("status", "--watch", "--interval", "1s")
    child.expect_exact("Search")
    cachet("component", "set", "Search", "major")
    child.expect_exact("major outage")
    child.expect_exact("changed")
    child.sendintr()
    code, out = finish(child)
    assert code == 130
    assert "Traceback" not in out


def test_the_watched_board_outlives_a_server_that_is_down_for_a_while(
    page_v3: Page, terminal: Terminal, cachet: Cachet
) -> None:
    port = urlsplit(page_v3.endpoint).port
    child = terminal("status", "--watch", "--interval", "1s", "--request-timeout", "1", columns=200)
    child.expect_exact("Search")
    page_v3.stop()
    child.expect_exact("; still watching")
    with page_v3.fake.serve(port or 0):
        cachet("component", "set", "Search", "major")
        child.expect_exact("major outage")
    child.sendintr()
    assert finish(child)[0] == 130


def test_an_incident_is_managed_in_a_shell(page: Page, shell: Callable[[str], str]) -> None:
    opened = shell('cachet incident open "Payments fail" --message "Cards." --component Shop/Payments=major')
    assert re.search(r"^status +investigating\b", opened, re.MULTILINE)
    board = shell("cachet status")
    assert "▲ Payments  major outage" in board
    assert "1  Payments fail  investigating" in board
    updated = shell('cachet incident update "Payments fail" --status identified --message "A certificate."')
    assert re.search(r"^(latest )?status +identified\b", updated, re.MULTILINE)
    shell('cachet incident resolve "Payments fail" --message "Renewed."')
    assert "● Payments  operational" in shell("cachet status")


def test_a_deployment_is_run_during_maintenance_in_a_shell(page: Page, shell: Callable[[str], str]) -> None:
    out = shell(
        'cachet maintenance run "Deploy" --component Shop/Website=partial -- sh -c "echo copying; exit 3"; echo code $?'
    )
    assert out.startswith("Maintenance 1 has begun.\ncopying\nMaintenance 1 ends at ")
    assert out.endswith("code 3\n")
    assert "complete" in shell("cachet maintenance list")
    assert "● Website   operational" in shell("cachet status")


def test_points_are_piped_to_a_metric_in_a_shell(page: Page, shell: Callable[[str], str]) -> None:
    shell("cachet metric create Speed --suffix ms")
    out = shell('printf "1790000000 1\\n1790000600 2.5\\n" | cachet metric push Speed -')
    assert out.endswith("Pushed 2 of 2 points.\n")
    assert "2.5" in shell("cachet metric-point list Speed")
