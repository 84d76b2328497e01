"""Schedules: what the server sends of one, and what it takes to make or change one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, ClassVar, Final, Self

from pydantic import AfterValidator, Field, JsonValue, model_validator

from cachet_sdk.core.http.dates import read_http_date
from cachet_sdk.core.models.fields import (
    DefaultIfNull,
    FlagInput,
    NameInput,
    NoneOnError,
    TextInput,
    known_or_int,
    one_of,
)
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import DataBinding, ResourceData
from cachet_sdk.core.models.times import SECONDS_TO_ANSWER
from cachet_sdk.v1.enums import ScheduleStatus
from cachet_sdk.v1.models.limits import StoredTimeInput

#: Seconds between GMT and the clock that is farthest from it, at most.
_WIDEST_ZONE = 15 * 3600

_StatusIn = Annotated[ScheduleStatus, one_of(ScheduleStatus)]


def _to_the_minute(value: datetime) -> datetime:
    return value.replace(second=0, microsecond=0)


#: A moment, to the minute: the server takes no seconds.
_MinuteIn = Annotated[StoredTimeInput, AfterValidator(_to_the_minute)]


class NewSchedule(Payload):
    """The body of ``POST /schedules``."""

    name: NameInput
    status: _StatusIn
    scheduled_at: _MinuteIn
    message: TextInput | None = None
    completed_at: _MinuteIn | None = None
    notify: FlagInput | None = None


class ScheduleChange(Payload):
    """The body of ``PUT /schedules/{id}``."""

    name: NameInput | None = None
    status: _StatusIn | None = None
    scheduled_at: _MinuteIn | None = None
    message: TextInput | None = None
    completed_at: _MinuteIn | None = None
    notify: FlagInput | None = None


class ScheduleData(ResourceData):
    """Maintenance that is planned, under way or done. Cachet 2.4."""

    _UPDATE: ClassVar[type[Payload]] = ScheduleChange
    # As with an incident: sent again, it is not kept as it is.
    _ONLY_CHANGED: ClassVar[tuple[str, ...]] = ("message",)
    _ZONED: ClassVar[tuple[str, ...]] = ("scheduled_at", "completed_at", "created_at", "updated_at", "deleted_at")

    id: Final[int]
    """The id."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """The title."""
    message: Annotated[str, DefaultIfNull("")] = ""
    """The text, in Markdown."""
    status: Annotated[ScheduleStatus | int, known_or_int, DefaultIfNull(ScheduleStatus.UPCOMING)] = (
        ScheduleStatus.UPCOMING
    )
    """How far it is. A number that this package does not know stays a plain int."""
    human_status: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """The status in words, in the server's language."""
    scheduled_at: Annotated[datetime | None, NoneOnError()] = None
    """When it is to begin, to the minute; in the server's zone and naive, or in the client's ``timezone``."""
    completed_at: Annotated[datetime | None, NoneOnError()] = None
    """When it was done; None until then. As ``scheduled_at``."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was made; as ``scheduled_at``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed; as ``scheduled_at``."""
    deleted_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was deleted; as ``scheduled_at``."""

    @classmethod
    def _load(  # pyright: ignore[reportIncompatibleMethodOverride]  (Self is the subclass, here and there)
        cls, rows: Sequence[dict[str, JsonValue]], binding: DataBinding | None, *, stored: bool
    ) -> list[Self]:
        items = super()._load(rows, binding, stored=stored)
        for item in items:
            _drop_time_of_answering(item)
        return items

    @model_validator(mode="after")
    def _correct(self) -> Self:
        _drop_time_of_answering(self)
        return self


def _drop_time_of_answering(schedule: ScheduleData) -> None:
    # The server shows a null date as now. Dates that were set end in a whole minute, since it takes no seconds; so one
    # with seconds is no date that anybody set.
    if schedule.completed_at is not None and schedule.completed_at.second:
        vars(schedule)["completed_at"] = None


def may_be_times_of_answering(schedules: Sequence[ScheduleData], date: str | None) -> list[ScheduleData]:
    """Find the schedules whose ``completed_at`` may be what the server shows for none: the time of its answer.

    It is only in the first seconds of a minute that there are any, since ``load`` knows the others. With a time zone
    they are as good as sure. Without one, those that were completed at this minute of another quarter of an hour are
    among them.

    Args:
        schedules: Schedules as they were just read.
        date: The ``Date`` header of the answer.
    """
    answered = read_http_date(date)
    if answered is None or answered.second > SECONDS_TO_ANSWER:
        return []
    return [it for it in schedules if it.completed_at is not None and _may_be(it.completed_at, answered)]


def _may_be(shown: datetime, answered: datetime) -> bool:
    if shown.tzinfo is not None:
        return abs((shown - answered).total_seconds()) <= SECONDS_TO_ANSWER
    # The server's zone is not known here; they differ from GMT by whole half hours, but for a few by a quarter.
    apart = abs((shown.replace(tzinfo=UTC) - answered).total_seconds())
    return (shown.minute - answered.minute) % 15 == 0 and apart <= _WIDEST_ZONE
