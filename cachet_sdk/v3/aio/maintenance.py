"""A maintenance window around a block of code."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

from cachet_sdk.core.aio.resend import async_send_unless_found
from cachet_sdk.core.maintenance import (
    FAILED_MESSAGE,
    OnError,
    check_on_error,
    check_start,
    later_end,
    states,
    to_duration,
)
from cachet_sdk.core.misuse import AsyncWithOnly
from cachet_sdk.errors import CachetError, ClientStateError
from cachet_sdk.v3.aio.incidents import AsyncIncidentManager
from cachet_sdk.v3.aio.resources import AsyncIncident, AsyncSchedule
from cachet_sdk.v3.aio.schedules import AsyncScheduleManager
from cachet_sdk.v3.enums import ComponentStatus

_META_KEY = "cachet_sdk_window"


class AsyncMaintenance(AsyncWithOnly):
    """A maintenance window, returned by ``client.maintenance`` and used in a ``with`` statement.

    Attributes:
        start: Start of the window, an aware datetime.
        end: End of the window, an aware datetime: planned, extended or actual.
        incident: The incident opened by ``on_error="incident"``. None otherwise.
    """

    def __init__(
        self,
        schedules: AsyncScheduleManager,
        incidents: AsyncIncidentManager,
        name: str,
        *,
        message: str,
        components: Mapping[int, ComponentStatus | int] | Sequence[int] | None,
        duration: timedelta | float,
        start: datetime | None,
        notifications: bool | None,
        on_error: OnError,
    ) -> None:
        check_on_error(on_error)
        check_start(start)
        self._schedules = schedules
        self._incidents = incidents
        self._name = name
        self._message = message
        self._components = {
            number: int(ComponentStatus.UNDER_MAINTENANCE if state is None else state)
            for number, state in states(components, None).items()
        }
        self._duration = to_duration(duration)
        self._notifications = notifications
        self._on_error = on_error
        self._planned_start = start
        self._schedule: AsyncSchedule | None = None
        self._is_closed = False
        self.start: datetime = start or datetime.now(UTC)
        self.end: datetime = self.start + self._duration
        self.incident: AsyncIncident | None = None

    @property
    def schedule(self) -> AsyncSchedule:
        """The schedule as last read.

        Raises:
            ClientStateError: Before the ``with`` statement is entered.
        """
        if self._schedule is None:
            raise ClientStateError("the maintenance window is not open: use it in a with statement")
        return self._schedule

    @property
    def id(self) -> int:
        """Id of the schedule."""
        return self.schedule.id

    async def extend(self, duration: timedelta | float) -> None:
        """Postpone the end of the window.

        Args:
            duration: How much longer the window lasts, as a timedelta or in seconds, counted from its end or from
                now, whichever is later.

        Raises:
            ArgumentError: For a bad duration.
        """
        end = later_end(self.end, to_duration(duration))
        self._schedule = await self._schedules.update(self.id, completed_at=end)
        self.end = end

    async def close(self) -> None:
        """Close the window now, unless it has ended. Leaving the ``with`` statement does the same."""
        now = datetime.now(UTC)
        if not self._is_closed and now < self.end:
            self._schedule = await self._schedules.update(self.id, completed_at=now)
            self.end = now
        self._is_closed = True

    async def __aenter__(self) -> Self:
        if self._schedule is not None:
            raise ClientStateError("a maintenance window can be entered only once: call client.maintenance() again")
        self.start = self._planned_start or datetime.now(UTC)
        self.end = self.start + self._duration
        self._schedule = await self._open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None:
            if not self._is_closed:
                await self.close()
            return
        try:
            await self._end_failed()
        except CachetError as problem:  # the first error is the one to raise
            error.add_note(f"The maintenance {self._name!r} (schedule {self.id}) could not be closed: {problem}")

    async def _end_failed(self) -> None:
        if self._is_closed:
            return
        if self._on_error == "extend":
            await self.extend(self._duration)
            return
        if self._on_error == "incident":
            # Before closing, so that the page never shows all components as operational in between.
            self.incident = await self._incidents.create(
                name=self._name,
                message=FAILED_MESSAGE,
                status=1,
                visible=True,
                notifications=self._notifications,
                components=dict.fromkeys(self._components, int(ComponentStatus.PARTIAL_OUTAGE)) or None,
            )
        await self.close()

    async def _open(self) -> AsyncSchedule:
        """Create the schedule. If the response is lost, check whether it exists before sending it again."""
        mark = uuid.uuid4().hex
        return await async_send_unless_found(
            lambda: self._schedules.create(
                name=self._name,
                message=self._message,
                scheduled_at=self.start,
                completed_at=self.end,
                notifications=self._notifications,
                components=self._components or None,
                meta={_META_KEY: mark},
            ),
            lambda: self._schedules.list(meta={_META_KEY: mark}).first(),
        )
