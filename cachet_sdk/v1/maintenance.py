# Made by "make sync" from aio/maintenance.py: edit that file instead of this one.
"""A maintenance window around a block of code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from cachet_sdk.core.maintenance import FAILED_MESSAGE, OnError
from cachet_sdk.core.window import Window
from cachet_sdk.errors import NotFoundError
from cachet_sdk.v1.components import ComponentManager
from cachet_sdk.v1.enums import ComponentStatus, IncidentStatus, ScheduleStatus
from cachet_sdk.v1.incidents import Incident, IncidentManager
from cachet_sdk.v1.release import ReleaseProbe
from cachet_sdk.v1.schedules import Schedule, ScheduleManager


class Maintenance(Window):
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
        schedules: ScheduleManager,
        incidents: IncidentManager,
        all_components: ComponentManager,
        release: ReleaseProbe,
        name: str,
        *,
        message: str,
        components: Mapping[int, ComponentStatus | int] | Sequence[int] | None,
        duration: timedelta | float,
        start: datetime | None,
        notify: bool,
        on_error: OnError,
    ) -> None:
        super().__init__(
            name, message=message, components=components, duration=duration, start=start, on_error=on_error
        )
        self._schedules = schedules
        self._incidents = incidents
        self._all_components = all_components
        self._release = release
        self._before: dict[int, int] = {}
        self._notify = notify
        self.schedule: Schedule | None = None
        self.maintenance_incident: Incident | None = None
        self.incident: Incident | None = None

    def close(self) -> None:
        """Close the window now and restore the components' statuses. Leaving the ``with`` statement does the same."""
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

    def _opened(self) -> Schedule | Incident | None:
        return self.schedule or self.maintenance_incident

    def _open(self) -> None:
        self._announce()
        try:
            self._set_statuses()
        except BaseException as error:
            self._end(error, self.close)
            raise

    def _postpone(self, end: datetime) -> None:
        if self.schedule is not None:
            self.schedule = self._schedules.update(self.id, completed_at=end)

    def _open_incident(self) -> None:
        first = next(iter(self._statuses), None)
        self.incident = self._incidents.create(
            name=self._name,
            message=FAILED_MESSAGE,
            status=IncidentStatus.INVESTIGATING,
            notify=self._notify,
            component_id=first,
            component_status=None if first is None else ComponentStatus.PARTIAL_OUTAGE,
        )
        self._before.pop(first or 0, None)  # from now on the incident determines its status

    def _announce(self) -> None:
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

    def _set_statuses(self) -> None:
        for number, status in self._statuses.items():
            if status is None:
                continue  # Cachet 2 has no status for maintenance
            before = int((self._all_components.get(number)).status)
            if before != status:
                self._before[number] = before
                self._set_status(number, status)

    def _set_status(self, number: int, status: int) -> None:
        # Cachet 2.4 also notifies subscribers about statuses of components. 2.3 has neither "silent" nor schedules.
        is_silent = None if self._notify or self.schedule is None else True
        self._all_components.update(number, status=status, silent=is_silent)

    def _restore(self) -> None:
        for number, before in list(self._before.items()):
            try:
                if (self._all_components.get(number)).status == self._statuses[number]:
                    self._set_status(number, before)
            except NotFoundError:
                pass  # deleted in the meantime
            del self._before[number]
