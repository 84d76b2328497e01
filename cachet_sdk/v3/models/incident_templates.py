"""Incident template data, and the payloads that create and update one."""

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

_EngineInput = Annotated[TemplateEngine, word_of(TemplateEngine)]


class NewIncidentTemplate(RequestBody):
    """The request body of ``POST /incident-templates``."""

    name: LineInput
    template: RequiredTextInput
    slug: LineInput | None = None
    engine: _EngineInput | None = None


class IncidentTemplateChange(RequestBody):
    """The request body of ``PUT /incident-templates/{id}``.

    The server replaces the slug with a slug of the name on every update, or with an empty one without a name. So the
    slug cannot be set, and the name is always sent.
    """

    name: LineInput | None = None
    template: RequiredTextInput | None = None
    engine: _EngineInput | None = None


class IncidentTemplateData(DocumentData):
    """A reusable text for incidents, with variables."""

    _TYPE: ClassVar[str] = "incidentTemplates"
    _UPDATE: ClassVar[type[Payload]] = IncidentTemplateChange

    id: Final[int]
    """Assigned by the server."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """At most 255 characters. **Every update replaces the slug with a slug of the name.**"""
    slug: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """Accepted by ``incidents.create(template=…)``. If it is not unique, the server uses the first match."""
    template: Annotated[str, DefaultIfNull("")] = ""
    """Text in Twig."""
    engine: Annotated[TemplateEngine | str, KNOWN_OR_TEXT, DefaultIfNull(TemplateEngine.TWIG)] = TemplateEngine.TWIG
    """Template language. A value unknown to this SDK stays a plain str."""
    created_at: Final[Annotated[datetime | None, NoneOnError(), at("created", "string")]]
    """When it was created. Naive and in the server's time zone, or aware if the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError(), at("updated", "string")]]
    """When it was last changed, in the time zone of ``created_at``."""
