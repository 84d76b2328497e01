"""Which process and which event loop a client's connections belong to: they are of no use in any other.

A forked child shares its parent's sockets, so two processes would read each other's answers; a connection of asyncio
works in the loop that opened it. Both flavours stand here by hand.
"""

from __future__ import annotations

import asyncio
import os

from cachet_sdk.errors import ClientStateError


class Home:
    """Where a blocking client's connections were opened."""

    __slots__ = ("_process",)

    def __init__(self) -> None:
        self._process = os.getpid()

    def moved(self) -> bool:
        """Tell whether this is a forked child that has no connections of its own yet."""
        process = os.getpid()
        if process == self._process:
            return False
        self._process = process
        return True


class AsyncHome:
    """Where an asyncio client's connections were opened."""

    __slots__ = ("_loop", "_process")

    def __init__(self) -> None:
        self._process = os.getpid()
        self._loop: asyncio.AbstractEventLoop | None = None

    def moved(self) -> bool:
        """Tell whether this is another process or event loop than before, so that new connections are needed.

        Raises:
            ClientStateError: when the loop of before may still be running.
        """
        loop, process = asyncio.get_running_loop(), os.getpid()
        if loop is self._loop and process == self._process:
            return False
        forked = process != self._process
        if self._loop is not None and not forked and not self._loop.is_closed():
            raise ClientStateError(
                "the client is in use in another event loop; make a client for each loop, or close the other loop first"
            )
        first = self._loop is None
        self._loop, self._process = loop, process
        return forked or not first
