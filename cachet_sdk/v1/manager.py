# Made by "make sync" from aio/manager.py: edit that file instead of this one.
"""The base of all v1 managers: response format, time zone header, and lists read in one request."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar, cast

from pydantic import JsonValue

from cachet_sdk.core.http.failures import mark_maybe_applied
from cachet_sdk.core.http.request import Query
from cachet_sdk.core.http.response import ApiResponse
from cachet_sdk.core.listing import Listing
from cachet_sdk.core.manager import BaseManager, check_paging
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import check_kind, has_aware_times
from cachet_sdk.core.models.times import needs_utc_header
from cachet_sdk.core.paging.length_aware import LengthAwarePages, PageInfo, check_whole
from cachet_sdk.core.paging.pages import SHORT_PAGES, PagingProblem
from cachet_sdk.core.resource import Resource
from cachet_sdk.errors import ArgumentError, PaginationError
from cachet_sdk.v1.filters import ListQuery
from cachet_sdk.v1.models.kinds import KINDS

ResourceT = TypeVar("ResourceT", bound=Resource)

#: A page size that returns the whole list: no status page has more rows.
ALL_ROWS = 1_000_000
#: An unfiltered list, which can be read in pages.
UNFILTERED = ListQuery((), whole=False)


class Manager(BaseManager[ResourceT]):
    """Base class of the managers."""

    def _write(self, method: str, path: str, payload_type: type[Payload], values: dict[str, object]) -> ResourceT:
        response = self._send(method, path, payload_type, values)
        with mark_maybe_applied():
            return self._one(response)

    def _send(self, method: str, path: str, payload_type: type[Payload], values: dict[str, object]) -> ApiResponse:
        """Send values, and return a response in the time zone of all other responses."""
        zone = self._transport.settings.timezone
        utc = needs_utc_header(values, zone)
        response = self._transport.request(method, path, body=payload_type.encode(values), utc=utc)
        if utc and zone is None:
            # Only this request used UTC: read the resource again, in the time zone of all other responses.
            number = cast("Any", self._one(response)).id
            with mark_maybe_applied():
                return self._transport.request("GET", path if method == "PUT" else f"{path}/{number}")
        return response

    def _read_in_utc(self, response: ApiResponse) -> ApiResponse:
        """Repeat the request of a response, with times in UTC."""
        path = response.url.removeprefix(self._transport.settings.endpoint)
        return self._transport.request("GET", path, utc=True)

    def _count(self, path: str) -> int:
        response = self._transport.request("GET", path, query=(("per_page", 1),))
        return self._page_info(response).total

    def _list(
        self, path: str, *, page: int, per_page: int, prefetch: int = 0, query: ListQuery = UNFILTERED
    ) -> Listing[ResourceT]:
        """Check the arguments at once, and read pages on demand."""
        check_paging(page, per_page, prefetch)
        if query.whole:
            return self._listing(self._read_whole(path, query, (page - 1) * per_page))
        return self._listing(self._read_pages(path, query.parameters, page, per_page, prefetch))

    def _read_whole(self, path: str, query: ListQuery, skip: int) -> Generator[ResourceT, None]:
        """Read a list in one request, because the server cannot page it."""
        response = self._read_all_rows(path, query.parameters)
        rows = query.matching(self._rows(response))
        items = self._load(response, rows[skip:] if skip else rows)
        self._fix_up(items, response)
        for item in items:
            yield item

    def _read_all_rows(self, path: str, parameters: Query = ()) -> ApiResponse:
        """Read all rows in one request; repeat it if rows were deleted between the server's two queries."""
        query = (*parameters, ("per_page", ALL_ROWS))
        for _ in range(SHORT_PAGES - 1):
            response = self._transport.request("GET", path, query=query)
            if len(self._rows(response)) >= self._page_info(response).total:
                return response
            del response  # so that memory holds one response, not two
        response = self._transport.request("GET", path, query=query)
        try:
            check_whole(self._page_info(response), len(self._rows(response)))
        except PagingProblem as problem:
            raise response.unexpected(str(problem), PaginationError) from None
        return response

    def _accept(self, data: dict[str, JsonValue]) -> dict[str, JsonValue]:
        check_kind(data, self._resource, KINDS)
        return data

    def _check_times(self, argument: str, resource: ResourceT) -> None:
        aware = has_aware_times(resource)
        if aware is None or aware == (self._transport.settings.timezone is not None):
            return
        raise ArgumentError(
            argument,
            "was loaded by a client with a timezone and this client has none, so their times differ; bind it to a "
            "client with a timezone"
            if aware
            else "has times without an offset, as loaded by a client without a timezone: they are in the server's "
            "zone, which this client does not know; use a client without a timezone",
        )

    def _pages(self, first: int, query: Query, prefetch: int) -> LengthAwarePages:
        return LengthAwarePages(first, prefetch + 1)

    def _page_info(self, response: ApiResponse) -> PageInfo:
        try:
            return PageInfo.read(response.document)
        except PagingProblem as problem:
            raise response.unexpected(str(problem)) from None

    def _row(self, response: ApiResponse) -> dict[str, JsonValue]:
        data = response.document.get("data") if isinstance(response.document, dict) else None
        if not isinstance(data, dict):
            raise response.unexpected("has no object under 'data'")
        return data

    def _rows(self, response: ApiResponse) -> list[dict[str, JsonValue]]:
        data = response.document.get("data") if isinstance(response.document, dict) else None
        if not isinstance(data, list):
            raise response.unexpected("has no list under 'data'")
        return cast("list[dict[str, JsonValue]]", data)
