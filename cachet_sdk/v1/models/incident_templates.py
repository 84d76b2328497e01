"""Incident templates: what the server sends of one. They are made on the dashboard; the API only reads them."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final

from pydantic import Field

from cachet_sdk.core.fields import Text, Timestamp
from cachet_sdk.core.model import Payload
from cachet_sdk.core.record import Record


class IncidentTemplateRecord(Record):
    """The text of incidents that happen again and again, with variables in it."""

    UPDATE: ClassVar[type[Payload]] = Payload
    #: The server never converts a template's times.
    ZONED: ClassVar[tuple[str, ...]] = ()

    #: The id.
    id: Final[int]
    #: The name.
    name: Final[Annotated[Text, Field(default="")]]
    #: What ``incidents.create(template=…)`` takes.
    slug: Final[Annotated[Text, Field(default="")]]
    #: The text, in Twig.
    template: Final[Annotated[Text, Field(default="")]]
    #: When it was made; in the server's zone and naive, whatever the client's ``timezone``.
    created_at: Final[Timestamp]
    #: When it was last changed; as ``created_at``.
    updated_at: Final[Timestamp]
    #: When it was deleted; as ``created_at``.
    deleted_at: Final[Timestamp]
