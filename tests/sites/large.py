"""The time and memory that importing and exporting a large page takes, measured in a separate process."""

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
    """The time and memory of a run.

    Attributes:
        export_seconds: Duration of the export.
        import_seconds: Duration of the import.
        export_mib: Peak memory growth of the exporting process.
        import_mib: Peak memory growth of the importing process.
    """

    export_seconds: float
    import_seconds: float
    export_mib: float
    import_mib: float


def write_page(path: Path, components: int, points: int) -> None:
    """Write an archive with that many components and points."""
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
    """Run a task in this process, and print its seconds and MiB."""
    with Client(endpoint, token, version="3", timezone="UTC") as client:
        client.ping()
        memory, start = Memory(), time.perf_counter()
        if task == "export":
            sites.export_site(client, archive, progress=memory.sample)
        else:
            sites.import_site(archive, client, progress=memory.sample)
        memory.sample("", 0)
        print(json.dumps([time.perf_counter() - start, memory.growth]))


def run(components: int, points: int) -> Figures:
    """Import a page into an embedded Cachet on a socket, export it again, and compare."""
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "first.jsonl", Path(folder) / "second.jsonl"
        write_page(first, components, points)
        with FakeCachet("3", rate_limit=None).serve() as server:
            imported = _run_worker("import", server.endpoint, first)
            exported = _run_worker("export", server.endpoint, second)
        rows = [_count_rows(first), _count_rows(second)]
    if rows[0] != rows[1]:
        raise AssertionError(f"imported {rows[0]} rows but exported {rows[1]}")
    return Figures(exported[0], imported[0], exported[1], imported[1])


def _run_worker(task: str, endpoint: str, archive: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "tests.sites", "--worker", task, endpoint, "secret-token", str(archive)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=3600)
    seconds, mib = json.loads(done.stdout)
    return seconds, mib


def _count_rows(path: Path) -> int:
    with path.open("rb") as file:
        return sum(b'"kind":' in line for line in file)


class Memory:
    """The peak memory growth of this process.

    Measured by samples: the peak that the system reports starts with that of the parent process, which runs the server.
    """

    def __init__(self) -> None:
        self._first = self._now()
        self.growth = 0.0

    def sample(self, kind: str, rows: int) -> None:
        """Take a sample every 500 rows."""
        del kind
        if rows % 500 == 0:
            self.growth = max(self.growth, self._now() - self._first)

    @staticmethod
    def _now() -> float:
        """Return the memory in use, in MiB."""
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() / (1024 * 1024)
