"""A maintenance window around a block of code."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

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
from cachet_sdk.errors import CachetError, ClientStateError, NotFoundError
from cachet_sdk.v1.aio.components import AsyncComponentManager
from cachet_sdk.v1.aio.incidents import AsyncIncident, AsyncIncidentManager
from cachet_sdk.v1.aio.release import AsyncReleaseProbe
from cachet_sdk.v1.aio.schedules import AsyncSchedule, AsyncScheduleManager
from cachet_sdk.v1.enums import ComponentStatus, IncidentStatus, ScheduleStatus


class AsyncMaintenance(AsyncWithOnly):
    """A maintenance window, returned by ``client.maintenance`` and used in a ``with`` statement.

    Attributes:
        schedule: The schedule as last read. None before the ``with`` statement is entered, and on Cachet 2.3.
        maintenance_incident: The incident used in place of a schedule on Cachet 2.3. None on 2.4.
        start: Start of the window, an aware datetime.
        end: End of the window, an aware datetime: planned, extended or actual.
        incident: The incident opened by ``on_error="incident"``. None otherwise.
    """

    def __init__(
        self,
        schedules: AsyncScheduleManager,
        incidents: AsyncIncidentManager,
        all_components: AsyncComponentManager,
        release: AsyncReleaseProbe,
        name: str,
        *,
        message: str,
        components: Mapping[int, ComponentStatus | int] | Sequence[int] | None,
        duration: timedelta | float,
        start: datetime | None,
        notify: bool,
        on_error: OnError,
    ) -> None:
        check_on_error(on_error)
        check_start(start)
        self._schedules = schedules
        self._incidents = incidents
        self._all_components = all_components
        self._release = release
        self._name = name
        self._message = message
        self._components = states(components, None)
        self._before: dict[int, int] = {}
        self._duration = to_duration(duration)
        self._notify = notify
        self._on_error = on_error
        self._planned_start = start
        self._is_closed = False
        self.schedule: AsyncSchedule | None = None
        self.maintenance_incident: AsyncIncident | None = None
        self.start: datetime = start or datetime.now(UTC)
        self.end: datetime = self.start + self._duration
        self.incident: AsyncIncident | None = None

    @property
    def id(self) -> int:
        """Id of the schedule, or on Cachet 2.3 of the incident used in its place.

        Raises:
            ClientStateError: Before the ``with`` statement is entered.
        """
        shown = self.schedule or self.maintenance_incident
        if shown is None:
            raise ClientStateError("the maintenance window is not open: use it in a with statement")
        return shown.id

    async def extend(self, duration: timedelta | float) -> None:
        """Postpone the end of the window. On Cachet 2.3, whose windows have no end, nothing is sent.

        Args:
            duration: How much longer the window lasts, as a timedelta or in seconds, counted from its end or from
                now, whichever is later.

        Raises:
            ArgumentError: For a bad duration.
        """
        end = later_end(self.end, to_duration(duration))
        if self.schedule is not None:
            self.schedule = await self._schedules.update(self.id, completed_at=end)
        self.end = end

    async def close(self) -> None:
        """Close the window now and restore the components' statuses. Leaving the ``with`` statement does the same."""
        if self._is_closed:
            return
        await self._restore()
        now = min(datetime.now(UTC), self.end)
        if self.schedule is not None:
            self.schedule = await self._schedules.update(self.id, status=ScheduleStatus.COMPLETE, completed_at=now)
        elif self.maintenance_incident is not None:
            self.maintenance_incident = await self._incidents.update(self.id, status=IncidentStatus.FIXED)
        self.end = now
        self._is_closed = True

    async def __aenter__(self) -> Self:
        if self.schedule is not None or self.maintenance_incident is not None:
            raise ClientStateError("a maintenance window can be entered only once: call client.maintenance() again")
        self.start = self._planned_start or datetime.now(UTC)
        self.end = self.start + self._duration
        await self._open()
        try:
            await self._set_states()
        except BaseException as error:
            await self._end(error, self.close)
            raise
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
        except CachetError as problem:  # the first error is the one to raise
            error.add_note(f"The maintenance {self._name!r} (id {self.id}) could not be closed: {problem}")

    async def _end_failed(self) -> None:
        if self._on_error == "extend":
            await self.extend(self._duration)
            return
        if self._on_error == "incident":
            first = next(iter(self._components), None)
            self.incident = await self._incidents.create(
                name=self._name,
                message=FAILED_MESSAGE,
                status=IncidentStatus.INVESTIGATING,
                notify=self._notify,
                component_id=first,
                component_status=None if first is None else ComponentStatus.PARTIAL_OUTAGE,
            )
            self._before.pop(first or 0, None)  # the incident determines its status now
        await self.close()

    async def _open(self) -> None:
        if (await self._release.get()).is_before_2_4:
            self.maintenance_incident = await self._incidents.create(
                name=self._name, message=self._message, status=IncidentStatus.SCHEDULED, notify=self._notify
            )
            return
        is_running = self.start <= datetime.now(UTC)
        self.schedule = await self._schedules.create(
            name=self._name,
            message=self._message,
            status=ScheduleStatus.IN_PROGRESS if is_running else ScheduleStatus.UPCOMING,
            scheduled_at=self.start,
            completed_at=self.end,
            notify=self._notify,
        )

    async def _set_states(self) -> None:
        for number, state in self._components.items():
            if state is None:
                continue  # Cachet 2 has no status for maintenance
            before = int((await self._all_components.get(number)).status)
            if before != state:
                self._before[number] = before
                await self._set_state(number, state)

    async def _set_state(self, number: int, state: int) -> None:
        # Cachet 2.4 tells subscribers of a component's state too. 2.3 does not know "silent", and has no schedule.
        is_silent = None if self._notify or self.schedule is None else True
        await self._all_components.update(number, status=state, silent=is_silent)

    async def _restore(self) -> None:
        for number, before in list(self._before.items()):
            try:
                if (await self._all_components.get(number)).status == self._components[number]:
                    await self._set_state(number, before)
            except NotFoundError:
                pass  # deleted meanwhile
            del self._before[number]
