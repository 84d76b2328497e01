"""The return value of a manager's ``list``: a generator of resources with a few helpers."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn, TypeVar

ItemT = TypeVar("ItemT")


class AsyncListing(AsyncGenerator[ItemT, None]):
    """A generator of resources that requests pages as you iterate.

    It can be iterated over once. It has no length and no indexes, because nothing is read before it is needed.

    Example:
        >>> async for component in client.components.list():
        ...     print(component.name)
        API
        >>> [component.name for component in await client.components.list().all()]
        ['API']
        >>> component = await client.components.list().first()
        >>> component.name
        'API'
    """

    __slots__ = ("_items", "_name")

    def __init__(self, items: AsyncGenerator[ItemT, None], name: str) -> None:
        self._items = items
        self._name = name

    async def first(self) -> ItemT | None:
        """Return the next resource and stop reading. None if there is none."""
        try:
            return await anext(self._items, None)
        finally:
            await self.aclose()

    async def all(self) -> list[ItemT]:
        """Return all remaining resources as a list."""
        return [item async for item in self._items]

    # Return the generator itself, so that a loop has no overhead.
    def __aiter__(self) -> AsyncGenerator[ItemT, None]:
        return self._items

    async def __anext__(self) -> ItemT:
        return await anext(self._items)

    async def asend(self, value: None) -> ItemT:
        """Resume the generator, as ``anext`` does."""
        return await self._items.asend(value)

    async def athrow(
        self,
        typ: type[BaseException] | BaseException,
        val: BaseException | object = None,
        tb: TracebackType | None = None,
    ) -> ItemT:
        """Raise an exception inside the generator."""
        raised = typ if isinstance(typ, BaseException) else val if isinstance(val, BaseException) else typ()
        return await self._items.athrow(raised.with_traceback(tb) if tb else raised)

    async def aclose(self) -> None:
        """Stop reading."""
        await self._items.aclose()

    # A loop of the wrong kind calls __getitem__, too.
    if not TYPE_CHECKING:  # type checkers report these themselves

        def __len__(self) -> NoReturn:
            raise TypeError(
                f"a list of {self._name} resources has no length or truth value before it is read; "
                "use the manager's count(), or this list's all() or first()"
            )

        def __getitem__(self, position: object) -> NoReturn:
            raise TypeError(f"a list of {self._name} resources cannot be indexed; use async for, all() or first()")

    def __repr__(self) -> str:
        return f"<list of {self._name} resources, read lazily; iterate over it, or use all() or first()>"
