"""Subscribers: what the server sends of one, and what it takes to make or change one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Final

from pydantic import Field, JsonValue

from cachet_sdk.core.models.fields import DefaultIfNull, FlagInput, IdInput, MetaInput, NoneOnError
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.v3.models.bodies import RequestBody
from cachet_sdk.v3.models.documents import DocumentData, at
from cachet_sdk.v3.models.fields import KEYED, AddressInput


class _SubscriberBody(RequestBody):
    is_global: Annotated[FlagInput | None, Field(serialization_alias="global")] = None
    components: list[IdInput] | None = None
    meta: MetaInput | None = None


class NewSubscriber(_SubscriberBody):
    """The body of ``POST /subscribers``."""

    email: AddressInput
    verified: FlagInput | None = None


class SubscriberChange(_SubscriberBody):
    """The body of ``PUT /subscribers/{id}``. Components take the place of those that are there; none empties them."""

    email: AddressInput | None = None


class SubscriberData(DocumentData):
    """Somebody who is told of incidents."""

    _TYPE: ClassVar[str] = "subscribers"
    _UPDATE: ClassVar[type[Payload]] = SubscriberChange
    _ZONED: ClassVar[tuple[str, ...]] = ("verified_at", "created_at", "updated_at")
    _RELATIONS: ClassVar[Mapping[str, str]] = {"components": "components"}
    # Any address that is sent has to be verified again.
    _ONLY_CHANGED: ClassVar[tuple[str, ...]] = ("email",)

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
