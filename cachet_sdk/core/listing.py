# Made by "make sync" from aio/listing.py: edit that file instead of this one.
"""The return value of a manager's ``list``: a generator of resources with a few helpers."""

from __future__ import annotations

from collections.abc import Generator
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn, TypeVar

ItemT = TypeVar("ItemT")


class Listing(Generator[ItemT, None]):
    """A generator of resources that requests pages as you iterate.

    It can be iterated over once. It has no length and no indexes, because nothing is read before it is needed.

    Example:
        >>> for component in client.components.list():
        ...     print(component.name)
        API
        >>> [component.name for component in client.components.list().all()]
        ['API']
        >>> component = client.components.list().first()
        >>> component.name
        'API'
    """

    __slots__ = ("_items", "_name")

    def __init__(self, items: Generator[ItemT, None], name: str) -> None:
        self._items = items
        self._name = name

    def first(self) -> ItemT | None:
        """Return the next resource and stop reading. None if there is none."""
        try:
            return next(self._items, None)
        finally:
            self.close()

    def all(self) -> list[ItemT]:
        """Return all remaining resources as a list."""
        return list(self._items)

    # Return the generator itself, so that a loop has no overhead.
    def __iter__(self) -> Generator[ItemT, None]:
        return self._items

    def __next__(self) -> ItemT:
        return next(self._items)

    def send(self, value: None) -> ItemT:
        """Resume the generator, as ``next`` does."""
        return self._items.send(value)

    def throw(
        self,
        typ: type[BaseException] | BaseException,
        val: BaseException | object = None,
        tb: TracebackType | None = None,
    ) -> ItemT:
        """Raise an exception inside the generator."""
        raised = typ if isinstance(typ, BaseException) else val if isinstance(val, BaseException) else typ()
        return self._items.throw(raised.with_traceback(tb) if tb else raised)

    def close(self) -> None:
        """Stop reading."""
        self._items.close()

    # A loop of the wrong kind calls __getitem__, too.
    if not TYPE_CHECKING:  # type checkers report these themselves

        def __len__(self) -> NoReturn:
            raise TypeError(
                f"a list of {self._name} resources has no length or truth value before it is read; "
                "use the manager's count(), or this list's all() or first()"
            )

        def __getitem__(self, position: object) -> NoReturn:
            raise TypeError(f"a list of {self._name} resources cannot be indexed; use for, all() or first()")

    def __repr__(self) -> str:
        return f"<list of {self._name} resources, read lazily; iterate over it, or use all() or first()>"
