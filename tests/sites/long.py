"""A large page, moved in a process of its own: how long it takes, and how much memory more than a small one."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cachet_sdk import Client, sites
from cachet_sdk.sites.archive import ArchiveWriter, Header
from cachet_sdk.testing import FakeCachet

START = datetime(2026, 1, 1, tzinfo=UTC)
METRICS = 20


class Figures(NamedTuple):
    """What a run took.

    Attributes:
        export_seconds: Time to export.
        import_seconds: Time to import.
        export_mib: Memory that the exporting process grew by, at most.
        import_mib: The same of the importing one.
    """

    export_seconds: float
    import_seconds: float
    export_mib: float
    import_mib: float


def write_page(path: Path, components: int, points: int) -> None:
    """Write an archive of a page of some size."""
    header = Header(id="0" * 16, endpoint="https://old.test/api", release="3", started_at=START, kinds=[])
    writer = ArchiveWriter(path, header)
    writer.begin("component")
    for number in range(components):
        row = {"kind": "component", "id": number + 1, "name": f"Component {number}", "status": "operational"}
        writer.write(json.dumps(row).encode())
    writer.end()
    writer.begin("metric")
    for number in range(METRICS):
        metric = {"kind": "metric", "id": number + 1, "name": f"Metric {number}", "suffix": "ms"}
        writer.write(json.dumps(metric).encode())
    writer.end()
    for number in range(METRICS):
        writer.begin(f"point/{number + 1}")
        for index in range(points // METRICS):
            moment = (START + timedelta(minutes=index)).isoformat()
            point = {"kind": "point", "id": index + 1, "metric_id": number + 1, "value": index % 97}
            writer.write(json.dumps({**point, "created_at": moment}).encode())
        writer.end()
    writer.finish()


def worker(task: str, endpoint: str, token: str, archive: str) -> None:
    """Do a task in this process, and print seconds and MiB."""
    with Client(endpoint, token, version="3", timezone="UTC") as client:
        client.ping()
        memory, began = Memory(), time.perf_counter()
        if task == "export":
            sites.export_site(client, archive, progress=memory.look)
        else:
            sites.import_site(archive, client, progress=memory.look)
        memory.look("", 0)
        print(json.dumps([time.perf_counter() - began, memory.growth]))


def run(components: int, points: int) -> Figures:
    """Import a page into an embedded Cachet on a socket, export it again, and compare."""
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "first.jsonl", Path(folder) / "second.jsonl"
        write_page(first, components, points)
        with FakeCachet("3", rate_limit=None).serve() as server:
            imported = _in_a_process("import", server.endpoint, first)
            exported = _in_a_process("export", server.endpoint, second)
        rows = [_rows(first), _rows(second)]
    if rows[0] != rows[1]:
        raise AssertionError(f"{rows[0]} rows went in and {rows[1]} came out")
    return Figures(exported[0], imported[0], exported[1], imported[1])


def _in_a_process(task: str, endpoint: str, archive: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "tests.sites", "--worker", task, endpoint, "secret-token", str(archive)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=3600)
    seconds, mib = json.loads(done.stdout)
    return seconds, mib


def _rows(path: Path) -> int:
    with path.open("rb") as file:
        return sum(b'"kind":' in line for line in file)


class Memory:
    """How much this process has grown since it was looked at first, at most.

    The system's own mark of the most memory is that of the parent to begin with, which holds the server.
    """

    def __init__(self) -> None:
        self._first = self._now()
        self.growth = 0.0

    def look(self, kind: str, rows: int) -> None:
        """Look again, now and then."""
        del kind
        if rows % 500 == 0:
            self.growth = max(self.growth, self._now() - self._first)

    @staticmethod
    def _now() -> float:
        """Return the memory in use, in MiB."""
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() / (1024 * 1024)
