"""Incident templates: what the server sends of one, and what it takes to make or change one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Final

from pydantic import Field

from cachet_sdk.core.models.fields import DefaultIfNull, NoneOnError, RequiredTextInput
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.v3.enums import TemplateEngine
from cachet_sdk.v3.models.bodies import RequestBody
from cachet_sdk.v3.models.documents import DocumentData, at
from cachet_sdk.v3.models.fields import KNOWN_OR_TEXT, LineInput, word_of

_EngineIn = Annotated[TemplateEngine, word_of(TemplateEngine)]


class NewIncidentTemplate(RequestBody):
    """The body of ``POST /incident-templates``."""

    name: LineInput
    template: RequiredTextInput
    slug: LineInput | None = None
    engine: _EngineIn | None = None


class IncidentTemplateChange(RequestBody):
    """The body of ``PUT /incident-templates/{id}``.

    The server makes a new slug of the name with each of them, and an empty one of none (wire/v3, trap 9): a slug cannot
    be set, and the name has to be sent always.
    """

    name: LineInput | None = None
    template: RequiredTextInput | None = None
    engine: _EngineIn | None = None


class IncidentTemplateData(DocumentData):
    """The text of incidents that happen again and again, with variables in it."""

    _TYPE: ClassVar[str] = "incidentTemplates"
    _UPDATE: ClassVar[type[Payload]] = IncidentTemplateChange

    id: Final[int]
    """The id."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """The name. **Each change of the template makes the server write the slug anew from it.**"""
    slug: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """What ``incidents.create(template=…)`` takes. Not unique: the server uses the first template that has it."""
    template: Annotated[str, DefaultIfNull("")] = ""
    """The text, in Twig."""
    engine: Annotated[TemplateEngine | str, KNOWN_OR_TEXT, DefaultIfNull(TemplateEngine.TWIG)] = TemplateEngine.TWIG
    """The language of the text. A word that this package does not know stays a plain str."""
    created_at: Final[Annotated[datetime | None, NoneOnError(), at("created", "string")]]
    """When it was made; in the server's zone, naive unless the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError(), at("updated", "string")]]
    """When it was last changed; as ``created_at``."""
