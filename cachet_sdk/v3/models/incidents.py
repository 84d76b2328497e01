"""Incident data, and the payloads that create and update one."""

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
    ComponentStatusesInput,
    ComponentStatusInput,
    IncidentStatusInput,
    LineInput,
    VisibleInput,
)


class _IncidentPayload(RequestBody):
    message: RequiredTextInput | None = None
    visible: VisibleInput | None = None
    stickied: FlagInput | None = None
    notifications: FlagInput | None = None
    occurred_at: TimeInput | None = None
    published_at: TimeInput | None = None
    meta: MetaInput | None = None


class NewIncident(_IncidentPayload):
    """The request body of ``POST /incidents``."""

    name: LineInput
    status: IncidentStatusInput
    template: LineInput | None = None
    template_vars: MetaInput | None = None
    component_id: IdInput | None = None
    component_status: ComponentStatusInput | None = None
    components: ComponentStatusesInput | None = None

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Validate arguments, including those that depend on each other."""
        payload = super().build(**arguments)
        if (payload.message is None) == (payload.template is None):
            problem = "is missing" if payload.message is None else "would be lost: the template's text replaces it"
            raise ArgumentError("message", f"{problem}; pass either message or template")
        if payload.template_vars is not None and payload.template is None:
            raise ArgumentError("template_vars", "require a template")
        if (payload.component_id is None) != (payload.component_status is None):
            missing = "component_id" if payload.component_id is None else "component_status"
            raise ArgumentError(missing, "is missing; pass both component_id and component_status, or neither")
        return payload


class IncidentChange(_IncidentPayload):
    """The request body of ``PUT /incidents/{id}``. An incident's components cannot be changed."""

    name: LineInput | None = None
    status: IncidentStatusInput | None = None


class User(DocumentData):
    """The user who created an incident on the dashboard. The server returns only the id."""

    _TYPE: ClassVar[str] = "users"
    _UPDATE: ClassVar[type[Payload]] = Payload

    id: Final[int]
    """Assigned by the server."""


class IncidentData(DocumentData):
    """An incident."""

    _TYPE: ClassVar[str] = "incidents"
    _UPDATE: ClassVar[type[Payload]] = IncidentChange
    _ZONED: ClassVar[tuple[str, ...]] = ("occurred_at", "published_at", "created_at", "updated_at")
    _RELATIONS: ClassVar[Mapping[str, str]] = {"components": "components", "updates": "updates", "user": "users"}

    id: Final[int]
    """Assigned by the server."""
    guid: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """A UUID, assigned by the server."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """Title, at most 255 characters."""
    message: Annotated[str, DefaultIfNull("")] = ""
    """Text in Markdown."""
    status: Annotated[
        IncidentStatus | int, known_or_int, DefaultIfNull(IncidentStatus.REPORTED), at("status", "value")
    ] = IncidentStatus.REPORTED
    """Status last set, on the incident itself or by an update. A value unknown to this SDK stays a plain int."""
    status_name: Final[Annotated[str, DefaultIfNull(""), Field(default=""), at("status", "human")]]
    """Name of ``status``, in the server's language."""
    visible: Annotated[Visibility | int, known_or_int, DefaultIfNull(Visibility.AUTHENTICATED)] = (
        Visibility.AUTHENTICATED
    )
    """Who sees it. Assign True for everyone, or False for logged-in users only."""
    stickied: Annotated[bool, DefaultIfNull(False)] = False
    """Whether it stays at the top of the status page."""
    notifications: Annotated[bool, DefaultIfNull(False)] = False
    """Whether subscribers are notified."""
    meta: Annotated[dict[str, JsonValue] | None, KEYED] = None
    """Custom key-value pairs. None unless requested with ``include=("meta",)``."""
    components_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of its components. None unless requested with ``include=("componentsCount",)``."""
    occurred_at: Annotated[datetime | None, NoneOnError(), at("occurred", "string")] = None
    """When it happened. None if it was not set. Naive and in the server's time zone, or aware if the client has a
    ``timezone``."""
    published_at: Annotated[datetime | None, NoneOnError(), at("published", "string")] = None
    """When it becomes visible, in the time zone of ``occurred_at``."""
    created_at: Final[Annotated[datetime | None, NoneOnError(), at("created", "string")]]
    """When it was created, in the time zone of ``occurred_at``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError(), at("updated", "string")]]
    """When it was last changed, in the time zone of ``occurred_at``."""

    @property
    def user(self) -> User | None:
        """The user who created it on the dashboard. None if created through the API or if ``user`` was not included."""
        return self._related_one("user", User)
