"""Both type checkers accept ``accepted.py``, and refuse of ``refused.py`` the marked lines and no others."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
MARK = re.compile(r"# refused: (?P<mypy>[a-z, -]+) \| (?P<pyright>[A-Za-z, ]+)$")

#: File name and line → what is complained of.
Complaints = dict[tuple[str, int], set[str]]


def marks(checker: str) -> Complaints:
    found: Complaints = {}
    for number, line in enumerate((HERE / "refused.py").read_text(encoding="utf-8").splitlines(), 1):
        mark = MARK.search(line)
        if mark:
            found["refused.py", number] = set(mark[checker].split(", "))
    return found


def run(*command: str) -> str:
    ended = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode in {0, 1}, ended.stdout + ended.stderr
    return ended.stdout


def complaints_of_mypy() -> Complaints:
    found: Complaints = {}
    for line in run("-m", "mypy", "--no-pretty", str(HERE / "accepted.py"), str(HERE / "refused.py")).splitlines():
        error = re.match(r"(?P<file>.+?):(?P<line>\d+): error: .*\[(?P<code>[a-z-]+)\]$", line)
        if error:
            found.setdefault((Path(error["file"]).name, int(error["line"])), set()).add(error["code"])
    return found


def complaints_of_pyright() -> Complaints:
    report = run("-m", "pyright", "--outputjson", "-p", str(HERE), "--pythonpath", sys.executable)
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
