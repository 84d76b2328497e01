"""Incident update data, and the payloads that create and update one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Final

from pydantic import Field

from cachet_sdk.core.models.fields import DefaultIfNull, NoneOnError, RequiredTextInput, known_or_int, one_of
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import ResourceData
from cachet_sdk.v1.enums import IncidentStatus

#: The server refuses status 0 in an update.
_StatusInput = Annotated[IncidentStatus, one_of(IncidentStatus, but=(IncidentStatus.SCHEDULED,))]


class NewIncidentUpdate(Payload):
    """The request body of ``POST /incidents/{id}/updates``."""

    status: _StatusInput
    message: RequiredTextInput


class IncidentUpdateChange(Payload):
    """The request body of ``PUT /incidents/{id}/updates/{id}``."""

    status: _StatusInput | None = None
    message: RequiredTextInput | None = None


class IncidentUpdateData(ResourceData):
    """An update of an incident."""

    _UPDATE: ClassVar[type[Payload]] = IncidentUpdateChange

    id: Final[int]
    """Assigned by the server."""
    incident_id: Final[int]
    """Id of the incident that it belongs to."""
    status: Annotated[IncidentStatus | int, known_or_int, DefaultIfNull(IncidentStatus.SCHEDULED)] = (
        IncidentStatus.SCHEDULED
    )
    """Status that it set on the incident. A value unknown to this SDK stays a plain int."""
    human_status: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """Name of the status, in the server's language."""
    message: Annotated[str, DefaultIfNull("")] = ""
    """Text in Markdown."""
    user_id: Final[Annotated[int | None, Field(default=None)]]
    """Id of the user who created it. None if the server does not return it."""
    permalink: Final[Annotated[str | None, Field(default=None)]]
    """URL of its page."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was created. Naive and in the server's time zone, or aware if the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed, in the time zone of ``created_at``."""
