"""The process and the event loop that a client's connections belong to, the only ones in which they can be used.

A forked child shares its parent's sockets, so the two processes would read each other's responses. An asyncio
connection works only in the event loop that opened it. Sync and async are both written by hand.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from cachet_sdk.errors import ClientStateError

if TYPE_CHECKING:
    import asyncio

_reopening = threading.Lock()


def _renew_lock() -> None:
    global _reopening  # noqa: PLW0603  (a thread of the parent may have held it, which does not exist here)
    _reopening = threading.Lock()


if hasattr(os, "register_at_fork"):  # not on Windows, which does not fork
    os.register_at_fork(after_in_child=_renew_lock)


class PoolOwner:
    """The process in which a sync client's connections were opened."""

    __slots__ = ("_process",)

    def __init__(self) -> None:
        self._process = os.getpid()

    def is_forked(self) -> bool:
        """Return whether this is a forked process that has not opened its own connections yet."""
        return os.getpid() != self._process

    def is_foreign(self) -> bool:
        """Return whether the connections cannot be used here."""
        return self.is_forked()

    def ensure_current(self, reopen: Callable[[], None]) -> None:
        """Reopen connections that cannot be used here. Several threads may call this: it reopens once."""
        if self.is_forked():
            with _reopening:
                if self.is_forked():
                    reopen()
                    self._process = os.getpid()  # last, because it lets other threads continue


class AsyncPoolOwner(PoolOwner):
    """The process and event loop in which an async client's connections were opened."""

    __slots__ = ("_loop",)

    def __init__(self) -> None:
        super().__init__()
        self._loop: asyncio.AbstractEventLoop | None = None

    def is_foreign(self) -> bool:
        """Return whether the connections belong to another process or event loop.

        Raises:
            ClientStateError: If the earlier loop may still be running, or no loop is running now.
        """
        loop = _running_loop()
        if self.is_forked():
            return True
        if self._loop is None or loop is self._loop:
            return False
        if not self._loop.is_closed():
            raise ClientStateError(
                "the client is in use in another event loop; create one for each loop, or close the other loop first"
            )
        return True

    def ensure_current(self, reopen: Callable[[], None]) -> None:
        """Reopen connections that cannot be used here.

        Raises:
            ClientStateError: If the earlier loop may still be running, or no loop is running now.
        """
        loop, process = _running_loop(), os.getpid()
        if loop is not self._loop or process != self._process:
            if self.is_foreign():
                reopen()
            self._loop, self._process = loop, process


def _running_loop() -> asyncio.AbstractEventLoop:
    import asyncio  # noqa: PLC0415  (30 modules that sync programs do not need)

    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        raise ClientStateError("an AsyncClient requires a running asyncio event loop") from None
