"""Run a command, passing its output, exit code and signals through."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Self, cast

from cachet_sdk.cli.exit_codes import CommandError

#: Signals that are forwarded to the command. Windows has only some of them.
_PASSED_ON = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR1", "SIGUSR2")
#: Exit codes as in shells: a command that does not exist, and 128 plus the number of the signal that ended it.
NOT_EXECUTABLE = 127
_BY_SIGNAL = 128


def check_command(command: Sequence[str]) -> None:
    """Check that a command exists, before any maintenance is announced.

    Raises:
        CommandError: With exit code 127, as in shells.
    """
    if shutil.which(command[0]) is None:
        raise CommandError(f"{command[0]}: command not found; no maintenance was announced", NOT_EXECUTABLE)


def run_command(command: Sequence[str], *, every: float, meanwhile: Callable[[], None]) -> int:
    """Run a command and return its exit code, or 128 plus the signal's number if a signal ended it.

    Args:
        command: The command with its arguments.
        every: Seconds between calls of ``meanwhile``.
        meanwhile: Called periodically while the command runs.
    """
    with _Signals() as signals:
        child = subprocess.Popen(list(command))  # noqa: S603  (the user's command)
        signals.pass_to(child)
        while True:
            try:
                code = child.wait(every)
            except subprocess.TimeoutExpired:
                meanwhile()
            else:
                return code if code >= 0 else _BY_SIGNAL - code


@contextmanager
def exiting_on_sigterm() -> Generator[None]:
    """Raise ``SystemExit`` on SIGTERM, so that context managers are exited."""

    def end(number: int, frame: FrameType | None) -> None:
        sys.exit(_BY_SIGNAL + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _Signals:
    """Forwards signals to a process, including those received before it started."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._held: list[int] = []
        self._before: dict[int, object] = {}

    def __enter__(self) -> Self:
        for number in (getattr(signal, name) for name in _PASSED_ON if hasattr(signal, name)):
            self._before[number] = signal.signal(number, self._receive)
        return self

    def __exit__(self, *error: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, cast("signal.Handlers", handler))

    def pass_to(self, child: subprocess.Popen[bytes]) -> None:
        """Forward the signals received so far, and all later ones."""
        self._child = child
        for number in self._held:
            child.send_signal(number)

    def _receive(self, number: int, frame: FrameType | None) -> None:
        if self._child is None:
            self._held.append(number)
        # The terminal itself sends Ctrl-C and Ctrl-\ to all processes in the foreground, including the command.
        elif number not in (signal.SIGINT, getattr(signal, "SIGQUIT", None)) or not _in_foreground():
            self._child.send_signal(number)


def _in_foreground() -> bool:
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(terminal)
