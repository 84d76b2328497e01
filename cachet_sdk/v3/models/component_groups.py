"""Component group data, and the payloads that create and update one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Final, Self

from pydantic import JsonValue

from cachet_sdk.core.models.fields import DefaultIfNull, IdInput, MetaInput, NoneOnError, known_or_int, one_of
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.errors import ArgumentError
from cachet_sdk.v3.enums import ComponentGroupCollapsed, OrderColumn, OrderDirection, Visibility
from cachet_sdk.v3.models.bodies import RequestBody, check_not_empty
from cachet_sdk.v3.models.documents import DocumentData, at
from cachet_sdk.v3.models.fields import (
    KEYED,
    KNOWN_OR_TEXT,
    LineInput,
    OrderInput,
    VisibleInput,
    word_of,
)


def _check_order(column: object, direction: object) -> None:
    if direction is None and column not in {None, OrderColumn.MANUAL}:
        raise ArgumentError("order_direction", f"is missing; order_column={str(column)!r} requires one")


class _GroupPayload(RequestBody):
    order: OrderInput | None = None
    visible: VisibleInput | None = None
    collapsed: Annotated[ComponentGroupCollapsed, one_of(ComponentGroupCollapsed)] | None = None
    order_column: Annotated[OrderColumn, word_of(OrderColumn)] | None = None
    order_direction: Annotated[OrderDirection, word_of(OrderDirection)] | None = None
    components: list[IdInput] | None = None
    meta: MetaInput | None = None

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Validate arguments, including those that depend on each other."""
        payload = super().build(**arguments)
        _check_order(payload.order_column, payload.order_direction)
        return payload


class NewComponentGroup(_GroupPayload):
    """The request body of ``POST /component-groups``."""

    name: LineInput


class ComponentGroupChange(_GroupPayload):
    """The request body of ``PUT /component-groups/{id}``. Components are added to the existing ones."""

    name: LineInput | None = None

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Validate arguments. Empty components are refused, because the server would ignore them."""
        check_not_empty("components", arguments.get("components"))
        return super().build(**arguments)


class ComponentGroupData(DocumentData):
    """A group of components on the status page."""

    _TYPE: ClassVar[str] = "componentGroups"
    _UPDATE: ClassVar[type[Payload]] = ComponentGroupChange
    _RELATIONS: ClassVar[Mapping[str, str]] = {"components": "components"}

    id: Final[int]
    """Assigned by the server."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """At most 255 characters."""
    order: Annotated[int, DefaultIfNull(0)] = 0
    """Position among the groups, in ascending order."""
    order_column: Annotated[OrderColumn | str | None, KNOWN_OR_TEXT] = None
    """Sort field of its components. None for the server's default. A value unknown to this SDK stays a plain str."""
    order_direction: Annotated[OrderDirection | str | None, KNOWN_OR_TEXT] = None
    """Sort direction of its components. None for the server's default."""
    collapsed: Annotated[ComponentGroupCollapsed | int, known_or_int, DefaultIfNull(ComponentGroupCollapsed.TRUE)] = (
        ComponentGroupCollapsed.TRUE
    )
    """When the status page collapses it. A value unknown to this SDK stays a plain int."""
    visible: Annotated[Visibility | int, known_or_int, DefaultIfNull(Visibility.AUTHENTICATED)] = (
        Visibility.AUTHENTICATED
    )
    """Who sees it and its components. Assign True for everyone, or False for logged-in users only."""
    meta: Annotated[dict[str, JsonValue] | None, KEYED] = None
    """Custom key-value pairs. None unless requested with ``include=("meta",)``."""
    created_at: Final[Annotated[datetime | None, NoneOnError(), at("created", "string")]]
    """When it was created. Naive and in the server's time zone, or aware if the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError(), at("updated", "string")]]
    """When it was last changed, in the time zone of ``created_at``."""

    def _wire_values(self, values: dict[str, object]) -> dict[str, object]:
        """Return values in the form in which they are sent. With the sort column, send its direction, too.

        Raises:
            ArgumentError: If the direction is missing.
        """
        sent = super()._wire_values(values)
        _check_order(sent.get("order_column"), self.order_direction)
        if "order_column" in sent and "order_direction" not in sent and self.order_direction is not None:
            sent["order_direction"] = self.order_direction
        return sent
