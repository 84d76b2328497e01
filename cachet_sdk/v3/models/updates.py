"""Data of incident updates and schedule updates, and the payloads that create and update them."""

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
    """The request body of ``POST /incidents/{id}/updates``."""

    status: IncidentStatusInput
    message: RequiredTextInput


class IncidentUpdateChange(RequestBody):
    """The request body of ``PUT /incidents/{id}/updates/{id}``."""

    status: IncidentStatusInput | None = None
    message: RequiredTextInput | None = None


class IncidentUpdateData(DocumentData):
    """An update of an incident. The incident has the status of its newest update, also after changes and deletions."""

    _TYPE: ClassVar[str] = "updates"
    _UPDATE: ClassVar[type[Payload]] = IncidentUpdateChange
    _RELATIONS: ClassVar[Mapping[str, str]] = {"incident": "incidents"}

    id: Final[int]
    """Assigned by the server. Updates of incidents and of schedules share one sequence of ids."""
    incident_id: Final[Annotated[int, at("updateable_id")]]
    """Id of the incident that it belongs to."""
    message: Annotated[str, DefaultIfNull("")] = ""
    """Text in Markdown."""
    status: Annotated[
        IncidentStatus | int, known_or_int, DefaultIfNull(IncidentStatus.REPORTED), at("status", "value")
    ] = IncidentStatus.REPORTED
    """Status that it sets on the incident. A value unknown to this SDK stays a plain int."""
    status_name: Final[Annotated[str, DefaultIfNull(""), Field(default=""), at("status", "human")]]
    """Name of ``status``, in the server's language."""
    created_at: Final[Annotated[datetime | None, NoneOnError(), at("created", "string")]]
    """When it was created. Naive and in the server's time zone, or aware if the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError(), at("updated", "string")]]
    """When it was last changed, in the time zone of ``created_at``."""


class NewScheduleUpdate(RequestBody):
    """The request body of ``POST /schedules/{id}/updates``. The server sets ``completed_at`` on the schedule."""

    message: RequiredTextInput
    completed_at: TimeInput | None = None


class ScheduleUpdateChange(RequestBody):
    """The request body of ``PUT /schedules/{id}/updates/{id}``."""

    message: RequiredTextInput | None = None


class ScheduleUpdateData(DocumentData):
    """An update of a schedule. It has no status, because the schedule's status is computed from its times."""

    _TYPE: ClassVar[str] = "updates"
    _UPDATE: ClassVar[type[Payload]] = ScheduleUpdateChange
    _RELATIONS: ClassVar[Mapping[str, str]] = {"schedule": "schedules"}

    id: Final[int]
    """Assigned by the server. Updates of incidents and of schedules share one sequence of ids."""
    schedule_id: Final[Annotated[int, at("updateable_id")]]
    """Id of the schedule that it belongs to."""
    message: Annotated[str, DefaultIfNull("")] = ""
    """Text in Markdown."""
    created_at: Final[Annotated[datetime | None, NoneOnError(), at("created", "string")]]
    """When it was created. Naive and in the server's time zone, or aware if the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError(), at("updated", "string")]]
    """When it was last changed, in the time zone of ``created_at``."""
