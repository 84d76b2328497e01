"""The command as a process: imports, a missing extra, pipes and signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import cachet_sdk
from tests.cli.conftest import Page, process

#: Runs the command, then writes which of the heavy packages were imported.
REPORT = """
import sys
from cachet_sdk.cli.entry import main
try:
    main()
except SystemExit:
    pass
heavy = {"httpx", "pydantic", "rich", "tomlkit", "yaml", "platformdirs", "asyncio"} & set(sys.modules)
sys.stderr.write(" ".join(sorted(heavy)))
"""


def modules_after(*arguments: str, **environment: str) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", REPORT, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=True,
        timeout=60,
    )
    return done.stdout, done.stderr


def complete(shell: str, line: str) -> list[str]:
    words = line.split(" ")
    variables = {"_CACHET_COMPLETE": f"{shell}_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    if shell == "fish":
        variables["COMP_CWORD"] = words[-1]
    out, imported = modules_after(**variables)
    assert imported == ""
    separator = {"bash": ",", "fish": ",", "zsh": "\n"}[shell]
    if shell == "zsh":
        return out.split("\n")[1::3]
    return [entry.partition(separator)[2].partition("\t")[0] for entry in out.splitlines()]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_offers_commands_and_imports_nothing_heavy(shell: str) -> None:
    assert complete(shell, "cachet component s") == ["set"]


def test_completion_offers_statuses_and_options() -> None:
    assert complete("bash", "cachet component set 1 ma") == ["major_outage"]
    assert complete("bash", "cachet incident open --imp") == ["--impact"]


def test_completion_offers_contexts(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path_factory.mktemp("config") / "config.toml"
    path.write_text('[contexts.production]\nendpoint = "https://x.test/api/v1"\n', encoding="utf-8")
    monkeypatch.setenv("CACHET_CONFIG", str(path))
    assert complete("bash", "cachet component list --context pr") == ["production"]
    assert complete("bash", "cachet context use pr") == ["production"]


@pytest.mark.parametrize(
    "arguments", [("--help",), ("component", "set", "--help"), ("--version",), ("completion", "bash")]
)
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    out, imported = modules_after(*arguments)
    assert out
    assert imported == ""


@pytest.mark.parametrize("missing", ["click", "rich"])
def test_without_the_extra_the_error_says_what_to_install(missing: str) -> None:
    program = f"import runpy, sys; sys.modules[{missing!r}] = None; runpy.run_module('cachet_sdk', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"not installed ({missing})" in done.stderr
    assert "pip install 'cachet_sdk[cli]'" in done.stderr
    assert "python -m cachet_sdk.demo" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_entry_point_and_the_module_are_the_same_command() -> None:
    script = Path(sys.executable).with_name("cachet")
    done = subprocess.run([script, "--version"], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == f"cachet {cachet_sdk.__version__}\n"
    assert process("--version").stdout == done.stdout


def test_a_closed_pipe_prints_no_error(page_v1: Page) -> None:
    with page_v1.fake.client() as client:
        client.components.create_many([{"name": "x" * 190, "status": 1} for _ in range(600)])
    command = subprocess.Popen(
        [sys.executable, "-m", "cachet_sdk", "component", "list", "-o", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert command.stdout is not None
    assert command.stderr is not None
    assert command.stdout.readline()
    command.stdout.close()
    assert command.stderr.read() == b""
    assert command.wait(30) == 1
    command.stderr.close()


def test_ctrl_c_exits_with_130_and_without_a_traceback(page_v1: Page) -> None:
    command = subprocess.Popen(
        [sys.executable, "-m", "cachet_sdk", "incident", "show", "1", "--wait"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with page_v1.fake.client() as client:
        client.incidents.create(name="Slow", message="m", status=1)
    page_v1.fake.requests.clear()
    deadline = time.monotonic() + 30
    while not page_v1.fake.requests and time.monotonic() < deadline:
        time.sleep(0.02)
    command.send_signal(signal.SIGINT)
    out, err = command.communicate(timeout=30)
    assert (command.returncode, out) == (130, "")
    assert "Traceback" not in err


def test_serve_prints_the_variables_for_other_commands() -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "cachet_sdk", "serve", "--port", "0", "--cachet", "3"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout is not None
    lines = [server.stdout.readline() for _ in range(3)]
    settings = dict(line.removeprefix("export ").strip().split("=", 1) for line in lines)
    try:
        assert settings.keys() == {"CACHET_ENDPOINT", "CACHET_API_VERSION", "CACHET_API_TOKEN"}
        done = process("component", "create", "Web", "--status", "major", env={**os.environ, **settings})
        assert done.returncode == 0, done.stderr
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) == 0
        server.stdout.close()
