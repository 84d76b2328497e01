"""Schedules: what can be done to one, and their manager. Cachet 2.4."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Literal, TypeAlias

from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.aio.resource import AsyncResource
from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.http.failures import partly_done
from cachet_sdk.core.http.response import ApiResponse
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import clear_field, show_in
from cachet_sdk.core.models.times import needs_utc_header, same_minute
from cachet_sdk.errors import ArgumentError, CachetError, short_repr
from cachet_sdk.v1.aio.manager import AsyncManager
from cachet_sdk.v1.enums import ScheduleStatus
from cachet_sdk.v1.filters import list_query
from cachet_sdk.v1.models.schedules import NewSchedule, ScheduleChange, ScheduleData, may_be_times_of_answering

ScheduleSort: TypeAlias = Literal["id", "name", "status", "scheduled_at", "completed_at", "created_at", "updated_at"]


class AsyncSchedule(ScheduleData, AsyncResource):
    """Maintenance that is planned, under way or done."""

    __slots__ = ()

    def _path(self) -> str:
        return f"/schedules/{check_id('id', self.id)}"


class AsyncScheduleManager(AsyncManager[AsyncSchedule]):
    """The schedules: ``client.schedules``."""

    def __init__(self, transport: AsyncTransport) -> None:
        super().__init__(transport, AsyncSchedule)

    async def create(
        self,
        *,
        name: str,
        status: ScheduleStatus | int,
        scheduled_at: datetime,
        message: str | None = None,
        completed_at: datetime | None = None,
        notify: bool = True,
    ) -> AsyncSchedule:
        """Announce maintenance.

        Args:
            name: The title, of 191 characters at most: servers cut longer ones silently.
            status: How far it is; see :class:`~cachet_sdk.v1.enums.ScheduleStatus`.
            scheduled_at: When it is to begin, to the minute: naive in the server's zone, or aware. With a client that
                has a ``timezone``, aware.
            message: The text, in Markdown.
            completed_at: When it was done; as ``scheduled_at``. It cannot be taken back.
            notify: Whether subscribers are told.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            HTTPError: when the server refuses.
            TransportError: when no answer comes; ``maybe_applied`` tells whether it may have been made.

        Example:
            >>> from datetime import datetime
            >>> schedule = await client.schedules.create(
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
        return await self._create("/schedules", payload)

    async def update(
        self,
        schedule_id: int,
        *,
        name: str | None = None,
        status: ScheduleStatus | int | None = None,
        scheduled_at: datetime | None = None,
        message: str | None = None,
        completed_at: datetime | None = None,
        notify: bool | None = None,
    ) -> AsyncSchedule:
        """Change what is named of a schedule, and nothing else.

        Servers on MySQL may move ``scheduled_at`` to now on any change, without saying so (wire/v1, trap 13). So the
        schedule is read first, and its ``scheduled_at`` is set again afterwards unless a new one is given.

        Args:
            schedule_id: The id.
            name: The title.
            status: How far it is; see :class:`~cachet_sdk.v1.enums.ScheduleStatus`.
            scheduled_at: When it is to begin, to the minute.
            message: The text, in Markdown.
            completed_at: When it was done, to the minute. It cannot be taken back.
            notify: Whether subscribers are told.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            NotFoundError: when there is no such schedule.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        payload = ScheduleChange.build(
            name=name,
            status=status,
            scheduled_at=scheduled_at,
            message=message,
            completed_at=completed_at,
            notify=notify,
        )
        return await self._change(f"/schedules/{check_id('schedule_id', schedule_id)}", payload.values())

    def list(
        self, page: int = 1, per_page: int = 20, *, sort: ScheduleSort | None = None, prefetch: int = 0
    ) -> AsyncListing[AsyncSchedule]:
        """List schedules, read page by page while they are used. The server has no filters here.

        Args:
            page: The page to start at.
            per_page: Schedules a page.
            sort: What to sort by, always in descending order; anything but ``id`` is read in one request.
            prefetch: How many pages to fetch ahead of the one in use.

        Raises:
            ArgumentError: for a bad argument, at once.
            HTTPError: when the server refuses, while iterating.
            TransportError: when no answer comes, while iterating.
        """
        query = list_query(
            {}, sort, ("id", "name", "status", "scheduled_at", "completed_at", "created_at", "updated_at")
        )
        return self._list("/schedules", page=page, per_page=per_page, prefetch=prefetch, query=query)

    async def get(self, schedule_id: int) -> AsyncSchedule:
        """Get a schedule.

        Args:
            schedule_id: The id.

        Raises:
            NotFoundError: when there is no such schedule.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        return await self._get(f"/schedules/{check_id('schedule_id', schedule_id)}")

    async def count(self) -> int:
        """Count the schedules."""
        return await self._count("/schedules")

    async def delete(self, schedule_id: int) -> None:
        """Delete a schedule.

        Args:
            schedule_id: The id.

        Raises:
            NotFoundError: when there is no such schedule.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        await self._delete(f"/schedules/{check_id('schedule_id', schedule_id)}")

    async def _write(self, method: str, path: str, form: type[Payload], values: dict[str, object]) -> AsyncSchedule:
        schedule = await super()._write(method, path, form, values)
        if schedule.completed_at is not None and "completed_at" not in values:
            clear_field(schedule, "completed_at")  # a new schedule has what it was given
        return schedule

    async def _change(self, path: str, values: dict[str, object]) -> AsyncSchedule:
        answer = await self._send_keeping_date(path, values)
        with partly_done():
            schedule = self._one(answer)
        if "completed_at" not in values:
            await self._fix_up([schedule], answer)
        return schedule

    async def _send_keeping_date(self, path: str, values: dict[str, object]) -> ApiResponse:
        wanted = values.get("scheduled_at")
        zone = self._transport.settings.timezone
        # A date that is only put back travels in UTC: in an hour that the clocks repeat, a naive one is not the same.
        utc = needs_utc_header(values, zone) or wanted is None
        present = self._one(await self._transport.request("GET", path, utc=utc))
        planned = present.scheduled_at
        if planned is None and wanted is None and present.attrs.get("scheduled_at"):
            raise ArgumentError(
                "scheduled_at",
                f"is missing: the server shows {short_repr(present.attrs['scheduled_at'])}, which cannot be read as a "
                "date and a time, and some servers set the date to now in an update that does not name it",
            )
        if planned is not None and utc and zone is None:
            planned = planned.replace(tzinfo=UTC)
        if planned is None or (isinstance(wanted, datetime) and not same_minute(wanted, planned)):
            return await self._send("PUT", path, ScheduleChange, values)
        others = {name: value for name, value in values.items() if name != "scheduled_at"}
        if not others:
            return await self._transport.request("GET", path)
        # Twice: where any change moves the date to now, this one is a change of the date alone.
        await self._send("PUT", path, ScheduleChange, others)
        with partly_done():
            return await self._send("PUT", path, ScheduleChange, {"scheduled_at": wanted or planned})

    async def _fix_up(self, items: Sequence[AsyncSchedule], answer: ApiResponse) -> None:
        """Take away what the server shows for a null date (wire/v1, trap 5) and that its seconds do not tell."""
        doubtful = may_be_times_of_answering(items, answer.headers.get("Date"))
        completed: set[int] = set()
        if doubtful and self._transport.settings.timezone is None:
            with suppress(CachetError):  # what was asked for has been answered; then they are what most of them are
                completed = await self._completed(answer)
        for schedule in doubtful:
            if schedule.id not in completed:
                clear_field(schedule, "completed_at")

    async def _completed(self, answer: ApiResponse) -> set[int]:
        """Read the same once more in UTC, where it can be told, and give the ids of those that were completed."""
        again = await self._read_in_utc(answer)
        data = again.document.get("data") if isinstance(again.document, dict) else None
        items = self._load(again, self._rows(again) if isinstance(data, list) else [self._row(again)])
        for item in items:
            show_in(item, UTC)
        doubtful = {it.id for it in may_be_times_of_answering(items, again.headers.get("Date"))}
        return {it.id for it in items if it.completed_at is not None} - doubtful
