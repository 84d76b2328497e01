"""A progress bar on standard error; nothing where that is no terminal."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cachet_sdk.cli.output import make_console


@contextmanager
def progress_bar(title: str, total: int) -> Generator[Callable[[int, int], None]]:
    """Show a bar while a block runs.

    Args:
        title: What is being done.
        total: How many steps there are.

    Yields:
        What to call after each step, with how many are done and how many there are.
    """
    console = make_console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=total)
        yield lambda done, _: bar.update(task, completed=done)
