"""How the harness talks to a worker process: one JSON line asks, one answers. Standard library only, any interpreter.

A worker offers works by name. `{"work": "get", "calls": 100}` runs one; the answer is `{"value": …}`, in seconds or
bytes, or `{"error": …}`.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]

Work = Callable[[int], float]


class Place(NamedTuple):
    """Where the static server is: `url` gives an endpoint with lists of that many rows, that many milliseconds away."""

    port: int

    def url(self, rows: int = 100, delay: int = 0) -> str:
        return f"http://127.0.0.1:{self.port}/{rows}/{delay}/api/v1"


def repeated(call: Callable[[], object]) -> Work:
    """Make a work of one call: it is made `calls` times, timed together."""

    def run(calls: int) -> float:
        start = time.perf_counter()
        for _ in range(calls):
            call()
        return time.perf_counter() - start

    return run


def serve(make_works: Callable[[Place], dict[str, Work]]) -> None:
    """Be a worker for the server at the port given as the argument: run the works asked for until stdin ends."""
    works = make_works(Place(int(sys.argv[1])))
    print(json.dumps(sorted(works)), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        gc.collect()
        try:
            answer: dict[str, object] = {"value": works[asked["work"]](asked["calls"])}
        except Exception as error:  # noqa: BLE001 - a contender that fails is reported in the table, the others go on
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


class FailedError(Exception):
    """A contender could not do its work; the message says why."""


class Worker:
    """The harness's end of a worker process, started on first use."""

    def __init__(self, python: str, module: str, port: int) -> None:
        self._command = [python, "-m", f"tests.benchmarks.{module}", str(port)]
        self._process: subprocess.Popen[str] | None = None
        self._ended = ""

    def run(self, work: str, calls: int) -> float:
        """Run a work once and return what it measured.

        Raises:
            FailedError: the worker did not start, does not offer the work, or raised.
        """
        if self._ended:
            raise FailedError(self._ended)
        if self._process is None:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            self._line()
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"work": work, "calls": calls}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._line())
        if "error" in answer:
            raise FailedError(answer["error"])
        return float(answer["value"])

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def _line(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        line = self._process.stdout.readline()
        if not line:
            told = self._process.stderr.read().strip().splitlines()
            self._ended = told[-1] if told else "the worker ended without a word"
            raise FailedError(self._ended)
        return line
