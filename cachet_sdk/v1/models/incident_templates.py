"""Incident template data. Templates are created on the dashboard; the API only reads them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Final

from pydantic import Field

from cachet_sdk.core.models.fields import DefaultIfNull, NoneOnError
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import ResourceData


class IncidentTemplateData(ResourceData):
    """A reusable text for incidents, with variables."""

    _UPDATE: ClassVar[type[Payload]] = Payload
    _ZONED: ClassVar[tuple[str, ...]] = ()
    """The server never converts a template's times."""

    id: Final[int]
    """Assigned by the server."""
    name: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """At most 191 characters."""
    slug: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """Accepted by ``incidents.create(template=…)``."""
    template: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """Text in Twig."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was created. Always naive and in the server's time zone, even if the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed, in the time zone of ``created_at``."""
    deleted_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was deleted, in the time zone of ``created_at``."""
