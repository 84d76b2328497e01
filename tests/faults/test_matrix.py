"""Every cell of the matrix does what the table says, and shows the token to nobody."""

from __future__ import annotations

import logging

import pytest

from tests.faults.cells import run_row
from tests.faults.matrix import ROWS, SOON, Route, Row

#: What a route adds shows in one version of the API; "make faults" runs all of them.
SAMPLED: tuple[tuple[Route, str], ...] = (
    ("direct", "1"),
    ("direct", "3"),
    ("proxy", "1"),
    ("tunnel", "3"),
    ("http_client", "1"),
)


@pytest.mark.parametrize(("route", "version"), SAMPLED)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.fault.name)
def test_a_fault_does_what_the_matrix_says(
    row: Row, route: Route, version: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    outcomes = run_row(row, version, route, SOON)
    expected = row.along(route)
    # A machine that is busy with other tests wakes threads late. What a deadline does not end takes many seconds.
    wrong = [
        f"{outcome.operation} {outcome.client_kind}: {verdict}"
        for outcome in outcomes
        if (verdict := outcome.verdict(expected, slack=1.0)) is not None
    ]
    assert wrong == []
    assert caplog.records
    for outcome in outcomes:
        assert outcome.token not in caplog.text


def test_no_two_faults_have_one_name() -> None:
    names = [row.fault.name for row in ROWS]
    assert len(set(names)) == len(names)
