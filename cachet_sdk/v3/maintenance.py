# Made by "make sync" from aio/maintenance.py: edit that file instead of this one.
"""A maintenance window around a block of code."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from cachet_sdk.core.maintenance import FAILED_MESSAGE, OnError
from cachet_sdk.core.resend import send_unless_found
from cachet_sdk.core.window import Window
from cachet_sdk.errors import ClientStateError
from cachet_sdk.v3.enums import ComponentStatus
from cachet_sdk.v3.incidents import IncidentManager
from cachet_sdk.v3.resources import Incident, Schedule
from cachet_sdk.v3.schedules import ScheduleManager

_META_KEY = "cachet_sdk_window"


class Maintenance(Window):
    """A maintenance window, returned by ``client.maintenance`` and used in a ``with`` statement.

    Attributes:
        start: Start of the window, an aware datetime.
        end: End of the window, an aware datetime: planned, extended or actual.
        incident: The incident opened by ``on_error="incident"``. None otherwise.
    """

    _ID_NAME = "schedule"

    def __init__(
        self,
        schedules: ScheduleManager,
        incidents: IncidentManager,
        name: str,
        *,
        message: str,
        components: Mapping[int, ComponentStatus | int] | Sequence[int] | None,
        duration: timedelta | float,
        start: datetime | None,
        notifications: bool | None,
        on_error: OnError,
    ) -> None:
        super().__init__(
            name, message=message, components=components, duration=duration, start=start, on_error=on_error
        )
        self._schedules = schedules
        self._incidents = incidents
        self._components = {
            number: int(ComponentStatus.UNDER_MAINTENANCE if status is None else status)
            for number, status in self._statuses.items()
        }
        self._notifications = notifications
        self._schedule: Schedule | None = None
        self.incident: Incident | None = None

    @property
    def schedule(self) -> Schedule:
        """The schedule as last read.

        Raises:
            ClientStateError: Before the ``with`` statement is entered.
        """
        if self._schedule is None:
            raise ClientStateError("the maintenance window is not open: use it in a with statement")
        return self._schedule

    def close(self) -> None:
        """Close the window now, unless its end has passed. Leaving the ``with`` statement does the same."""
        now = datetime.now(UTC)
        if not self._is_closed and now < self.end:
            self._schedule = self._schedules.update(self.id, completed_at=now)
            self.end = now
        self._is_closed = True

    def _opened(self) -> Schedule | None:
        return self._schedule

    def _open(self) -> None:
        """Create the schedule. If the response is lost, check whether it exists before sending it again."""
        mark = uuid.uuid4().hex
        self._schedule = send_unless_found(
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

    def _postpone(self, end: datetime) -> None:
        self._schedule = self._schedules.update(self.id, completed_at=end)

    def _open_incident(self) -> None:
        self.incident = self._incidents.create(
            name=self._name,
            message=FAILED_MESSAGE,
            status=1,
            visible=True,
            notifications=self._notifications,
            components=dict.fromkeys(self._components, int(ComponentStatus.PARTIAL_OUTAGE)) or None,
        )
