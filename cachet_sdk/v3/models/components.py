"""Components: what the server sends of one, and what it takes to make or change one."""

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
from cachet_sdk.v3.models.fields import KEYED, ComponentStatusInput, LineInput, LinkInput, OrderDirectionInput


class ComponentFields(TypedDict, total=False):
    """What a component is made of or changed by, for many at once: the arguments of ``create`` and ``update``."""

    name: str
    status: ComponentStatus | int
    description: str
    link: str
    order: int
    enabled: bool
    component_group_id: int
    meta: Mapping[str, JsonValue]


class _ComponentBody(RequestBody):
    description: RequiredTextInput | None = None
    status: ComponentStatusInput | None = None
    link: LinkInput | None = None
    order: OrderDirectionInput | None = None
    enabled: FlagInput | None = None
    component_group_id: IdInput | None = None
    meta: MetaInput | None = None


class NewComponent(_ComponentBody):
    """The body of ``POST /components``."""

    name: LineInput


class ComponentChange(_ComponentBody):
    """The body of ``PUT /components/{id}``."""

    name: LineInput | None = None


class ComponentData(DocumentData):
    """A part of what the status page is about: a service, a site, a region."""

    _TYPE: ClassVar[str] = "components"
    _UPDATE: ClassVar[type[Payload]] = ComponentChange
    _RELATIONS: ClassVar[Mapping[str, str]] = {"group": "componentGroups", "incidents": "incidents"}

    id: Final[int]
    """The id."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """The name."""
    description: str | None = None
    """What it is; None for nothing."""
    link: str | None = None
    """Where it is to be found; None for nowhere."""
    order: int | None = None
    """Its place in its group; None for none of its own."""
    status: Annotated[
        ComponentStatus | int, known_or_int, DefaultIfNull(ComponentStatus.UNKNOWN), at("status", "value")
    ] = ComponentStatus.UNKNOWN
    """Its stored state, the one that can be set. A number that this package does not know stays a plain int."""
    status_name: Final[Annotated[str, DefaultIfNull(""), Field(default=""), at("status", "human")]]
    """That state in words, in the server's language."""
    latest_status: Final[
        Annotated[
            ComponentStatus | int,
            known_or_int,
            DefaultIfNull(ComponentStatus.UNKNOWN),
            Field(default=ComponentStatus.UNKNOWN),
            at("latest_status", "value"),
        ]
    ]
    """The state that the page shows: the worst of the stored one and those that incidents and maintenance give it."""
    latest_status_name: Final[Annotated[str, DefaultIfNull(""), Field(default=""), at("latest_status", "human")]]
    """That state in words, in the server's language."""
    component_status: Final[
        Annotated[
            ComponentStatus | int | None, known_or_int, Field(default=None), at("pivot", "component_status", "value")
        ]
    ]
    """The state that the incident or schedule gives it with which it was included; None for one that was not."""
    component_status_name: Final[Annotated[str | None, Field(default=None), at("pivot", "component_status", "human")]]
    """That state in words, in the server's language."""
    enabled: Annotated[bool, DefaultIfNull(False)] = True
    """Whether it is shown to guests, and counts. Lists leave out the disabled ones unless asked for them."""
    meta: Annotated[dict[str, JsonValue] | None, KEYED] = None
    """Key and value pairs of your own; None unless asked for with ``include=("meta",)``."""
    created_at: Final[Annotated[datetime | None, NoneOnError(), at("created", "string")]]
    """When it was made; in the server's zone, naive unless the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError(), at("updated", "string")]]
    """When it was last changed; as ``created_at``."""
