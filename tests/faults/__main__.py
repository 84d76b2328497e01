"""Prints the matrix as it comes out: ``python -m tests.faults``."""

from __future__ import annotations

import asyncio
import itertools
import logging
import sys
from io import StringIO

from tests.faults.at_most_once import create_in_threads, push_in_tasks
from tests.faults.cells import Outcome, run_row
from tests.faults.matrix import KINDS, OPERATIONS, ROUTES, ROWS, TOTAL_TIMEOUT, VERSIONS

#: How many writes go through the server that fails at random.
WRITES = 10_000


def cell(outcome: Outcome) -> str:
    """Write an outcome: the error, ``?`` where the write may have been carried out, requests that arrived, seconds."""
    name = type(outcome.error).__name__.removesuffix("Error") if outcome.error else "done"
    maybe = "?" if getattr(outcome.error, "maybe_applied", False) else ""
    return f"{name}{maybe} x{outcome.reached} {outcome.seconds:.2f}"


def main() -> int:
    """Run the whole matrix and print it; tell the exit status."""
    log = StringIO()
    logging.basicConfig(level=logging.DEBUG, stream=log)
    wrong: list[str] = []
    searched = 0
    print(f"each cell: error, ? = may have been carried out, x requests that arrived, seconds (of {TOTAL_TIMEOUT})")
    print("in each cell: " + ", ".join(KINDS))
    for route, version in itertools.product(ROUTES, VERSIONS):
        print(f"\nCachet's API {version}, {route}\n")
        print(f"{'fault':44}" + "".join(f"{operation:52}" for operation in OPERATIONS))
        for row in ROWS:
            log.seek(0)
            log.truncate()
            outcomes = run_row(row, version, route)
            told = log.getvalue()
            line = f"{row.fault.name:44}"
            for operation in OPERATIONS:
                both = [outcome for outcome in outcomes if outcome.operation == operation]
                line += f"{' | '.join(cell(outcome) for outcome in both):52}"
            print(line.rstrip(), flush=True)
            for outcome in outcomes:
                searched += len(outcome.shown) + len(told)
                verdict = outcome.verdict(row.along(route)) or (
                    "the log shows the token" if outcome.token in told else None
                )
                if verdict:
                    where = f"{route}, API {version}, {row.fault.name}, {outcome.operation} {outcome.client_kind}"
                    wrong.append(f"{where}: {verdict}")
    logging.disable()
    for what, ledger in (
        ("creates, blocking", create_in_threads(WRITES)),
        ("metric points, asyncio", asyncio.run(push_in_tasks(WRITES))),
    ):
        print(f"\n{WRITES:,} {what}, through a server that fails at random: {len(ledger.made):,} made,", end=" ")
        print(f"{len(ledger.not_made):,} surely not, {len(ledger.maybe):,} perhaps; none twice, no error lied", end="")
    cells = len(ROUTES) * len(VERSIONS) * len(ROWS) * len(OPERATIONS) * len(KINDS)
    print(f"\n\n{len(ROWS)} faults, {cells} cells, {len(wrong)} wrong;")
    print(f"{searched // 1000:,} kB of messages, logs, pickles and frames searched for tokens")
    for problem in wrong:
        print(f"WRONG: {problem}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
