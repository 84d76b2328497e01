"""Field types of resources: lenient with servers' data, strict with callers' arguments.

Reading: nothing that a server may plausibly send for a field (a number as text, 0 for false, null, an unknown status,
an unreadable date) makes a read fail. Writing: nothing is guessed; a value that could not be sent unchanged is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum, IntEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast

from pydantic import AfterValidator, BeforeValidator, Field, JsonValue, PlainSerializer, StringConstraints
from pydantic_core import PydanticCustomError, core_schema, from_json, to_json

from cachet_sdk.core.json_types import is_array, is_object

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

EnumT = TypeVar("EnumT", bound=IntEnum)
JsonT = TypeVar("JsonT")


class NoneOnError:
    """Makes a field None if it was not sent or cannot be read; the raw value stays in ``attrs``."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.with_default_schema(handler(source), default=None, on_error="default")


class DefaultIfNull:
    """Replaces null, or an empty text, with a value of the field's own type, where servers send it to mean that value.

    An empty text is what PHP makes of null and of false when something converts them to text.

    Args:
        value: The value; ``list`` for a new empty list.
    """

    def __init__(self, value: object) -> None:
        self.value = value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        meant = core_schema.no_info_after_validator_function(
            lambda _: [] if self.value is list else self.value,
            core_schema.nullable_schema(core_schema.literal_schema([""])),
        )
        return core_schema.union_schema([handler(source), meant], mode="left_to_right")

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        # The value written is never null. That an empty text is read as null is not part of the schema.
        inner = schema["choices"][0]
        if handler.mode != "serialization":
            inner = core_schema.union_schema([inner, core_schema.none_schema()], mode="left_to_right")
        return handler(inner)


# For servers' data. The types are spelled out where they are used, since editors show them as written.

#: For ``Annotated[Kind | int, known_or_int]``: a member if there is one, otherwise the plain int, so that a newer
#: server's values never make a read fail.
known_or_int: Any = Field(union_mode="left_to_right")


def _deep_copy(value: object) -> object:
    """Copy JSON. Called for each row of a list, nearly always with an empty value."""
    if not value:
        return value
    try:
        return _copied(value)
    except RecursionError:
        raise PydanticCustomError("json", "expected a JSON value") from None


def _copied(value: object) -> object:
    if is_object(value):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if is_array(value) else value


#: For ``Annotated[JsonValue, SkipValidation, deep_copied]``: any JSON, copied, since the raw data or the caller's
#: dictionary must not change when the attribute is changed in place.
deep_copied: Any = BeforeValidator(_deep_copy)


# For callers' arguments.

#: The longest name, in characters: servers on MySQL silently truncate longer ones.
LONGEST_NAME = 191
#: The longest text, in characters. pydantic detects lone surrogates, which JSON cannot hold, only if there is a limit.
LONGEST_TEXT = 1 << 24


def refuse_blank(value: object) -> object:
    """Refuse blank text."""
    if isinstance(value, str) and not value.strip():
        raise PydanticCustomError("blank", "must not be empty")
    return value


#: A name: not empty, and not longer than the server stores.
NameInput = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_NAME), BeforeValidator(refuse_blank)]
#: Text that must not be empty.
RequiredTextInput = Annotated[
    str, StringConstraints(strict=True, max_length=LONGEST_TEXT), BeforeValidator(refuse_blank)
]
#: Any text.
TextInput = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_TEXT)]


def member_of(kind: type[Enum] | None) -> Any:
    """Require a plain value or a member of this enumeration, and refuse members of others."""

    def check(value: object) -> object:
        if isinstance(value, Enum) and (kind is None or not isinstance(value, kind)):
            expected = "a plain number" if kind is None else f"a {kind.__name__}"
            raise PydanticCustomError("enumeration", "expected {expected}", {"expected": expected})
        return value

    return BeforeValidator(check)


#: The id of a resource.
IdInput = Annotated[int, Field(strict=True, gt=0, lt=1 << 63), member_of(None)]
#: The id of a resource, or 0 for none.
OptionalIdInput = Annotated[int, Field(strict=True, ge=0, lt=1 << 63), member_of(None)]
#: A position: a whole number that a database column can hold.
OrderInput = Annotated[int, Field(strict=True, ge=-(1 << 31), lt=1 << 31), member_of(None)]
#: A whole number that a database column can hold.
WholeNumberInput = OrderInput


def as_flag(value: object) -> object:
    """Accept 0 and 1 for a bool, as in Cachet's documentation."""
    if isinstance(value, bool) or (type(value) is int and value in {0, 1}):
        return bool(value)
    raise PydanticCustomError("flag", "expected True or False")


#: A flag: a bool, or 0 or 1.
FlagInput = Annotated[bool, BeforeValidator(as_flag)]
#: A flag that is sent as a number.
NumericFlagInput = Annotated[FlagInput, PlainSerializer(int)]


def _refuse_what_json_cannot_hold(value: JsonT) -> JsonT:
    try:
        from_json(to_json(value, inf_nan_mode="constants"), allow_inf_nan=False)
    except ValueError:  # a NaN, a lone surrogate, thousands of digits, too deep
        raise PydanticCustomError("json", "expected a JSON value") from None
    return value


def _plain(value: object) -> object:
    """Convert mappings and sequences to dictionaries and lists: strict pydantic accepts nothing else."""
    if isinstance(value, Mapping):
        return dict(cast("Mapping[object, object]", value))
    if isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray):
        return list(cast("Sequence[object]", value))
    return value


#: The caller's own key-value pairs.
MetaInput = Annotated[dict[str, JsonValue], BeforeValidator(_plain), AfterValidator(_refuse_what_json_cannot_hold)]
#: The variables of a template, by name or in order.
VarsInput = Annotated[
    dict[str, JsonValue] | list[JsonValue], BeforeValidator(_plain), AfterValidator(_refuse_what_json_cannot_hold)
]


def _refuse_times_that_no_server_keeps(value: datetime) -> datetime:
    try:
        in_utc = value if value.utcoffset() is None else value.astimezone(UTC)
    except OverflowError:  # the first and the last day of the calendar cannot be converted
        in_utc = datetime.min  # noqa: DTZ901  (only the year is checked)
    if in_utc.year < _FIRST_YEAR:
        raise PydanticCustomError("year", "expected a time between the years 1000 and 9999")
    return value


#: The first year that databases can store in a date.
_FIRST_YEAR = 1000
#: A time.
TimeInput = Annotated[datetime, AfterValidator(_refuse_times_that_no_server_keeps)]


def looks_like_email(value: object) -> object:
    """Refuse text that does not look like an e-mail address."""
    if isinstance(value, str):
        local, _, domain = value.rpartition("@")
        if not local or not domain or any(character.isspace() for character in value):
            raise PydanticCustomError("email", "expected an e-mail address")
    return value


#: An e-mail address; only its form is checked, the server decides.
EmailInput = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_NAME), BeforeValidator(looks_like_email)]


def one_of(kind: type[EnumT], *, but: tuple[int, ...] = ()) -> Any:
    """Require one of an enumeration's values, as a member or as a plain int."""
    allowed = {member.value: member for member in kind if member.value not in but}
    listing = ", ".join(f"{number} ({member.name})" for number, member in allowed.items())

    def check(value: object) -> object:
        # A member of another enumeration is refused: its number means something else.
        is_other = isinstance(value, bool) or (isinstance(value, Enum) and not isinstance(value, kind))
        if isinstance(value, int) and not is_other and value in allowed:
            return allowed[value]
        raise PydanticCustomError("one_of", "expected one of {listing}", {"listing": listing})

    return BeforeValidator(check)
