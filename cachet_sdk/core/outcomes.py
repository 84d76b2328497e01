"""What comes of doing the same for many things: every outcome with its input, in the order of the inputs. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeAlias, TypeVar, overload

from cachet_sdk.errors import ArgumentError, BatchError, CachetError, short_repr

InputT = TypeVar("InputT")
ResultT = TypeVar("ResultT")

#: Called after each item with how many are done and how many there are.
Progress: TypeAlias = Callable[[int, int], object]

#: How many requests are under way at a time, unless said otherwise: quick, and kind to a small server.
DEFAULT_CONCURRENCY = 8


def listed(argument: str, items: Iterable[InputT]) -> list[InputT]:
    """Take the items of an argument.

    Raises:
        ArgumentError: when it is none that has items.
    """
    if isinstance(items, str | bytes) or not isinstance(items, Iterable):
        raise ArgumentError(argument, f"expected an iterable, such as a list, got {short_repr(items)}")
    return list(items)


def mapped(argument: str, items: Mapping[InputT, ResultT]) -> dict[InputT, ResultT]:
    """Take the keys and values of an argument.

    Raises:
        ArgumentError: when it is none that has them.
    """
    if not isinstance(items, Mapping):
        raise ArgumentError(argument, f"expected a dictionary, got {short_repr(items)}")
    return dict(items)


# What is read from an outcome and never put in: a batch of components is one of resources, too.
Input_co = TypeVar("Input_co", covariant=True)
Result_co = TypeVar("Result_co", covariant=True)


class Outcome(Generic[Input_co, Result_co]):
    """What became of one item."""

    __slots__ = ("error", "input", "result")

    def __init__(self, input: Input_co, result: Result_co | None, error: CachetError | None) -> None:  # noqa: A002
        self.input: Input_co = input
        """The item, as it was passed."""
        self.result: Result_co | None = result
        """What the server answered; None after a failure."""
        self.error: CachetError | None = error
        """Why it failed; None after a success. Its ``maybe_applied`` tells whether it may have been done."""

    def __repr__(self) -> str:
        return f"Outcome(input={self.input!r}, result={self.result!r}, error={self.error!r})"


class Batch(Sequence[Outcome[Input_co, Result_co]]):
    """The outcomes of many items, in the order of the items.

    When something ends a batch early (Ctrl-C, a cancelled task, an exception of the ``progress`` callback), that
    exception carries the outcomes so far as its attribute ``batch``: those of the items that were begun. One that was
    under way and whose answer is not known has an error whose ``maybe_applied`` is true.
    """

    __slots__ = ("_outcomes",)

    def __init__(self, outcomes: Iterable[Outcome[Input_co, Result_co]]) -> None:
        self._outcomes = tuple(outcomes)

    @property
    def results(self) -> list[Result_co]:
        """What the server answered to the items that succeeded, in order."""
        return [outcome.result for outcome in self._outcomes if outcome.result is not None]

    @property
    def failures(self) -> list[Outcome[Input_co, Result_co]]:
        """The items that failed, with why, in order."""
        return [outcome for outcome in self._outcomes if outcome.error is not None]

    def raise_for_failures(self) -> None:
        """Raise when anything failed.

        Raises:
            BatchError: with this batch in it.
        """
        failures = self.failures
        if failures:
            raise BatchError(
                f"{len(failures)} of {len(self)} failed; the first: {failures[0].error}",
                batch=self,
                maybe_applied=any(failure.error is not None and failure.error.maybe_applied for failure in failures),
            )

    def __len__(self) -> int:
        return len(self._outcomes)

    @overload
    def __getitem__(self, index: int) -> Outcome[Input_co, Result_co]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Outcome[Input_co, Result_co]]: ...
    def __getitem__(self, index: int | slice) -> Outcome[Input_co, Result_co] | Sequence[Outcome[Input_co, Result_co]]:
        return self._outcomes[index]

    def __iter__(self) -> Iterator[Outcome[Input_co, Result_co]]:
        return iter(self._outcomes)

    def __repr__(self) -> str:
        return f"<Batch of {len(self)}, {len(self.failures)} failed>"


def unfinished() -> CachetError:
    """Make the error of an item that was under way when its batch was ended early."""
    error = CachetError("was under way when the batch was ended early; it may have been carried out")
    error.maybe_applied = True
    return error


def attach_batch(error: BaseException, batch: Batch[object, object], total: int) -> None:
    """Give an exception that ends a batch early the outcomes so far, as its attribute ``batch``.

    Args:
        error: The exception: Ctrl-C, a cancelled task, or what a ``progress`` callback raised.
        batch: The outcomes of the items that were begun, in order.
        total: How many items there were.
    """
    error.batch = batch  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    error.add_note(
        f"{len(batch.results)} of {total} were done and {len(batch.failures)} failed or were under way; "
        "this exception's attribute 'batch' has their outcomes"
    )
