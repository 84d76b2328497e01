# Made by "make sync" from aio/maintenance.py: edit that file instead of this one.
"""A window of maintenance around a block of code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
from cachet_sdk.errors import CachetError, ClientStateError, NotFoundError
from cachet_sdk.v1.components import ComponentManager
from cachet_sdk.v1.enums import ComponentStatus, IncidentStatus, ScheduleStatus
from cachet_sdk.v1.incidents import Incident, IncidentManager
from cachet_sdk.v1.release import ReleaseProbe
from cachet_sdk.v1.schedules import Schedule, ScheduleManager


class Maintenance:
    """A window of maintenance: what ``client.maintenance`` returns, and its ``with`` statement yields.

    Attributes:
        schedule: The schedule, as it was read last; None before the ``with`` statement has begun, and on Cachet 2.3.
        maintenance_incident: The incident that stands for the schedule on Cachet 2.3; None on 2.4.
        start: When it begins, aware.
        end: When it ends, aware: as planned, extended or closed.
        incident: The incident that ``on_error="incident"`` opened; None otherwise.
    """

    def __init__(
        self,
        schedules: ScheduleManager,
        incidents: IncidentManager,
        all_components: ComponentManager,
        release: ReleaseProbe,
        name: str,
        *,
        message: str,
        components: Mapping[int, int] | Sequence[int] | None,
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
        self.schedule: Schedule | None = None
        self.maintenance_incident: Incident | None = None
        self.start: datetime = start or datetime.now(UTC)
        self.end: datetime = self.start + self._duration
        self.incident: Incident | None = None

    @property
    def id(self) -> int:
        """The id of the schedule; on Cachet 2.3 of the incident that stands for it.

        Raises:
            ClientStateError: before the ``with`` statement has begun.
        """
        shown = self.schedule or self.maintenance_incident
        if shown is None:
            raise ClientStateError("the maintenance has not begun: use it in a with statement")
        return shown.id

    def extend(self, duration: timedelta | float) -> None:
        """Move the end. Nothing is sent to Cachet 2.3, where a window has none.

        Args:
            duration: How much longer it takes, as a timedelta or in seconds: from its end, or from now when that is
                later.

        Raises:
            ArgumentError: for a bad duration.
            HTTPError: when the server refuses.
            TransportError: when no answer comes.
        """
        end = later_end(self.end, to_duration(duration))
        if self.schedule is not None:
            self.schedule = self._schedules.update(self.id, completed_at=end)
        self.end = end

    def close(self) -> None:
        """End the window now, and give the components their states back. The end of the ``with`` statement does so too.

        Raises:
            HTTPError: when the server refuses.
            TransportError: when no answer comes.
        """
        if self._is_closed:
            return
        self._restore()
        now = min(datetime.now(UTC), self.end)
        if self.schedule is not None:
            self.schedule = self._schedules.update(self.id, status=ScheduleStatus.COMPLETE, completed_at=now)
        elif self.maintenance_incident is not None:
            self.maintenance_incident = self._incidents.update(self.id, status=IncidentStatus.FIXED)
        self.end = now
        self._is_closed = True

    def __enter__(self) -> Self:
        if self.schedule is not None or self.maintenance_incident is not None:
            raise ClientStateError("a maintenance can be entered once: call client.maintenance() again")
        self.start = self._planned_start or datetime.now(UTC)
        self.end = self.start + self._duration
        self._open()
        try:
            self._set_states()
        except BaseException as error:
            self._end(error, self.close)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        elif not self._is_closed:
            self._end(error, self._end_failed)

    def _end(self, error: BaseException, end: Callable[[], None]) -> None:
        try:
            end()
        except CachetError as problem:  # what went wrong first is what the caller has to see
            error.add_note(f"The maintenance {self._name!r} (id {self.id}) could not be ended: {problem}")

    def _end_failed(self) -> None:
        if self._on_error == "extend":
            self.extend(self._duration)
            return
        if self._on_error == "incident":
            first = next(iter(self._components), None)
            self.incident = self._incidents.create(
                name=self._name,
                message=FAILED_MESSAGE,
                status=IncidentStatus.INVESTIGATING,
                notify=self._notify,
                component_id=first,
                component_status=None if first is None else ComponentStatus.PARTIAL_OUTAGE,
            )
            self._before.pop(first or 0, None)  # the incident has it now
        self.close()

    def _open(self) -> None:
        if (self._release.get()).is_before_2_4:
            self.maintenance_incident = self._incidents.create(
                name=self._name, message=self._message, status=IncidentStatus.SCHEDULED, notify=self._notify
            )
            return
        is_running = self.start <= datetime.now(UTC)
        self.schedule = self._schedules.create(
            name=self._name,
            message=self._message,
            status=ScheduleStatus.IN_PROGRESS if is_running else ScheduleStatus.UPCOMING,
            scheduled_at=self.start,
            completed_at=self.end,
            notify=self._notify,
        )

    def _set_states(self) -> None:
        for number, state in self._components.items():
            if state is None:
                continue  # Cachet 2 has no state for maintenance
            before = int((self._all_components.get(number)).status)
            if before != state:
                self._before[number] = before
                self._set_state(number, state)

    def _set_state(self, number: int, state: int) -> None:
        # Cachet 2.4 tells subscribers of a component's state too. 2.3 does not know "silent", and has no schedule.
        is_silent = None if self._notify or self.schedule is None else True
        self._all_components.update(number, status=state, silent=is_silent)

    def _restore(self) -> None:
        for number, before in list(self._before.items()):
            try:
                if (self._all_components.get(number)).status == self._components[number]:
                    self._set_state(number, before)
            except NotFoundError:
                pass  # deleted meanwhile
            del self._before[number]
