"""What plans, archives and imports need of a server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, Protocol, TypeAlias

from cachet_sdk.sites.records import (
    AnyRecord,
    Component,
    Group,
    Incident,
    Kind,
    Metric,
    Point,
    Schedule,
    Subscriber,
    Template,
    Update,
)
from cachet_sdk.sites.words import IncidentState

Release: TypeAlias = Literal["2.3", "2.4", "3"]

#: The key of ``meta`` that tells where an imported row came from.
SOURCE_KEY = "cachet_sdk_source"
#: The keys of ``meta`` that tell which entry of a document a row is, and whose document made it.
KEY_KEY = "cachet_sdk_key"
OWNER_KEY = "cachet_sdk_owner"
#: The key of ``meta`` that holds tags on Cachet 3.
TAGS_KEY = "tags"


class Site(Protocol):
    """A page behind a client."""

    @property
    def release(self) -> Release:
        """Which Cachet this is; asked from the server once."""
        ...

    @property
    def endpoint(self) -> str:
        """The address of the API."""
        ...

    def keeps_meta(self, kind: Kind) -> bool:
        """Whether rows of this kind have ``meta``."""
        ...

    def groups(self) -> Iterator[Group]:
        """Return the groups."""
        ...

    def components(self) -> Iterator[Component]:
        """Return the components, disabled ones too."""
        ...

    def templates(self) -> Iterator[Template]:
        """Return the templates."""
        ...

    def metrics(self) -> Iterator[Metric]:
        """Return the metrics."""
        ...

    def incidents(self) -> Iterator[Incident]:
        """Return the incidents with their updates, in no order that can be relied on."""
        ...

    def schedules(self) -> Iterator[Schedule]:
        """Return the schedules with their updates."""
        ...

    def points(self, metric_id: int) -> Iterator[Point]:
        """Return the points of a metric, in no order that can be relied on."""
        ...

    def subscribers(self) -> Iterator[Subscriber]:
        """Return the subscribers."""
        ...

    def create(self, record: AnyRecord, source: str | None = None) -> int:
        """Make a row, without telling any subscriber, and return its id.

        Args:
            record: The row; ids in it are this server's.
            source: Where it comes from, kept in ``meta`` where there is one.
        """
        ...

    def add_update(self, parent: Incident | Schedule, update: Update) -> int:
        """Add news to an incident or a schedule, by its id here."""
        ...

    def set_status(self, incident_id: int, status: IncidentState) -> None:
        """Give an incident a status that is not that of its newest update."""
        ...

    def change(self, kind: Kind, row_id: int, values: Mapping[str, object]) -> AnyRecord:
        """Change fields of a group, component, metric or template, by their names in the record."""
        ...

    def delete(self, kind: Kind, row_id: int) -> None:
        """Delete a group, component, metric or template."""
        ...

    def newest_id(self, kind: Kind) -> int:
        """Return the highest id of a kind; 0 when there is none."""
        ...

    def updates_of(self, kind: Kind, row_id: int) -> int:
        """Count the updates of an incident or a schedule."""
        ...

    def has_points(self, metric_id: int, point: Point, before: int) -> bool:
        """Tell whether a point, the next one after some that were posted in order of time, was posted too."""
        ...
