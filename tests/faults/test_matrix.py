"""Every cell of the matrix does what the table says, and shows the token to nobody."""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from tests.faults.cells import run_row
from tests.faults.matrix import OPERATIONS, ROWS, SOON, Route, Row


@dataclass
class Logged:
    """What was logged at any level."""

    records: pytest.LogCaptureFixture

    def shows_no_token(self) -> None:
        """Fail when there is nothing, or anything that only tokens look like."""
        assert self.records.records
        assert not re.search(r"\b[0-9a-f]{32}\b", self.records.text)


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Logged:
    caplog.set_level(logging.DEBUG)
    return Logged(caplog)


#: What a version or a route adds shows in a read and a write; "make faults" runs all of it.
READ_AND_WRITE = ("GET", "POST")
SAMPLED: tuple[tuple[Route, str, Sequence[str]], ...] = (
    ("direct", "1", OPERATIONS),
    ("direct", "3", READ_AND_WRITE),
    ("proxy", "1", READ_AND_WRITE),
    ("tunnel", "3", READ_AND_WRITE),
    ("http_client", "1", READ_AND_WRITE),
)
SLOW, QUICK = [row for row in ROWS if row.waits], [row for row in ROWS if not row.waits]


def check(row: Row, route: Route, version: str, operations: Sequence[str]) -> list[str]:
    """Run a row, and return what is not as promised. ``make faults`` waits as long as clients do."""
    outcomes = run_row(row, version, route, SOON, operations)
    # A machine that is busy with other tests wakes threads late. What a deadline does not end takes many seconds.
    return [
        f"{outcome.operation} {outcome.client_kind}: {verdict}"
        for outcome in outcomes
        if (verdict := outcome.verdict(row.along(route), slack=1.0)) is not None
    ]


@pytest.mark.parametrize(("route", "version", "operations"), SAMPLED, ids=lambda it: it if isinstance(it, str) else "")
@pytest.mark.parametrize("row", QUICK, ids=lambda row: row.fault.name)
def test_a_fault_does_what_the_matrix_says(
    row: Row, route: Route, version: str, operations: Sequence[str], logged: Logged
) -> None:
    assert check(row, route, version, operations) == []
    logged.shows_no_token()


def test_faults_that_only_time_ends_do_what_the_matrix_says(logged: Logged) -> None:
    """Run their cells at the same time, since all of them wait for seconds."""
    cells = list(itertools.product(SLOW, SAMPLED))
    with ThreadPoolExecutor(len(cells)) as pool:
        problems = list(pool.map(lambda cell: check(cell[0], *cell[1]), cells))
    wrong = {
        (row.fault.name, route, version): found
        for (row, (route, version, _)), found in zip(cells, problems, strict=True)
    }
    assert not {cell: found for cell, found in wrong.items() if found}
    assert len(SLOW) > 3
    logged.shows_no_token()


def test_no_two_faults_have_one_name() -> None:
    names = [row.fault.name for row in ROWS]
    assert len(set(names)) == len(names)
