"""Schedule data, and the payloads that create and update one."""

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
from cachet_sdk.core.models.times import DATE_HEADER_DELAY
from cachet_sdk.v1.enums import ScheduleStatus
from cachet_sdk.v1.models.limits import StoredTimeInput

#: Largest offset of a time zone from UTC, in seconds.
_WIDEST_ZONE = 15 * 3600

_StatusInput = Annotated[ScheduleStatus, one_of(ScheduleStatus)]


def _to_the_minute(value: datetime) -> datetime:
    return value.replace(second=0, microsecond=0)


#: A time to the minute: the server does not accept seconds.
_MinuteInput = Annotated[StoredTimeInput, AfterValidator(_to_the_minute)]


class _SchedulePayload(Payload):
    message: TextInput | None = None
    completed_at: _MinuteInput | None = None
    notify: FlagInput | None = None


class NewSchedule(_SchedulePayload):
    """The request body of ``POST /schedules``."""

    name: NameInput
    status: _StatusInput
    scheduled_at: _MinuteInput


class ScheduleChange(_SchedulePayload):
    """The request body of ``PUT /schedules/{id}``."""

    name: NameInput | None = None
    status: _StatusInput | None = None
    scheduled_at: _MinuteInput | None = None


class ScheduleData(ResourceData):
    """Maintenance that is planned, in progress or complete. Requires Cachet 2.4."""

    _UPDATE: ClassVar[type[Payload]] = ScheduleChange
    # As with an incident, sending an unchanged message again may change it.
    _ONLY_CHANGED: ClassVar[tuple[str, ...]] = ("message",)
    _ZONED: ClassVar[tuple[str, ...]] = ("scheduled_at", "completed_at", "created_at", "updated_at", "deleted_at")

    id: Final[int]
    """Assigned by the server."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """Title, at most 191 characters."""
    message: Annotated[str, DefaultIfNull("")] = ""
    """Text in Markdown."""
    status: Annotated[ScheduleStatus | int, known_or_int, DefaultIfNull(ScheduleStatus.UPCOMING)] = (
        ScheduleStatus.UPCOMING
    )
    """A value unknown to this SDK stays a plain int."""
    human_status: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """Name of the status, in the server's language."""
    scheduled_at: Annotated[datetime | None, NoneOnError()] = None
    """Start, to the minute. Naive and in the server's time zone, or aware if the client has a ``timezone``."""
    completed_at: Annotated[datetime | None, NoneOnError()] = None
    """End. None if it is not set. In the time zone of ``scheduled_at``."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was created, in the time zone of ``scheduled_at``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed, in the time zone of ``scheduled_at``."""
    deleted_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was deleted, in the time zone of ``scheduled_at``."""

    @classmethod
    def _load(  # pyright: ignore[reportIncompatibleMethodOverride]  (Self differs from that of the base class)
        cls, rows: Sequence[dict[str, JsonValue]], binding: DataBinding | None, *, stored: bool
    ) -> list[Self]:
        items = super()._load(rows, binding, stored=stored)
        for item in items:
            _clear_unset_end(item)
        return items

    @model_validator(mode="after")
    def _correct(self) -> Self:
        _clear_unset_end(self)
        return self


def _clear_unset_end(schedule: ScheduleData) -> None:
    # The server shows null as now. Dates that were set have no seconds, so one with seconds was not set.
    if schedule.completed_at is not None and schedule.completed_at.second:
        vars(schedule)["completed_at"] = None


def with_uncertain_end(schedules: Sequence[ScheduleData], date: str | None) -> list[ScheduleData]:
    """Return the schedules whose ``completed_at`` may be the time of the response, as which the server shows null.

    There are none except in the first seconds of a minute, because ``_load`` recognizes the others by their seconds.
    If the client has a time zone, they are almost certain. If not, they include schedules completed at the same minute
    of another quarter of an hour.

    Args:
        schedules: Schedules as just read.
        date: The ``Date`` header of the response.
    """
    sent_at = read_http_date(date)
    if sent_at is None or sent_at.second > DATE_HEADER_DELAY:
        return []
    return [it for it in schedules if it.completed_at is not None and _may_be_same(it.completed_at, sent_at)]


def _may_be_same(shown: datetime, sent_at: datetime) -> bool:
    if shown.tzinfo is not None:
        return abs((shown - sent_at).total_seconds()) <= DATE_HEADER_DELAY
    # The server's zone is unknown. Offsets from UTC are multiples of a quarter of an hour.
    apart = abs((shown.replace(tzinfo=UTC) - sent_at).total_seconds())
    return (shown.minute - sent_at.minute) % 15 == 0 and apart <= _WIDEST_ZONE
