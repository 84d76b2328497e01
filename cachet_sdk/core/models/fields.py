"""Field types of resources: lenient with servers' data, strict with callers' arguments.

Reading: nothing that a server may plausibly send (a number as text, 0 for false, null, an unknown status, an unreadable
date) makes a read fail. Writing: nothing is guessed. A value that cannot be sent unchanged is refused.
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
    """Makes a field None if it was not sent or cannot be parsed. The raw value stays in ``attrs``."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.with_default_schema(handler(source), default=None, on_error="default")


class DefaultIfNull:
    """Replaces null and empty text with a default of the field's type.

    PHP converts null and false to empty text.

    Args:
        value: The default. ``list`` stands for a new empty list.
    """

    def __init__(self, value: object) -> None:
        self.value = value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        replaced = core_schema.no_info_after_validator_function(
            lambda _: [] if self.value is list else self.value,
            core_schema.nullable_schema(core_schema.literal_schema([""])),
        )
        return core_schema.union_schema([handler(source), replaced], mode="left_to_right")

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        # Serialized values are never null. That empty text is accepted is not part of the schema.
        inner = schema["choices"][0]
        if handler.mode != "serialization":
            inner = core_schema.union_schema([inner, core_schema.none_schema()], mode="left_to_right")
        return handler(inner)


# For servers' data. Types are written out where they are used, because editors show them as written.

#: For ``Annotated[Kind | int, known_or_int]``: a member if there is one, otherwise the plain int. So values of newer
#: servers never make a read fail.
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


#: For ``Annotated[JsonValue, SkipValidation, deep_copied]``: any JSON. It is copied, so that the raw data or the
#: caller's dictionary stays the same when the attribute is changed in place.
deep_copied: Any = BeforeValidator(_deep_copy)


# For callers' arguments.

#: The longest name, in characters. Servers on MySQL silently truncate longer ones.
LONGEST_NAME = 191
#: The longest text, in characters. Only with a limit does pydantic detect lone surrogates, which JSON cannot represent.
LONGEST_TEXT = 1 << 24
#: The first year whose dates databases can store.
_FIRST_YEAR = 1000


def refuse_blank(value: object) -> object:
    """Refuse blank text."""
    if isinstance(value, str) and not value.strip():
        raise PydanticCustomError("blank", "must not be empty")
    return value


#: A name that is not blank, and not longer than the server stores.
NameInput = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_NAME), BeforeValidator(refuse_blank)]
#: Text that must not be blank.
RequiredTextInput = Annotated[
    str, StringConstraints(strict=True, max_length=LONGEST_TEXT), BeforeValidator(refuse_blank)
]
#: Any text.
TextInput = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_TEXT)]


def member_of(kind: type[Enum] | None) -> Any:
    """Return a validator that refuses members of other enumerations, but not plain values."""

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
#: A position, within the range of a database column.
OrderInput = Annotated[int, Field(strict=True, ge=-(1 << 31), lt=1 << 31), member_of(None)]
#: A whole number within the range of a database column.
WholeNumberInput = OrderInput


def _divides_an_hour(minutes: int) -> int:
    if minutes < 1 or 60 % minutes:
        raise PydanticCustomError("minutes", "must be a number of minutes that divides 60")
    return minutes


#: A number of minutes that divides an hour. Servers refuse other numbers, and may fail on 0.
HourDivisorInput = Annotated[int, AfterValidator(_divides_an_hour)]


def as_flag(value: object) -> object:
    """Accept 0 and 1 for a bool, as in Cachet's documentation."""
    if isinstance(value, bool) or (type(value) is int and value in {0, 1}):
        return bool(value)
    raise PydanticCustomError("flag", "expected True or False")


#: A flag: a bool, or 0 or 1.
FlagInput = Annotated[bool, BeforeValidator(as_flag)]
#: A flag that is sent as a number.
NumericFlagInput = Annotated[FlagInput, PlainSerializer(int)]


def _refuse_non_json(value: JsonT) -> JsonT:
    try:
        from_json(to_json(value, inf_nan_mode="constants"), allow_inf_nan=False)
    except ValueError:  # a NaN, a lone surrogate, thousands of digits, too deep
        raise PydanticCustomError("json", "expected a JSON value") from None
    return value


def _to_plain_json(value: object) -> object:
    """Convert mappings and sequences to dictionaries and lists, because strict validation accepts nothing else."""
    if isinstance(value, Mapping):
        return dict(cast("Mapping[object, object]", value))
    if isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray):
        return list(cast("Sequence[object]", value))
    return value


#: Custom key-value pairs.
MetaInput = Annotated[dict[str, JsonValue], BeforeValidator(_to_plain_json), AfterValidator(_refuse_non_json)]
#: The variables of a template, by name or in order.
VarsInput = Annotated[
    dict[str, JsonValue] | list[JsonValue], BeforeValidator(_to_plain_json), AfterValidator(_refuse_non_json)
]


def _refuse_early_years(value: datetime) -> datetime:
    try:
        in_utc = value if value.utcoffset() is None else value.astimezone(UTC)
    except OverflowError:  # the first and the last day of the calendar cannot be converted
        in_utc = datetime.min  # noqa: DTZ901  (only the year is checked)
    if in_utc.year < _FIRST_YEAR:
        raise PydanticCustomError("year", "expected a time between the years 1000 and 9999")
    return value


#: A time that databases can store.
TimeInput = Annotated[datetime, AfterValidator(_refuse_early_years)]


def looks_like_email(value: object) -> object:
    """Refuse text that does not look like an e-mail address."""
    if isinstance(value, str):
        local, _, domain = value.rpartition("@")
        if not local or not domain or any(character.isspace() for character in value):
            raise PydanticCustomError("email", "expected an e-mail address")
    return value


#: An e-mail address. Only its form is checked: the server decides whether it is valid.
EmailInput = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_NAME), BeforeValidator(looks_like_email)]


def one_of(kind: type[EnumT], *, but: tuple[int, ...] = ()) -> Any:
    """Return a validator that requires a value of an enumeration, as a member or as a plain int.

    Args:
        kind: The enumeration.
        but: Values that are not allowed.
    """
    allowed = {member.value: member for member in kind if member.value not in but}
    listing = ", ".join(f"{number} ({member.name})" for number, member in allowed.items())

    def check(value: object) -> object:
        # The number of another enumeration's member means something else.
        is_other = isinstance(value, bool) or (isinstance(value, Enum) and not isinstance(value, kind))
        if isinstance(value, int) and not is_other and value in allowed:
            return allowed[value]
        raise PydanticCustomError("one_of", "expected one of {listing}", {"listing": listing})

    return BeforeValidator(check)
