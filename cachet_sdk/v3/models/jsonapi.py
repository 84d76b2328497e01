"""Functions for parsed JSON:API. Pure.

A document represents one resource: ``{"data": {...}, "included": [...]}``. A list response contains one ``included``
for all rows. ``page_documents`` splits it into a document per row, which share the included objects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, cast

from pydantic import JsonValue

from cachet_sdk.core.json_types import is_array, is_object

#: One resource with its included resources.
Document: TypeAlias = dict[str, JsonValue]
#: Type and id of a resource, by which relations refer to it.
Identity: TypeAlias = tuple[str, str]
#: Included resource objects by type and id.
Index: TypeAlias = dict[Identity, dict[str, Any]]


class TooManyRelationsError(ValueError):
    """The included resources have so many relations that following them for each row would take too long."""

    def __init__(self) -> None:
        super().__init__("has included resources with far more relations than any Cachet sends")


def page_documents(response: Mapping[str, JsonValue]) -> list[Document]:
    """Return a document per row of a list, with the resources included for this row. Nothing is copied.

    Raises:
        TooManyRelationsError: If that would take disproportionately long.
    """
    rows = cast("list[JsonValue]", response["data"])
    index = index_of(response)
    if not index:
        return [{"data": row} for row in rows]
    walker = _RelationWalker(index, rows)
    return [walker.document(row) for row in rows]


def related_documents(document: Mapping[str, JsonValue], name: str) -> list[Document] | None:
    """Return the documents of a relation, in order, or None if it was not included.

    Raises:
        TooManyRelationsError: If that would take disproportionately long.
    """
    targets = _targets(_object(document.get("data")), name)
    if targets is None:
        return None
    index = index_of(document)
    walker = _RelationWalker(index, [document.get("data")])
    return [walker.document(index[target]) for target in targets if target in index]


def rows_with_foreign_statuses(documents: Sequence[Mapping[str, JsonValue]], relation: str = "components") -> list[int]:
    """Find rows whose components have the status of another row ("Included rows are shared" in the server quirks).

    ``included`` contains each component once per page, with its status within the first row that refers to it.

    Returns:
        Positions of the rows, which must be read again one by one.
    """
    seen: set[Identity] = set()
    positions: list[int] = []
    for position, document in enumerate(documents):
        targets = _targets(_object(document.get("data")), relation) or []
        if not seen.isdisjoint(targets):
            positions.append(position)
        seen.update(targets)
    return positions


def with_own_statuses(document: Document, own: Mapping[str, JsonValue], relation: str = "components") -> Document:
    """Return the document of a row with the statuses that its components have within this row.

    Args:
        document: Document of the row.
        own: Document of the same resource, read separately with this relation included.
        relation: Name of the relation.
    """
    own_index = index_of(own)
    index = index_of(document)
    for target in _targets(_object(document.get("data")), relation) or ():
        if target in index:
            one = index[target]
            attributes = {name: value for name, value in _object(one.get("attributes")).items() if name != "pivot"}
            pivot = _object(own_index.get(target, {}).get("attributes")).get("pivot")
            index[target] = {**one, "attributes": attributes if pivot is None else {**attributes, "pivot": pivot}}
    return {**document, "included": cast("JsonValue", list(index.values()))} if index else document


def index_of(document: Mapping[str, JsonValue]) -> Index:
    """Return the included resource objects of a document by type and id."""
    return {_identity(one): one for one in _objects(document.get("included"))}


def attributes_of(resource: Any) -> Any:
    """Return the attributes of a resource object with its id. Anything else is left to validation."""
    if not is_object(resource):
        return resource
    attributes = resource.get("attributes")
    if is_object(attributes) and "id" not in attributes:
        return {**attributes, "id": resource.get("id")}
    return attributes


class _RelationWalker:
    """Collects the included resources that each row reaches through relations, with a limit on the total work.

    A row reaches its relations and their relations, such as a component and its group. For all rows together these are
    a few times as many as the response contains. Cachet never sends chains of relations that make them many more.
    """

    _MULTIPLE = 8
    _SLACK = 10_000

    def __init__(self, index: Index, rows: Sequence[object]) -> None:
        self._index = index
        references = sum(_count_references(row) for row in (*rows, *index.values()))
        self._left = self._SLACK + self._MULTIPLE * (len(rows) + references)

    def document(self, resource: Any) -> Document:
        """Return the document of a resource object: the object and every included resource that it reaches."""
        document: Document = {"data": resource}
        reached: Index = {}
        waiting = [_object(resource)]
        while waiting:
            relationships = waiting.pop().get("relationships")
            for relation in _object(relationships).values() if relationships else ():
                targets = _linkage(relation)
                self._left -= len(targets)
                if self._left < 0:
                    raise TooManyRelationsError
                for target in targets:
                    if target in self._index and target not in reached:
                        reached[target] = self._index[target]
                        waiting.append(self._index[target])
        if reached:
            document["included"] = cast("JsonValue", list(reached.values()))
        return document


def _count_references(resource: object) -> int:
    """Return the number of resources that a resource object refers to."""
    data = [_object(relation).get("data") for relation in _object(_object(resource).get("relationships")).values()]
    return sum(len(one) if is_array(one) else 1 for one in data)


def _targets(resource: Mapping[str, Any], name: str) -> list[Identity] | None:
    """Return the resources that a relation refers to, or None if the resource object does not contain it."""
    relation = _object(_object(resource.get("relationships")).get(name))
    return _linkage(relation) if "data" in relation else None


def _linkage(relation: object) -> list[Identity]:
    """Return the resource linkage of a relation."""
    data = _object(relation).get("data")
    return [_identity(one) for one in _objects(data if is_array(data) else [data])] if data else []


def _identity(resource: Mapping[str, Any]) -> Identity:
    return str(resource.get("type")), str(resource.get("id"))


def _object(value: object) -> dict[str, Any]:
    """Return a value if it is a JSON object, otherwise an empty one."""
    return value if is_object(value) else {}


def _objects(value: object) -> list[dict[str, Any]]:
    """Return the JSON objects of an array, or an empty list if it is not an array."""
    return [one for one in value if is_object(one)] if is_array(value) else []
