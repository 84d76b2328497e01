# Made by "make sync" from aio/bulk.py: edit that file instead of this one.
"""Runs an operation for many items, several at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from cachet_sdk.core.arguments import check_count
from cachet_sdk.core.concurrency import run_each
from cachet_sdk.core.outcomes import Batch, Outcome, Progress, attach_batch, unfinished_error
from cachet_sdk.errors import CachetError

InputT = TypeVar("InputT")
PreparedT = TypeVar("PreparedT")
ResultT = TypeVar("ResultT")


def run_bulk(
    inputs: Sequence[InputT],
    prepared: Sequence[PreparedT],
    do: Callable[[PreparedT], ResultT],
    concurrency: int,
    progress: Progress | None,
) -> Batch[InputT, ResultT]:
    """Run an operation for each item, several at a time, and collect all outcomes.

    If an exception ends it early (Ctrl-C, a cancellation, an error in ``progress``), the outcomes so far are in its
    attribute ``batch``.

    Args:
        inputs: The items as they were passed.
        prepared: The same items, checked and in the form that ``do`` takes.
        do: The operation. Errors of this package are collected.
        concurrency: How many operations may run at the same time.
        progress: Called after each item with the number done and the total.

    Raises:
        ArgumentError: If ``concurrency`` is invalid.
    """
    check_count("concurrency", concurrency, at_least=1)
    outcomes: dict[int, Outcome[InputT, ResultT]] = {}

    def work(number: int) -> None:
        outcomes[number] = Outcome(inputs[number], None, unfinished_error())
        try:
            outcomes[number] = Outcome(inputs[number], do(prepared[number]), None)
        except CachetError as error:
            outcomes[number] = Outcome(inputs[number], None, error)

    try:
        run_each(len(inputs), work, concurrency, progress)
    except BaseException as error:
        attach_batch(error, Batch(outcomes[number] for number in sorted(outcomes)), len(inputs))
        raise
    return Batch(outcomes[number] for number in range(len(inputs)))
