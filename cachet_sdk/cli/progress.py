"""A progress bar on standard error, if that is a terminal."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cachet_sdk.cli.output import make_console


@contextmanager
def progress_bar(title: str, total: int) -> Generator[Callable[[int, int], None]]:
    """Show a bar while a block runs.

    Args:
        title: Text in front of the bar.
        total: Number of steps.

    Yields:
        A function to call after each step, with the number of completed steps and of all steps.
    """
    console = make_console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=total)
        yield lambda done, _: bar.update(task, completed=done)
