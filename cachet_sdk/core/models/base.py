"""``Model``: what a server sends. ``Payload``: what we send. Both know nothing of clients."""

from __future__ import annotations

import copy
import re
import threading
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError
from pydantic_core import SchemaValidator, core_schema

from cachet_sdk.core.models.times import same_value

ModelT = TypeVar("ModelT", bound=BaseModel)

# pydantic builds a deferred model on first use, which two threads must not do at once (seen by others in 2.12, 2.13).
_BUILDING = threading.RLock()
_PAGE_VALIDATORS: dict[type[BaseModel], SchemaValidator] = {}

#: Steps to a problem that tell which of several types was tried, and nothing of the data.
_ALTERNATIVE = re.compile(r"function-|constrained-|[\w-]+\[|(int|float|str|bool|none)$")


def ensure_built(cls: type[ModelT]) -> type[ModelT]:
    """Finish a deferred model before its first use; safe to call from several threads."""
    if not cls.__pydantic_complete__:
        with _BUILDING:
            if not cls.__pydantic_complete__:
                cls.model_rebuild(_types_namespace=None)
    return cls


def summarize(error: ValidationError, rows: int = 0) -> str:
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


def page_validator(cls: type[ModelT]) -> SchemaValidator:
    """Give the validator of a whole page of models, made once for each class."""
    validator = _PAGE_VALIDATORS.get(cls)
    if validator is None:
        # Not every row's problem is collected: a page of rows that are none would take hundreds of bytes for each.
        validator = SchemaValidator(core_schema.list_schema(ensure_built(cls).__pydantic_core_schema__, fail_fast=True))
        _PAGE_VALIDATORS[cls] = validator
    return validator
