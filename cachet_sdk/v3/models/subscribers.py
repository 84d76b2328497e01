"""Subscriber data, and the payloads that create and update one."""

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


class _SubscriberPayload(RequestBody):
    is_global: Annotated[FlagInput | None, Field(serialization_alias="global")] = None
    components: list[IdInput] | None = None
    meta: MetaInput | None = None


class NewSubscriber(_SubscriberPayload):
    """The request body of ``POST /subscribers``."""

    email: AddressInput
    verified: FlagInput | None = None


class SubscriberChange(_SubscriberPayload):
    """The request body of ``PUT /subscribers/{id}``. Components replace the existing ones."""

    email: AddressInput | None = None


class SubscriberData(DocumentData):
    """Someone who is notified of incidents."""

    _TYPE: ClassVar[str] = "subscribers"
    _UPDATE: ClassVar[type[Payload]] = SubscriberChange
    _ZONED: ClassVar[tuple[str, ...]] = ("verified_at", "created_at", "updated_at")
    _RELATIONS: ClassVar[Mapping[str, str]] = {"components": "components"}
    # An address that is sent must be verified again, even if it is unchanged.
    _ONLY_CHANGED: ClassVar[tuple[str, ...]] = ("email",)

    id: Final[int]
    """Assigned by the server."""
    email: Annotated[str, DefaultIfNull("")] = ""
    """E-mail address. A new one must be verified again."""
    is_global: Annotated[bool, DefaultIfNull(False), at("global")] = True
    """Whether all components are subscribed."""
    verified: Final[Annotated[bool, DefaultIfNull(False), Field(default=False)]]
    """Whether the address was verified."""
    verified_at: Final[Annotated[datetime | None, NoneOnError(), at("verified_at", "string")]]
    """None if not verified. Naive and in the server's time zone, or aware if the client has a ``timezone``."""
    meta: Annotated[dict[str, JsonValue] | None, KEYED] = None
    """Custom key-value pairs. None unless requested with ``include=("meta",)``."""
    created_at: Final[Annotated[datetime | None, NoneOnError(), at("created", "string")]]
    """When the subscriber was created, in the time zone of ``verified_at``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError(), at("updated", "string")]]
    """When it was last changed, in the time zone of ``verified_at``."""

    @property
    def is_verified(self) -> bool:
        """Same as ``verified``, for compatibility with the resources of Cachet 2."""
        return self.verified
