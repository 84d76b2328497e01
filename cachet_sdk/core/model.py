"""``Model``: what a server sends. ``Payload``: what we send. Both know nothing of clients."""

from __future__ import annotations

import copy
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError
from pydantic_core import SchemaValidator, core_schema, to_json

from cachet_sdk.core.times import TO_THE_MINUTE, same_value, to_wire
from cachet_sdk.errors import ArgumentError, show

ModelT = TypeVar("ModelT", bound=BaseModel)
PayloadT = TypeVar("PayloadT", bound="Payload")

# pydantic builds a deferred model on first use, which two threads must not do at once (seen by others in 2.12, 2.13).
_BUILDING = threading.RLock()
_PAGE_VALIDATORS: dict[type[BaseModel], SchemaValidator] = {}

#: Steps to a problem that tell which of several types was tried, and nothing of the data.
_ALTERNATIVE = re.compile(r"function-|constrained-|[\w-]+\[|(int|float|str|bool|none)$")


def ready(cls: type[ModelT]) -> type[ModelT]:
    """Finish a deferred model before its first use; safe to call from several threads."""
    if not cls.__pydantic_complete__:
        with _BUILDING:
            if not cls.__pydantic_complete__:
                cls.model_rebuild(_types_namespace=None)
    return cls


def problem_of(error: ValidationError, rows: int = 0) -> str:
    """Say in a few words what a validation found first, without the input.

    Args:
        error: What was found.
        rows: How many rows a page had; that of a single one needs no number.
    """
    problems: dict[str, str] = {}
    found = error.errors(include_url=False, include_input=False, include_context=False)
    for one in [it for it in found if it["type"] != "none_required"] or found:
        where = ".".join(str(step) for step in one["loc"][rows == 1 :] if not _ALTERNATIVE.match(str(step)))
        problems[where] = one["msg"]  # of alternatives the last one: it is the widest
    where, problem = next(iter(problems.items()))
    more = len(problems) - 1
    return f"{where}: {problem}" + (f" (and {more} more)" if more else "")


class Model(BaseModel):  # noqa: PLW1641  (equal by data that can change, so without a hash, like a list)
    """What a server sent, as typed attributes; the JSON itself stays in ``attrs``."""

    # Slots and not pydantic's private attributes: those cost about 1.5 µs an instance.
    __slots__ = ("_attrs",)

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="ignore", populate_by_name=True, defer_build=True, protected_namespaces=()
    )

    #: Attributes that the server converts with the request's ``Time-Zone``.
    ZONED: ClassVar[tuple[str, ...]] = ("created_at", "updated_at")

    if TYPE_CHECKING:
        _attrs: dict[str, JsonValue]

    @property
    def attrs(self) -> dict[str, JsonValue]:
        """The JSON object as the server sent it, fields included that this package does not know."""
        try:
            return self._attrs
        except AttributeError:  # made by pydantic's own means, such as model_validate
            return self.model_dump(mode="json", by_alias=True)

    def get(self, name: str) -> JsonValue:
        """Get a field of the raw JSON by name, or None when there is none."""
        return self.attrs.get(name)

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other) or not isinstance(other, Model):
            return NotImplemented
        mine, theirs = self.__dict__, other.__dict__
        aware = [name for name in self.ZONED if getattr(mine.get(name), "tzinfo", None) is not None]
        # Dictionaries compare times by their own ==, which does not do for aware ones: see same_moment.
        if mine == theirs:
            return all(same_value(mine[name], theirs[name]) for name in aware)
        return bool(aware) and mine.keys() == theirs.keys() and all(same_value(mine[key], theirs[key]) for key in mine)

    if not TYPE_CHECKING:  # a type checker that sees this believes that anything may be set

        def __setattr__(self, name: str, value: object) -> None:
            raise AttributeError(f"{type(self).__name__}.{name} is read-only")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be deleted")

    def __getstate__(self) -> dict[Any, Any]:
        return {**super().__getstate__(), "attrs": self.attrs}

    def __setstate__(self, state: dict[Any, Any]) -> None:
        state = dict(state)
        object.__setattr__(self, "_attrs", state.pop("attrs"))
        super().__setstate__(state)

    def __copy__(self) -> Self:
        twin = super().__copy__()
        object.__setattr__(twin, "_attrs", self.attrs)
        return twin

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        twin = super().__deepcopy__(memo)
        object.__setattr__(twin, "_attrs", copy.deepcopy(self.attrs, memo))
        return twin


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
            return ready(cls)(**arguments)
        except ValidationError as error:
            raise argument_error(error) from None

    def values(self) -> dict[str, object]:
        """Give what was set, under the names of the wire, with times still as times."""
        fields = type(self).model_fields
        return {fields[name].alias or name: value for name, value in self.__dict__.items() if value is not None}

    @classmethod
    def encode(cls, values: Mapping[str, object]) -> bytes:
        """Write values as JSON, times in the form that the server takes."""
        return to_json(
            {
                name: to_wire(value, cls.TIME_FORMS.get(name, TO_THE_MINUTE)) if isinstance(value, datetime) else value
                for name, value in values.items()
            }
        )


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
            raise ArgumentError(f"{argument}[{key}]", f"expected a dictionary of arguments, got {show(item)}")
        try:
            payload = kind.build(**item)
            if check is not None:
                check(payload)
        except ArgumentError as error:
            raise ArgumentError(f"{argument}[{key}]", error.message) from None
        payloads.append(payload)
    return payloads


def argument_error(error: ValidationError) -> ArgumentError:
    """Turn pydantic's complaint about an argument into ours."""
    first = error.errors(include_url=False, include_context=False)[0]
    argument = str(first["loc"][0]) if first["loc"] else "data"
    if first["type"] == "missing":
        return ArgumentError(argument, "is missing")
    if first["type"] == "extra_forbidden":
        return ArgumentError(argument, "is not an argument of this call")
    if first["type"] == "invalid-json-value":
        return ArgumentError(argument, f"expected what JSON can hold, got {show(first['input'])}")
    inside = ".".join(str(step) for step in first["loc"][1:] if isinstance(step, int))
    message = first["msg"]
    for lead in ("Value error, ", "Input should be ", "String should have "):
        message = message.removeprefix(lead)
    expected = message if message.startswith(("expected", "must")) else f"expected {message}"
    return ArgumentError(argument, f"{f'item {inside}: ' if inside else ''}{expected}, got {show(first['input'])}")


def page_validator(cls: type[ModelT]) -> SchemaValidator:
    """Give the validator of a whole page of models, made once for each class."""
    validator = _PAGE_VALIDATORS.get(cls)
    if validator is None:
        validator = SchemaValidator(core_schema.list_schema(ready(cls).__pydantic_core_schema__))
        _PAGE_VALIDATORS[cls] = validator
    return validator
