"""Schedules: what the server sends of one, and what it takes to make or change one."""

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
from cachet_sdk.v3.models.fields import KEYED, ComponentStatesInput, LineInput


class _ScheduleBody(RequestBody):
    completed_at: TimeInput | None = None
    published_at: TimeInput | None = None
    components: ComponentStatesInput | None = None
    meta: MetaInput | None = None


class NewSchedule(_ScheduleBody):
    """The body of ``POST /schedules``."""

    name: LineInput
    message: RequiredTextInput
    scheduled_at: TimeInput
    notifications: FlagInput | None = None


class ScheduleChange(_ScheduleBody):
    """The body of ``PUT /schedules/{id}``. Components take the place of those that are there."""

    name: LineInput | None = None
    message: RequiredTextInput | None = None
    scheduled_at: TimeInput | None = None

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Check a call's arguments; no components at all would change nothing (wire/v3, trap 8)."""
        check_not_empty("components", arguments.get("components"))
        return super().build(**arguments)


class ScheduleData(DocumentData):
    """Maintenance that is planned, under way or done."""

    _TYPE: ClassVar[str] = "schedules"
    _UPDATE: ClassVar[type[Payload]] = ScheduleChange
    _ZONED: ClassVar[tuple[str, ...]] = ("scheduled_at", "completed_at", "published_at", "created_at", "updated_at")
    _RELATIONS: ClassVar[Mapping[str, str]] = {"components": "components", "updates": "updates"}

    id: Final[int]
    """The id."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """The title."""
    message: Annotated[str, DefaultIfNull("")] = ""
    """The text, in Markdown."""
    status: Final[
        Annotated[
            ScheduleStatus | int,
            known_or_int,
            DefaultIfNull(ScheduleStatus.UPCOMING),
            Field(default=ScheduleStatus.UPCOMING),
            at("status", "value"),
        ]
    ]
    """How far it is, which the server computes from the times. An unknown number stays a plain int."""
    status_name: Final[Annotated[str, DefaultIfNull(""), Field(default=""), at("status", "human")]]
    """That in words, in the server's language."""
    meta: Annotated[dict[str, JsonValue] | None, KEYED] = None
    """Key and value pairs of your own; None unless asked for with ``include=("meta",)``."""
    scheduled_at: Annotated[datetime | None, NoneOnError(), at("scheduled", "string")] = None
    """When it is to begin; in the server's zone, naive unless the client has a ``timezone``."""
    completed_at: Annotated[datetime | None, NoneOnError(), at("completed", "string")] = None
    """When it is to be done, or was; None for an open end. As ``scheduled_at``."""
    published_at: Annotated[datetime | None, NoneOnError(), at("published", "string")] = None
    """From when on it is shown; as ``scheduled_at``."""
    created_at: Final[Annotated[datetime | None, NoneOnError(), at("created", "string")]]
    """When it was made; as ``scheduled_at``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError(), at("updated", "string")]]
    """When it was last changed; as ``scheduled_at``."""
