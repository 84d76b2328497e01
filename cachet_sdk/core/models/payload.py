"""``Payload``: what this package sends. Pure."""

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
    """What is sent to make or to change something: checked, and with None for what is left out."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        strict=True, extra="forbid", populate_by_name=True, loc_by_alias=False, defer_build=True
    )

    #: How a time is written, where it is not the usual form.
    TIME_FORMS: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Check a call's arguments.

        Raises:
            ArgumentError: naming the first one that is wrong.
        """
        try:
            return ensure_built(cls)(**arguments)
        except ValidationError as error:
            raise argument_error(error) from None

    def values(self) -> dict[str, object]:
        """Return what was set, in the server's names and forms, with times still as times."""
        # Without warnings: what was read is sent as it is, also a status that its enumeration does not have.
        dumped = self.model_dump(by_alias=True, warnings=False)
        return {name: value for name, value in dumped.items() if value is not None}

    @classmethod
    def encode(cls, values: Mapping[str, object]) -> bytes:
        """Write values as JSON, times in the form that the server takes."""
        return encode_json(
            {
                name: to_wire(value, cls.TIME_FORMS.get(name, TO_THE_MINUTE)) if isinstance(value, datetime) else value
                for name, value in values.items()
            }
        )


def encode_json(values: Mapping[str, object]) -> bytes:
    """Write values as JSON.

    Raises:
        ArgumentError: naming the one that JSON cannot hold. Arguments were checked before; the values of a resource
            that pydantic made of other data were not.
    """
    try:
        return to_json(values)
    except ValueError:
        for name, value in values.items():
            try:
                to_json(value)
            except ValueError:
                raise ArgumentError(name, f"expected what JSON can hold, got {short_repr(value)}") from None
        raise


def build_many(
    kind: type[PayloadT],
    argument: str,
    items: Iterable[tuple[object, Mapping[str, object]]],
    check: Callable[[PayloadT], None] | None = None,
) -> list[PayloadT]:
    """Check the arguments of many calls, each with its key or position.

    Args:
        kind: What they become.
        argument: What the items were passed as.
        items: The arguments of each.
        check: What else each has to pass.

    Raises:
        ArgumentError: naming the first item that is wrong by that.
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


#: What was expected, by the type of pydantic's complaint. Its texts change between releases, its types do not.
_EXPECTED = {
    "bool_type": "True or False",
    "datetime_type": "a valid datetime",
    "dict_type": "a valid dictionary",
    "finite_number": "a finite number",
    "float_type": "a valid number",
    "greater_than": "greater than {gt}",
    "greater_than_equal": "at least {ge}",
    "int_type": "a valid integer",
    "invalid-json-value": "what JSON can hold",
    "less_than": "less than {lt}",
    "less_than_equal": "at most {le}",
    "list_type": "a valid list",
    "string_sub_type": "a valid string",
    "string_too_long": "at most {max_length} characters",
    "string_type": "a valid string",
    "string_unicode": "text without lone surrogates",
}
#: As above, as whole sentences.
_PROBLEMS = {"extra_forbidden": "is not an argument of this call", "missing": "is missing"}


def argument_error(error: ValidationError) -> ArgumentError:
    """Turn pydantic's complaint about an argument into ours."""
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
