"""One request on its way through a controller: the rows that its path names, its input, and the answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from cachet_sdk.testing.http import Answer
from cachet_sdk.testing.v3 import refusals
from cachet_sdk.testing.v3.documents import Node, Page, Tree, many, one, parse_fields, parse_include
from cachet_sdk.testing.v3.inputs import parse_body, parse_query
from cachet_sdk.testing.v3.rules import Scene
from cachet_sdk.testing.v3.shapes import Shapes
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
    """How the installation is set up; see :class:`cachet_sdk.testing.v3.CachetV3`."""

    zone: tzinfo
    database: str
    api_enabled: bool
    api_protected: bool
    major_outage_threshold: float
    debug: bool


@dataclass(frozen=True)
class Call:
    """A request with everything that a controller needs to answer it."""

    request: Request
    keys: tuple[str, ...]
    store: Store
    settings: Settings
    caller: Caller
    now: datetime
    before_rows: Callable[[], None]

    @cached_property
    def query(self) -> dict[str, Json]:
        """The query string, parsed."""
        return parse_query(self.request.query)

    @cached_property
    def shapes(self) -> Shapes:
        """What rows look like to this caller."""
        return Shapes(self.store, self.caller, self.now, self.settings.database)

    @property
    def relations(self) -> Tree:
        """The includes of a write: nothing checks them, and those that are no relations do nothing."""
        return parse_include(self.query)

    def bind(self, table: Table[R], position: int = 0) -> R:
        """Return the row that the path names.

        Raises:
            Refusal: 404, when there is none.
        """
        key = self.keys[position]
        row = table.find(key)
        if row is None:
            raise refusals.no_row(table.model, key)
        return row

    def refuse_unless(self, seen: bool, table: Table[R]) -> None:
        """Refuse, as if it did not exist, a row that the caller may not see."""
        if not seen:
            raise refusals.no_row(table.model, self.keys[0])

    def values(self, fields: Sequence[Field]) -> dict[str, object]:
        """Validate the input, and return the columns that it sets.

        Raises:
            Refusal: 422, or 500 for what only the database refuses.
        """
        data: Mapping[str, Json] = {**self.query, **parse_body(self.request)}
        return validate(fields, Scene(data, self.store, self.settings.zone))

    def page(self, listing: Listing[R], rows: Callable[[], Iterable[R]], shape: Callable[[R, Tree], Node]) -> Answer:
        """Answer with a page of rows."""
        tree = listing.tree(self.query)
        page = Page.asked(self.query, self.request.origin + self.request.path.rstrip("/"))
        self.before_rows()
        nodes = [shape(row, tree) for row in page.cut(listing.select(rows(), self.query))]
        return Answer.of_json(200, many(nodes, parse_fields(self.query), page), JSON_API)

    def show(self, node: Node, status: int = 200) -> Answer:
        """Answer with one resource."""
        return Answer.of_json(status, one(node, parse_fields(self.query)), JSON_API)

    def gone(self) -> Answer:
        """Answer that something was deleted."""
        return Answer(204)
