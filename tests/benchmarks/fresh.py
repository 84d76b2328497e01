"""Imports, which have to be measured in fresh interpreters."""

from __future__ import annotations

import subprocess
import sys

from tests.benchmarks.protocol import ROOT, Workload

TIMED = "import time; start = time.perf_counter(); {statement}; print(time.perf_counter() - start)"


def importing(statement: str) -> Workload:
    """Return a workload that runs an import in that many fresh interpreters, and returns the total seconds."""

    def run(calls: int) -> float:
        command = [sys.executable, "-c", TIMED.format(statement=statement)]
        return sum(float(subprocess.check_output(command, cwd=ROOT, text=True)) for _ in range(calls))

    return run
