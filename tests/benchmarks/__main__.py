"""`python -m tests.benchmarks`: measure all rows in interleaved rounds, print the ratios, fail if one is too high."""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks import peers
from tests.benchmarks.protocol import ROOT, FailedError, Worker
from tests.benchmarks.rows import BARE, CLIENT, GENERATED, OURS, ROWS, UNITS, Rival, Row

COLUMNS = "{:<42} {:<40} {:>10} {:>10} {:>4} {:>7} {:>8}  {}"


def main() -> int:
    options = _options()
    rows = _chosen(options.only)
    if not rows:
        print(f"no row matches {options.only}; the rows are: {'; '.join(row.name for row in ROWS)}", file=sys.stderr)
        return 2
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.server"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    workers = _workers(int(server.stdout.readline()))
    results = []
    try:
        print(COLUMNS.format("workload", "against", "ours", "theirs", "", "ratio", "at most", "ok?"))
        for row in rows:
            measured = _measure(row, workers, quick=options.quick)
            for result in _results(row, measured):
                results.append(result)
                _print(result)
    finally:
        for worker in workers.values():
            worker.close()
        server.kill()
        server.communicate()
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps({"machine": _machine(), "quick": options.quick, "rows": results}, indent=1))
    return 0 if all(result["ok"] is not False for result in results) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--only", metavar="ROW", action="append", help="run the rows whose name contains this; may be repeated"
    )
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller batches, for a rough idea")
    parser.add_argument("--json", metavar="PATH", type=Path, help="also write the results to this file, as JSON")
    return parser.parse_args()


def _chosen(names: list[str] | None) -> list[Row]:
    # A full name selects that row only; a part selects every row that contains it.
    if not names:
        return list(ROWS)
    whole = {row.name for row in ROWS} & set(names)
    parts = [name for name in names if name not in whole]
    return [row for row in ROWS if row.name in whole or any(part in row.name for part in parts)]


def _workers(port: int) -> dict[str, Worker]:
    peer_python = peers.python()
    return {
        OURS: Worker(sys.executable, "worker_ours", port),
        BARE: Worker(sys.executable, "worker_bare", port),
        CLIENT: Worker(peer_python, "worker_cachet_client", port),
        GENERATED: Worker(peer_python, "worker_cachethq_client", port),
    }


Measured = dict[
    tuple[str, str], list[float] | str
]  # by worker and workload: a value per call for each round, or why it failed


def _measure(row: Row, workers: dict[str, Worker], *, quick: bool) -> Measured:
    calls, rounds = row.quick if quick else (row.calls, row.rounds)
    contenders = [(OURS, row.workload), *((rival.worker, rival.workload or row.workload) for rival in row.rivals)]
    measured: Measured = {contender: [] for contender in contenders}
    warm = 1 if rounds > 3 else 0
    for number in range(rounds + warm):
        # Alternate the order, so that none always runs after the same other one.
        for contender in contenders if number % 2 else reversed(contenders):
            taken = measured[contender]
            if isinstance(taken, str):
                continue
            name, workload = contender
            try:
                value = workers[name].run(workload, calls)
            except FailedError as failed:
                measured[contender] = str(failed)
                continue
            if number >= warm:
                taken.append(value if row.unit == "KiB" else value / _divisor(row, calls))
    return measured


def _divisor(row: Row, calls: int) -> int:
    # A bulk operation is shown as a whole, not per call.
    return 1 if row.workload == "far points" else calls


def _results(row: Row, measured: Measured) -> list[dict[str, object]]:
    return [
        _result(row, rival, measured[OURS, row.workload], measured[rival.worker, rival.workload or row.workload])
        for rival in row.rivals
    ]


def _result(row: Row, rival: Rival, ours: list[float] | str, theirs: list[float] | str) -> dict[str, object]:
    result: dict[str, object] = {
        "workload": row.name,
        "against": rival.label(row.workload),
        "unit": row.unit,
        "ours": None,
        "theirs": None,
        "ratio": None,
        "at_most": rival.at_most,
        "ok": None,
    }
    for side, values in (("ours", ours), ("theirs", theirs)):
        if isinstance(values, str):
            result[f"{side}_failed"] = values
            result["ok"] = None if rival.at_most is None else False
        else:
            result[side] = statistics.median(values) * UNITS[row.unit]
            result[f"{side}_rounds"] = [round(value * UNITS[row.unit], 3) for value in values]
    if not isinstance(ours, str) and not isinstance(theirs, str):
        ratio = statistics.median(ours) / statistics.median(theirs)
        result["ratio"] = ratio
        result["ok"] = None if rival.at_most is None else ratio <= rival.at_most
    return result


def _print(result: dict[str, object]) -> None:
    def shown(value: object, digits: int) -> str:
        return f"{value:,.{digits}f}" if isinstance(value, float) else "-"

    verdict = {True: "ok", False: "NO", None: "for information"}[result["ok"]]  # type: ignore[index]  # ok is bool or None
    failures = [str(result[key]) for key in ("ours_failed", "theirs_failed") if key in result]
    print(
        COLUMNS.format(
            str(result["workload"]),
            str(result["against"]),
            shown(result["ours"], 1),
            shown(result["theirs"], 1),
            str(result["unit"]),
            shown(result["ratio"], 3),
            shown(result["at_most"], 2),
            "; ".join([verdict, *failures]),
        ),
        flush=True,
    )


def _machine() -> dict[str, str]:
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "httpx": version("httpx"),
        "pydantic": version("pydantic"),
        "peers": ", ".join(peers.PINS),
    }


if __name__ == "__main__":
    sys.exit(main())
