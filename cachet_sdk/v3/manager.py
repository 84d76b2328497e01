# Made by "make sync" from aio/manager.py: edit that file instead of this one.
"""What every v3 manager does beyond the common: JSON:API documents, pages without a total, counting without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TypeVar, cast

from pydantic import JsonValue

from cachet_sdk.core.http.request import Query
from cachet_sdk.core.http.response import ApiResponse
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.listing import Listing
from cachet_sdk.core.manager import BaseManager, check_paging
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import check_kind
from cachet_sdk.core.paging.pages import PagingProblem, whole
from cachet_sdk.core.paging.simple import CountSearch, MutationCounter, SimplePages
from cachet_sdk.core.resource import Binding
from cachet_sdk.errors import ArgumentError, NotFoundError, PaginationError
from cachet_sdk.v3.filters import LARGEST_PAGE, check_per_page, values_behind
from cachet_sdk.v3.models.bodies import check_times
from cachet_sdk.v3.models.documents import check_document, type_of
from cachet_sdk.v3.models.jsonapi import EntangledError, attributes_of, borrowed_states, page_documents, with_own_states
from cachet_sdk.v3.models.kinds import KINDS
from cachet_sdk.v3.resources import DocumentBinding, DocumentResource

ResourceT = TypeVar("ResourceT", bound=DocumentResource)


class Manager(BaseManager[ResourceT]):
    """The resources of one kind."""

    def __init__(self, transport: Transport, resource: type[ResourceT]) -> None:
        super().__init__(transport, resource)
        self._ties = DocumentBinding(self._binding)
        self._binding = self._ties
        self._moves = MutationCounter()

    @property
    def moves(self) -> MutationCounter:
        """What was done to the resources here; for managers whose resources change them."""
        return self._moves

    def relate(self, bindings: Mapping[str, Binding]) -> None:
        """Tell which managers' resources are related to those here. For the client, once.

        Args:
            bindings: Their bindings by JSON:API type.
        """
        self._ties.related = bindings

    def _change(self, path: str, values: dict[str, object]) -> ResourceT:
        try:
            return super()._change(path, values)
        finally:
            self._moves.changed(values)

    def _delete(self, path: str) -> None:
        try:
            super()._delete(path)
        finally:
            self._moves.deleted()

    def _write(self, method: str, path: str, form: type[Payload], values: dict[str, object]) -> ResourceT:
        check_times(values, self._transport.settings.timezone)
        return self._one(self._transport.request(method, path, body=form.encode(values)))

    def _count(self, path: str, query: Query = ()) -> int:
        """Find a list's length: there are no totals, but pages tell whether there are more (wire/v3, trap 1)."""
        search = CountSearch()
        sparse = (f"fields[{type_of(self._resource)}]", "id")
        while search.page is not None:
            asked: Query = (*query, sparse, ("page", search.page), ("per_page", LARGEST_PAGE))
            answer = self._transport.request("GET", path, query=asked)
            try:
                search.feed(answer.document, len(self._data(answer)))
            except PagingProblem as problem:
                raise answer.unexpected(str(problem), PaginationError) from None
        return search.total

    def _list(self, path: str, *, page: int, per_page: int, prefetch: int, query: Query) -> Listing[ResourceT]:
        """Check the arguments now, and read the pages when they are asked for."""
        check_paging(page, per_page, prefetch)
        return self._listing(self._read_pages(path, query, page, check_per_page(per_page), prefetch))

    def _pages(self, first: int, query: Query, prefetch: int) -> SimplePages:
        names = values_behind(query)
        return SimplePages(first, lambda: self._moves.count(names))

    def _row(self, answer: ApiResponse) -> dict[str, JsonValue]:
        document = answer.document
        if not isinstance(document, dict) or not isinstance(document.get("data"), dict):
            raise answer.unexpected("has no object under 'data'")
        self._check_kind(answer, document["data"])
        return document

    def _rows(self, answer: ApiResponse) -> list[dict[str, JsonValue]]:
        self._data(answer)
        try:
            return page_documents(cast("dict[str, JsonValue]", answer.document))
        except EntangledError as error:
            raise answer.unexpected(str(error)) from None

    def _data(self, answer: ApiResponse) -> Sequence[JsonValue]:
        data = answer.document.get("data") if isinstance(answer.document, dict) else None
        if not isinstance(data, list):
            raise answer.unexpected("has no list under 'data'")
        if data:
            self._check_kind(answer, data[0])  # of all, so that nothing is done for each
        return data

    def _check_kind(self, answer: ApiResponse, resource: JsonValue) -> None:
        kind = resource.get("type") if isinstance(resource, dict) else None
        if kind != type_of(self._resource):
            raise answer.unexpected(f"holds the type {kind!r}, where {type_of(self._resource)!r} was expected")

    def _accept(self, data: dict[str, JsonValue]) -> dict[str, JsonValue]:
        if "data" not in data and "attributes" not in data:
            check_kind(data, self._resource, KINDS)
        return check_document(data, self._resource)

    def _accept_list(self, parsed: JsonValue) -> list[dict[str, JsonValue]]:
        if isinstance(parsed, dict) and isinstance(parsed.get("data"), list):  # the whole answer to a list
            parsed = cast("list[JsonValue]", page_documents(parsed))
        return super()._accept_list(parsed)


class UpdatesManager(Manager[ResourceT]):
    """The updates of a kind of resource, its parents. They change their parent too, and so the lists that it is in."""

    #: What ``updateable_type`` says of their parents.
    PARENT: str
    #: The values of a parent that they change, as lists are filtered by them.
    CHANGES: frozenset[str]

    def __init__(self, transport: Transport, resource: type[ResourceT], parents: MutationCounter) -> None:
        super().__init__(transport, resource)
        self._parents = parents

    def _write(self, method: str, path: str, form: type[Payload], values: dict[str, object]) -> ResourceT:
        try:
            return super()._write(method, path, form, values)
        finally:
            self._parents.changed(self.CHANGES)

    def _delete(self, path: str) -> None:
        try:
            super()._delete(path)
        finally:
            self._parents.changed(self.CHANGES)

    def _accept(self, data: dict[str, JsonValue]) -> dict[str, JsonValue]:
        return self._own(super()._accept(data))

    def _own(self, document: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """Refuse an update of another kind of parent: both kinds have the same JSON:API type."""
        parent = attributes_of(document["data"]).get("updateable_type", self.PARENT)
        if parent != self.PARENT:
            raise ArgumentError("data", f"is an update of the type {parent!r}, where {self.PARENT!r} was expected")
        return document


class StatesManager(Manager[ResourceT]):
    """The resources of a kind that gives components a state: incidents and schedules."""

    #: The path of their list.
    PATH: str

    def _complete(self, rows: list[dict[str, JsonValue]]) -> list[dict[str, JsonValue]]:
        """Give each row its own states of its components; those that came are the first row's (wire/v3, trap 7)."""
        for position in borrowed_states(rows):
            number = whole(cast("dict[str, JsonValue]", rows[position]["data"]).get("id"))
            own: Mapping[str, JsonValue] = {}
            if number is not None:
                path = f"{self.PATH}/{number}"
                with suppress(NotFoundError):  # deleted meanwhile: then nobody can tell its components' states
                    own = self._row(self._transport.request("GET", path, query=(("include", "components"),)))
            rows[position] = with_own_states(rows[position], own)
        return rows
