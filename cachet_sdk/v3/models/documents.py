"""Resources built from JSON:API documents. Their attributes are flat, and ``attrs`` is the document.

Attributes state the path of their value (``at("status", "value")``), so a page is validated in one pass, without
copying.
"""

# The functions of this module access private members of the class.
# ruff: noqa: SLF001
# pyright: reportPrivateUsage=false

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self, TypeVar, cast, runtime_checkable

from pydantic import AliasPath, Field, JsonValue, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from cachet_sdk.core.json_types import is_object
from cachet_sdk.core.models.base import summarize, validate_page
from cachet_sdk.core.models.resource_data import DataBinding, ResourceData, attach, binding_of, load, zone_of
from cachet_sdk.core.models.times import is_aware
from cachet_sdk.errors import ArgumentError, UnexpectedResponseError
from cachet_sdk.v3.models.jsonapi import (
    Document,
    TooManyRelationsError,
    attributes_of,
    related_documents,
)

DocumentT = TypeVar("DocumentT", bound="DocumentData")


#: JSON:API attributes that exist only if a resource was included or requested in a certain way, with their fields.
_ONLY_INCLUDED = {"pivot": ("component_status", "component_status_name"), "components_count": ("components_count",)}


def at(*path: str) -> Any:
    """Return ``Annotated`` metadata with the path of a value within the attributes of a resource object."""
    return Field(validation_alias=AliasPath(path[0], *path[1:]))


@runtime_checkable
class DocumentBinding(DataBinding, Protocol):
    """Binds resources to their manager, and related resources to theirs."""

    @property
    def related(self) -> Mapping[str, DataBinding]:
        """The bindings of related resources, by JSON:API type, such as ``componentGroups``."""
        ...


class DocumentData(ResourceData):
    """Resource data built from a JSON:API document.

    Included resources are built on first access. They are not compared: resources are equal if their own attributes are
    equal.
    """

    __slots__ = ("_related",)

    _TYPE: ClassVar[str]
    """The JSON:API type."""
    _RELATIONS: ClassVar[Mapping[str, str]] = {}
    """JSON:API types of its relations, by attribute. These attributes are properties that call ``_related_one`` or
    ``_related_many``."""
    _COPIED_SLOTS: ClassVar[tuple[str, ...]] = (*ResourceData._COPIED_SLOTS, "_related")

    if TYPE_CHECKING:
        _related: dict[str, Any]

    @model_validator(mode="before")
    @classmethod
    def _accept_documents(cls, data: object) -> object:
        """Accept a document or a resource object as the server sends it, and validate its attributes.

        Relations and included resources are kept as extra fields.
        """
        return flatten(data, cls._TYPE)

    @classmethod
    def _load(  # pyright: ignore[reportIncompatibleMethodOverride]  (Self differs from that of the base class)
        cls, rows: Sequence[dict[str, JsonValue]], binding: DataBinding | None, *, stored: bool
    ) -> list[Self]:
        """Build the resources of a page of documents or resource objects, bound to a manager."""
        # A component of a list of 100 takes 2.4 µs of CPU time, as much as with Cachet 2: 0.3 here, 1.7 in pydantic and
        # 0.4 in attach. With its group included, it takes 5.7: 3.3 here and 2.4 in page_documents.
        kind = cls._TYPE
        fields = cast("list[dict[str, JsonValue]]", [flatten(row, kind) for row in rows])
        items = validate_page(cls, fields)
        documents = [row if "data" in row else {"data": row} for row in rows]
        attach(items, documents, binding, stored=stored, fields=fields)
        return items

    @property
    def attrs(self) -> Document:
        """The JSON:API document as the server sent it: ``data``, and ``included`` if relations were included.

        If pydantic built the resource from other data (``model_validate``, a request body), the document contains the
        fields that were set.
        """
        return self._attrs if hasattr(self, "_attrs") else to_document(self._dump(), type(self))

    def get(self, name: str) -> JsonValue:
        """Return a raw attribute by name, or else a member of ``data``. None if neither exists."""
        data = cast("dict[str, Any]", self.attrs["data"])
        attributes = data.get("attributes")
        if isinstance(attributes, dict) and name in attributes:
            return cast("JsonValue", attributes[name])
        return cast("JsonValue", data.get(name))

    def _current_document(self) -> object:
        document = self.attrs
        changed = self._checked_changes() if hasattr(self, "_attrs") else {}
        if changed:
            data = cast("dict[str, Any]", document["data"])
            zone = zone_of(self)
            attributes: dict[str, Any] = {**data["attributes"]}
            for name, value in changed.items():
                first, *inner = self._path_to(name)
                shown = _format_time(value, zone) if isinstance(value, datetime) else value
                # Drop the status name next to the value, which is that of the old value.
                attributes[first] = {inner[0]: shown} if inner else shown
            document = {**document, "data": {**data, "attributes": attributes}}
        return document

    def _convert_times(self, zone: tzinfo) -> None:
        """Make the server's times aware. They have no offset, and are in the zone of the server's configuration."""
        values = vars(self)
        for name in self._ZONED:
            value = values.get(name)
            if value is not None:
                values[name] = in_zone(value, zone)

    def _related_one(self, name: str, kind: type[DocumentT]) -> DocumentT | None:
        """Return the resource of a to-one relation, or None if it is empty or was not included."""
        found = self._relation(name, kind)
        return found[0] if found else None

    def _related_many(self, name: str, kind: type[DocumentT]) -> list[DocumentT] | None:
        """Return the resources of a to-many relation, or None if it was not included."""
        return self._relation(name, kind)

    def _relation(self, name: str, kind: type[DocumentT]) -> list[DocumentT] | None:
        resolved = self._resolved()
        if name not in resolved:
            try:
                documents = related_documents(self.attrs, name)
            except TooManyRelationsError as error:
                raise UnexpectedResponseError(
                    f"the data of this {type(self).__name__} {error}", method="GET", url="", status_code=0
                ) from None
            binding = binding_of(self)
            related: Mapping[str, DataBinding] = binding.related if isinstance(binding, DocumentBinding) else {}
            try:
                resolved[name] = None if documents is None else load(kind, documents, related.get(jsonapi_type(kind)))
            except ValidationError as error:
                raise UnexpectedResponseError(
                    f"the {name} included with this {type(self).__name__} are not valid as {kind.__name__}: "
                    f"{summarize(error)}",
                    method="GET",
                    url="",
                    status_code=0,
                ) from None
        return cast("list[DocumentT] | None", resolved[name])

    def _resolved(self) -> dict[str, Any]:
        try:
            return self._related
        except AttributeError:
            object.__setattr__(self, "_related", {})
            return self._related

    def _refresh(  # pyright: ignore[reportIncompatibleMethodOverride]  (Self differs from that of the base class)
        self, fresh: Self
    ) -> None:
        """Update the resource from the response to a change.

        The response lacks ``meta``, relations and attributes that must be included, so their known values are kept
        ("The answer to a create is incomplete").
        """
        fresh = copy.copy(fresh)
        old, new = cast("dict[str, Any]", self.attrs), cast("dict[str, Any]", fresh.attrs)
        known, attributes = attributes_of(old["data"]), {**new["data"]["attributes"]}
        data = {**new["data"], "attributes": attributes}
        merged = {**new, "data": data}
        mine, values, extra = vars(self), vars(fresh), {**(fresh.model_extra or {})}
        if "meta" not in attributes and mine.get("meta") is not None:
            attributes["meta"] = values["meta"] = mine["meta"]
        for source, names in _ONLY_INCLUDED.items():
            if source in known and source not in attributes:
                attributes[source] = known[source]
                values.update((name, mine[name]) for name in names if name in mine)
        if "relationships" not in data and "relationships" in old["data"]:
            data["relationships"] = extra["relationships"] = old["data"]["relationships"]
            if "included" in old:
                merged["included"] = extra["included"] = old["included"]
        else:
            self._resolved().clear()
        object.__setattr__(fresh, "_attrs", merged)
        object.__setattr__(fresh, "__pydantic_extra__", extra)
        super()._refresh(fresh)

    @classmethod
    def _path_to(cls, name: str) -> list[str]:
        alias = cls.model_fields[name].validation_alias
        return [str(step) for step in alias.path] if isinstance(alias, AliasPath) else [name]

    def __setattr__(self, name: str, value: object) -> None:
        if name in self._RELATIONS and name not in type(self).model_fields:
            raise AttributeError(f"{type(self).__name__}.{name} is read-only")
        super().__setattr__(name, value)


def jsonapi_type(kind: type[DocumentData]) -> str:
    """Return the JSON:API type of a resource class."""
    return kind._TYPE


def check_document(data: Mapping[str, JsonValue], kind: type[DocumentData]) -> Document:
    """Return the document of a resource that a caller stored as a document, as a resource object, or as its fields.

    Raises:
        ArgumentError: If it is none of these, or has another type.
    """
    if "data" not in data and "attributes" not in data:
        return to_document(data, kind)
    document: dict[str, Any] = {**data} if "data" in data else {"data": dict(data)}
    resource = document["data"]
    if not is_object(resource) or not is_object(resource.get("attributes")):
        raise ArgumentError("data", "expected a JSON:API document: 'data' with 'attributes'")
    actual_type = resource.get("type", kind._TYPE)
    if actual_type != kind._TYPE:
        raise ArgumentError("data", f"has the type {actual_type!r}, expected {kind._TYPE!r}")
    return document


def flatten(data: object, kind: str) -> object:
    """Return the attributes of a document or resource object, with its id, relations and included resources.

    Anything else is returned unchanged, and left to validation.
    """
    if not is_object(data):
        return data
    resource = data.get("data") if "data" in data else data
    if not is_object(resource):
        return resource
    attributes = resource.get("attributes")
    if not is_object(attributes):
        return data if resource is data else resource
    if resource.get("type", kind) != kind:
        raise PydanticCustomError("resource_type", "expected a resource of the type {kind}", {"kind": kind})
    if "id" in attributes and len(resource) <= 3 and "included" not in data:
        return attributes
    flat = {**attributes, "id": attributes.get("id", resource.get("id"))}
    for holder, name in ((resource, "relationships"), (data, "included")):
        if name in holder:
            flat[name] = holder[name]
    return flat


def to_document(flat: Mapping[str, JsonValue], kind: type[DocumentData]) -> Document:
    """Return the document of a resource with these fields. The inverse of ``flatten``."""
    attributes: dict[str, Any] = {}
    document: dict[str, Any] = {"data": {"type": kind._TYPE, "id": str(flat.get("id")), "attributes": attributes}}
    for name, value in flat.items():
        if name == "relationships":
            document["data"][name] = value
        elif name == "included":
            document[name] = value
        else:
            first, *inner = kind._path_to(name) if name in kind.model_fields else [name]
            place = attributes
            for step in inner:
                place, first = place.setdefault(first, {}), step
            place[first] = value
    return document


def in_zone(value: datetime, zone: tzinfo) -> datetime:
    """Convert a time to a zone. A naive time is in that zone already."""
    return value.astimezone(zone) if is_aware(value) else value.replace(tzinfo=zone)


def _format_time(value: datetime, zone: tzinfo | None) -> str:
    """Format a time as the server does: naive, in its zone. If the zone is unknown, an aware time is written in UTC."""
    if is_aware(value):
        if zone is None:
            return value.astimezone(UTC).isoformat()
        value = value.astimezone(zone)
    return f"{value:%Y-%m-%d %H:%M:%S}"
