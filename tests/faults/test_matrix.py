"""Every cell of the matrix has the outcome in the table, and shows no token."""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from tests.faults.cells import run_row
from tests.faults.matrix import ONE_QUICK_RETRY, OPERATIONS, ROWS, Route, Row


@dataclass
class Logged:
    """The log of a test, at every level."""

    records: pytest.LogCaptureFixture

    def assert_no_token(self) -> None:
        """Fail if nothing was logged, or anything that looks like a token."""
        assert self.records.records
        assert not re.search(r"\b[0-9a-f]{32}\b", self.records.text)


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Logged:
    caplog.set_level(logging.DEBUG)
    return Logged(caplog)


#: A read and a write are enough to show how versions and routes differ. "make faults" runs all operations.
READ_AND_WRITE = ("GET", "POST")
SAMPLED: tuple[tuple[Route, str, Sequence[str]], ...] = (
    ("direct", "1", OPERATIONS),
    ("direct", "3", READ_AND_WRITE),
    ("proxy", "1", READ_AND_WRITE),
    ("tunnel", "3", READ_AND_WRITE),
    ("http_client", "1", READ_AND_WRITE),
)
SLOW, QUICK = [row for row in ROWS if row.ends_by_timeout], [row for row in ROWS if not row.ends_by_timeout]


def check(row: Row, route: Route, version: str, operations: Sequence[str]) -> list[str]:
    """Run a row, and return what differs from the table. ``make faults`` waits as long as real clients."""
    outcomes = run_row(row, version, route, ONE_QUICK_RETRY, operations)
    # A machine busy with other tests wakes threads late. A call that its deadline does not end takes many seconds.
    return [
        f"{outcome.operation} {outcome.client_kind}: {verdict}"
        for outcome in outcomes
        if (verdict := outcome.verdict(row.on_route(route), slack=1.0)) is not None
    ]


@pytest.mark.parametrize(("route", "version", "operations"), SAMPLED, ids=lambda it: it if isinstance(it, str) else "")
@pytest.mark.parametrize("row", QUICK, ids=lambda row: row.fault.name)
def test_a_fault_has_the_outcome_in_the_matrix(
    row: Row, route: Route, version: str, operations: Sequence[str], logged: Logged
) -> None:
    assert check(row, route, version, operations) == []
    logged.assert_no_token()


def test_faults_that_end_by_a_timeout_have_the_outcome_in_the_matrix(logged: Logged) -> None:
    """Run their cells concurrently, as each of them waits for seconds."""
    cells = list(itertools.product(SLOW, SAMPLED))
    with ThreadPoolExecutor(len(cells)) as pool:
        problems = list(pool.map(lambda cell: check(cell[0], *cell[1]), cells))
    wrong = {
        (row.fault.name, route, version): found
        for (row, (route, version, _)), found in zip(cells, problems, strict=True)
    }
    assert not {cell: found for cell, found in wrong.items() if found}
    assert len(SLOW) > 3
    logged.assert_no_token()


def test_the_names_of_faults_are_unique() -> None:
    names = [row.fault.name for row in ROWS]
    assert len(set(names)) == len(names)
