"""Component groups: what the server sends of one, and what it takes to make or change one."""

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
    OrderDirectionInput,
    VisibleInput,
    word_of,
)


def _check_order(column: object, direction: object) -> None:
    if direction is None and column not in {None, OrderColumn.MANUAL}:
        raise ArgumentError("order_direction", f"is missing; order_column={str(column)!r} needs one")


class _GroupBody(RequestBody):
    order: OrderDirectionInput | None = None
    visible: VisibleInput | None = None
    collapsed: Annotated[ComponentGroupCollapsed, one_of(ComponentGroupCollapsed)] | None = None
    order_column: Annotated[OrderColumn, word_of(OrderColumn)] | None = None
    order_direction: Annotated[OrderDirection, word_of(OrderDirection)] | None = None
    components: list[IdInput] | None = None
    meta: MetaInput | None = None

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Check a call's arguments, also for what belongs together."""
        payload = super().build(**arguments)
        _check_order(payload.order_column, payload.order_direction)
        return payload


class NewComponentGroup(_GroupBody):
    """The body of ``POST /component-groups``."""

    name: LineInput


class ComponentGroupChange(_GroupBody):
    """The body of ``PUT /component-groups/{id}``. Its components are added to those that are there."""

    name: LineInput | None = None

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Check a call's arguments; no components at all would change nothing (wire/v3, trap 8)."""
        check_not_empty("components", arguments.get("components"))
        return super().build(**arguments)


class ComponentGroupData(DocumentData):
    """Components that belong together on the status page."""

    _TYPE: ClassVar[str] = "componentGroups"
    _UPDATE: ClassVar[type[Payload]] = ComponentGroupChange
    _RELATIONS: ClassVar[Mapping[str, str]] = {"components": "components"}

    id: Final[int]
    """The id."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """The name."""
    order: Annotated[int, DefaultIfNull(0)] = 0
    """Its place among the groups."""
    order_column: Annotated[OrderColumn | str | None, KNOWN_OR_TEXT] = None
    """What its components are sorted by; None for what the server thinks best. An unknown word stays a plain str."""
    order_direction: Annotated[OrderDirection | str | None, KNOWN_OR_TEXT] = None
    """Which way they are sorted; as ``order_column``."""
    collapsed: Annotated[ComponentGroupCollapsed | int, known_or_int, DefaultIfNull(ComponentGroupCollapsed.TRUE)] = (
        ComponentGroupCollapsed.TRUE
    )
    """When the page shows it folded up. A number that this package does not know stays a plain int."""
    visible: Annotated[Visibility | int, known_or_int, DefaultIfNull(Visibility.AUTHENTICATED)] = (
        Visibility.AUTHENTICATED
    )
    """Who sees it, and its components. Set True for everybody, False for who is logged in."""
    meta: Annotated[dict[str, JsonValue] | None, KEYED] = None
    """Key and value pairs of your own; None unless asked for with ``include=("meta",)``."""
    created_at: Final[Annotated[datetime | None, NoneOnError(), at("created", "string")]]
    """When it was made; in the server's zone, naive unless the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError(), at("updated", "string")]]
    """When it was last changed; as ``created_at``."""

    def _wire_values(self, values: dict[str, object]) -> dict[str, object]:
        """Give attribute values in the form in which they are sent; a column never without its direction.

        Raises:
            ArgumentError: when it has none.
        """
        sent = super()._wire_values(values)
        _check_order(sent.get("order_column"), self.order_direction)
        if "order_column" in sent and "order_direction" not in sent and self.order_direction is not None:
            sent["order_direction"] = self.order_direction
        return sent
