"""The interface to a server of either API, and what its implementations share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, Protocol, TypeAlias

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
from cachet_sdk.sites.states import IncidentState, incident_state
from cachet_sdk.sites.times import UtcConverter

Release: TypeAlias = Literal["2.3", "2.4", "3"]

#: The key in ``meta`` for the origin of an imported row.
SOURCE_KEY = "cachet_sdk_source"
#: The keys in ``meta`` for the entry that a row belongs to, and for the owner of the document that created it.
KEY_KEY = "cachet_sdk_key"
OWNER_KEY = "cachet_sdk_owner"
#: The key in ``meta`` for tags on Cachet 3.
TAGS_KEY = "tags"


class Site(Protocol):
    """The page of a client."""

    @property
    def release(self) -> Release:
        """The server's release."""
        ...

    @property
    def endpoint(self) -> str:
        """The endpoint of the API."""
        ...

    def has_meta(self, kind: Kind) -> bool:
        """Return whether rows of a kind have ``meta``."""
        ...

    def groups(self) -> Iterator[Group]:
        """Return the groups."""
        ...

    def components(self) -> Iterator[Component]:
        """Return the components, including disabled ones."""
        ...

    def templates(self) -> Iterator[Template]:
        """Return the templates."""
        ...

    def metrics(self) -> Iterator[Metric]:
        """Return the metrics."""
        ...

    def incidents(self) -> Iterator[Incident]:
        """Return the incidents with their updates, in any order."""
        ...

    def schedules(self) -> Iterator[Schedule]:
        """Return the schedules with their updates."""
        ...

    def points(self, metric_id: int) -> Iterator[Point]:
        """Return the points of a metric, in any order."""
        ...

    def subscribers(self) -> Iterator[Subscriber]:
        """Return the subscribers."""
        ...

    def create(self, record: AnyRecord, source: str | None = None) -> int:
        """Create a row without notifying subscribers, and return its id.

        Args:
            record: The row. The ids that it refers to are those of this server.
            source: The origin of the row, stored in ``meta`` if this kind has it.
        """
        ...

    def add_update(self, parent: Incident | Schedule, update: Update) -> int:
        """Create an update of an incident or a schedule, and return its id."""
        ...

    def set_status(self, incident_id: int, status: IncidentState) -> None:
        """Set the status of an incident."""
        ...

    def change(self, kind: Kind, row_id: int, values: Mapping[str, object]) -> AnyRecord:
        """Update fields of a group, component, metric or template, by their names in the record."""
        ...

    def delete(self, kind: Kind, row_id: int) -> None:
        """Delete a group, component, metric or template."""
        ...

    def newest_id(self, kind: Kind) -> int:
        """Return the highest id of a kind; 0 if there are no rows."""
        ...

    def count_updates(self, kind: Kind, row_id: int) -> int:
        """Return the number of updates of an incident or a schedule."""
        ...

    def has_point(self, point: Point, before: int) -> bool:
        """Return whether a point exists. ``before`` is the number of older points, which all exist."""
        ...


def has_meta(release: Release, kind: str) -> bool:
    """Return whether rows of a kind have ``meta``."""
    if release == "3":
        return kind in {"group", "component", "incident", "schedule", "subscriber"}
    return release == "2.4" and kind in {"component", "incident"}


def to_metric(row: Any) -> Metric:
    """Return the record of a metric."""
    return Metric(
        id=row.id,
        name=row.name,
        suffix=row.suffix,
        description=row.description or "",
        default_value=None if row.default_value is None else float(row.default_value),
        calc_type=int(row.calc_type),
        display_chart=row.display_chart,
        places=row.places,
        default_view=int(row.default_view),
        threshold=row.threshold,
        order=row.order,
        visible=int(row.visible),
    )


def to_point(row: Any, utc: UtcConverter) -> Point:
    """Return the record of a point."""
    return Point(
        id=row.id,
        metric_id=row.metric_id,
        value=row.value,
        counter=row.counter,
        created_at=utc.convert(row.created_at),
    )


def to_update(row: Any, utc: UtcConverter) -> Update:
    """Return the record of an update."""
    return Update(
        id=row.id,
        message=row.message,
        status=incident_state(row.status) if hasattr(row, "status") else None,
        created_at=utc.convert_optional(row.created_at),
    )


def first_id(rows: Iterator[Any]) -> int:
    """Return the id of the first row; 0 if there are none."""
    row: Any = next(rows, None)
    return 0 if row is None else int(row.id)
