# Made by "make sync" from aio/schedules.py: edit that file instead of this one.
"""The schedule resource and its manager. Requires Cachet 2.4."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Literal, TypeAlias, get_args

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.failures import mark_maybe_applied
from cachet_sdk.core.http.response import ApiResponse
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.listing import Listing
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import clear_field, convert_times
from cachet_sdk.core.models.times import needs_utc_header, same_minute
from cachet_sdk.core.resource import Resource
from cachet_sdk.errors import ArgumentError, CachetError, short_repr
from cachet_sdk.v1.enums import ScheduleStatus
from cachet_sdk.v1.filters import list_query
from cachet_sdk.v1.manager import Manager
from cachet_sdk.v1.models.schedules import NewSchedule, ScheduleChange, ScheduleData, with_uncertain_end

ScheduleSort: TypeAlias = Literal["id", "name", "status", "scheduled_at", "completed_at", "created_at", "updated_at"]


class Schedule(ScheduleData, Resource):
    """Maintenance that is planned, in progress or complete."""

    __slots__ = ()

    def _path(self) -> str:
        return f"/schedules/{check_id('id', self.id)}"


class ScheduleManager(Manager[Schedule]):
    """Manage scheduled maintenance. Available as ``client.schedules``."""

    def __init__(self, transport: Transport) -> None:
        super().__init__(transport, Schedule)

    def create(
        self,
        *,
        name: str,
        status: ScheduleStatus | int,
        scheduled_at: datetime,
        message: str | None = None,
        completed_at: datetime | None = None,
        notify: bool = True,
    ) -> Schedule:
        """Schedule maintenance.

        Args:
            name: Title, at most 191 characters. Servers truncate longer ones silently, so they are refused.
            status: See :class:`~cachet_sdk.v1.enums.ScheduleStatus`.
            scheduled_at: Start, to the minute. Aware, or naive in the server's time zone. Must be aware if the client
                has a ``timezone``.
            message: Text in Markdown.
            completed_at: End, in the same form as ``scheduled_at``. It cannot be cleared later.
            notify: Whether subscribers are notified.

        Example:
            >>> from datetime import datetime
            >>> schedule = client.schedules.create(
            ...     name="Upgrade", status=0, scheduled_at=datetime(2030, 1, 1, 10, 0)
            ... )
            >>> schedule.human_status
            'Upcoming'
        """
        payload = NewSchedule.build(
            name=name,
            status=status,
            scheduled_at=scheduled_at,
            message=message,
            completed_at=completed_at,
            notify=notify,
        )
        return self._create("/schedules", payload)

    def update(
        self,
        schedule_id: int,
        *,
        name: str | None = None,
        status: ScheduleStatus | int | None = None,
        scheduled_at: datetime | None = None,
        message: str | None = None,
        completed_at: datetime | None = None,
        notify: bool | None = None,
    ) -> Schedule:
        """Update only the fields you pass.

        With MySQL, the server may set ``scheduled_at`` to the current time on any change ("A schedule's date moves to
        now" in the server quirks). The schedule is therefore read first, and ``scheduled_at`` is restored afterwards
        unless you pass a new one.

        Args:
            schedule_id: Id of the schedule.
            name: Title.
            status: See :class:`~cachet_sdk.v1.enums.ScheduleStatus`.
            scheduled_at: Start, to the minute.
            message: Text in Markdown.
            completed_at: End, to the minute. It cannot be cleared later.
            notify: Whether subscribers are notified.

        Raises:
            NotFoundError: If there is no such schedule.
        """
        payload = ScheduleChange.build(
            name=name,
            status=status,
            scheduled_at=scheduled_at,
            message=message,
            completed_at=completed_at,
            notify=notify,
        )
        return self._change(f"/schedules/{check_id('schedule_id', schedule_id)}", payload.values())

    def list(
        self, page: int = 1, per_page: int = 20, *, sort: ScheduleSort | None = None, prefetch: int = 0
    ) -> Listing[Schedule]:
        """List schedules. Pages are requested as you iterate. The server has no filters here.

        Args:
            page: First page to read.
            per_page: Schedules per page.
            sort: Field to sort by, always in descending order. Unless it is ``id``, the list is read in one request.
            prefetch: Number of pages to fetch ahead. Defaults to 0.
        """
        query = list_query({}, sort, get_args(ScheduleSort))
        return self._list("/schedules", page=page, per_page=per_page, prefetch=prefetch, query=query)

    def get(self, schedule_id: int) -> Schedule:
        """Return a schedule.

        Raises:
            NotFoundError: If there is no such schedule.
        """
        return self._get(f"/schedules/{check_id('schedule_id', schedule_id)}")

    def count(self) -> int:
        """Return the number of schedules."""
        return self._count("/schedules")

    def delete(self, schedule_id: int) -> None:
        """Delete a schedule.

        Raises:
            NotFoundError: If there is no such schedule.
        """
        self._delete(f"/schedules/{check_id('schedule_id', schedule_id)}")

    def _write(self, method: str, path: str, payload_type: type[Payload], values: dict[str, object]) -> Schedule:
        schedule = super()._write(method, path, payload_type, values)
        if schedule.completed_at is not None and "completed_at" not in values:
            clear_field(schedule, "completed_at")  # a new schedule has no end unless one was sent
        return schedule

    def _change(self, path: str, values: dict[str, object]) -> Schedule:
        response = self._send_keeping_date(path, values)
        with mark_maybe_applied():
            schedule = self._one(response)
        if "completed_at" not in values:
            self._fix_up([schedule], response)
        return schedule

    def _send_keeping_date(self, path: str, values: dict[str, object]) -> ApiResponse:
        wanted = values.get("scheduled_at")
        zone = self._transport.settings.timezone
        # A date that is only restored is sent in UTC: in the hour that clocks repeat, a naive one is ambiguous.
        utc = needs_utc_header(values, zone) or wanted is None
        current = self._one(self._transport.request("GET", path, utc=utc))
        planned = current.scheduled_at
        if planned is None and wanted is None and current.attrs.get("scheduled_at"):
            raise ArgumentError(
                "scheduled_at",
                f"is missing: the current value {short_repr(current.attrs['scheduled_at'])} cannot be parsed, and some "
                "servers set the date to now if an update omits it",
            )
        if planned is not None and utc and zone is None:
            planned = planned.replace(tzinfo=UTC)
        if planned is None or (isinstance(wanted, datetime) and not same_minute(wanted, planned)):
            return self._send("PUT", path, ScheduleChange, values)
        others = {name: value for name, value in values.items() if name != "scheduled_at"}
        if not others:
            return self._transport.request("GET", path)
        # Two requests, because the server keeps the date only if a request changes nothing else.
        self._send("PUT", path, ScheduleChange, others)
        with mark_maybe_applied():
            return self._send("PUT", path, ScheduleChange, {"scheduled_at": wanted or planned})

    def _fix_up(self, items: Sequence[Schedule], response: ApiResponse) -> None:
        """Clear ``completed_at`` if the server shows null as the current time and its seconds do not reveal that.

        See "A null date is shown as now" in the server quirks.
        """
        doubtful = with_uncertain_end(items, response.headers.get("Date"))
        completed: set[int] = set()
        if doubtful and self._transport.settings.timezone is None:
            with suppress(CachetError):  # the requested data has arrived: assume the more likely case
                completed = self._completed(response)
        for schedule in doubtful:
            if schedule.id not in completed:
                clear_field(schedule, "completed_at")

    def _completed(self, response: ApiResponse) -> set[int]:
        """Repeat the request in UTC, in which dates are unambiguous. Return the ids of the schedules with an end."""
        again = self._read_in_utc(response)
        data = again.document.get("data") if isinstance(again.document, dict) else None
        items = self._load(again, self._rows(again) if isinstance(data, list) else [self._row(again)])
        for item in items:
            convert_times(item, UTC)
        doubtful = {it.id for it in with_uncertain_end(items, again.headers.get("Date"))}
        return {it.id for it in items if it.completed_at is not None} - doubtful
