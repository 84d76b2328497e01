"""Schedules: what the server sends of one, and what it takes to make or change one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Final, Self

from pydantic import Field, JsonValue

from cachet_sdk.core.fields import KNOWN_OR_INT, MetaIn, NoneWhenUnreadable, NullIs, RequiredTextIn, TimeIn
from cachet_sdk.core.model import Payload
from cachet_sdk.v3.enums import ScheduleStatus
from cachet_sdk.v3.models.bodies import RequestBody, check_not_empty
from cachet_sdk.v3.models.documents import DocumentRecord, at
from cachet_sdk.v3.models.fields import KEYED, ComponentStatesIn, LineIn, states_to_wire


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

    id: Final[int]
    """The id."""
    name: Annotated[str, NullIs("")] = ""
    """The title."""
    message: Annotated[str, NullIs("")] = ""
    """The text, in Markdown."""
    status: Final[
        Annotated[
            ScheduleStatus | int,
            KNOWN_OR_INT,
            NullIs(ScheduleStatus.UPCOMING),
            Field(default=ScheduleStatus.UPCOMING),
            at("status", "value"),
        ]
    ]
    """How far it is, which the server computes from the times. An unknown number stays a plain int."""
    status_name: Final[Annotated[str, NullIs(""), Field(default=""), at("status", "human")]]
    """That in words, in the server's language."""
    meta: Annotated[dict[str, JsonValue] | None, KEYED] = None
    """Key and value pairs of your own; None unless asked for with ``include=("meta",)``."""
    scheduled_at: Annotated[datetime | None, NoneWhenUnreadable(), at("scheduled", "string")] = None
    """When it is to begin; in the server's zone, naive unless the client has a ``timezone``."""
    completed_at: Annotated[datetime | None, NoneWhenUnreadable(), at("completed", "string")] = None
    """When it is to be done, or was; None for an open end. As ``scheduled_at``."""
    published_at: Annotated[datetime | None, NoneWhenUnreadable(), at("published", "string")] = None
    """From when on it is shown; as ``scheduled_at``."""
    created_at: Final[Annotated[datetime | None, NoneWhenUnreadable(), at("created", "string")]]
    """When it was made; as ``scheduled_at``."""
    updated_at: Final[Annotated[datetime | None, NoneWhenUnreadable(), at("updated", "string")]]
    """When it was last changed; as ``scheduled_at``."""
