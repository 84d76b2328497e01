"""Shared by both demos: printing, and removing everything that was created."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from contextlib import ExitStack

from cachet_sdk import CachetError, NotFoundError, v1, v3

WIDTH = 78


class Story:
    """The steps of a demo, and the cleanup."""

    def __init__(self) -> None:
        self._cleanups: list[tuple[str, Callable[[], object]]] = []

    def run(self) -> None:
        """Run all steps, and print them."""
        raise NotImplementedError

    def clean_up(self) -> list[str]:
        """Remove everything that was created, newest first; return what could not be removed."""
        failed: list[str] = []
        title("Cleaning up")
        with ExitStack() as stack:
            # The stack runs all callbacks, even after a KeyboardInterrupt.
            for label, remove in self._cleanups:
                stack.callback(_remove, label, remove, failed)
        return failed

    def add_cleanup(self, label: str, remove: Callable[[], object]) -> None:
        """Register how to remove something that was created."""
        self._cleanups.append((label, remove))


def title(text: str) -> None:
    """Print the title of a section."""
    print(f"\n-- {text} ".ljust(WIDTH, "-"))


def event(text: str) -> None:
    """Print what happened."""
    print(f"   {text}")


def print_board(client: v1.Client | v3.Client, group_ids: Collection[int]) -> None:
    """Print the status board: components as a table, then open incidents and maintenance.

    Args:
        client: The client.
        group_ids: The groups whose components to show. A real page may have many others.
    """
    board = client.status_board()
    rows = [("#", "Component", "Group", "Status")]
    for group in board.groups:
        if group.group.id in group_ids:
            rows += [(str(one.id), one.name, group.group.name, _status_name(one)) for one in group.components]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, ("-" * widths[0], "-" * widths[1], "-" * widths[2], "-" * widths[3]))
    print(f"\n   {board.message}\n")
    for row in rows:
        print("   " + "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    lines = [f"Open incident: {incident.name}" for incident in board.open_incidents]
    for window in (*board.running_maintenance, *board.upcoming_maintenance):
        start = f", {window.scheduled_at:%d %B %Y %H:%M}" if window.scheduled_at is not None else ""
        lines.append(f"Maintenance: {window.name}{start}")
    if lines:
        print()
    for line in lines:
        event(line)


def _status_name(component: v1.Component | v3.Component) -> str:
    # On Cachet 3, the status shown may be worse than the component's own, because of an open incident.
    return component.latest_status_name if isinstance(component, v3.Component) else component.status_name


def _remove(label: str, remove: Callable[[], object], failed: list[str]) -> None:
    try:
        remove()
    except NotFoundError:
        event(f"{label}: already deleted")
    except CachetError as error:
        failed.append(label)
        print(f"   {label}: NOT removed: {error}", file=sys.stderr)
    else:
        event(f"{label}: removed")
