"""Doing the same for many things at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from cachet_sdk.core.arguments import check_count
from cachet_sdk.core.concurrency import async_each
from cachet_sdk.core.outcomes import Batch, Outcome, Progress, attach_batch, unfinished
from cachet_sdk.errors import CachetError

InputT = TypeVar("InputT")
PreparedT = TypeVar("PreparedT")
ResultT = TypeVar("ResultT")


async def async_run_bulk(
    inputs: Sequence[InputT],
    prepared: Sequence[PreparedT],
    do: Callable[[PreparedT], Awaitable[ResultT]],
    concurrency: int,
    progress: Progress | None,
) -> Batch[InputT, ResultT]:
    """Do one thing for each item, several at a time, and gather every outcome.

    Whatever ends it early, such as Ctrl-C, a cancelled task or an exception of ``progress``, carries the outcomes so
    far as its ``batch``.

    Args:
        inputs: The items as they were passed.
        prepared: The same, checked and in the form that ``do`` takes.
        do: Does it for one; what it raises of this package's errors is gathered.
        concurrency: How many at a time.
        progress: Called after each with how many are done, and how many there are.

    Raises:
        ArgumentError: for a bad ``concurrency``.
    """
    check_count("concurrency", concurrency, at_least=1)
    outcomes: dict[int, Outcome[InputT, ResultT]] = {}

    async def work(number: int) -> None:
        outcomes[number] = Outcome(inputs[number], None, unfinished())
        try:
            outcomes[number] = Outcome(inputs[number], await do(prepared[number]), None)
        except CachetError as error:
            outcomes[number] = Outcome(inputs[number], None, error)

    try:
        await async_each(len(inputs), work, concurrency, progress)
    except BaseException as error:
        attach_batch(error, Batch(outcomes[number] for number in sorted(outcomes)), len(inputs))
        raise
    return Batch(outcomes[number] for number in range(len(inputs)))
