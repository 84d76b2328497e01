"""Maintenance around a command: output, exit code and signals are passed through, and the window ends with it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pexpect

from tests.cli.conftest import Cachet, Page, process


def windows(cachet: Cachet) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cachet("maintenance", "list", "-o", "json").json
    return found


def run_arguments(page: Page) -> tuple[str, ...]:
    component = "Search" if page.version == "3" else "Search=partial"
    return ("maintenance", "run", "Deploy", "--component", component, "--message", "Soon.")


def test_output_and_exit_code_are_passed_through_and_the_window_ends(page_v1: Page, cachet: Cachet) -> None:
    done = process(*run_arguments(page_v1), "--", "sh", "-c", "cat; echo complaint >&2; exit 7", input="through\n")
    assert (done.returncode, done.stdout) == (7, "through\n")
    assert "complaint\n" in done.stderr
    (window,) = windows(cachet)
    assert (window["name"], window["status"]) == ("Deploy", 2)
    assert cachet("component", "get", "Search", "-o", "json").json["status"] == 1


def test_the_component_is_under_maintenance_while_the_command_runs(page: Page, cachet: Cachet, tmp_path: Path) -> None:
    seen = tmp_path / "seen.json"
    inside = (
        f"import urllib.request as r; open({str(seen)!r}, 'wb').write(r.urlopen('{page.endpoint}/components/4').read())"
    )
    assert cachet(*run_arguments(page), "--", sys.executable, "-c", inside).code == 0
    data = json.loads(seen.read_text(encoding="utf-8"))["data"]
    assert data["attributes"]["latest_status"]["value"] == 6 if page.version == "3" else data["status"] == 3
    assert [window["status"] for window in windows(cachet)] == [2]
    assert cachet("component", "get", "Search", "-o", "json").json["status"] == 1


def test_on_failure_an_incident_is_opened_or_the_window_extended_if_requested(page_v3: Page, cachet: Cachet) -> None:
    arguments = run_arguments(page_v3)
    assert cachet(*arguments, "--on-failure", "incident", "--", "false").code == 1
    assert cachet("incident", "list", "-o", "json").json[0]["name"] == "Deploy"
    assert cachet(*arguments, "--on-failure", "extend", "--for", "2h", "--", "false").code == 1
    assert [window["status"] for window in windows(cachet)] == [2, 1]


def test_a_signal_reaches_the_command_and_the_window_ends(page_v3: Page, cachet: Cachet) -> None:
    script = "trap 'echo stopped; exit 9' TERM; echo ready; while :; do sleep 0.05; done"
    command = subprocess.Popen(
        [sys.executable, "-m", "cachet_sdk", *run_arguments(page_v3), "--", "sh", "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert command.stdout is not None
    assert command.stdout.readline() == "ready\n"
    command.send_signal(signal.SIGTERM)
    out, err = command.communicate(timeout=30)
    assert (command.returncode, out) == (9, "stopped\n"), err
    assert [window["status"] for window in windows(cachet)] == [2]


def test_ctrl_c_in_a_terminal_stops_the_command_once_and_the_window_ends(page_v1: Page, cachet: Cachet) -> None:
    script = "trap 'echo interrupted; exit 130' INT; echo ready; while :; do sleep 0.05; done"
    child = pexpect.spawn(
        sys.executable,
        ["-m", "cachet_sdk", *run_arguments(page_v1), "--", "sh", "-c", script],
        encoding="utf-8",
        timeout=30,
        env={**os.environ},
    )
    child.expect_exact("ready")
    time.sleep(0.1)
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert str(child.before).count("interrupted") == 1
    assert "Traceback" not in str(child.before)
    assert [window["status"] for window in windows(cachet)] == [2]


def test_the_window_is_extended_if_the_command_runs_longer(page_v3: Page, cachet: Cachet) -> None:
    assert cachet(*run_arguments(page_v3), "--for", "1s", "--", "sleep", "1.3").code == 0
    ends = [body["completed_at"] for method, path, body in page_v3.writes() if method == "PUT" and "schedules" in path]
    assert len(ends) >= 2


def test_a_command_that_does_not_exist_announces_nothing(page: Page, cachet: Cachet) -> None:
    result = cachet(*run_arguments(page), "--", "no-such-command-here")
    assert (result.code, page.writes()) == (127, [])
    assert "no-such-command-here: command not found" in result.err


def test_a_dry_run_runs_nothing(page: Page, cachet: Cachet) -> None:
    result = cachet(*run_arguments(page), "--dry-run", "-o", "json", "--", "false")
    assert (result.code, page.writes()) == (0, [])
    assert result.json["json"]["name"] == "Deploy"


def test_cachet_2_requires_a_status_for_each_component(page_v1: Page, cachet: Cachet) -> None:
    result = cachet("maintenance", "run", "Deploy", "--component", "Search", "--", "true")
    assert (result.code, page_v1.writes()) == (2, [])
    assert "pass another, such as Search=partial" in result.err
