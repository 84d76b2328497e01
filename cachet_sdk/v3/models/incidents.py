"""Incidents: what the server sends of one, and what it takes to make or change one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Final, Self

from pydantic import Field, JsonValue

from cachet_sdk.core.models.fields import (
    DefaultIfNull,
    FlagInput,
    IdInput,
    MetaInput,
    NoneOnError,
    RequiredTextInput,
    TimeInput,
    known_or_int,
)
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.errors import ArgumentError
from cachet_sdk.v3.enums import IncidentStatus, Visibility
from cachet_sdk.v3.models.bodies import RequestBody
from cachet_sdk.v3.models.documents import DocumentData, at
from cachet_sdk.v3.models.fields import (
    KEYED,
    ComponentStatesInput,
    ComponentStatusInput,
    IncidentStatusInput,
    LineInput,
    VisibleInput,
)


class _IncidentBody(RequestBody):
    message: RequiredTextInput | None = None
    visible: VisibleInput | None = None
    stickied: FlagInput | None = None
    notifications: FlagInput | None = None
    occurred_at: TimeInput | None = None
    published_at: TimeInput | None = None
    meta: MetaInput | None = None


class NewIncident(_IncidentBody):
    """The body of ``POST /incidents``."""

    name: LineInput
    status: IncidentStatusInput
    template: LineInput | None = None
    template_vars: MetaInput | None = None
    component_id: IdInput | None = None
    component_status: ComponentStatusInput | None = None
    components: ComponentStatesInput | None = None

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Check a call's arguments, also for what belongs together."""
        payload = super().build(**arguments)
        if (payload.message is None) == (payload.template is None):
            problem = "is missing" if payload.message is None else "would be lost: the template's text takes its place"
            raise ArgumentError("message", f"{problem}; pass message or template, one of them")
        if payload.template_vars is not None and payload.template is None:
            raise ArgumentError("template_vars", "are for a template, and there is none")
        if (payload.component_id is None) != (payload.component_status is None):
            missing = "component_id" if payload.component_id is None else "component_status"
            raise ArgumentError(missing, "is missing; component_id and component_status go together, or neither")
        return payload


class IncidentChange(_IncidentBody):
    """The body of ``PUT /incidents/{id}``. An incident's components cannot be changed (wire/v3, trap 8)."""

    name: LineInput | None = None
    status: IncidentStatusInput | None = None


class User(DocumentData):
    """Who made an incident on the dashboard. The server tells the id alone."""

    _TYPE: ClassVar[str] = "users"
    _UPDATE: ClassVar[type[Payload]] = Payload

    id: Final[int]
    """The id."""


class IncidentData(DocumentData):
    """Something that went wrong."""

    _TYPE: ClassVar[str] = "incidents"
    _UPDATE: ClassVar[type[Payload]] = IncidentChange
    _ZONED: ClassVar[tuple[str, ...]] = ("occurred_at", "published_at", "created_at", "updated_at")
    _RELATIONS: ClassVar[Mapping[str, str]] = {"components": "components", "updates": "updates", "user": "users"}

    id: Final[int]
    """The id."""
    guid: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """A UUID."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """The title."""
    message: Annotated[str, DefaultIfNull("")] = ""
    """The text, in Markdown."""
    status: Annotated[
        IncidentStatus | int, known_or_int, DefaultIfNull(IncidentStatus.REPORTED), at("status", "value")
    ] = IncidentStatus.REPORTED
    """How far it is: what was set last, on itself or by an update. A number that this package does not know stays an
    int."""
    status_name: Final[Annotated[str, DefaultIfNull(""), Field(default=""), at("status", "human")]]
    """That in words, in the server's language."""
    visible: Annotated[Visibility | int, known_or_int, DefaultIfNull(Visibility.AUTHENTICATED)] = (
        Visibility.AUTHENTICATED
    )
    """Who sees it. Set True for everybody, False for who is logged in."""
    stickied: Annotated[bool, DefaultIfNull(False)] = False
    """Whether it stays at the top of the status page."""
    notifications: Annotated[bool, DefaultIfNull(False)] = False
    """Whether subscribers are told."""
    meta: Annotated[dict[str, JsonValue] | None, KEYED] = None
    """Key and value pairs of your own; None unless asked for with ``include=("meta",)``."""
    components_count: Final[Annotated[int | None, Field(default=None)]]
    """How many components it has; None unless asked for with ``include=("componentsCount",)``."""
    occurred_at: Annotated[datetime | None, NoneOnError(), at("occurred", "string")] = None
    """When it happened; None unless somebody said so. In the server's zone, naive unless the client has a
    ``timezone``."""
    published_at: Annotated[datetime | None, NoneOnError(), at("published", "string")] = None
    """From when on it is shown; as ``occurred_at``."""
    created_at: Final[Annotated[datetime | None, NoneOnError(), at("created", "string")]]
    """When it was made; as ``occurred_at``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError(), at("updated", "string")]]
    """When it was last changed; as ``occurred_at``."""

    @property
    def user(self) -> User | None:
        """Who made it on the dashboard; None for one made through the API, and unless asked for."""
        return self._related_one("user", User)
