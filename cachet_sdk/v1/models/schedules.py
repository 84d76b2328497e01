"""Schedules: what the server sends of one, and what it takes to make or change one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Annotated, ClassVar, Final, Self

from pydantic import Field, JsonValue

from cachet_sdk.core.fields import KNOWN_OR_INT, NameIn, NoneWhenUnreadable, NullIs, TextIn, TimeIn, one_of
from cachet_sdk.core.model import Payload
from cachet_sdk.core.record import Record, RecordBinding
from cachet_sdk.v1.enums import ScheduleStatus

#: Seconds between a server's reading of its clock and its writing of the ``Date`` header, at most.
_SECONDS_TO_ANSWER = 2
#: Seconds between GMT and the clock that is farthest from it, at most.
_WIDEST_ZONE = 15 * 3600

_StatusIn = Annotated[ScheduleStatus, one_of(ScheduleStatus)]


class NewSchedule(Payload):
    """The body of ``POST /schedules``."""

    name: NameIn
    status: _StatusIn
    scheduled_at: TimeIn
    message: TextIn | None = None
    completed_at: TimeIn | None = None
    notify: bool | None = None


class ScheduleChange(Payload):
    """The body of ``PUT /schedules/{id}``."""

    name: NameIn | None = None
    status: _StatusIn | None = None
    scheduled_at: TimeIn | None = None
    message: TextIn | None = None
    completed_at: TimeIn | None = None
    notify: bool | None = None


class ScheduleRecord(Record):
    """Maintenance that is planned, under way or done. Cachet 2.4."""

    UPDATE: ClassVar[type[Payload]] = ScheduleChange
    # As with an incident: sent again, it is not kept as it is.
    _ONLY_CHANGED: ClassVar[tuple[str, ...]] = ("message",)
    ZONED: ClassVar[tuple[str, ...]] = ("scheduled_at", "completed_at", "created_at", "updated_at", "deleted_at")

    id: Final[int]
    """The id."""
    name: Annotated[str, NullIs("")] = ""
    """The title."""
    message: Annotated[str, NullIs("")] = ""
    """The text, in Markdown."""
    status: Annotated[ScheduleStatus | int, KNOWN_OR_INT, NullIs(ScheduleStatus.UPCOMING)] = ScheduleStatus.UPCOMING
    """How far it is. A number that this package does not know stays a plain int."""
    human_status: Final[Annotated[str, NullIs(""), Field(default="")]]
    """The status in words, in the server's language."""
    scheduled_at: Annotated[datetime | None, NoneWhenUnreadable()] = None
    """When it is to begin, to the minute; in the server's zone and naive, or in the client's ``timezone``."""
    completed_at: Annotated[datetime | None, NoneWhenUnreadable()] = None
    """When it was done; None until then. As ``scheduled_at``."""
    created_at: Final[Annotated[datetime | None, NoneWhenUnreadable()]]
    """When it was made; as ``scheduled_at``."""
    updated_at: Final[Annotated[datetime | None, NoneWhenUnreadable()]]
    """When it was last changed; as ``scheduled_at``."""
    deleted_at: Final[Annotated[datetime | None, NoneWhenUnreadable()]]
    """When it was deleted; as ``scheduled_at``."""

    @classmethod
    def load(  # pyright: ignore[reportIncompatibleMethodOverride]  (Self is the subclass, here and there)
        cls, rows: Sequence[dict[str, JsonValue]], binding: RecordBinding | None
    ) -> list[Self]:
        """Make schedules of JSON objects, a page at a time, bound to a manager."""
        items = super().load(rows, binding)
        for item in items:
            # wire/v1, trap 5: the server shows a null date as now. Dates that were set end in a whole minute, since it
            # takes no seconds; so one with seconds is no date that anybody set.
            if item.completed_at is not None and item.completed_at.second:
                vars(item)["completed_at"] = None
        return items

    def changes(self) -> dict[str, object]:
        """Tell which writable values differ from what the server sent, by attribute name."""
        # Nothing can be set to None: a completed_at of None is one that was recognised as the time of the answer.
        return {name: value for name, value in super().changes().items() if value is not None}

    def shown(self, values: dict[str, object]) -> dict[str, object]:
        """Give attribute values in the form in which the server shows them; a time of answering is not kept."""
        return super().shown(values) | ({"completed_at": None} if self._shows_time_of_answering() else {})

    def trust_completed_at(self) -> None:
        """Take ``completed_at`` as the server shows it: for an answer to a request that has set it."""
        if self._shows_time_of_answering():
            vars(self)["completed_at"] = self._as_sent().completed_at

    def _shows_time_of_answering(self) -> bool:
        return self.completed_at is None and self._as_sent().completed_at is not None

    def _as_sent(self) -> Self:
        return self.load([self.attrs], self.binding)[0]


def forget_times_of_answering(schedules: Sequence[ScheduleRecord], date: str | None) -> None:
    """Take away what the server shows for a null date in the first seconds of a minute: the time of its answer.

    Args:
        schedules: Schedules as they were just read.
        date: The ``Date`` header of the answer.
    """
    if date is None:
        return
    try:
        answered = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return
    if answered.second > _SECONDS_TO_ANSWER:
        return
    for schedule in schedules:
        shown = schedule.completed_at
        if shown is None:
            continue
        if shown.tzinfo is not None:
            is_now = abs((shown - answered).total_seconds()) <= _SECONDS_TO_ANSWER
        else:
            # The server's zone is not known here; they differ from GMT by whole half hours, but for a few by a quarter.
            apart = abs((shown.replace(tzinfo=UTC) - answered).total_seconds())
            is_now = (shown.minute - answered.minute) % 15 == 0 and apart <= _WIDEST_ZONE
        if is_now:
            vars(schedule)["completed_at"] = None
