"""JSON:API as the server writes it, taken apart: plain functions over parsed JSON.

A document is what the server sends of one resource: ``{"data": {...}, "included": [...]}``. The answer to a list holds
one ``included`` for all its rows; ``page_documents`` gives every row a document of its own, sharing the objects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, TypeGuard, cast

from pydantic import JsonValue

#: One resource with what was included for it.
Document: TypeAlias = dict[str, JsonValue]
#: Type and id of a resource: what a relation points at it with.
Identity: TypeAlias = tuple[str, str]
#: Included resource objects by what points at them.
Index: TypeAlias = dict[Identity, dict[str, Any]]


class EntangledError(ValueError):
    """What was included is related in a way in which following it for each row would take for ever."""

    def __init__(self) -> None:
        super().__init__("relates what it includes to far more than any Cachet does")


def page_documents(answer: Mapping[str, JsonValue]) -> list[Document]:
    """Give each row of a list's answer its own document, with what was included for this row. Nothing is copied.

    Raises:
        EntangledError: when that would take more than time in proportion to the answer.
    """
    rows = cast("list[JsonValue]", answer["data"])
    index = index_of(answer)
    if not index:
        return [{"data": row} for row in rows]
    reach = _Reach(index, rows)
    return [reach.document(row) for row in rows]


def related_documents(document: Mapping[str, JsonValue], name: str) -> list[Document] | None:
    """Give the documents of a relation, in order: none for an empty one, and None when it was not included.

    Raises:
        EntangledError: when that would take more than time in proportion to the document.
    """
    targets = _targets(_object(document.get("data")), name)
    if targets is None:
        return None
    index = index_of(document)
    reach = _Reach(index, [document.get("data")])
    return [reach.document(index[target]) for target in targets if target in index]


def borrowed_states(documents: Sequence[Mapping[str, JsonValue]], relation: str = "components") -> list[int]:
    """Find rows whose components carry the state that they have within another row (wire/v3, trap 7).

    ``included`` holds each component once for a whole page, with its state within the first row that names it.

    Returns:
        The positions of the rows to read again, one by one.
    """
    seen: set[Identity] = set()
    borrowed: list[int] = []
    for position, document in enumerate(documents):
        targets = _targets(_object(document.get("data")), relation) or []
        if not seen.isdisjoint(targets):
            borrowed.append(position)
        seen.update(targets)
    return borrowed


def with_own_states(document: Document, own: Mapping[str, JsonValue], relation: str = "components") -> Document:
    """Give a row of a list its components' states within itself.

    Args:
        document: The row's document.
        own: The document of the same resource, read alone with that relation included.
        relation: The name of the relation.
    """
    right = index_of(own)
    index = index_of(document)
    for target in _targets(_object(document.get("data")), relation) or ():
        if target in index:
            one = index[target]
            attributes = {name: value for name, value in _object(one.get("attributes")).items() if name != "pivot"}
            pivot = _object(right.get(target, {}).get("attributes")).get("pivot")
            index[target] = {**one, "attributes": attributes if pivot is None else {**attributes, "pivot": pivot}}
    return {**document, "included": cast("JsonValue", list(index.values()))} if index else document


def index_of(document: Mapping[str, JsonValue]) -> Index:
    """Make the included resource objects of a document findable."""
    return {_identity(one): one for one in _objects(document.get("included"))}


def attributes_of(resource: Any) -> Any:
    """Find what a record is validated from; what is no resource object is left for the validation to refuse."""
    if not is_object(resource):
        return resource
    attributes = resource.get("attributes")
    if is_object(attributes) and "id" not in attributes:
        return {**attributes, "id": resource.get("id")}
    return attributes


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Tell whether a value is a JSON object."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Tell whether a value is a JSON list."""
    return isinstance(value, list)


class _Reach:
    """Follows relations from one row after another, for as long as that is in proportion to what there is.

    A row reaches what it points at, and that its own relations, as a component its group: a few times what the answer
    holds, all rows together. A chain through all that is included, followed for each row, is no answer of Cachet's.
    """

    _TIMES = 8
    _SLACK = 10_000

    def __init__(self, index: Index, rows: Sequence[object]) -> None:
        self._index = index
        pointers = sum(_count(row) for row in (*rows, *index.values()))
        self._left = self._SLACK + self._TIMES * (len(rows) + pointers)

    def document(self, resource: Any) -> Document:
        """Make the document of a resource object: it, and everything that can be reached from it."""
        document: Document = {"data": resource}
        reached: Index = {}
        waiting = [_object(resource)]
        while waiting:
            relationships = waiting.pop().get("relationships")
            for relation in _object(relationships).values() if relationships else ():
                targets = _pointed_at(relation)
                self._left -= len(targets)
                if self._left < 0:
                    raise EntangledError
                for target in targets:
                    if target in self._index and target not in reached:
                        reached[target] = self._index[target]
                        waiting.append(self._index[target])
        if reached:
            document["included"] = cast("JsonValue", list(reached.values()))
        return document


def _count(resource: object) -> int:
    """Count what a resource object points at."""
    data = [_object(relation).get("data") for relation in _object(_object(resource).get("relationships")).values()]
    return sum(len(one) if is_list(one) else 1 for one in data)


def _targets(resource: Mapping[str, Any], name: str) -> list[Identity] | None:
    """Tell what a relation points at; None when the resource does not tell of this relation."""
    relation = _object(_object(resource.get("relationships")).get(name))
    return _pointed_at(relation) if "data" in relation else None


def _pointed_at(relation: object) -> list[Identity]:
    data = _object(relation).get("data")
    return [_identity(one) for one in _objects(data if is_list(data) else [data])] if data else []


def _identity(resource: Mapping[str, Any]) -> Identity:
    return str(resource.get("type")), str(resource.get("id"))


def _object(value: object) -> dict[str, Any]:
    """Take a value for the JSON object that it should be."""
    return value if is_object(value) else {}


def _objects(value: object) -> list[dict[str, Any]]:
    """Take a value for the list of JSON objects that it should be."""
    return [one for one in value if is_object(one)] if is_list(value) else []
