"""Errors for the wrong kind of ``with`` statement. Type checkers refuse the statement themselves.

Only these two: an object that also had ``__aiter__`` or ``__await__`` just to refuse them would be taken by frameworks,
which look for these methods, for what it is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn


class AsyncWithOnly:
    """A base class of what ``async with`` takes: says so when ``with`` gets it."""

    __slots__ = ()

    if not TYPE_CHECKING:

        def __enter__(self) -> NoReturn:
            raise TypeError(f"{type(self).__name__} is asynchronous: write 'async with' instead of 'with'")

        # The statement looks for both before it calls the first.
        def __exit__(self, *_: object) -> None: ...


class WithOnly:
    """A base class of what ``with`` takes: says so when ``async with`` gets it."""

    __slots__ = ()

    if not TYPE_CHECKING:

        async def __aenter__(self) -> NoReturn:
            name = type(self).__name__
            raise TypeError(f"{name} is not asynchronous: write 'with' instead of 'async with', or use Async{name}")

        async def __aexit__(self, *_: object) -> None: ...
