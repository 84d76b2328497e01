"""``Payload``, the base of all request data. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import ClassVar, Self, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import to_json

from cachet_sdk.core.models.base import ensure_built
from cachet_sdk.core.models.times import TO_THE_MINUTE, to_wire
from cachet_sdk.errors import ArgumentError, short_repr

PayloadT = TypeVar("PayloadT", bound="Payload")


class Payload(BaseModel):
    """Checked arguments of a create or update. None means not passed."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        strict=True, extra="forbid", populate_by_name=True, loc_by_alias=False, defer_build=True
    )

    #: Formats of times, by field, that differ from the usual one.
    TIME_FORMATS: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Check the arguments of a call.

        Raises:
            ArgumentError: Names the first invalid argument.
        """
        try:
            return ensure_built(cls)(**arguments)
        except ValidationError as error:
            raise argument_error(error) from None

    def values(self) -> dict[str, object]:
        """Return the values that were set, under the server's names, with times still as datetimes."""
        # Without warnings, because values that were read are sent unchanged, even a status unknown to this SDK.
        dumped = self.model_dump(by_alias=True, warnings=False)
        return {name: value for name, value in dumped.items() if value is not None}

    @classmethod
    def encode(cls, values: Mapping[str, object]) -> bytes:
        """Encode values as JSON, with times in the format that the server accepts."""
        return encode_json(
            {
                name: to_wire(value, cls.TIME_FORMATS.get(name, TO_THE_MINUTE))
                if isinstance(value, datetime)
                else value
                for name, value in values.items()
            }
        )


def encode_json(values: Mapping[str, object]) -> bytes:
    """Encode values as JSON.

    Raises:
        ArgumentError: Names the value that JSON cannot represent. Arguments were checked before, but values of a
            resource that pydantic built from other data were not.
    """
    try:
        return to_json(values)
    except ValueError:
        for name, value in values.items():
            try:
                to_json(value)
            except ValueError:
                raise ArgumentError(name, f"expected a JSON value, got {short_repr(value)}") from None
        raise


def build_many(
    kind: type[PayloadT],
    argument: str,
    items: Iterable[tuple[object, Mapping[str, object]]],
    check: Callable[[PayloadT], None] | None = None,
) -> list[PayloadT]:
    """Check the arguments of many calls.

    Args:
        kind: The payload type.
        argument: The name of the argument that contains the items.
        items: The arguments of each call, each with its key or position.
        check: An additional check.

    Raises:
        ArgumentError: Names the first invalid item by its key or position.
    """
    payloads: list[PayloadT] = []
    for key, item in items:
        if not isinstance(item, Mapping) or not all(isinstance(name, str) for name in item):
            raise ArgumentError(f"{argument}[{key}]", f"expected a dictionary of arguments, got {short_repr(item)}")
        try:
            payload = kind.build(**item)
            if check is not None:
                check(payload)
        except ArgumentError as error:
            raise ArgumentError(f"{argument}[{key}]", error.message) from None
        payloads.append(payload)
    return payloads


#: What is expected, by pydantic's error type. Unlike its types, pydantic's messages change between releases.
_EXPECTED = {
    "bool_type": "True or False",
    "datetime_type": "a valid datetime",
    "dict_type": "a valid dictionary",
    "finite_number": "a finite number",
    "float_type": "a valid number",
    "greater_than": "greater than {gt}",
    "greater_than_equal": "at least {ge}",
    "int_type": "a valid integer",
    "invalid-json-value": "a JSON value",
    "less_than": "less than {lt}",
    "less_than_equal": "at most {le}",
    "list_type": "a valid list",
    "string_sub_type": "a valid string",
    "string_too_long": "at most {max_length} characters",
    "string_type": "a valid string",
    "string_unicode": "text without lone surrogates",
}
#: Complete messages, by pydantic's error type.
_PROBLEMS = {"extra_forbidden": "is not an argument of this call", "missing": "is missing"}


def argument_error(error: ValidationError) -> ArgumentError:
    """Convert pydantic's error about an argument to an ``ArgumentError``."""
    first = error.errors(include_url=False)[0]
    kind = first["type"]
    argument = str(first["loc"][0]) if first["loc"] else "data"
    if kind in _PROBLEMS:
        return ArgumentError(argument, _PROBLEMS[kind])
    message = _EXPECTED[kind].format_map(first.get("ctx", {})) if kind in _EXPECTED else first["msg"]
    inside = ".".join(str(step) for step in first["loc"][1:] if isinstance(step, int))
    expected = message if message.startswith(("expected", "must")) else f"expected {message}"
    return ArgumentError(
        argument, f"{f'item {inside}: ' if inside else ''}{expected}, got {short_repr(first['input'])}"
    )
