"""The base of all v3 managers: JSON:API documents, and paging and counting without totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TypeVar, cast

from pydantic import JsonValue

from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.aio.manager import AsyncBaseManager, check_paging
from cachet_sdk.core.aio.resource import AsyncBinding
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.http.request import Query
from cachet_sdk.core.http.response import ApiResponse
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import check_kind
from cachet_sdk.core.paging.pages import PagingProblem, parse_whole_number
from cachet_sdk.core.paging.simple import CountSearch, MutationCounter, SimplePages
from cachet_sdk.errors import ArgumentError, NotFoundError, PaginationError
from cachet_sdk.v3.aio.resources import AsyncDocumentBinding, AsyncDocumentResource
from cachet_sdk.v3.filters import LARGEST_PAGE, check_per_page, fields_behind
from cachet_sdk.v3.models.bodies import check_times
from cachet_sdk.v3.models.documents import check_document, jsonapi_type
from cachet_sdk.v3.models.jsonapi import (
    TooManyRelationsError,
    attributes_of,
    page_documents,
    rows_with_foreign_statuses,
    with_own_statuses,
)
from cachet_sdk.v3.models.kinds import KINDS

ResourceT = TypeVar("ResourceT", bound=AsyncDocumentResource)


class AsyncManager(AsyncBaseManager[ResourceT]):
    """Base class of the managers."""

    def __init__(self, transport: AsyncTransport, resource: type[ResourceT]) -> None:
        super().__init__(transport, resource)
        self._document_binding = AsyncDocumentBinding(self._binding)
        self._binding = self._document_binding
        self._mutations = MutationCounter()

    @property
    def mutations(self) -> MutationCounter:
        """Counter of mutations, shared with managers whose writes also change resources of this one."""
        return self._mutations

    def relate(self, bindings: Mapping[str, AsyncBinding]) -> None:
        """Set the bindings of related resources. Called once by the client.

        Args:
            bindings: Bindings of the other managers, by JSON:API type.
        """
        self._document_binding.related = bindings

    async def _change(self, path: str, values: dict[str, object]) -> ResourceT:
        try:
            return await super()._change(path, values)
        finally:
            self._mutations.changed(values)

    async def _delete(self, path: str) -> None:
        try:
            await super()._delete(path)
        finally:
            self._mutations.deleted()

    async def _write(self, method: str, path: str, payload_type: type[Payload], values: dict[str, object]) -> ResourceT:
        check_times(values, self._transport.settings.timezone)
        return self._one(await self._transport.request(method, path, body=payload_type.encode(values)))

    async def _count(self, path: str, query: Query = ()) -> int:
        """Return the length of a list by searching for its last page, because the server returns no totals."""
        search = CountSearch()
        only_id = (f"fields[{jsonapi_type(self._resource)}]", "id")
        while search.page is not None:
            page_query: Query = (*query, only_id, ("page", search.page), ("per_page", LARGEST_PAGE))
            response = await self._transport.request("GET", path, query=page_query)
            try:
                search.feed(response.document, len(self._data(response)))
            except PagingProblem as problem:
                raise response.unexpected(str(problem), PaginationError) from None
        return search.total

    def _list(self, path: str, *, page: int, per_page: int, prefetch: int, query: Query) -> AsyncListing[ResourceT]:
        """Check the arguments at once, and read pages on demand."""
        check_paging(page, per_page, prefetch)
        return self._listing(self._read_pages(path, query, page, check_per_page(per_page), prefetch))

    def _pages(self, first: int, query: Query, prefetch: int) -> SimplePages:
        names = fields_behind(query)
        return SimplePages(first, lambda: self._mutations.count(names))

    def _row(self, response: ApiResponse) -> dict[str, JsonValue]:
        document = response.document
        if not isinstance(document, dict) or not isinstance(document.get("data"), dict):
            raise response.unexpected("has no object under 'data'")
        self._check_kind(response, document["data"])
        return document

    def _rows(self, response: ApiResponse) -> list[dict[str, JsonValue]]:
        self._data(response)
        try:
            return page_documents(cast("dict[str, JsonValue]", response.document))
        except TooManyRelationsError as error:
            raise response.unexpected(str(error)) from None

    def _data(self, response: ApiResponse) -> Sequence[JsonValue]:
        data = response.document.get("data") if isinstance(response.document, dict) else None
        if not isinstance(data, list):
            raise response.unexpected("has no list under 'data'")
        if data:
            self._check_kind(response, data[0])  # only the first, which keeps long pages fast
        return data

    def _check_kind(self, response: ApiResponse, resource: JsonValue) -> None:
        kind = resource.get("type") if isinstance(resource, dict) else None
        if kind != jsonapi_type(self._resource):
            raise response.unexpected(f"has the type {kind!r}, expected {jsonapi_type(self._resource)!r}")

    def _accept(self, data: dict[str, JsonValue]) -> dict[str, JsonValue]:
        if "data" not in data and "attributes" not in data:
            check_kind(data, self._resource, KINDS)
        return check_document(data, self._resource)

    def _accept_list(self, parsed: JsonValue) -> list[dict[str, JsonValue]]:
        if isinstance(parsed, dict) and isinstance(parsed.get("data"), list):  # the whole response to a list
            parsed = cast("list[JsonValue]", page_documents(parsed))
        return super()._accept_list(parsed)


class AsyncUpdatesManager(AsyncManager[ResourceT]):
    """Base class of the managers of updates. An update also changes its parent: an incident or a schedule."""

    #: The ``updateable_type`` of the updates.
    PARENT: str
    #: Fields of the parent that an update changes and by which lists may be filtered.
    CHANGES: frozenset[str]

    def __init__(self, transport: AsyncTransport, resource: type[ResourceT], parents: MutationCounter) -> None:
        super().__init__(transport, resource)
        self._parents = parents

    async def _write(self, method: str, path: str, payload_type: type[Payload], values: dict[str, object]) -> ResourceT:
        try:
            return await super()._write(method, path, payload_type, values)
        finally:
            self._parents.changed(self.CHANGES)

    async def _delete(self, path: str) -> None:
        try:
            await super()._delete(path)
        finally:
            self._parents.changed(self.CHANGES)

    def _accept(self, data: dict[str, JsonValue]) -> dict[str, JsonValue]:
        # Updates of incidents and of schedules have the same JSON:API type.
        document = super()._accept(data)
        parent = attributes_of(document["data"]).get("updateable_type", self.PARENT)
        if parent != self.PARENT:
            raise ArgumentError("data", f"is an update of the type {parent!r}, expected {self.PARENT!r}")
        return document


class AsyncStatusSettingManager(AsyncManager[ResourceT]):
    """Base class of the managers of incidents and schedules, which set statuses of components."""

    #: The path of the list.
    PATH: str

    async def _complete(self, rows: list[dict[str, JsonValue]]) -> list[dict[str, JsonValue]]:
        """Correct the statuses of components that several rows include.

        See "Included rows are shared" in the server quirks.
        """
        for position in rows_with_foreign_statuses(rows):
            number = parse_whole_number(cast("dict[str, JsonValue]", rows[position]["data"]).get("id"))
            own: Mapping[str, JsonValue] = {}
            if number is not None:
                path = f"{self.PATH}/{number}"
                with suppress(NotFoundError):  # deleted in the meantime, so the statuses of its components are unknown
                    own = self._row(await self._transport.request("GET", path, query=(("include", "components"),)))
            rows[position] = with_own_statuses(rows[position], own)
        return rows
