"""Type checkers accept what users write; mypy and pyright refuse of ``refused.py`` the marked lines and no others.

A checker that is not installed is skipped: the suite runs with the dependency group ``test`` alone.
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
#: Checkers without codes to compare: each with the options that make it print one line per complaint.
READERS = {
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

#: File name and line → what is complained of.
Complaints = dict[tuple[str, int], set[str]]


def marks(checker: str) -> Complaints:
    found: Complaints = {}
    for number, line in enumerate((HERE / "refused.py").read_text(encoding="utf-8").splitlines(), 1):
        mark = MARK.search(line)
        if mark:
            found["refused.py", number] = set(mark[checker].split(", "))
    return found


def run(module: str, *arguments: str) -> str:
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} is not installed; the dependency group 'types' has it")
    command = "-m", module, *arguments
    ended = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode in {0, 1}, ended.stdout + ended.stderr
    return ended.stdout


def complaints_of_mypy() -> Complaints:
    found: Complaints = {}
    for line in run("mypy", "--no-pretty", *ACCEPTED, str(HERE / "refused.py")).splitlines():
        error = re.match(r"(?P<file>.+?):(?P<line>\d+): error: .*\[(?P<code>[a-z-]+)\]$", line)
        if error:
            found.setdefault((Path(error["file"]).name, int(error["line"])), set()).add(error["code"])
    return found


def complaints_of_pyright() -> Complaints:
    report = run("pyright", "--outputjson", "-p", str(HERE), "--pythonpath", sys.executable)
    found: Complaints = {}
    for error in json.loads(report)["generalDiagnostics"]:
        place = Path(error["file"]).name, error["range"]["start"]["line"] + 1
        rule = error.get("rule", error["message"])
        if not rule.startswith("reportUnknown"):  # what follows from another error of the line
            found.setdefault(place, set()).add(rule)
    return found


def test_there_are_marks_to_compare_with() -> None:
    lines = (HERE / "refused.py").read_text(encoding="utf-8").splitlines()

    assert len(marks("mypy")) == len(marks("pyright")) == sum("refused:" in line for line in lines) > 30


@pytest.mark.parametrize(
    ("checker", "complain"), [("mypy", complaints_of_mypy), ("pyright", complaints_of_pyright)], ids=["mypy", "pyright"]
)
def test_a_checker_refuses_what_is_marked_and_nothing_else(checker: str, complain: object) -> None:
    assert callable(complain)
    assert complain() == marks(checker)


@pytest.mark.parametrize("checker", READERS)
def test_other_checkers_accept_what_users_write_and_refuse_most_of_what_is_marked(checker: str) -> None:
    report = run(checker, *READERS[checker], *ACCEPTED, str(HERE / "refused.py"))
    complaints = {(Path(file).name, int(line)) for file, line in re.findall(r"([\w./\\-]+\.py):(\d+):\d+", report)}

    assert complaints <= marks("mypy").keys()
    # ty lets an unknown keyword of an overload pass, and pyrefly assignments to Final attributes of pydantic models.
    assert len(complaints) > 0.9 * len(marks("mypy"))
