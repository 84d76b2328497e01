"""The table of measurements: each workload, how often it runs, its rivals, and the highest ratio allowed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rival:
    """A worker to compare with. `at_most` is None for information only. `workload` is set if it differs from ours."""

    worker: str
    at_most: float | None
    workload: str | None = None

    def label(self, workload: str) -> str:
        return self.worker if self.workload in {None, workload} else f"{self.worker}, {self.workload}"


@dataclass(frozen=True)
class Row:
    """A workload, run `calls` times in each of `rounds`. `quick` has both numbers for `--quick`."""

    name: str
    workload: str
    rivals: tuple[Rival, ...]
    calls: int
    rounds: int
    quick: tuple[int, int]
    unit: str = "µs"


CLIENT, GENERATED, BARE, OURS = "cachet-client", "cachethq-client", "bare httpx", "ours"
UNITS = {"µs": 1e6, "ms": 1e3, "KiB": 1 / 1024}  # factors from seconds and bytes


def _list(rows: int, calls: int, rounds: int) -> Row:
    rivals = (Rival(CLIENT, 0.85 if rows <= 100 else 0.9), Rival(GENERATED, 0.58), Rival(BARE, 1.2))
    return Row(f"list of {rows:,}", f"list {rows}", rivals, calls, rounds, (max(1, calls // 4), 5), "ms")


ROWS = (
    Row(
        "get(1)",
        "get",
        (Rival(CLIENT, 0.5), Rival(GENERATED, 0.95), Rival(BARE, 0.75), Rival(BARE, 1.15, "get by transport")),
        100,
        31,
        (50, 9),
    ),
    _list(100, 40, 31),
    _list(1000, 5, 21),
    _list(10_000, 1, 15),
    Row("get(1), Cachet 3", "get cachet 3", (Rival(BARE, 0.75),), 100, 31, (50, 9)),
    Row("list of 100, Cachet 3", "list 100 cachet 3", (Rival(BARE, 1.2),), 40, 31, (10, 5), "ms"),
    Row("create", "create", (Rival(CLIENT, 0.55),), 100, 31, (50, 9)),
    Row("update", "update", (Rival(CLIENT, 0.55),), 100, 31, (50, 9)),
    Row("list of 10,000 subscribers, 20 ms away", "far subscribers", (Rival(CLIENT, 0.12),), 1, 5, (1, 1), "ms"),
    Row("1,000 metric points, 20 ms away", "far points", (Rival(CLIENT, 0.04),), 1000, 3, (1000, 1), "ms"),
    Row(
        "import cachet_sdk",
        "import",
        (Rival(BARE, 1.1), Rival(BARE, None, "import with BaseModel"), Rival(OURS, None, "import with Client")),
        1,
        15,
        (1, 7),
        "ms",
    ),
    # Both include httpx's TLS settings. The difference is our managers and the modules of the models.
    Row("first https client", "first client", (Rival(BARE, None),), 1, 15, (1, 7), "ms"),
    Row("memory, iterating 1,000,000", "memory", (Rival(OURS, 3.0, "page held"),), 1_000_000, 1, (50_000, 1), "KiB"),
    Row(
        "1,000 concurrent gets",
        "gathered",
        (Rival(BARE, 1.0), Rival(BARE, None, "gathered behind a semaphore")),
        1000,
        3,
        (300, 1),
    ),
)
