"""Run the fault matrix and print its outcomes: ``python -m tests.faults``."""

from __future__ import annotations

import asyncio
import itertools
import logging
import sys
from io import StringIO

from tests.faults.at_most_once import create_in_threads, create_points_in_tasks
from tests.faults.cells import Outcome, run_row
from tests.faults.matrix import KINDS, OPERATIONS, ROUTES, ROWS, TOTAL_TIMEOUT, VERSIONS

#: How many writes are sent to the server that fails at random.
WRITES = 10_000


def cell(outcome: Outcome) -> str:
    """Format an outcome: the error, ``?`` if the write may have been applied, requests received, seconds."""
    name = type(outcome.error).__name__.removesuffix("Error") if outcome.error else "done"
    maybe = "?" if getattr(outcome.error, "maybe_applied", False) else ""
    return f"{name}{maybe} x{outcome.reached} {outcome.seconds:.2f}"


def main() -> int:
    """Run the whole matrix and print it. Return the exit status."""
    log = StringIO()
    logging.basicConfig(level=logging.DEBUG, stream=log)
    wrong: list[str] = []
    searched = 0
    print(f"each cell: error, ? = may have been applied, x requests received, seconds (of {TOTAL_TIMEOUT})")
    print("in each cell: " + ", ".join(KINDS))
    for route, version in itertools.product(ROUTES, VERSIONS):
        print(f"\nCachet's API {version}, {route}\n")
        print(f"{'fault':44}" + "".join(f"{operation:52}" for operation in OPERATIONS))
        for row in ROWS:
            log.seek(0)
            log.truncate()
            outcomes = run_row(row, version, route)
            logged = log.getvalue()
            line = f"{row.fault.name:44}"
            for operation in OPERATIONS:
                both = [outcome for outcome in outcomes if outcome.operation == operation]
                line += f"{' | '.join(cell(outcome) for outcome in both):52}"
            print(line.rstrip(), flush=True)
            for outcome in outcomes:
                searched += len(outcome.shown) + len(logged)
                verdict = outcome.verdict(row.on_route(route)) or (
                    "the log shows the token" if outcome.token in logged else None
                )
                if verdict:
                    where = f"{route}, API {version}, {row.fault.name}, {outcome.operation} {outcome.client_kind}"
                    wrong.append(f"{where}: {verdict}")
    logging.disable()
    for what, ledger in (
        ("creates, sync", create_in_threads(WRITES)),
        ("metric points, async", asyncio.run(create_points_in_tasks(WRITES))),
    ):
        print(f"\n{WRITES:,} {what}, through a server that fails at random: {len(ledger.created):,} created,", end=" ")
        print(
            f"{len(ledger.not_created):,} not, {len(ledger.maybe):,} maybe; none twice, every error was right", end=""
        )
    cells = len(ROUTES) * len(VERSIONS) * len(ROWS) * len(OPERATIONS) * len(KINDS)
    print(f"\n\n{len(ROWS)} faults, {cells} cells, {len(wrong)} wrong;")
    print(f"{searched // 1000:,} kB of messages, logs, pickles and frames searched for tokens")
    for problem in wrong:
        print(f"WRONG: {problem}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
