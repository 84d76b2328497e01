"""Incident templates: what the server sends of one. They are made on the dashboard; the API only reads them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Final

from pydantic import Field

from cachet_sdk.core.models.fields import DefaultIfNull, NoneOnError
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import ResourceData


class IncidentTemplateData(ResourceData):
    """The text of incidents that happen again and again, with variables in it."""

    _UPDATE: ClassVar[type[Payload]] = Payload
    _ZONED: ClassVar[tuple[str, ...]] = ()
    """The server never converts a template's times."""

    id: Final[int]
    """The id."""
    name: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """The name."""
    slug: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """What ``incidents.create(template=…)`` takes."""
    template: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """The text, in Twig."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was made; in the server's zone and naive, whatever the client's ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed; as ``created_at``."""
    deleted_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was deleted; as ``created_at``."""
