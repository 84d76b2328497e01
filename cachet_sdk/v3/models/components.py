"""Components: what the server sends of one, and what it takes to make or change one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final

from pydantic import Field

from cachet_sdk.core.fields import KNOWN_OR_INT, Flag, IdIn, MetaIn, NullIs, RequiredTextIn, Text, Timestamp
from cachet_sdk.core.model import Payload
from cachet_sdk.v3.enums import ComponentStatus
from cachet_sdk.v3.models.bodies import RequestBody
from cachet_sdk.v3.models.documents import DocumentRecord, at
from cachet_sdk.v3.models.fields import ComponentStatusIn, LineIn, LinkIn, Meta, OrderIn


class _ComponentBody(RequestBody):
    description: RequiredTextIn | None = None
    status: ComponentStatusIn | None = None
    link: LinkIn | None = None
    order: OrderIn | None = None
    enabled: bool | None = None
    component_group_id: IdIn | None = None
    meta: MetaIn | None = None


class NewComponent(_ComponentBody):
    """The body of ``POST /components``."""

    name: LineIn


class ComponentChange(_ComponentBody):
    """The body of ``PUT /components/{id}``."""

    name: LineIn | None = None


class ComponentRecord(DocumentRecord):
    """A part of what the status page is about: a service, a site, a region."""

    TYPE: ClassVar[str] = "components"
    UPDATE: ClassVar[type[Payload]] = ComponentChange
    RELATIONS: ClassVar[Mapping[str, str]] = {"group": "componentGroups", "incidents": "incidents"}

    #: The id.
    id: Final[int]
    #: The name.
    name: Text = ""
    #: What it is; None for nothing.
    description: str | None = None
    #: Where it is to be found; None for nowhere.
    link: str | None = None
    #: Its place in its group; None for none of its own.
    order: int | None = None
    #: Its stored state, the one that can be set. A number that this package does not know stays a plain int.
    status: Annotated[ComponentStatus | int, KNOWN_OR_INT, NullIs(ComponentStatus.UNKNOWN), at("status", "value")] = (
        ComponentStatus.UNKNOWN
    )
    #: That state in words, in the server's language.
    status_name: Final[Annotated[Text, Field(default=""), at("status", "human")]]
    #: The state that the page shows: the worst of the stored one and those that incidents and maintenance give it.
    latest_status: Final[
        Annotated[
            ComponentStatus | int,
            KNOWN_OR_INT,
            NullIs(ComponentStatus.UNKNOWN),
            Field(default=ComponentStatus.UNKNOWN),
            at("latest_status", "value"),
        ]
    ]
    #: That state in words, in the server's language.
    latest_status_name: Final[Annotated[Text, Field(default=""), at("latest_status", "human")]]
    #: The state that the incident or schedule gives it with which it was included; None for one that was not.
    component_status: Final[
        Annotated[
            ComponentStatus | int | None, KNOWN_OR_INT, Field(default=None), at("pivot", "component_status", "value")
        ]
    ]
    #: That state in words, in the server's language.
    component_status_name: Final[Annotated[str | None, Field(default=None), at("pivot", "component_status", "human")]]
    #: Whether it is shown to guests, and counts. Lists leave out the disabled ones unless asked for them.
    enabled: Flag = True
    #: Key and value pairs of your own; None unless asked for with ``include=("meta",)``.
    meta: Meta
    #: When it was made; in the server's zone, naive unless the client has a ``timezone``.
    created_at: Final[Annotated[Timestamp, at("created", "string")]]
    #: When it was last changed; as ``created_at``.
    updated_at: Final[Annotated[Timestamp, at("updated", "string")]]
