"""Records that are made of JSON:API documents: flat attributes in front, the document itself in ``attrs``.

Attributes find their values by path (``at("status", "value")``), so that a page is validated as it came, in one go.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self, TypeVar, cast, runtime_checkable

from pydantic import AliasPath, Field, JsonValue, ValidationError
from pydantic_core import to_json

from cachet_sdk.core.models.base import page_validator, summarize
from cachet_sdk.core.models.resource_data import DataBinding, ResourceData, attach
from cachet_sdk.core.models.times import is_aware
from cachet_sdk.errors import ArgumentError, UnexpectedResponseError
from cachet_sdk.v3.models.jsonapi import (
    Document,
    EntangledError,
    attributes_of,
    is_list,
    is_object,
    page_documents,
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

    TYPE: ClassVar[str]
    """The JSON:API type."""
    RELATIONS: ClassVar[Mapping[str, str]] = {}
    """The relations that a resource of this kind may have, by attribute: the JSON:API type of what is found there. The
    attributes themselves are properties that ask ``related_one`` or ``related_many``."""

    if TYPE_CHECKING:
        _related: dict[str, Any]

    @classmethod
    def load(  # pyright: ignore[reportIncompatibleMethodOverride]  (Self is the subclass, here and there)
        cls, rows: Sequence[dict[str, JsonValue]], binding: DataBinding | None
    ) -> list[Self]:
        """Make records of documents, a page at a time, bound to a manager; bare resource objects are documents too."""
        documents = [row if "data" in row else {"data": row} for row in rows]
        items = page_validator(cls).validate_python([attributes_of(document["data"]) for document in documents])
        attach(items, documents, binding)
        return cast("list[Self]", items)

    @property
    def attrs(self) -> Document:
        """The JSON:API document as the server sent it: ``data``, and ``included`` where something related was."""
        try:
            return self._attrs
        except AttributeError:  # made by pydantic's own means, such as model_validate
            return {"data": {"type": self.TYPE, "attributes": self.model_dump(mode="json")}}

    def get(self, name: str) -> JsonValue:
        """Get a raw attribute of the resource by name, or else a member of its ``data``; None when there is none."""
        data = cast("dict[str, Any]", self.attrs["data"])
        attributes = data.get("attributes")
        if isinstance(attributes, dict) and name in attributes:
            return cast("JsonValue", attributes[name])
        return cast("JsonValue", data.get(name))

    def to_json(self) -> str:
        """Give the document as JSON, for a cache or a database; a manager's ``instance_from_json`` brings it back.

        It is what the server sent, with the values that were changed since in their place. Whoever brings it back
        cannot tell them apart any more: ``save`` first, or ``update`` afterwards.
        """
        document, changed = self.attrs, self._checked_changes()
        if changed:
            data = cast("dict[str, Any]", document["data"])
            zone = self.zone
            attributes: dict[str, Any] = {**data["attributes"]}
            for name, value in changed.items():
                first, *inner = self._path_to(name)
                shown = _shown_time(value, zone) if isinstance(value, datetime) else value
                # Without the words beside it, which tell of the old value.
                attributes[first] = {inner[0]: shown} if inner else shown
            document = {**document, "data": {**data, "attributes": attributes}}
        return to_json(document).decode()

    def show_in(self, zone: tzinfo) -> None:
        """Make the server's times aware: they come without an offset, in the zone that the server is set to."""
        values = vars(self)
        for name in self.ZONED:
            value = values.get(name)
            if value is not None:
                values[name] = in_zone(value, zone)

    def refresh(  # pyright: ignore[reportIncompatibleMethodOverride]  (Self is the subclass, here and there)
        self, fresh: Self
    ) -> None:
        """Take over the data of another record.

        The answer to a change tells no ``meta``, no relations, and nothing that only an inclusion tells (wire/v3,
        trap 6): what is known of them stays.
        """
        old, new = cast("dict[str, Any]", self.attrs), cast("dict[str, Any]", fresh.attrs)
        known, attributes = attributes_of(old["data"]), {**new["data"]["attributes"]}
        data = {**new["data"], "attributes": attributes}
        merged = {**new, "data": data}
        values = dict(vars(fresh))
        mine = vars(self)
        if "meta" not in attributes and mine.get("meta") is not None:
            attributes["meta"] = values["meta"] = mine["meta"]
        for source, names in _ONLY_INCLUDED.items():
            if source in known and source not in attributes:
                attributes[source] = known[source]
                values.update((name, mine[name]) for name in names if name in mine)
        related = self._resolved()
        if "relationships" not in data and "relationships" in old["data"]:
            data["relationships"] = old["data"]["relationships"]
            if "included" in old:
                merged["included"] = old["included"]
        else:
            related.clear()
        mine.update(values)
        object.__setattr__(self, "_attrs", merged)

    def related_one(self, name: str, kind: type[DocumentT]) -> DocumentT | None:
        """Give what a to-one relation holds; None when it holds nothing, and when it was not included."""
        found = self._relation(name, kind)
        return found[0] if found else None

    def related_many(self, name: str, kind: type[DocumentT]) -> list[DocumentT] | None:
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
            binding = self.binding
            ties: Mapping[str, DataBinding] = binding.related if isinstance(binding, DocumentBinding) else {}
            try:
                resolved[name] = None if documents is None else kind.load(documents, ties.get(kind.TYPE))
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

    @classmethod
    def _path_to(cls, name: str) -> list[str]:
        alias = cls.model_fields[name].validation_alias
        return [str(step) for step in alias.path] if isinstance(alias, AliasPath) else [name]

    def __setattr__(self, name: str, value: object) -> None:
        if name in self.RELATIONS and name not in type(self).model_fields:
            raise AttributeError(f"{type(self).__name__}.{name} is read-only")
        super().__setattr__(name, value)

    def __getstate__(self) -> dict[Any, Any]:
        return {**super().__getstate__(), "related": self._resolved()}

    def __setstate__(self, state: dict[Any, Any]) -> None:
        state = dict(state)
        object.__setattr__(self, "_related", state.pop("related"))
        super().__setstate__(state)

    def __copy__(self) -> Self:
        twin = super().__copy__()
        object.__setattr__(twin, "_related", dict(self._resolved()))
        return twin

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        twin = super().__deepcopy__(memo)
        object.__setattr__(twin, "_related", copy.deepcopy(self._resolved(), memo))
        return twin


def stored_documents(data: JsonValue, kind: type[DocumentData]) -> list[Document]:
    """Read a parsed JSON text: a list of documents or of bare resource objects, or the whole answer to a list.

    Raises:
        ArgumentError: when it is none of these, or holds resources of another kind.
    """
    try:
        documents = page_documents(data) if isinstance(data, dict) and isinstance(data.get("data"), list) else data
    except EntangledError as error:
        raise ArgumentError("data", str(error)) from None
    if not is_list(documents) or not all(is_object(document) for document in documents):
        raise ArgumentError("data", "expected a JSON list of documents, or the answer to a list")
    return [check_document(document, kind) for document in documents]


def check_document(data: Mapping[str, JsonValue], kind: type[DocumentData]) -> Document:
    """Read what a caller kept of a resource: its document, or its bare resource object.

    Raises:
        ArgumentError: when it is neither, or is that of another kind of resource.
    """
    document: dict[str, Any] = {**data} if "data" in data else {"data": dict(data)}
    resource = document["data"]
    if not is_object(resource) or not is_object(resource.get("attributes")):
        raise ArgumentError("data", "expected a JSON:API document: 'data' with 'attributes'")
    named = resource.get("type", kind.TYPE)
    if named != kind.TYPE:
        raise ArgumentError("data", f"is of the type {named!r}, where {kind.TYPE!r} was expected")
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
