"""Schedules: what the server sends of one, and what it takes to make or change one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final, Self

from pydantic import Field

from cachet_sdk.core.fields import (
    KNOWN_OR_INT,
    MetaIn,
    NullIs,
    RequiredTextIn,
    Text,
    TimeIn,
    Timestamp,
)
from cachet_sdk.core.model import Payload
from cachet_sdk.v3.enums import ScheduleStatus
from cachet_sdk.v3.models.bodies import RequestBody, check_not_empty
from cachet_sdk.v3.models.documents import DocumentRecord, at
from cachet_sdk.v3.models.fields import ComponentStatesIn, LineIn, Meta, states_to_wire


class _ScheduleBody(RequestBody):
    completed_at: TimeIn | None = None
    published_at: TimeIn | None = None
    components: ComponentStatesIn | None = None
    meta: MetaIn | None = None

    def values(self) -> dict[str, object]:
        """Give what was set, components as the server takes them."""
        values = super().values()
        if self.components is not None:
            values["components"] = states_to_wire(self.components)
        return values


class NewSchedule(_ScheduleBody):
    """The body of ``POST /schedules``."""

    name: LineIn
    message: RequiredTextIn
    scheduled_at: TimeIn
    notifications: bool | None = None


class ScheduleChange(_ScheduleBody):
    """The body of ``PUT /schedules/{id}``. Components take the place of those that are there."""

    name: LineIn | None = None
    message: RequiredTextIn | None = None
    scheduled_at: TimeIn | None = None

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Check a call's arguments; no components at all would change nothing (wire/v3, trap 8)."""
        check_not_empty("components", arguments.get("components"))
        return super().build(**arguments)


class ScheduleRecord(DocumentRecord):
    """Maintenance that is planned, under way or done."""

    TYPE: ClassVar[str] = "schedules"
    UPDATE: ClassVar[type[Payload]] = ScheduleChange
    ZONED: ClassVar[tuple[str, ...]] = ("scheduled_at", "completed_at", "published_at", "created_at", "updated_at")
    RELATIONS: ClassVar[Mapping[str, str]] = {"components": "components", "updates": "updates"}

    #: The id.
    id: Final[int]
    #: The title.
    name: Text = ""
    #: The text, in Markdown.
    message: Text = ""
    #: How far it is, which the server computes from the times. An unknown number stays a plain int.
    status: Final[
        Annotated[
            ScheduleStatus | int,
            KNOWN_OR_INT,
            NullIs(ScheduleStatus.UPCOMING),
            Field(default=ScheduleStatus.UPCOMING),
            at("status", "value"),
        ]
    ]
    #: That in words, in the server's language.
    status_name: Final[Annotated[Text, Field(default=""), at("status", "human")]]
    #: Key and value pairs of your own; None unless asked for with ``include=("meta",)``.
    meta: Meta
    #: When it is to begin; in the server's zone, naive unless the client has a ``timezone``.
    scheduled_at: Annotated[Timestamp, at("scheduled", "string")]
    #: When it is to be done, or was; None for an open end. As ``scheduled_at``.
    completed_at: Annotated[Timestamp, at("completed", "string")]
    #: From when on it is shown; as ``scheduled_at``.
    published_at: Annotated[Timestamp, at("published", "string")]
    #: When it was made; as ``scheduled_at``.
    created_at: Final[Annotated[Timestamp, at("created", "string")]]
    #: When it was last changed; as ``scheduled_at``.
    updated_at: Final[Annotated[Timestamp, at("updated", "string")]]
