"""JSON:API documents: resource objects, relationships, included resources, pages and their links."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from cachet_sdk.testing.v3.http_errors import HttpError
from cachet_sdk.testing.v3.values import Json, intval

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: Relations to include, each with its own nested relations.
Tree: TypeAlias = "dict[str, Tree]"
Related: TypeAlias = "Node | list[Node] | None"
#: Attribute names to show, by resource type.
Fields: TypeAlias = "Mapping[str, frozenset[str]]"

T = TypeVar("T")

_DEFAULT_PER_PAGE, _MAX_PER_PAGE = 15, 100
_NOT_PATHS = "The include parameter must be a comma seperated list of relationship paths."
_NOT_TYPES = "The fields parameter must be an array of resource types."


@dataclass(slots=True)
class Node:
    """A resource object with its included relations."""

    type: str
    id: int
    attributes: dict[str, Json]
    relations: dict[str, Related] = field(default_factory=dict[str, Related])


def parse_include(query: Mapping[str, Json]) -> Tree:
    """Parse ``include=a,b.c`` into a tree.

    Raises:
        HttpError: 400 if it is an array.
    """
    value = query.get("include")
    if value is None:
        return {}
    if not isinstance(value, str):
        raise HttpError(400, _NOT_PATHS)
    tree: Tree = {}
    for path in value.split(","):
        branch = tree
        for name in path.split("."):
            branch = branch.setdefault(name, {})
    return tree


def parse_fields(query: Mapping[str, Json]) -> Fields:
    """Parse ``fields[components]=name,status``.

    Raises:
        HttpError: 400 if it has no resource types.
    """
    value = query.get("fields")
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise HttpError(400, _NOT_TYPES)
    return {resource_type: frozenset(str(names or "").split(",")) for resource_type, names in value.items()}


def single_document(node: Node, fields: Fields) -> dict[str, object]:
    """Return the document of a single resource."""
    document: dict[str, object] = {"data": _resource(node, fields)}
    return document | _included([node], fields)


def list_document(nodes: list[Node], fields: Fields, page: Page) -> dict[str, object]:
    """Return the document of a page of resources."""
    document: dict[str, object] = {"data": [_resource(node, fields) for node in nodes]}
    return document | page.links_and_meta(len(nodes)) | _included(nodes, fields)


@dataclass(slots=True)
class Page:
    """The requested page of a list."""

    url: str
    number: int
    size: int
    has_more: bool = False

    @classmethod
    def from_query(cls, query: Mapping[str, Json], url: str) -> Page:
        """Read ``page`` and ``per_page``; invalid values become page 1, or are clamped to 1 to 100 rows."""
        size = intval(query["per_page"]) if "per_page" in query else _DEFAULT_PER_PAGE
        number = query.get("page")
        valid = isinstance(number, str) and number.isdecimal() and int(number) > 0
        return cls(url, intval(number) if valid else 1, max(1, min(size, _MAX_PER_PAGE)))

    def slice(self, rows: Iterable[T]) -> list[T]:
        """Return the page's rows, and note whether there are more."""
        start = (self.number - 1) * self.size
        taken = list(islice(rows, start, start + self.size + 1))
        self.has_more = len(taken) > self.size
        return taken[: self.size]

    def links_and_meta(self, shown: int) -> dict[str, object]:
        """Return ``links`` and ``meta`` of a list; the links contain ``page``, but nothing else of the query."""
        links = {"first": self._link(1)}
        if self.number > 1:
            links["prev"] = self._link(self.number - 1)
        if self.has_more:
            links["next"] = self._link(self.number + 1)
        start = (self.number - 1) * self.size
        meta = {
            "current_page": self.number,
            "current_page_url": self._link(self.number),
            "from": start + 1 if shown else None,
            "path": self.url,
            "per_page": self.size,
            "to": start + shown if shown else None,
        }
        return {"links": links, "meta": meta}

    def _link(self, number: int) -> str:
        return f"{self.url}?page={number}"


def _resource(node: Node, fields: Fields) -> dict[str, object]:
    shown: dict[str, object] = {"id": str(node.id), "type": node.type}
    attributes = node.attributes
    if node.type in fields:
        attributes = {name: value for name, value in attributes.items() if name in fields[node.type]}
    if attributes:
        shown["attributes"] = attributes
    if node.relations:
        shown["relationships"] = {name: {"data": _linkage(related)} for name, related in node.relations.items()}
    return shown


def _linkage(related: Related) -> object:
    if isinstance(related, list):
        return [{"type": node.type, "id": str(node.id)} for node in related]
    return None if related is None else {"type": related.type, "id": str(related.id)}


def _included(nodes: list[Node], fields: Fields) -> dict[str, object]:
    # If a resource is included several times, the server sends only the first one, with its pivot.
    unique: dict[tuple[str, int], Node] = {}
    for node in nodes:
        for related in _all_related(node):
            unique.setdefault((related.type, related.id), related)
    return {"included": [_resource(node, fields) for node in unique.values()]} if unique else {}


def _all_related(node: Node) -> Iterator[Node]:
    direct: list[Node] = []
    for related in node.relations.values():
        direct += related if isinstance(related, list) else [related] if related is not None else []
    yield from direct
    for child in direct:
        yield from _all_related(child)
