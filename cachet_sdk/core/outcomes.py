"""The outcomes of bulk operations: each with its input, in the order of the inputs. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeAlias, TypeVar, overload

from cachet_sdk.errors import ArgumentError, BatchError, CachetError, short_repr

InputT = TypeVar("InputT")
ResultT = TypeVar("ResultT")

#: Called after each item with the number done and the total.
Progress: TypeAlias = Callable[[int, int], object]

#: The default number of concurrent requests: fast, but gentle on small servers.
DEFAULT_CONCURRENCY = 8


def as_list(argument: str, items: Iterable[InputT]) -> list[InputT]:
    """Return the items of an argument as a list.

    Raises:
        ArgumentError: If it is not iterable.
    """
    if isinstance(items, str | bytes) or not isinstance(items, Iterable):
        raise ArgumentError(argument, f"expected an iterable, such as a list, got {short_repr(items)}")
    return list(items)


def as_dict(argument: str, items: Mapping[InputT, ResultT]) -> dict[InputT, ResultT]:
    """Return an argument as a dictionary.

    Raises:
        ArgumentError: If it is not a mapping.
    """
    if not isinstance(items, Mapping):
        raise ArgumentError(argument, f"expected a dictionary, got {short_repr(items)}")
    return dict(items)


# Covariant, because outcomes are read-only: a batch of components is also a batch of resources.
Input_co = TypeVar("Input_co", covariant=True)
Result_co = TypeVar("Result_co", covariant=True)


class Outcome(Generic[Input_co, Result_co]):
    """The outcome of one item."""

    __slots__ = ("error", "input", "result")

    def __init__(self, input: Input_co, result: Result_co | None, error: CachetError | None) -> None:  # noqa: A002
        self.input: Input_co = input
        """The item, as it was passed."""
        self.result: Result_co | None = result
        """The result of a success. None after a failure."""
        self.error: CachetError | None = error
        """The error of a failure. None after a success. Its ``maybe_applied`` states whether the item may have been
        carried out all the same."""

    def __repr__(self) -> str:
        return f"Outcome(input={self.input!r}, result={self.result!r}, error={self.error!r})"


class Batch(Sequence[Outcome[Input_co, Result_co]]):
    """The outcomes of a bulk operation, in the order of the items.

    If an exception ends a batch early (Ctrl-C, a cancelled task, an error in the ``progress`` callback), the outcomes
    of the items that were started are in its attribute ``batch``. For items whose request was still running, the
    error's ``maybe_applied`` is True.
    """

    __slots__ = ("_outcomes",)

    def __init__(self, outcomes: Iterable[Outcome[Input_co, Result_co]]) -> None:
        self._outcomes = tuple(outcomes)

    @property
    def results(self) -> list[Result_co]:
        """The results of the items that succeeded, in order."""
        return [outcome.result for outcome in self._outcomes if outcome.result is not None]

    @property
    def failures(self) -> list[Outcome[Input_co, Result_co]]:
        """The outcomes of the items that failed, in order."""
        return [outcome for outcome in self._outcomes if outcome.error is not None]

    def raise_for_failures(self) -> None:
        """Raise an error if any item failed.

        Raises:
            BatchError: Contains this batch.
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


def unfinished_error() -> CachetError:
    """Return the error of an item that was running when its batch was ended early."""
    error = CachetError("was running when the batch was ended early; it may have been carried out")
    error.maybe_applied = True
    return error


def attach_batch(error: BaseException, batch: Batch[object, object], total: int) -> None:
    """Attach the outcomes so far to an exception that ends a batch early, as its attribute ``batch``.

    Args:
        error: The exception: Ctrl-C, a cancellation, or an error in a ``progress`` callback.
        batch: The outcomes of the items that were started, in order.
        total: How many items there were.
    """
    error.batch = batch  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    error.add_note(
        f"{len(batch.results)} of {total} were done and {len(batch.failures)} failed or were running; "
        "their outcomes are in this exception's attribute 'batch'"
    )
