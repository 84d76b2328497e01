"""Field types for Cachet 3: lenient towards servers, strict towards callers."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import Annotated, Any, TypeVar, cast

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, StringConstraints
from pydantic_core import PydanticCustomError

from cachet_sdk.core.json_types import is_array
from cachet_sdk.core.models.fields import IdInput, RequiredTextInput, looks_like_email, one_of, refuse_blank
from cachet_sdk.v3.enums import ComponentStatus, IncidentStatus, Visibility

WordT = TypeVar("WordT", bound=StrEnum)

# What servers send.

#: For ``Annotated[Kind | str, KNOWN_OR_TEXT]``: a member if there is one, otherwise the plain str.
KNOWN_OR_TEXT: Any = Field(union_mode="left_to_right")


def _array_to_object(value: object) -> object:
    """Convert an array back to an object: PHP encodes an object that is empty or has the keys 0, 1, … as an array."""
    return {str(key): one for key, one in enumerate(value)} if is_array(value) else value


#: For ``Annotated[dict[str, JsonValue] | None, KEYED]``: key-value pairs as PHP encodes them.
KEYED = BeforeValidator(_array_to_object)


# What callers pass. The server refuses or ignores blank text ("Nothing can be cleared"), so it is refused here.

#: A name or other single-line text that is not blank, of a length that the server stores.
LineInput = Annotated[str, StringConstraints(strict=True, max_length=255), BeforeValidator(refuse_blank)]
#: An e-mail address of a length that the server stores.
AddressInput = Annotated[str, StringConstraints(strict=True, max_length=255), BeforeValidator(looks_like_email)]
#: A position among others.
OrderInput = Annotated[int, Field(strict=True, ge=0, lt=1 << 31)]
ComponentStatusInput = Annotated[ComponentStatus, one_of(ComponentStatus)]
IncidentStatusInput = Annotated[IncidentStatus, one_of(IncidentStatus)]


_SETTABLE = (Visibility.AUTHENTICATED, Visibility.GUEST)


def _to_visibility(value: object) -> object:
    is_number = isinstance(value, int) and (isinstance(value, Visibility) or not isinstance(value, Enum))
    if is_number and value in _SETTABLE:
        return Visibility(int(cast("int", value)))
    raise PydanticCustomError(
        "visible", "expected True (everyone) or False (logged-in users only); the API cannot set others"
    )


def _visibility_to_wire(value: Visibility) -> bool | None:
    # Other values were read. They are not sent, so that what was hidden on the dashboard stays hidden.
    return value == Visibility.GUEST if value in _SETTABLE else None


#: True or False, or the corresponding member. Sent as a bool.
VisibleInput = Annotated[Visibility, BeforeValidator(_to_visibility), PlainSerializer(_visibility_to_wire)]


def _check_link(value: str) -> str:
    if not value.lower().startswith(("http://", "https://")):
        raise PydanticCustomError("link", "expected a URL with http:// or https://")
    return value


#: The URL of a web page.
LinkInput = Annotated[RequiredTextInput, AfterValidator(_check_link)]


def _plain_dict(value: object) -> object:
    return dict(cast("Mapping[object, object]", value)) if isinstance(value, Mapping) else value


def _statuses_to_wire(statuses: Mapping[int, ComponentStatus]) -> list[dict[str, int]]:
    return [{"id": number, "status": int(status)} for number, status in statuses.items()]


#: The status to set on each component, by id.
ComponentStatusesInput = Annotated[
    dict[IdInput, ComponentStatusInput], BeforeValidator(_plain_dict), PlainSerializer(_statuses_to_wire)
]


def word_of(kind: type[WordT]) -> Any:
    """Return a validator that accepts a member of an enumeration or its plain str."""
    allowed = {member.value: member for member in kind}
    listing = ", ".join(repr(word) for word in allowed)

    def check(value: object) -> object:
        if isinstance(value, str) and (isinstance(value, kind) or not isinstance(value, Enum)) and value in allowed:
            return allowed[value]
        raise PydanticCustomError("word_of", "expected one of {listing}", {"listing": listing})

    return BeforeValidator(check)
