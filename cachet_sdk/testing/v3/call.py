"""What controllers receive: a request with its rows and input, and methods that create the response."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from cachet_sdk.testing.http import Response
from cachet_sdk.testing.v3 import http_errors
from cachet_sdk.testing.v3.documents import (
    Node,
    Page,
    Tree,
    list_document,
    parse_fields,
    parse_include,
    single_document,
)
from cachet_sdk.testing.v3.inputs import parse_body, parse_query
from cachet_sdk.testing.v3.rules import ValidationContext
from cachet_sdk.testing.v3.serializer import Serializer
from cachet_sdk.testing.v3.store import Row
from cachet_sdk.testing.v3.validation import Field, validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime, tzinfo

    from cachet_sdk.testing.http import Request
    from cachet_sdk.testing.v3.lists import Listing
    from cachet_sdk.testing.v3.store import Store, Table
    from cachet_sdk.testing.v3.tokens import Caller
    from cachet_sdk.testing.v3.values import Json

R = TypeVar("R", bound=Row)

JSON_API = "application/vnd.api+json"


@dataclass(frozen=True, slots=True)
class Settings:
    """The server's settings; see :class:`cachet_sdk.testing.v3.CachetV3`."""

    zone: tzinfo
    database: str
    api_enabled: bool
    api_protected: bool
    major_outage_threshold: float
    debug: bool


@dataclass(frozen=True)
class Call:
    """A request and its context."""

    request: Request
    keys: tuple[str, ...]
    store: Store
    settings: Settings
    caller: Caller
    now: datetime
    on_list: Callable[[], None]

    @cached_property
    def query(self) -> dict[str, Json]:
        """The query string, parsed."""
        return parse_query(self.request.query)

    @cached_property
    def serializer(self) -> Serializer:
        """The serializer for this caller."""
        return Serializer(self.store, self.caller, self.now, self.settings.database)

    @property
    def relations(self) -> Tree:
        """The includes of a write, which the server does not validate; unknown ones are ignored."""
        return parse_include(self.query)

    def bind(self, table: Table[R], position: int = 0) -> R:
        """Return the row with the id in the path.

        Raises:
            HttpError: 404 if there is none.
        """
        key = self.keys[position]
        row = table.find(key)
        if row is None:
            raise http_errors.row_not_found(table.model, key)
        return row

    def require_visible(self, visible: bool, table: Table[R]) -> None:
        """Raise a 404, as if the row did not exist, unless it is visible to the caller."""
        if not visible:
            raise http_errors.row_not_found(table.model, self.keys[0])

    def values(self, fields: Sequence[Field]) -> dict[str, object]:
        """Validate the input, and return the columns to set.

        Raises:
            HttpError: 422, or 500 for values that only the database refuses.
        """
        data: Mapping[str, Json] = {**self.query, **parse_body(self.request)}
        return validate(fields, ValidationContext(data, self.store, self.settings.zone))

    def page(
        self, listing: Listing[R], rows: Callable[[], Iterable[R]], serialize: Callable[[R, Tree], Node]
    ) -> Response:
        """Return a page of rows."""
        tree = listing.tree(self.query)
        page = Page.from_query(self.query, self.request.origin + self.request.path.rstrip("/"))
        self.on_list()
        nodes = [serialize(row, tree) for row in page.slice(listing.select(rows(), self.query))]
        return Response.json(200, list_document(nodes, parse_fields(self.query), page), JSON_API)

    def show(self, node: Node, status: int = 200) -> Response:
        """Return one resource."""
        return Response.json(status, single_document(node, parse_fields(self.query)), JSON_API)

    def no_content(self) -> Response:
        """Return the response to a deletion."""
        return Response(204)
