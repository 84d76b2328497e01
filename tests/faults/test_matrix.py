"""Every cell of the matrix does what the table says, and shows the token to nobody."""

from __future__ import annotations

import logging

import pytest

from cachet_sdk.core.http import retry
from tests.faults.cells import run_row
from tests.faults.matrix import ROWS, VERSIONS, Row


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.fault.name)
def test_a_fault_does_what_the_matrix_says(
    row: Row, version: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(retry, "FIRST_WAIT", 0.1)  # "make faults" waits as long as clients do
    outcomes = run_row(row, version)
    if any(outcome.verdict(row) is not None for outcome in outcomes):
        # Deadlines here are short: a machine busy with other tests may miss one. What is wrong is wrong twice.
        outcomes = run_row(row, version)
    wrong = [
        f"{outcome.operation} {outcome.flavour}: {verdict}"
        for outcome in outcomes
        if (verdict := outcome.verdict(row)) is not None
    ]
    assert wrong == []
    assert caplog.records
    for outcome in outcomes:
        assert outcome.token not in caplog.text


def test_no_two_faults_have_one_name() -> None:
    names = [row.fault.name for row in ROWS]
    assert len(set(names)) == len(names)
