"""``Model``, the base of all data from servers. It knows nothing about clients."""

from __future__ import annotations

import copy
import re
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from pydantic import (
    AliasPath,
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    JsonValue,
    ValidationError,
)
from pydantic_core import SchemaValidator, core_schema

from cachet_sdk.core.json_types import is_array, is_object
from cachet_sdk.core.models.json_schema import describe
from cachet_sdk.core.models.times import same_value
from cachet_sdk.errors import ArgumentError

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue

ModelT = TypeVar("ModelT", bound=BaseModel)

# pydantic builds a deferred model on first use, which two threads must not do at once (a bug in 2.12 and 2.13).
_BUILD_LOCK = threading.RLock()
#: The models that are being built, innermost last. Changed only while the lock is held.
_UNDER_CONSTRUCTION: list[type[BaseModel]] = []
_PAGE_VALIDATORS: dict[type[BaseModel], SchemaValidator] = {}

#: Parts of an error's location that name the type that was tried, not a place in the data.
_ALTERNATIVE = re.compile(r"function-|constrained-|[\w-]+\[|(int|float|str|bool|none)$")
#: Errors of the alternatives null and empty text, which many fields accept. The error of the main type says more.
_NULL_OR_EMPTY_EXPECTED = frozenset({"none_required", "literal_error"})
#: The keys under which a core schema holds other schemas.
_NESTED_SCHEMAS = ("schema", "items_schema", "fields", "choices", "definitions")
#: Text longer than a date without a time.
_LONGER_THAN_A_DATE = core_schema.str_schema(min_length=len("2026-11-23 "))


def ensure_built(cls: type[ModelT]) -> type[ModelT]:
    """Build a deferred model before its first use; thread-safe."""
    if not cls.__pydantic_complete__:
        with _BUILD_LOCK:
            if not cls.__pydantic_complete__ and cls not in _UNDER_CONSTRUCTION:
                _UNDER_CONSTRUCTION.append(cls)
                try:
                    cls.model_rebuild(_types_namespace=None)
                finally:
                    _UNDER_CONSTRUCTION.remove(cls)
    return cls


def summarize(error: ValidationError, rows: int = 0) -> str:
    """Summarize a validation error by its first problem, without the input.

    Args:
        error: The validation error.
        rows: The number of rows on the page. The position of a single row is omitted.
    """
    problems: dict[str, str] = {}
    found = error.errors(include_url=False, include_input=False, include_context=False)
    for one in [it for it in found if it["type"] not in _NULL_OR_EMPTY_EXPECTED] or found:
        where = ".".join(str(step) for step in one["loc"][rows == 1 :] if not _ALTERNATIVE.match(str(step)))
        problems[where] = one["msg"]  # the last alternative is the widest
    where, problem = next(iter(problems.items()))
    more = len(problems) - 1
    return f"{where}: {problem}" + (f" (and {more} more)" if more else "")


class Model(BaseModel):  # noqa: PLW1641  (compared by data that can change, so not hashable, like a list)
    """Data from a server, as typed attributes. Unknown fields are kept as pydantic's extras."""

    # Slots instead of pydantic's private attributes, which cost about 1.5 µs an instance.
    __slots__ = ("_attrs",)

    # defer_build: building all models takes about 40 ms, too long for an import.
    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="allow",
        populate_by_name=True,
        defer_build=True,
        protected_namespaces=(),
        json_schema_serialization_defaults_required=True,
    )

    #: Attributes that the server converts with the request's ``Time-Zone``.
    _ZONED: ClassVar[tuple[str, ...]] = ("created_at", "updated_at")
    #: Slots that copies and pickles keep.
    _COPIED_SLOTS: ClassVar[tuple[str, ...]] = ("_attrs",)

    if TYPE_CHECKING:
        _attrs: dict[str, JsonValue]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        # Classes that others derive from a model, such as FastAPI's adapter for a request body, must not inherit the
        # setting: they would warn at the first request. Bases without fields keep it, for their subclasses.
        if cls.model_fields:
            cls.model_config.pop("defer_build", None)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler, /) -> core_schema.CoreSchema:
        ensure_built(cls)
        return handler(source)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler, /
    ) -> JsonSchemaValue:
        schema = handler(core_schema)
        describe(cls, handler.resolve_ref_schema(schema), handler)
        return schema

    @property
    def attrs(self) -> dict[str, JsonValue]:
        """The JSON object as the server sent it, including unknown fields.

        If pydantic built the model from other data (``model_validate``, a request body), it contains the fields that
        were set.
        """
        return self._attrs if hasattr(self, "_attrs") else self._dump()

    def get(self, name: str) -> JsonValue:
        """Return a field of the raw JSON by name, or None if there is no such field."""
        return self.attrs.get(name)

    def _repr_html_(self) -> str:
        """Return the same as ``repr``, as a table for notebooks."""
        rows = "".join(
            f"<tr><th>{escape(str(name))}</th><td>{escape(str(value))}</td></tr>"
            for name, value in self.__repr_args__()
        )
        return f"<table><caption>{type(self).__name__}</caption>{rows}</table>"

    def _dump(self) -> dict[str, JsonValue]:
        try:
            return self.model_dump(mode="json", by_alias=True, exclude_unset=True)
        except ValueError as error:  # a lone surrogate, an object
            raise ArgumentError(type(self).__name__, f"has a value that JSON cannot represent: {error}") from None

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other) or not isinstance(other, Model):
            return NotImplemented
        mine, theirs = self.__dict__, other.__dict__
        aware = [name for name in self._ZONED if getattr(mine.get(name), "tzinfo", None) is not None]
        # Dictionaries compare times by ==, which is wrong for aware ones: see same_moment.
        if mine == theirs:
            return all(same_value(mine[name], theirs[name]) for name in aware)
        return bool(aware) and mine.keys() == theirs.keys() and all(same_value(mine[key], theirs[key]) for key in mine)

    if not TYPE_CHECKING:  # otherwise type checkers would accept any assignment

        def __setattr__(self, name: str, value: object) -> None:
            raise AttributeError(f"{type(self).__name__}.{name} is read-only")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be deleted")

    def _copied_slots(self) -> dict[str, Any]:
        """Return the slots that copies and pickles keep, as far as they are set."""
        return {name: getattr(self, name) for name in self._COPIED_SLOTS if hasattr(self, name)}

    def __getstate__(self) -> dict[Any, Any]:
        return {**super().__getstate__(), "kept": self._copied_slots()}

    def __setstate__(self, state: dict[Any, Any]) -> None:
        state = dict(state)
        set_slots(self, state.pop("kept"))
        super().__setstate__(state)

    def __copy__(self) -> Self:
        copied = super().__copy__()
        set_slots(copied, self._copied_slots())
        return copied

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        copied = super().__deepcopy__(memo)
        set_slots(copied, copy.deepcopy(self._copied_slots(), memo))
        return copied


def set_slots(model: BaseModel, values: Mapping[str, object]) -> None:
    """Set slots of a model, which are not fields."""
    for name, value in values.items():
        object.__setattr__(model, name, value)


def validate_page(cls: type[ModelT], rows: Sequence[object]) -> list[ModelT]:
    """Build models from the rows of a page, without model validators and extras.

    Those would take 0.5 to 1.1 µs of the 1.8 to 2.1 µs per row. ``attach_extras`` takes 0.2 µs, and subclasses with
    model validators do the work of those for a whole page at a time.
    """
    validator = _PAGE_VALIDATORS.get(cls)
    if validator is None:
        with _BUILD_LOCK:
            row_schema = _for_responses(_without_extras(ensure_built(cls).__pydantic_core_schema__))
            # pydantic uses a complete model's existing validator, whatever the schema says.
            cls.__pydantic_complete__ = False
            try:
                validator = _PAGE_VALIDATORS[cls] = SchemaValidator(
                    # Stop at the first problem: collecting one for each of many invalid rows would use much memory.
                    core_schema.list_schema(row_schema, fail_fast=True)
                )
            finally:
                cls.__pydantic_complete__ = True
    found: list[ModelT] = validator.validate_python(rows)
    return found


def attach_extras(items: Sequence[BaseModel], rows: Sequence[dict[str, JsonValue]]) -> None:
    """Attach unknown fields to models built by ``validate_page``, all of one class."""
    # The rows of a page nearly always have the same keys. Without unknown ones, the extras stay None.
    known, unknown = known_keys(type(items[0])), list[str]()
    last: tuple[str, ...] = ()
    for item, row in zip(items, rows, strict=True):
        keys = tuple(row)
        if keys != last:
            last, unknown = keys, [key for key in keys if key not in known]
        if unknown:
            object.__setattr__(item, "__pydantic_extra__", {key: row[key] for key in unknown})


def _without_extras(schema: Any) -> Any:
    """Return a model's schema without its model validators. It ignores unknown fields."""
    match schema["type"]:
        case "definitions":
            return {**schema, "schema": _without_extras(schema["schema"])}
        case "function-before" | "function-after":
            return _without_extras(schema["schema"])
        case "model":
            config = {**schema.get("config", {}), "extra_fields_behavior": "ignore"}
            return {**schema, "schema": _without_extras(schema["schema"]), "config": config}
        case _:
            return schema


def _for_responses(schema: Any) -> Any:
    """Return a schema that stops at the first problem of a list, and refuses dates without a time.

    Collecting every problem of a long list within a row would use much memory. The dashboard may be set to a date
    format without a time, from which pydantic would build midnight.
    """
    kind = schema["type"]
    if kind == "datetime":
        return core_schema.chain_schema([_LONGER_THAN_A_DATE, schema])
    result: dict[str, Any] = {**schema, "fail_fast": True} if kind == "list" else {**schema}
    for key in _NESTED_SCHEMAS:
        inner = result.get(key)
        if key == "schema" and kind == "function-before":
            continue  # the function may convert what the server sent to a time
        if key == "fields" and is_object(inner):
            result[key] = {field: _for_responses(one) for field, one in inner.items()}
        elif is_array(inner):
            result[key] = [_for_responses(one) if is_object(one) else one for one in inner]
        elif is_object(inner) and "type" in inner:
            result[key] = _for_responses(inner)
    return result


@cache
def known_keys(cls: type[BaseModel]) -> frozenset[str]:
    """Return the keys of the JSON object from which a model's fields are read."""
    known = set(cls.model_fields)
    for field in cls.model_fields.values():
        alias = field.validation_alias
        known.add(str(alias.path[0]) if isinstance(alias, AliasPath) else str(alias or field.alias))
    return frozenset(known - {"None"})
