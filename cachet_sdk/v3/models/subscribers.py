"""Subscribers: what the server sends of one, and what it takes to make or change one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Final

from pydantic import Field, JsonValue

from cachet_sdk.core.models.fields import DefaultIfNull, IdInput, MetaInput, NoneOnError
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.v3.models.bodies import RequestBody
from cachet_sdk.v3.models.documents import DocumentData, at
from cachet_sdk.v3.models.fields import KEYED, AddressInput


class _SubscriberBody(RequestBody):
    is_global: bool | None = None
    components: list[IdInput] | None = None
    meta: MetaInput | None = None

    def values(self) -> dict[str, object]:
        """Give what was set, ``is_global`` under the server's name for it, which Python keeps for itself."""
        values = super().values()
        if "is_global" in values:
            values["global"] = values.pop("is_global")
        return values


class NewSubscriber(_SubscriberBody):
    """The body of ``POST /subscribers``."""

    email: AddressInput
    verified: bool | None = None


class SubscriberChange(_SubscriberBody):
    """The body of ``PUT /subscribers/{id}``. Components take the place of those that are there; none empties them."""

    email: AddressInput | None = None


class SubscriberData(DocumentData):
    """Somebody who is told of incidents."""

    TYPE: ClassVar[str] = "subscribers"
    UPDATE: ClassVar[type[Payload]] = SubscriberChange
    ZONED: ClassVar[tuple[str, ...]] = ("verified_at", "created_at", "updated_at")
    RELATIONS: ClassVar[Mapping[str, str]] = {"components": "components"}

    id: Final[int]
    """The id."""
    email: Annotated[str, DefaultIfNull("")] = ""
    """The address. A new one has to be verified again."""
    is_global: Annotated[bool, DefaultIfNull(False), at("global")] = True
    """Whether all components are subscribed."""
    verified: Final[Annotated[bool, DefaultIfNull(False), Field(default=False)]]
    """Whether the address was verified."""
    verified_at: Final[Annotated[datetime | None, NoneOnError(), at("verified_at", "string")]]
    """When it was; None if it was not. In the server's zone, naive unless the client has a ``timezone``."""
    meta: Annotated[dict[str, JsonValue] | None, KEYED] = None
    """Key and value pairs of your own; None unless asked for with ``include=("meta",)``."""
    created_at: Final[Annotated[datetime | None, NoneOnError(), at("created", "string")]]
    """When the subscription was made; as ``verified_at``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError(), at("updated", "string")]]
    """When it was last changed; as ``verified_at``."""

    @property
    def is_verified(self) -> bool:
        """Whether the address was verified: ``verified``, by the name that it has for Cachet 2."""
        return self.verified

    def all_wire_values(self) -> dict[str, object]:
        """Give every writable value in the form in which it is sent; the address only when it was changed.

        Any address that is sent has to be verified again.
        """
        values = super().all_wire_values()
        if "email" not in self.changes():
            values.pop("email", None)
        return values
