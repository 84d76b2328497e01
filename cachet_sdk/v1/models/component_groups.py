"""Component groups: what the server sends of one, and what it takes to make or change one."""

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

#: Cachet takes 0 to 4; only the first three have documented names.
_CollapsedIn = Annotated[int, Field(ge=0, le=4), member_of(ComponentGroupCollapsed)]


class _GroupPayload(Payload):
    order: OrderInput | None = None
    collapsed: _CollapsedIn | None = None
    visible: NumericFlagInput | None = None


class NewComponentGroup(_GroupPayload):
    """The body of ``POST /components/groups``."""

    name: NameInput


class ComponentGroupChange(_GroupPayload):
    """The body of ``PUT /components/groups/{id}``."""

    name: NameInput | None = None


class ComponentGroupData(ResourceData):
    """Components that belong together on the status page."""

    _UPDATE: ClassVar[type[Payload]] = ComponentGroupChange

    id: Final[int]
    """The id."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """The name."""
    order: Annotated[int, DefaultIfNull(0)] = 0
    """Its place among the groups."""
    collapsed: Annotated[ComponentGroupCollapsed | int, known_or_int, DefaultIfNull(ComponentGroupCollapsed.FALSE)] = (
        ComponentGroupCollapsed.FALSE
    )
    """When the status page folds it up. A number that this package does not know stays a plain int."""
    visible: Annotated[bool, DefaultIfNull(False)] = True
    """Whether guests see it; False shows it to who is logged in only."""
    lowest_human_status: Final[Annotated[str | None, Field(default=None)]]
    """The worst status among its components, in words in the server's language; None when it has none."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was made; in the server's zone and naive, or in the client's ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed; as ``created_at``."""

    @property
    def is_collapsed(self) -> bool:
        """Whether ``collapsed`` says that it is always folded up."""
        return self.collapsed == COMPONENT_GROUP_COLLAPSED_TRUE

    @property
    def is_open(self) -> bool:
        """Whether ``collapsed`` says that it is never folded up."""
        return self.collapsed == COMPONENT_GROUP_COLLAPSED_FALSE

    @property
    def is_operational(self) -> bool:
        """Whether ``collapsed`` says that it unfolds when something in it is not operational.

        The name is the documented one; it tells the setting, not how the components are doing.
        """
        return self.collapsed == COMPONENT_GROUP_COLLAPSED_NOT_OPERATIONAL
