"""Schedule data, and the payloads that create and update one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Final, Self

from pydantic import Field, JsonValue

from cachet_sdk.core.models.fields import (
    DefaultIfNull,
    FlagInput,
    MetaInput,
    NoneOnError,
    RequiredTextInput,
    TimeInput,
    known_or_int,
)
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.v3.enums import ScheduleStatus
from cachet_sdk.v3.models.bodies import RequestBody, check_not_empty
from cachet_sdk.v3.models.documents import DocumentData, at
from cachet_sdk.v3.models.fields import KEYED, ComponentStatusesInput, LineInput


class _SchedulePayload(RequestBody):
    completed_at: TimeInput | None = None
    published_at: TimeInput | None = None
    components: ComponentStatusesInput | None = None
    meta: MetaInput | None = None


class NewSchedule(_SchedulePayload):
    """The request body of ``POST /schedules``."""

    name: LineInput
    message: RequiredTextInput
    scheduled_at: TimeInput
    notifications: FlagInput | None = None


class ScheduleChange(_SchedulePayload):
    """The request body of ``PUT /schedules/{id}``. Components replace the existing ones."""

    name: LineInput | None = None
    message: RequiredTextInput | None = None
    scheduled_at: TimeInput | None = None

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Validate arguments. Empty components are refused, because the server would ignore them."""
        check_not_empty("components", arguments.get("components"))
        return super().build(**arguments)


class ScheduleData(DocumentData):
    """Maintenance that is planned, in progress or complete."""

    _TYPE: ClassVar[str] = "schedules"
    _UPDATE: ClassVar[type[Payload]] = ScheduleChange
    _ZONED: ClassVar[tuple[str, ...]] = ("scheduled_at", "completed_at", "published_at", "created_at", "updated_at")
    _RELATIONS: ClassVar[Mapping[str, str]] = {"components": "components", "updates": "updates"}

    id: Final[int]
    """Assigned by the server."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """Title, at most 255 characters."""
    message: Annotated[str, DefaultIfNull("")] = ""
    """Text in Markdown."""
    status: Final[
        Annotated[
            ScheduleStatus | int,
            known_or_int,
            DefaultIfNull(ScheduleStatus.UPCOMING),
            Field(default=ScheduleStatus.UPCOMING),
            at("status", "value"),
        ]
    ]
    """Computed by the server from the times. A value unknown to this SDK stays a plain int."""
    status_name: Final[Annotated[str, DefaultIfNull(""), Field(default=""), at("status", "human")]]
    """Name of ``status``, in the server's language."""
    meta: Annotated[dict[str, JsonValue] | None, KEYED] = None
    """Custom key-value pairs. None unless requested with ``include=("meta",)``."""
    scheduled_at: Annotated[datetime | None, NoneOnError(), at("scheduled", "string")] = None
    """Start. Naive and in the server's time zone, or aware if the client has a ``timezone``."""
    completed_at: Annotated[datetime | None, NoneOnError(), at("completed", "string")] = None
    """Planned or actual end. None if it has no end. In the time zone of ``scheduled_at``."""
    published_at: Annotated[datetime | None, NoneOnError(), at("published", "string")] = None
    """When it becomes visible, in the time zone of ``scheduled_at``."""
    created_at: Final[Annotated[datetime | None, NoneOnError(), at("created", "string")]]
    """When it was created, in the time zone of ``scheduled_at``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError(), at("updated", "string")]]
    """When it was last changed, in the time zone of ``scheduled_at``."""
