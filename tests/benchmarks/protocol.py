"""The protocol between the harness and a worker process: one JSON line per request and response.

A worker offers workloads by name. `{"workload": "get", "calls": 100}` runs one; the response is `{"value": …}`, in
seconds or bytes, or `{"error": …}`. This module uses only the standard library, so that any interpreter can run it.
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

Workload = Callable[[int], float]


class ServerAddress(NamedTuple):
    """The address of the static server. `url` returns an endpoint with that many rows and milliseconds of delay."""

    port: int

    def url(self, rows: int = 100, delay: int = 0) -> str:
        return f"http://127.0.0.1:{self.port}/{rows}/{delay}/api/v1"


def repeated(call: Callable[[], object]) -> Workload:
    """Return a workload that makes a call `calls` times and returns the total seconds."""

    def run(calls: int) -> float:
        start = time.perf_counter()
        for _ in range(calls):
            call()
        return time.perf_counter() - start

    return run


def serve(make_workloads: Callable[[ServerAddress], dict[str, Workload]]) -> None:
    """Run workloads as requested on stdin, until it ends, against the server at the port in the first argument."""
    workloads = make_workloads(ServerAddress(int(sys.argv[1])))
    print(json.dumps(sorted(workloads)), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        gc.collect()
        try:
            response: dict[str, object] = {"value": workloads[request["workload"]](request["calls"])}
        except Exception as error:  # noqa: BLE001 - a failure is reported in the table, and the others continue
            response = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(response), flush=True)


class FailedError(Exception):
    """A worker could not run its workload. The message says why."""


class Worker:
    """A worker process, as seen by the harness. It is started on first use."""

    def __init__(self, python: str, module: str, port: int) -> None:
        self._command = [python, "-m", f"tests.benchmarks.{module}", str(port)]
        self._process: subprocess.Popen[str] | None = None
        self._ended = ""

    def run(self, workload: str, calls: int) -> float:
        """Run a workload once and return what it measured.

        Raises:
            FailedError: The worker did not start, does not offer the workload, or raised an exception.
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
        self._process.stdin.write(json.dumps({"workload": workload, "calls": calls}) + "\n")
        self._process.stdin.flush()
        response = json.loads(self._line())
        if "error" in response:
            raise FailedError(response["error"])
        return float(response["value"])

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
            errors = self._process.stderr.read().strip().splitlines()
            self._ended = errors[-1] if errors else "the worker ended without an error message"
            raise FailedError(self._ended)
        return line
