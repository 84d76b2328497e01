"""Field types that resources are made of: lenient with what servers send, strict with what callers pass.

Reading: nothing that a server may plausibly send for a field (a number as text, 0 for false, null, an unknown status,
an unreadable date) makes a read fail. Writing: nothing is guessed; what would be sent changed or not at all is refused.
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
    """Marks a field that is None when it was not sent, or cannot be read; the raw value stays in ``attrs``."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.with_default_schema(handler(source), default=None, on_error="default")


class DefaultIfNull:
    """Marks a field for which servers send null, or no text, where they mean a value of the field's own type.

    An empty text is what PHP makes of null and of false when something turns them into text.

    Args:
        value: The value; ``list`` for an empty list of its own.
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
        # What is written is never null. That an empty text is taken for it is nothing to promise.
        inner = schema["choices"][0]
        if handler.mode != "serialization":
            inner = core_schema.union_schema([inner, core_schema.none_schema()], mode="left_to_right")
        return handler(inner)


# What servers send. The types themselves are spelled out where they are used: editors show them as they are written.

#: Goes into ``Annotated[Kind | int, known_or_int]``: a member where there is one, and the plain int where the server
#: knows more of them than this package does. A newer server must never make a read fail.
known_or_int: Any = Field(union_mode="left_to_right")


def _deep_copy(value: object) -> object:
    """Copy JSON. Runs for each row of a list, nearly always for an empty value."""
    if not value:
        return value
    try:
        return _copied(value)
    except RecursionError:
        raise PydanticCustomError("json", "expected what JSON can hold") from None


def _copied(value: object) -> object:
    if is_object(value):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if is_array(value) else value


#: Goes into ``Annotated[JsonValue, SkipValidation, deep_copied]``: any JSON, and not the very object that the raw data
#: or a caller's dictionary holds, since it may be changed in place.
deep_copied: Any = BeforeValidator(_deep_copy)


# What callers pass.

#: The most characters that a name keeps: MySQL servers cut longer ones silently (wire/v1, trap 14).
LONGEST_NAME = 191
#: The most characters of any text. pydantic finds lone surrogates, which no JSON can hold, only where there is a limit.
LONGEST_TEXT = 1 << 24


def refuse_blank(value: object) -> object:
    """Refuse text with nothing in it."""
    if isinstance(value, str) and not value.strip():
        raise PydanticCustomError("blank", "must not be empty")
    return value


#: A name: neither empty nor longer than the server keeps.
NameInput = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_NAME), BeforeValidator(refuse_blank)]
#: Text that must not be empty.
RequiredTextInput = Annotated[
    str, StringConstraints(strict=True, max_length=LONGEST_TEXT), BeforeValidator(refuse_blank)
]
#: Any text.
TextInput = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_TEXT)]


def member_of(kind: type[Enum] | None) -> Any:
    """Say that an argument must be a plain value, or a member of this enumeration and of no other."""

    def check(value: object) -> object:
        if isinstance(value, Enum) and (kind is None or not isinstance(value, kind)):
            expected = "a plain number" if kind is None else f"a {kind.__name__}"
            raise PydanticCustomError("enumeration", "expected {expected}", {"expected": expected})
        return value

    return BeforeValidator(check)


#: The id of something on the server.
IdInput = Annotated[int, Field(strict=True, gt=0, lt=1 << 63), member_of(None)]
#: The id of something, or 0 for none.
OptionalIdInput = Annotated[int, Field(strict=True, ge=0, lt=1 << 63), member_of(None)]
#: A place in an order: a whole number that the column of a database can hold.
OrderInput = Annotated[int, Field(strict=True, ge=-(1 << 31), lt=1 << 31), member_of(None)]
#: A whole number that the column of a database can hold.
WholeNumberInput = OrderInput


def as_flag(value: object) -> object:
    """Accept 0 and 1 for a bool, as Cachet's own documentation writes them."""
    if isinstance(value, bool) or (type(value) is int and value in {0, 1}):
        return bool(value)
    raise PydanticCustomError("flag", "expected True or False")


#: A flag: a bool, or 0 or 1.
FlagInput = Annotated[bool, BeforeValidator(as_flag)]
#: A flag that the server takes as a number.
NumericFlagInput = Annotated[FlagInput, PlainSerializer(int)]


def _refuse_what_json_cannot_hold(value: JsonT) -> JsonT:
    try:
        from_json(to_json(value, inf_nan_mode="constants"), allow_inf_nan=False)
    except ValueError:  # a NaN, a lone surrogate, thousands of digits, too deep
        raise PydanticCustomError("json", "expected what JSON can hold") from None
    return value


def _plain(value: object) -> object:
    """Make dictionaries and lists of what is as good as one: pydantic takes them alone where it is strict."""
    if isinstance(value, Mapping):
        return dict(cast("Mapping[object, object]", value))
    if isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray):
        return list(cast("Sequence[object]", value))
    return value


#: Key and value pairs of the caller's own.
MetaInput = Annotated[dict[str, JsonValue], BeforeValidator(_plain), AfterValidator(_refuse_what_json_cannot_hold)]
#: The variables of a template, by name or in order.
VarsInput = Annotated[
    dict[str, JsonValue] | list[JsonValue], BeforeValidator(_plain), AfterValidator(_refuse_what_json_cannot_hold)
]


def _refuse_times_that_no_server_keeps(value: datetime) -> datetime:
    try:
        in_utc = value if value.utcoffset() is None else value.astimezone(UTC)
    except OverflowError:  # the first and the last day of the calendar have no other zone
        in_utc = datetime.min  # noqa: DTZ901  (the year is all that is looked at)
    if in_utc.year < _FIRST_YEAR:
        raise PydanticCustomError("year", "expected a time between the years 1000 and 9999")
    return value


#: The first year that databases keep in a date.
_FIRST_YEAR = 1000
#: A moment.
TimeInput = Annotated[datetime, AfterValidator(_refuse_times_that_no_server_keeps)]


def looks_like_email(value: object) -> object:
    """Refuse text that has not the shape of an e-mail address."""
    if isinstance(value, str):
        local, _, domain = value.rpartition("@")
        if not local or not domain or any(character.isspace() for character in value):
            raise PydanticCustomError("email", "expected an e-mail address")
    return value


#: An e-mail address; checked for its shape only, the server decides.
EmailInput = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_NAME), BeforeValidator(looks_like_email)]


def one_of(kind: type[EnumT], *, but: tuple[int, ...] = ()) -> Any:
    """Say that an argument must be one of an enumeration's values, as a member or as a plain int."""
    allowed = {member.value: member for member in kind if member.value not in but}
    listing = ", ".join(f"{number} ({member.name})" for number, member in allowed.items())

    def check(value: object) -> object:
        # A member of another enumeration is refused: its number means something else there.
        is_other = isinstance(value, bool) or (isinstance(value, Enum) and not isinstance(value, kind))
        if isinstance(value, int) and not is_other and value in allowed:
            return allowed[value]
        raise PydanticCustomError("one_of", "expected one of {listing}", {"listing": listing})

    return BeforeValidator(check)
