"""Incident updates and incident templates: what the server sends of them, and what it takes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Final

from pydantic import Field

from cachet_sdk.core.models.fields import DefaultIfNull, NoneOnError, RequiredTextInput, known_or_int, one_of
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import ResourceData
from cachet_sdk.v1.enums import IncidentStatus

#: An update cannot set status 0: the server refuses it.
_StatusIn = Annotated[IncidentStatus, one_of(IncidentStatus, but=(IncidentStatus.SCHEDULED,))]


class NewIncidentUpdate(Payload):
    """The body of ``POST /incidents/{id}/updates``."""

    status: _StatusIn
    message: RequiredTextInput


class IncidentUpdateChange(Payload):
    """The body of ``PUT /incidents/{id}/updates/{id}``."""

    status: _StatusIn | None = None
    message: RequiredTextInput | None = None


class IncidentUpdateData(ResourceData):
    """News of an incident."""

    _UPDATE: ClassVar[type[Payload]] = IncidentUpdateChange

    id: Final[int]
    """The id."""
    incident_id: Final[int]
    """The id of the incident."""
    status: Annotated[IncidentStatus | int, known_or_int, DefaultIfNull(IncidentStatus.SCHEDULED)] = (
        IncidentStatus.SCHEDULED
    )
    """The status that it gave the incident. A number that this package does not know stays a plain int."""
    human_status: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """The status in words, in the server's language."""
    message: Annotated[str, DefaultIfNull("")] = ""
    """The text, in Markdown."""
    user_id: Final[Annotated[int | None, Field(default=None)]]
    """The id of the user who made it; None when the server does not tell."""
    permalink: Final[Annotated[str | None, Field(default=None)]]
    """Where people read it."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was made; in the server's zone and naive, or in the client's ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed; as ``created_at``."""
