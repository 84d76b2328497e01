"""Type checkers accept code as users write it, and reject exactly the marked lines of ``refused.py``.

A checker that is not installed is skipped: the dependency group ``test`` is enough to run the suite.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
MARK = re.compile(r"# refused: (?P<mypy>[a-z, -]+) \| (?P<pyright>[A-Za-z, ]+)$")

ACCEPTED = [str(HERE / name) for name in ("accepted.py", "application.py", "webhooks_accepted.py")]
#: Checkers whose error codes are not compared, with the options that make them print one line per error.
OTHER_CHECKERS = {
    "ty": ["check", "--output-format", "concise", "--no-progress", "--error-on-warning", "--python", sys.prefix],
    "pyrefly": [
        "check",
        "--preset",
        "default",
        "--output-format",
        "min-text",
        "--python-interpreter-path",
        sys.executable,
    ],
}

#: The error codes by file name and line.
Errors = dict[tuple[str, int], set[str]]


def marks(checker: str) -> Errors:
    found: Errors = {}
    for number, line in enumerate((HERE / "refused.py").read_text(encoding="utf-8").splitlines(), 1):
        mark = MARK.search(line)
        if mark:
            found["refused.py", number] = set(mark[checker].split(", "))
    return found


def run(module: str, *arguments: str) -> str:
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} is not installed; the dependency group 'types' has it")
    command = "-m", module, *arguments
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    return done.stdout


def mypy_errors() -> Errors:
    found: Errors = {}
    for line in run("mypy", "--no-pretty", *ACCEPTED, str(HERE / "refused.py")).splitlines():
        error = re.match(r"(?P<file>.+?):(?P<line>\d+): error: .*\[(?P<code>[a-z-]+)\]$", line)
        if error:
            found.setdefault((Path(error["file"]).name, int(error["line"])), set()).add(error["code"])
    return found


def pyright_errors() -> Errors:
    report = run("pyright", "--outputjson", "-p", str(HERE), "--pythonpath", sys.executable)
    found: Errors = {}
    for error in json.loads(report)["generalDiagnostics"]:
        place = Path(error["file"]).name, error["range"]["start"]["line"] + 1
        rule = error.get("rule", error["message"])
        if not rule.startswith("reportUnknown"):  # caused by another error on the line
            found.setdefault(place, set()).add(rule)
    return found


def test_every_wrong_line_is_marked_for_both_checkers() -> None:
    lines = (HERE / "refused.py").read_text(encoding="utf-8").splitlines()

    assert len(marks("mypy")) == len(marks("pyright")) == sum("refused:" in line for line in lines) > 30


@pytest.mark.parametrize(
    ("checker", "find_errors"), [("mypy", mypy_errors), ("pyright", pyright_errors)], ids=["mypy", "pyright"]
)
def test_a_checker_rejects_the_marked_lines_and_no_others(checker: str, find_errors: object) -> None:
    assert callable(find_errors)
    assert find_errors() == marks(checker)


@pytest.mark.parametrize("checker", OTHER_CHECKERS)
def test_other_checkers_accept_valid_code_and_reject_most_marked_lines(checker: str) -> None:
    report = run(checker, *OTHER_CHECKERS[checker], *ACCEPTED, str(HERE / "refused.py"))
    errors = {(Path(file).name, int(line)) for file, line in re.findall(r"([\w./\\-]+\.py):(\d+):\d+", report)}

    assert errors <= marks("mypy").keys()
    # ty accepts unknown keywords of overloads, and pyrefly assignments to Final attributes of pydantic models.
    assert len(errors) > 0.9 * len(marks("mypy"))
