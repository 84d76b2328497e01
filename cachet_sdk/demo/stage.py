"""Shared by both demos: printing events and tables, and removing everything that was created."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack

from cachet_sdk import CachetError, NotFoundError, v1, v3

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


def show_board(board: v1.StatusBoard | v3.StatusBoard, components: Sequence[tuple[str, str, str, str]]) -> None:
    """Print the status board: components as a table, then open incidents and maintenance.

    Args:
        board: The board.
        components: Id, name, group and status of the components to show. A page may have many others.
    """
    rows = [("#", "Component", "Group", "State"), *components]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, ("-" * widths[0], "-" * widths[1], "-" * widths[2], "-" * widths[3]))
    print(f"\n   {board.message}\n")
    for row in rows:
        print("   " + "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    lines = [f"Open incident: {incident.name}" for incident in board.open_incidents]
    for window in (*board.running_maintenance, *board.upcoming_maintenance):
        begin = f", {window.scheduled_at:%d %B %Y %H:%M}" if window.scheduled_at is not None else ""
        lines.append(f"Maintenance: {window.name}{begin}")
    if lines:
        print()
    for line in lines:
        event(line)


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
