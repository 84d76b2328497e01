"""What has to be measured in a fresh interpreter: importing."""

from __future__ import annotations

import subprocess
import sys

from tests.benchmarks.protocol import ROOT, Work

TIMED = "import time; start = time.perf_counter(); {statement}; print(time.perf_counter() - start)"


def importing(statement: str) -> Work:
    """Make a work of an import statement: the seconds it took, summed over that many fresh interpreters."""

    def run(calls: int) -> float:
        command = [sys.executable, "-c", TIMED.format(statement=statement)]
        return sum(float(subprocess.check_output(command, cwd=ROOT, text=True)) for _ in range(calls))

    return run
