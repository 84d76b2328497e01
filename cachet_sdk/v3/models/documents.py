"""Resources made of JSON:API documents: flat attributes in front, the document itself in ``attrs``.

Attributes find their values by path (``at("status", "value")``), so that a page is validated as it came, in one go.
"""

# The functions are the other half of the class.
# ruff: noqa: SLF001
# pyright: reportPrivateUsage=false

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self, TypeVar, cast, runtime_checkable

from pydantic import AliasPath, Field, JsonValue, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from cachet_sdk.core.models.base import summarize, validate_page
from cachet_sdk.core.models.resource_data import DataBinding, ResourceData, attach, binding_of, load, zone_of
from cachet_sdk.core.models.times import is_aware
from cachet_sdk.errors import ArgumentError, UnexpectedResponseError
from cachet_sdk.v3.models.jsonapi import (
    Document,
    EntangledError,
    attributes_of,
    is_object,
    related_documents,
)

DocumentT = TypeVar("DocumentT", bound="DocumentData")


#: Members of a resource's attributes that come only with what it was included in or asked with, and what they become.
_ONLY_INCLUDED = {"pivot": ("component_status", "component_status_name"), "components_count": ("components_count",)}


def at(*path: str) -> Any:
    """Say where in a resource object's attributes a value is found; goes into an ``Annotated``."""
    return Field(validation_alias=AliasPath(path[0], *path[1:]))


@runtime_checkable
class DocumentBinding(DataBinding, Protocol):
    """What ties a record to its manager, and what is related to it to theirs."""

    @property
    def related(self) -> Mapping[str, DataBinding]:
        """The bindings of related resources, by their JSON:API type, such as ``componentGroups``."""
        ...


class DocumentData(ResourceData):
    """A record made of a JSON:API document.

    What was included with it (its relations) is made into records when it is first asked for. It takes no part in a
    comparison: two records are equal when their own attributes are.
    """

    __slots__ = ("_related",)

    _TYPE: ClassVar[str]
    """The JSON:API type."""
    _RELATIONS: ClassVar[Mapping[str, str]] = {}
    """The relations that a resource of this kind may have, by attribute: the JSON:API type of what is found there. The
    attributes themselves are properties that ask ``_related_one`` or ``_related_many``."""
    _KEPT: ClassVar[tuple[str, ...]] = (*ResourceData._KEPT, "_related")

    if TYPE_CHECKING:
        _related: dict[str, Any]

    @model_validator(mode="before")
    @classmethod
    def _accept_documents(cls, data: object) -> object:
        """Take a document or a resource object, as the server sends it, for the attributes in it.

        Its relations and what was included with it are kept beside them, as fields that this package does not know.
        """
        return flat_of(data, cls._TYPE)

    @classmethod
    def _load(  # pyright: ignore[reportIncompatibleMethodOverride]  (Self is the subclass, here and there)
        cls, rows: Sequence[dict[str, JsonValue]], binding: DataBinding | None, *, stored: bool
    ) -> list[Self]:
        """Make resources of documents, a page at a time, bound to a manager; resource objects are documents too."""
        # A component of a list of 100 takes 2.4 µs of CPU time, as one of Cachet 2 does: 0.3 here, 1.7 in pydantic, 0.4
        # in attach. With its group included it takes 5.7: 3.3 here and 2.4 in page_documents.
        kind = cls._TYPE
        fields = cast("list[dict[str, JsonValue]]", [flat_of(row, kind) for row in rows])
        items = validate_page(cls, fields)
        documents = [row if "data" in row else {"data": row} for row in rows]
        attach(items, documents, binding, stored=stored, fields=fields)
        return items

    @property
    def attrs(self) -> Document:
        """The JSON:API document as the server sent it: ``data``, and ``included`` where something related was.

        For a resource that pydantic made of other data (``model_validate``, a request body), it is made of the fields
        that were set.
        """
        return self._attrs if hasattr(self, "_attrs") else document_of(self._dump(), type(self))

    def get(self, name: str) -> JsonValue:
        """Return a raw attribute of the resource by name, or else a member of its ``data``; None when there is none."""
        data = cast("dict[str, Any]", self.attrs["data"])
        attributes = data.get("attributes")
        if isinstance(attributes, dict) and name in attributes:
            return cast("JsonValue", attributes[name])
        return cast("JsonValue", data.get(name))

    def _shown_document(self) -> object:
        document = self.attrs
        changed = self._checked_changes() if hasattr(self, "_attrs") else {}
        if changed:
            data = cast("dict[str, Any]", document["data"])
            zone = zone_of(self)
            attributes: dict[str, Any] = {**data["attributes"]}
            for name, value in changed.items():
                first, *inner = self._path_to(name)
                shown = _shown_time(value, zone) if isinstance(value, datetime) else value
                # Without the words beside it, which tell of the old value.
                attributes[first] = {inner[0]: shown} if inner else shown
            document = {**document, "data": {**data, "attributes": attributes}}
        return document

    def _show_in(self, zone: tzinfo) -> None:
        """Make the server's times aware: they come without an offset, in the zone that the server is set to."""
        values = vars(self)
        for name in self._ZONED:
            value = values.get(name)
            if value is not None:
                values[name] = in_zone(value, zone)

    def _related_one(self, name: str, kind: type[DocumentT]) -> DocumentT | None:
        """Give what a to-one relation holds; None when it holds nothing, and when it was not included."""
        found = self._relation(name, kind)
        return found[0] if found else None

    def _related_many(self, name: str, kind: type[DocumentT]) -> list[DocumentT] | None:
        """Give what a to-many relation holds; None when it was not included."""
        return self._relation(name, kind)

    def _relation(self, name: str, kind: type[DocumentT]) -> list[DocumentT] | None:
        resolved = self._resolved()
        if name not in resolved:
            try:
                documents = related_documents(self.attrs, name)
            except EntangledError as error:
                raise UnexpectedResponseError(
                    f"the data of this {type(self).__name__} {error}", method="GET", url="", status_code=0
                ) from None
            binding = binding_of(self)
            ties: Mapping[str, DataBinding] = binding.related if isinstance(binding, DocumentBinding) else {}
            try:
                resolved[name] = None if documents is None else load(kind, documents, ties.get(type_of(kind)))
            except ValidationError as error:
                raise UnexpectedResponseError(
                    f"the {name} included with this {type(self).__name__} do not hold what a {kind.__name__} is made "
                    f"of: {summarize(error)}",
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

    def _refresh(  # pyright: ignore[reportIncompatibleMethodOverride]  (Self is the subclass, here and there)
        self, fresh: Self
    ) -> None:
        """Take over what the server answered when the resource was saved.

        The answer to a change tells no ``meta``, no relations, and nothing that only an inclusion tells: what is known
        of them stays.
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


def type_of(kind: type[DocumentData]) -> str:
    """Return the JSON:API type of a kind of resource."""
    return kind._TYPE


def check_document(data: Mapping[str, JsonValue], kind: type[DocumentData]) -> Document:
    """Read what a caller kept of a resource: its document, its bare resource object, or its fields.

    Raises:
        ArgumentError: when it is none of these, or is that of another kind of resource.
    """
    if "data" not in data and "attributes" not in data:
        return document_of(data, kind)
    document: dict[str, Any] = {**data} if "data" in data else {"data": dict(data)}
    resource = document["data"]
    if not is_object(resource) or not is_object(resource.get("attributes")):
        raise ArgumentError("data", "expected a JSON:API document: 'data' with 'attributes'")
    named = resource.get("type", kind._TYPE)
    if named != kind._TYPE:
        raise ArgumentError("data", f"is of the type {named!r}, where {kind._TYPE!r} was expected")
    return document


def flat_of(data: object, kind: str) -> object:
    """Return the attributes of a document or resource object, and with them its id, relations and what was included.

    What is neither is returned as it is, for the validation to accept or refuse.
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


def document_of(flat: Mapping[str, JsonValue], kind: type[DocumentData]) -> Document:
    """Return the document that holds the fields of a resource: the way back of ``flat_of``."""
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
    """Read a naive time as one of the server's zone."""
    return value.astimezone(zone) if is_aware(value) else value.replace(tzinfo=zone)


def _shown_time(value: datetime, zone: tzinfo | None) -> str:
    """Write a time as the server shows one: naive in its zone. Without a known zone an aware one keeps its offset."""
    if is_aware(value):
        if zone is None:
            return value.astimezone(UTC).isoformat()
        value = value.astimezone(zone)
    return f"{value:%Y-%m-%d %H:%M:%S}"
