"""Updates of incidents and of schedules: what the server sends of one, and what it takes to make or change one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Final

from pydantic import Field

from cachet_sdk.core.models.fields import DefaultIfNull, NoneOnError, RequiredTextInput, TimeInput, known_or_int
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.v3.enums import IncidentStatus
from cachet_sdk.v3.models.bodies import RequestBody
from cachet_sdk.v3.models.documents import DocumentData, at
from cachet_sdk.v3.models.fields import IncidentStatusInput


class NewIncidentUpdate(RequestBody):
    """The body of ``POST /incidents/{id}/updates``."""

    status: IncidentStatusInput
    message: RequiredTextInput


class IncidentUpdateChange(RequestBody):
    """The body of ``PUT /incidents/{id}/updates/{id}``."""

    status: IncidentStatusInput | None = None
    message: RequiredTextInput | None = None


class IncidentUpdateData(DocumentData):
    """News of an incident. The incident's status follows its newest update, also when that is changed or deleted."""

    _TYPE: ClassVar[str] = "updates"
    _UPDATE: ClassVar[type[Payload]] = IncidentUpdateChange
    _RELATIONS: ClassVar[Mapping[str, str]] = {"incident": "incidents"}

    id: Final[int]
    """The id; updates of incidents and of schedules share theirs."""
    incident_id: Final[Annotated[int, at("updateable_id")]]
    """The id of the incident."""
    message: Annotated[str, DefaultIfNull("")] = ""
    """The text, in Markdown."""
    status: Annotated[
        IncidentStatus | int, known_or_int, DefaultIfNull(IncidentStatus.REPORTED), at("status", "value")
    ] = IncidentStatus.REPORTED
    """The status that it gives the incident. A number that this package does not know stays a plain int."""
    status_name: Final[Annotated[str, DefaultIfNull(""), Field(default=""), at("status", "human")]]
    """That in words, in the server's language."""
    created_at: Final[Annotated[datetime | None, NoneOnError(), at("created", "string")]]
    """When it was made; in the server's zone, naive unless the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError(), at("updated", "string")]]
    """When it was last changed; as ``created_at``."""


class NewScheduleUpdate(RequestBody):
    """The body of ``POST /schedules/{id}/updates``; ``completed_at`` becomes the schedule's."""

    message: RequiredTextInput
    completed_at: TimeInput | None = None


class ScheduleUpdateChange(RequestBody):
    """The body of ``PUT /schedules/{id}/updates/{id}``."""

    message: RequiredTextInput | None = None


class ScheduleUpdateData(DocumentData):
    """News of a maintenance. It has no status: the schedule's is computed from its times."""

    _TYPE: ClassVar[str] = "updates"
    _UPDATE: ClassVar[type[Payload]] = ScheduleUpdateChange
    _RELATIONS: ClassVar[Mapping[str, str]] = {"schedule": "schedules"}

    id: Final[int]
    """The id; updates of incidents and of schedules share theirs."""
    schedule_id: Final[Annotated[int, at("updateable_id")]]
    """The id of the schedule."""
    message: Annotated[str, DefaultIfNull("")] = ""
    """The text, in Markdown."""
    created_at: Final[Annotated[datetime | None, NoneOnError(), at("created", "string")]]
    """When it was made; in the server's zone, naive unless the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError(), at("updated", "string")]]
    """When it was last changed; as ``created_at``."""
