"""Component data, and the payloads that create and update one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Final, TypedDict

from pydantic import Field, JsonValue

from cachet_sdk.core.models.fields import (
    DefaultIfNull,
    FlagInput,
    IdInput,
    MetaInput,
    NoneOnError,
    RequiredTextInput,
    known_or_int,
)
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.v3.enums import ComponentStatus
from cachet_sdk.v3.models.bodies import RequestBody
from cachet_sdk.v3.models.documents import DocumentData, at
from cachet_sdk.v3.models.fields import KEYED, ComponentStatusInput, LineInput, LinkInput, OrderInput


class ComponentFields(TypedDict, total=False):
    """The arguments of ``create`` or ``update``, as an item of ``create_many`` or ``update_many``."""

    name: str
    status: ComponentStatus | int
    description: str
    link: str
    order: int
    enabled: bool
    component_group_id: int
    meta: Mapping[str, JsonValue]


class _ComponentPayload(RequestBody):
    description: RequiredTextInput | None = None
    status: ComponentStatusInput | None = None
    link: LinkInput | None = None
    order: OrderInput | None = None
    enabled: FlagInput | None = None
    component_group_id: IdInput | None = None
    meta: MetaInput | None = None


class NewComponent(_ComponentPayload):
    """The request body of ``POST /components``."""

    name: LineInput


class ComponentChange(_ComponentPayload):
    """The request body of ``PUT /components/{id}``."""

    name: LineInput | None = None


class ComponentData(DocumentData):
    """A part of your service, with a status: an API, a website, a region."""

    _TYPE: ClassVar[str] = "components"
    _UPDATE: ClassVar[type[Payload]] = ComponentChange
    _RELATIONS: ClassVar[Mapping[str, str]] = {"group": "componentGroups", "incidents": "incidents"}

    id: Final[int]
    """Assigned by the server."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """At most 255 characters."""
    description: str | None = None
    """Text shown with the component. None if there is none."""
    link: str | None = None
    """URL that the component links to. None if there is none."""
    order: int | None = None
    """Position within its group. None if it is not set."""
    status: Annotated[
        ComponentStatus | int, known_or_int, DefaultIfNull(ComponentStatus.UNKNOWN), at("status", "value")
    ] = ComponentStatus.UNKNOWN
    """Stored status, which can be set. A value unknown to this SDK stays a plain int."""
    status_name: Final[Annotated[str, DefaultIfNull(""), Field(default=""), at("status", "human")]]
    """Name of ``status``, in the server's language."""
    latest_status: Final[
        Annotated[
            ComponentStatus | int,
            known_or_int,
            DefaultIfNull(ComponentStatus.UNKNOWN),
            Field(default=ComponentStatus.UNKNOWN),
            at("latest_status", "value"),
        ]
    ]
    """Status that the page shows: the worst of the stored one and those set by incidents and maintenance."""
    latest_status_name: Final[Annotated[str, DefaultIfNull(""), Field(default=""), at("latest_status", "human")]]
    """Name of ``latest_status``, in the server's language."""
    component_status: Final[
        Annotated[
            ComponentStatus | int | None, known_or_int, Field(default=None), at("pivot", "component_status", "value")
        ]
    ]
    """Status set by the incident or schedule that the component was included with. None if it was not."""
    component_status_name: Final[Annotated[str | None, Field(default=None), at("pivot", "component_status", "human")]]
    """Name of ``component_status``, in the server's language."""
    enabled: Annotated[bool, DefaultIfNull(False)] = True
    """Whether it is shown and counts towards the overall status. Lists omit disabled components by default."""
    meta: Annotated[dict[str, JsonValue] | None, KEYED] = None
    """Custom key-value pairs. None unless requested with ``include=("meta",)``."""
    created_at: Final[Annotated[datetime | None, NoneOnError(), at("created", "string")]]
    """When it was created. Naive and in the server's time zone, or aware if the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError(), at("updated", "string")]]
    """When it was last changed, in the time zone of ``created_at``."""
