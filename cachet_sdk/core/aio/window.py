"""The base of maintenance windows: how they begin, and how they end if the block fails."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Protocol, Self

from cachet_sdk.core.maintenance import OnError, check_on_error, check_start, later_end, statuses_by_id, to_duration
from cachet_sdk.core.misuse import AsyncWithOnly
from cachet_sdk.errors import CachetError, ClientStateError


class _HasId(Protocol):
    @property
    def id(self) -> int: ...


class AsyncWindow(AsyncWithOnly, ABC):
    """A maintenance window around a block of code."""

    #: The name of the id in the note of an exception.
    _ID_NAME = "id"

    def __init__(
        self,
        name: str,
        *,
        message: str,
        components: Mapping[int, int] | Sequence[int] | None,
        duration: timedelta | float,
        start: datetime | None,
        on_error: OnError,
    ) -> None:
        check_on_error(on_error)
        check_start(start)
        self._name = name
        self._message = message
        self._statuses = statuses_by_id(components)
        self._duration = to_duration(duration)
        self._on_error = on_error
        self._planned_start = start
        self._is_closed = False
        self.start: datetime = start or datetime.now(UTC)
        self.end: datetime = self.start + self._duration

    @property
    def id(self) -> int:
        """Id of the schedule. On Cachet 2.3, id of the incident used in its place.

        Raises:
            ClientStateError: Before the ``with`` statement is entered.
        """
        opened = self._opened()
        if opened is None:
            raise ClientStateError("the maintenance window is not open: use it in a with statement")
        return opened.id

    async def extend(self, duration: timedelta | float) -> None:
        """Postpone the end of the window. On Cachet 2.3, whose windows have no end, nothing is sent.

        Args:
            duration: How much longer the window lasts, as a timedelta or in seconds, from its current end or from now,
                whichever is later.

        Raises:
            ArgumentError: For a bad duration.
        """
        end = later_end(self.end, to_duration(duration))
        await self._postpone(end)
        self.end = end

    @abstractmethod
    async def close(self) -> None:
        """Close the window now. Leaving the ``with`` statement does the same."""

    async def __aenter__(self) -> Self:
        if self._opened() is not None:
            raise ClientStateError("a maintenance window can be entered only once: call client.maintenance() again")
        self.start = self._planned_start or datetime.now(UTC)
        self.end = self.start + self._duration
        await self._open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None:
            await self.close()
        elif not self._is_closed:
            await self._end(error, self._end_failed)

    async def _end(self, error: BaseException, end: Callable[[], Awaitable[None]]) -> None:
        try:
            await end()
        except CachetError as problem:  # the first error must not be lost
            name = f"{self._name!r} ({self._ID_NAME} {self.id})"
            error.add_note(f"The maintenance {name} could not be closed: {problem}")

    async def _end_failed(self) -> None:
        if self._on_error == "extend":
            await self.extend(self._duration)
            return
        if self._on_error == "incident":
            # Opened first, so that the page does not show all components as operational in between.
            await self._open_incident()
        await self.close()

    @abstractmethod
    def _opened(self) -> _HasId | None:
        """Return the schedule or incident on the server, or None before it is created."""

    @abstractmethod
    async def _open(self) -> None:
        """Create the window on the server."""

    @abstractmethod
    async def _postpone(self, end: datetime) -> None:
        """Set the end on the server."""

    @abstractmethod
    async def _open_incident(self) -> None:
        """Open the incident for a failed block."""
