"""Shared by both demos: printing, and removing everything that was created."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack

from cachet_sdk import CachetError, NotFoundError

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


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table."""
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    print()
    for row in (header, ["-" * width for width in widths], *rows):
        print("   " + "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


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
