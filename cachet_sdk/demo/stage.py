"""Shared by both demos: printing events and tables, and removing everything that was created."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack

from cachet_sdk import CachetError, NotFoundError

WIDTH = 78


class Story:
    """The events of a demo, and how to undo them."""

    def __init__(self) -> None:
        self._made: list[tuple[str, Callable[[], object]]] = []

    def tell(self) -> None:
        """Make everything happen, and print it."""
        raise NotImplementedError

    def undo(self) -> list[str]:
        """Remove what was made, newest first; tell what could not be removed."""
        left: list[str] = []
        title("Cleaning up")
        with ExitStack() as stack:
            # On an interrupt, too, the stack goes on with the rest.
            for what, remove in self._made:
                stack.callback(_remove, what, remove, left)
        return left

    def keep(self, what: str, remove: Callable[[], object]) -> None:
        """Remember something that was made, and how to remove it."""
        self._made.append((what, remove))


def title(text: str) -> None:
    """Begin a chapter."""
    print(f"\n-- {text} ".ljust(WIDTH, "-"))


def event(text: str) -> None:
    """Print an event."""
    print(f"   {text}")


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Draw a table."""
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    print()
    for row in (header, ["-" * width for width in widths], *rows):
        print("   " + "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _remove(what: str, remove: Callable[[], object], left: list[str]) -> None:
    try:
        remove()
    except NotFoundError:
        event(f"{what}: gone already")
    except CachetError as error:
        left.append(what)
        print(f"   {what}: NOT removed: {error}", file=sys.stderr)
    else:
        event(f"{what}: removed")
