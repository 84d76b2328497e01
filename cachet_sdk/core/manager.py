# Made by "make sync" from aio/manager.py: edit that file instead of this one.
"""The base of all managers: send a request to a path, and build resources from the response."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any, Generic, TypeVar, cast

from pydantic import JsonValue, ValidationError

from cachet_sdk.core.arguments import check_count, check_id
from cachet_sdk.core.bulk import run_bulk
from cachet_sdk.core.http.request import Query
from cachet_sdk.core.http.response import ApiResponse
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.json_types import parse_json
from cachet_sdk.core.listing import Listing
from cachet_sdk.core.models.base import summarize
from cachet_sdk.core.models.payload import Payload, build_many
from cachet_sdk.core.models.resource_data import copy_changes, load, to_plain_json, update_payload_type
from cachet_sdk.core.outcomes import Batch, Progress, as_dict
from cachet_sdk.core.paging.pages import Pages, PagingProblem
from cachet_sdk.core.paging.prefetch import Prefetcher
from cachet_sdk.core.resource import Binding, Resource
from cachet_sdk.errors import ArgumentError, PaginationError, short_repr

InputT = TypeVar("InputT")
ResourceT = TypeVar("ResourceT", bound=Resource)


class BaseManager(Generic[ResourceT]):
    """Manages resources of one kind. Subclasses implement the response and page formats of an API version."""

    def __init__(self, transport: Transport, resource: type[ResourceT]) -> None:
        self._transport = transport
        self._resource = resource
        self._binding = Binding(self._change, self._delete, transport.settings.timezone)

    @property
    def binding(self) -> Binding:
        """Binds resources to this manager. Used by managers whose resources contain those of this one."""
        return self._binding

    def instance_from_dict(self, data: Mapping[str, JsonValue]) -> ResourceT:
        """Create a resource from a dictionary, such as another one's ``attrs``, without sending a request.

        Args:
            data: The JSON object of the resource, as the server sends it.

        Returns:
            The resource, bound to this manager.

        Raises:
            ArgumentError: If it is not such a resource.
        """
        if not isinstance(data, Mapping):
            raise ArgumentError("data", f"expected a dictionary, got {type(data).__name__}")
        return self._load_stored([self._accept(to_plain_json(data))])[0]

    def instance_from_json(self, data: str | bytes) -> ResourceT:
        """Create a resource from JSON text, such as the result of ``to_json``, without sending a request.

        Args:
            data: The JSON object of the resource, as text.

        Returns:
            The resource, bound to this manager.

        Raises:
            ArgumentError: If the text is not JSON, or is not such a resource.
        """
        document = _parse(data)
        if not isinstance(document, dict):
            raise ArgumentError("data", "expected a JSON object")
        return self._load_stored([self._accept(document)])[0]

    def instance_list_from_json(self, data: str | bytes) -> list[ResourceT]:
        """Create resources from the JSON text of a list, without sending a request.

        Args:
            data: The list, as text.

        Returns:
            The resources, bound to this manager.

        Raises:
            ArgumentError: If the text is not JSON, or is not a list of such resources.
        """
        return self._load_stored(self._accept_list(_parse(data)))

    def bind(self, resource: ResourceT) -> ResourceT:
        """Return a copy of a resource that is bound to this client, without sending a request.

        Args:
            resource: The resource, bound to any client or none, sync or (a ``Component`` becomes a
                ``Component``).

        Returns:
            The copy, with unsaved changes. Its times are in this client's ``timezone``.

        Raises:
            ArgumentError: If it is not a resource of this kind, or if its times cannot be converted to this client's
                ``timezone``.

        Example:
            >>> import pickle
            >>> component = pickle.loads(pickle.dumps(client.components.get(1)))
            >>> component.description = "All of it"
            >>> component = client.components.bind(component).save()
        """
        # The base class with the fields, which the sync and async classes share.
        if not isinstance(resource, self._resource.__bases__[0]):
            raise ArgumentError("resource", f"expected a {self._resource.__name__}, got {short_repr(resource)}")
        self._check_times("resource", resource)
        bound = self._load_data([to_plain_json(resource.attrs)])[0]
        copy_changes(resource, bound)
        return bound

    def _get(self, path: str, query: Query = ()) -> ResourceT:
        response = self._transport.request("GET", path, query=query)
        item = self._one(response)
        self._fix_up([item], response)
        return item

    def _create(self, path: str, payload: Payload) -> ResourceT:
        values = payload.values()
        return self._write("POST", path, type(payload), values)

    def _change(self, path: str, values: dict[str, object]) -> ResourceT:
        """Update only the passed fields. Managers override this if the server resets the others."""
        return self._write("PUT", path, update_payload_type(self._resource), values)

    def _create_many(
        self,
        path: str,
        inputs: Sequence[InputT],
        payloads: Sequence[Payload],
        concurrency: int,
        progress: Progress | None,
    ) -> Batch[InputT, ResourceT]:
        return run_bulk(inputs, payloads, lambda payload: self._create(path, payload), concurrency, progress)

    def _change_many(
        self,
        path: Callable[[int], str],
        changes: Mapping[int, Mapping[str, object]],
        concurrency: int,
        progress: Progress | None,
    ) -> Batch[int, ResourceT]:
        changes = as_dict("changes", changes)
        ids = [check_id("changes", number) for number in changes]
        payloads = build_many(update_payload_type(self._resource), "changes", changes.items())
        calls = [(path(number), payload.values()) for number, payload in zip(ids, payloads, strict=True)]
        return run_bulk(ids, calls, lambda call: self._change(*call), concurrency, progress)

    def _write(self, method: str, path: str, payload_type: type[Payload], values: dict[str, object]) -> ResourceT:
        """Send values and read the response."""
        raise NotImplementedError

    def _delete(self, path: str) -> None:
        self._transport.request("DELETE", path)

    def _read_pages(
        self, path: str, query: Query, page: int, per_page: int, prefetch: int
    ) -> Generator[ResourceT, None]:
        def fetch(number: int) -> ApiResponse:
            return self._transport.request("GET", path, query=(*query, ("page", number), ("per_page", per_page)))

        pages = self._pages(page, query, prefetch)
        fetcher = Prefetcher(fetch, prefetch)
        try:
            while pages.page is not None:
                # Keep no reference to a response while its rows are in use, so that memory holds one page, not two.
                for item in self._new_items(pages, fetcher.get(pages.page, pages.last), per_page):
                    yield item
        finally:
            fetcher.close()

    def _listing(self, items: Generator[ResourceT, None]) -> Listing[ResourceT]:
        return Listing(items, self._resource.__name__.removeprefix("Async"))

    def _new_items(self, pages: Pages, response: ApiResponse, per_page: int) -> Sequence[ResourceT]:
        """Return the rows of a page that were not seen before."""
        rows = self._rows(response)
        if len(rows) > per_page:  # checked before the rows are processed
            raise response.unexpected(f"contains {len(rows)} rows, but {per_page} were requested", PaginationError)
        items = self._load(response, self._complete(rows))
        try:
            fresh = pages.read(response.document, [cast("Any", item).id for item in items])
        except PagingProblem as problem:
            self._transport.distrust(response)
            raise response.unexpected(str(problem), PaginationError) from None
        if len(fresh) < len(items):
            items = [items[position] for position in fresh]
        self._fix_up(items, response)
        return items

    def _pages(self, first: int, query: Query, prefetch: int) -> Pages:
        """Return the paging state of a list."""
        raise NotImplementedError

    def _row(self, response: ApiResponse) -> dict[str, JsonValue]:
        """Return the single resource of a response, as the row that it is loaded from."""
        raise NotImplementedError

    def _rows(self, response: ApiResponse) -> list[dict[str, JsonValue]]:
        """Return the resources of a list response, as the rows that they are loaded from."""
        raise NotImplementedError

    def _complete(self, rows: list[dict[str, JsonValue]]) -> list[dict[str, JsonValue]]:
        """Fetch what the server omits from the rows of a list."""
        return rows

    def _check_times(self, argument: str, resource: ResourceT) -> None:
        """Refuse a resource whose times cannot be converted to this client's ``timezone``."""

    def _fix_up(self, items: Sequence[ResourceT], response: ApiResponse) -> None:
        """Correct fields that the server reports wrongly."""

    def _accept(self, data: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """Return the row of a resource that a caller stored."""
        return data

    def _accept_list(self, parsed: JsonValue) -> list[dict[str, JsonValue]]:
        """Return the rows of several resources that a caller stored."""
        if not isinstance(parsed, list) or not all(isinstance(row, dict) for row in parsed):
            raise ArgumentError("data", "expected a JSON list of objects")
        return [self._accept(row) for row in cast("list[dict[str, JsonValue]]", parsed)]

    def _one(self, response: ApiResponse) -> ResourceT:
        item = self._load(response, [self._row(response)])[0]
        self._check_match(item, response)
        return item

    def _check_match(self, item: ResourceT, response: ApiResponse) -> None:
        """Refuse the response to another request: a connection may contain the rest of an earlier response.

        Raises:
            UnexpectedResponseError: If the response is about another resource than the requested one.
        """
        requested = response.url.removeprefix(self._transport.settings.endpoint).partition("?")[0]
        if response.method == "POST":
            requested = f"{requested}/{cast('Any', item).id}"
        try:
            received = item._path()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  (its manager)
        except ArgumentError as error:
            raise response.unexpected(f"has no valid id: {error.message}") from None
        if received != requested:
            self._transport.distrust(response)
            raise response.unexpected(f"is about {received}, but {requested} was requested")

    def _load(self, response: ApiResponse, rows: Sequence[dict[str, JsonValue]]) -> Sequence[ResourceT]:
        try:
            return load(self._resource, rows, self._binding)
        except ValidationError as error:
            kind = self._resource.__name__
            raise response.unexpected(f"is not a valid {kind}: {summarize(error, len(rows))}") from None

    def _load_stored(self, rows: Sequence[dict[str, JsonValue]]) -> list[ResourceT]:
        """Load resources from rows that a caller stored."""
        if self._transport.settings.timezone is not None:
            for item in self._load_data(rows, bound=False):
                self._check_times("data", item)
        return self._load_data(rows, stored=True)

    def _load_data(
        self, rows: Sequence[dict[str, JsonValue]], *, stored: bool = False, bound: bool = True
    ) -> list[ResourceT]:
        try:
            return load(self._resource, rows, self._binding if bound else None, stored=stored)
        except ValidationError as error:
            kind = self._resource.__name__
            raise ArgumentError("data", f"is not a valid {kind}: {summarize(error, len(rows))}") from None


def check_paging(page: int, per_page: int, prefetch: int) -> None:
    """Check the paging arguments of a list.

    Raises:
        ArgumentError: Names the argument.
    """
    check_count("page", page, at_least=1)
    check_count("per_page", per_page, at_least=1)
    check_count("prefetch", prefetch, at_least=0)


def _parse(data: str | bytes) -> JsonValue:
    if not isinstance(data, str | bytes):
        raise ArgumentError("data", f"expected JSON text, got {type(data).__name__}")
    try:
        return parse_json(data)
    except (ValueError, TypeError) as error:  # TypeError: a lone surrogate
        raise ArgumentError("data", f"is not JSON: {error}") from None
