"""What every manager does: ask for a path, and make resources of the answer."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar, cast

from pydantic import JsonValue, ValidationError
from pydantic_core import from_json

from cachet_sdk.core.aio.resource import AsyncBinding, AsyncResource
from cachet_sdk.core.aio.transport import AsyncTransport
from cachet_sdk.core.concurrency import AsyncLookahead
from cachet_sdk.core.model import Payload, problem_of
from cachet_sdk.core.paging import PageInfo, PagingProblem, Walk, check_whole
from cachet_sdk.core.times import speaks_utc
from cachet_sdk.core.wire import Answer, Query, check_count, check_id
from cachet_sdk.errors import ArgumentError, PaginationError

ResourceT = TypeVar("ResourceT", bound=AsyncResource)

#: Asks for more rows than any status page has: the way to get a filtered list whole (wire/v1, trap 2).
EVERYTHING = 1_000_000


class AsyncManager(Generic[ResourceT]):
    """The resources of one kind."""

    def __init__(self, transport: AsyncTransport, resource: type[ResourceT]) -> None:
        self._transport = transport
        self._resource = resource
        self._binding = AsyncBinding(self._change, self._delete, transport.settings.timezone)

    @property
    def binding(self) -> AsyncBinding:
        """What ties resources to this manager; for managers whose resources hold others."""
        return self._binding

    def instance_from_dict(self, data: Mapping[str, JsonValue]) -> ResourceT:
        """Make a resource of a dictionary, such as the ``attrs`` of another one. Asks the server nothing.

        Args:
            data: The JSON object of the resource, as the server sends it.

        Returns:
            The resource, bound to this manager.

        Raises:
            ArgumentError: when the data is not that of such a resource.
        """
        if not isinstance(data, Mapping):
            raise ArgumentError("data", f"expected a dictionary, got {type(data).__name__}")
        return self._stored([dict(data)])[0]

    def instance_from_json(self, data: str | bytes) -> ResourceT:
        """Make a resource of a JSON text, such as one that ``to_json`` gave. Asks the server nothing.

        Args:
            data: The JSON object of the resource, as text.

        Returns:
            The resource, bound to this manager.

        Raises:
            ArgumentError: when the text is not JSON, or not that of such a resource.
        """
        document = _parse(data)
        if not isinstance(document, dict):
            raise ArgumentError("data", "expected a JSON object")
        return self._stored([document])[0]

    def instance_list_from_json(self, data: str | bytes) -> list[ResourceT]:
        """Make resources of a JSON text that holds a list of them. Asks the server nothing.

        Args:
            data: The list, as text.

        Returns:
            The resources, bound to this manager.

        Raises:
            ArgumentError: when the text is not JSON, or not a list of such resources.
        """
        document = _parse(data)
        if not isinstance(document, list) or not all(isinstance(row, dict) for row in document):
            raise ArgumentError("data", "expected a JSON list of objects")
        return self._stored(cast("list[dict[str, JsonValue]]", document))

    async def _get(self, path: str) -> ResourceT:
        return self._one(await self._transport.request("GET", path))

    async def _create(self, path: str, payload: Payload) -> ResourceT:
        values = payload.values()
        return await self._write("POST", path, type(payload), values)

    async def _change(self, path: str, values: dict[str, object]) -> ResourceT:
        """Change what is named and nothing else. Managers whose server resets the rest add it here."""
        return await self._write("PUT", path, self._resource.UPDATE, values)

    async def _write(self, method: str, path: str, form: type[Payload], values: dict[str, object]) -> ResourceT:
        zone = self._transport.settings.timezone
        utc = speaks_utc(values, zone)
        answer = await self._transport.request(method, path, body=form.encode(values), utc=utc)
        if utc and zone is None:
            # Only this request spoke UTC: its answer's times would not be those of any other answer.
            target = path if method == "PUT" else f"{path}/{check_id('id', cast('int', self._row(answer).get('id')))}"
            return await self._get(target)
        return self._one(answer)

    async def _delete(self, path: str) -> None:
        await self._transport.request("DELETE", path)

    async def _count(self, path: str) -> int:
        answer = await self._transport.request("GET", path, query=(("per_page", 1),))
        return self._page_info(answer).total

    def _list(
        self,
        path: str,
        *,
        page: int,
        per_page: int,
        prefetch: int = 0,
        query: Query = (),
        whole: bool = False,
        keep: Callable[[object], bool] | None = None,
    ) -> AsyncGenerator[ResourceT, None]:
        """Check the arguments now, and read the pages when they are asked for."""
        check_count("page", page, at_least=1)
        check_count("per_page", per_page, at_least=1)
        check_count("prefetch", prefetch, at_least=0)
        if whole:
            return self._read_whole(path, query, (page - 1) * per_page, keep)
        return self._read_pages(path, query, page, per_page, prefetch)

    async def _read_whole(
        self, path: str, query: Query, skip: int, keep: Callable[[object], bool] | None
    ) -> AsyncGenerator[ResourceT, None]:
        """Read a list in one request, since the server cannot give this one in pages; ``keep`` narrows it further."""
        answer = await self._transport.request("GET", path, query=(*query, ("per_page", EVERYTHING)))
        rows = self._rows(answer)
        try:
            check_whole(self._page_info(answer), len(rows))
        except PagingProblem as problem:
            raise answer.unexpected(str(problem), PaginationError) from None
        kept = [row for row in rows if keep(row)] if keep else rows
        for item in self._load(answer, kept[skip:]):
            yield item

    async def _read_pages(
        self, path: str, query: Query, page: int, per_page: int, prefetch: int
    ) -> AsyncGenerator[ResourceT, None]:
        async def fetch(number: int) -> Answer:
            return await self._transport.request("GET", path, query=(*query, ("page", number), ("per_page", per_page)))

        walk = Walk(page)
        pages = AsyncLookahead(fetch, prefetch)
        try:
            while walk.page is not None:
                answer = await pages.get(walk.page, walk.last)
                rows = self._rows(answer)
                items = self._load(answer, rows)
                info = self._page_info(answer)
                try:
                    fresh = walk.take(info, [cast("Any", item).id for item in items])
                except PagingProblem as problem:
                    raise answer.unexpected(str(problem), PaginationError) from None
                if len(fresh) == len(items):
                    for item in items:
                        yield item
                else:
                    for position in fresh:
                        yield items[position]
        finally:
            await pages.aclose()

    def _page_info(self, answer: Answer) -> PageInfo:
        try:
            return PageInfo.read(answer.document)
        except PagingProblem as problem:
            raise answer.unexpected(str(problem)) from None

    def _row(self, answer: Answer) -> dict[str, JsonValue]:
        data = answer.document.get("data") if isinstance(answer.document, dict) else None
        if not isinstance(data, dict):
            raise answer.unexpected("has no object under 'data'")
        return data

    def _rows(self, answer: Answer) -> list[dict[str, JsonValue]]:
        data = answer.document.get("data") if isinstance(answer.document, dict) else None
        if not isinstance(data, list):
            raise answer.unexpected("has no list under 'data'")
        return cast("list[dict[str, JsonValue]]", data)

    def _one(self, answer: Answer) -> ResourceT:
        return self._load(answer, [self._row(answer)])[0]

    def _load(self, answer: Answer, rows: Sequence[dict[str, JsonValue]]) -> Sequence[ResourceT]:
        try:
            return self._resource.load(rows, self._binding)
        except ValidationError as error:
            kind = self._resource.__name__
            raise answer.unexpected(f"does not hold what a {kind} is made of: {problem_of(error)}") from None

    def _stored(self, rows: Sequence[dict[str, JsonValue]]) -> list[ResourceT]:
        try:
            return self._resource.load(rows, self._binding)
        except ValidationError as error:
            kind = self._resource.__name__
            raise ArgumentError("data", f"is not what a {kind} is made of: {problem_of(error)}") from None


def _parse(data: str | bytes) -> JsonValue:
    if not isinstance(data, str | bytes):
        raise ArgumentError("data", f"expected JSON text, got {type(data).__name__}")
    try:
        return cast("JsonValue", from_json(data, allow_inf_nan=False))
    except ValueError as error:
        raise ArgumentError("data", f"is not JSON: {error}") from None
