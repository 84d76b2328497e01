"""Clear errors for the wrong kind of ``with`` statement. Type checkers report it themselves.

There are none for ``async for`` and ``await``: frameworks recognize iterators and awaitables by ``__aiter__`` and
``__await__``, even if these only raise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn


class AsyncWithOnly:
    """Base class of async context managers. Raises a clear error if used with ``with``."""

    __slots__ = ()

    if not TYPE_CHECKING:

        def __enter__(self) -> NoReturn:
            raise TypeError(f"{type(self).__name__} is asynchronous: write 'async with' instead of 'with'")

        # The statement looks up both methods before it calls the first.
        def __exit__(self, *_: object) -> None: ...


class WithOnly:
    """Base class of sync context managers. Raises a clear error if used with ``async with``."""

    __slots__ = ()

    if not TYPE_CHECKING:

        async def __aenter__(self) -> NoReturn:
            name = type(self).__name__
            raise TypeError(f"{name} is not asynchronous: write 'with' instead of 'async with', or use Async{name}")

        async def __aexit__(self, *_: object) -> None: ...
