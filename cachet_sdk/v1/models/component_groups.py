"""Component group data, and the payloads that create and update one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Final

from pydantic import Field

from cachet_sdk.core.models.fields import (
    DefaultIfNull,
    NameInput,
    NoneOnError,
    NumericFlagInput,
    OrderInput,
    known_or_int,
    member_of,
)
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import ResourceData
from cachet_sdk.v1.enums import (
    COMPONENT_GROUP_COLLAPSED_FALSE,
    COMPONENT_GROUP_COLLAPSED_NOT_OPERATIONAL,
    COMPONENT_GROUP_COLLAPSED_TRUE,
    ComponentGroupCollapsed,
)

#: The server accepts 0 to 4; only the first three have documented names.
_CollapsedInput = Annotated[int, Field(ge=0, le=4), member_of(ComponentGroupCollapsed)]


class _GroupPayload(Payload):
    order: OrderInput | None = None
    collapsed: _CollapsedInput | None = None
    visible: NumericFlagInput | None = None


class NewComponentGroup(_GroupPayload):
    """The request body of ``POST /components/groups``."""

    name: NameInput


class ComponentGroupChange(_GroupPayload):
    """The request body of ``PUT /components/groups/{id}``."""

    name: NameInput | None = None


class ComponentGroupData(ResourceData):
    """A group of components on the status page."""

    _UPDATE: ClassVar[type[Payload]] = ComponentGroupChange

    id: Final[int]
    """Assigned by the server."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """At most 191 characters."""
    order: Annotated[int, DefaultIfNull(0)] = 0
    """Position among the groups, in ascending order."""
    collapsed: Annotated[ComponentGroupCollapsed | int, known_or_int, DefaultIfNull(ComponentGroupCollapsed.FALSE)] = (
        ComponentGroupCollapsed.FALSE
    )
    """When the status page collapses it. A value unknown to this SDK stays a plain int."""
    visible: Annotated[bool, DefaultIfNull(False)] = True
    """Whether visitors who are not logged in see it."""
    lowest_human_status: Final[Annotated[str | None, Field(default=None)]]
    """Name of the worst status among its components, in the server's language. None if it has no components."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was created. Naive and in the server's time zone, or aware if the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed, in the time zone of ``created_at``."""

    @property
    def is_collapsed(self) -> bool:
        """Whether it is always collapsed."""
        return self.collapsed == COMPONENT_GROUP_COLLAPSED_TRUE

    @property
    def is_open(self) -> bool:
        """Whether it is never collapsed."""
        return self.collapsed == COMPONENT_GROUP_COLLAPSED_FALSE

    @property
    def is_operational(self) -> bool:
        """Whether it is collapsed unless one of its components is not operational.

        The name, which is that of ``cachet-client``, is misleading: this is the setting, not a status.
        """
        return self.collapsed == COMPONENT_GROUP_COLLAPSED_NOT_OPERATIONAL
