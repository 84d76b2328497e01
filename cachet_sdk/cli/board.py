"""What ``cachet status`` shows: ``client.status_board()`` of either version, as one shape that can be compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cachet_sdk.cli.incident import current_status

if TYPE_CHECKING:
    from cachet_sdk.cli.session import AnyClient


@dataclass(frozen=True, slots=True)
class Line:
    """A component of the board."""

    id: int
    name: str
    group: str
    status: int


@dataclass(frozen=True, slots=True)
class Open:
    """An incident that is not over."""

    id: int
    name: str
    status: int
    message: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Window:
    """Maintenance that is under way or to come."""

    id: int
    name: str
    status: int
    begins: datetime | None
    ends: datetime | None


@dataclass(frozen=True, slots=True)
class Board:
    """How a page is doing at one moment."""

    message: str
    components: tuple[Line, ...]
    incidents: tuple[Open, ...]
    maintenance: tuple[Window, ...]

    def record(self) -> dict[str, object]:
        """Return the board as values."""
        return asdict(self)

    def lines(self) -> list[dict[str, object]]:
        """Return the components as values."""
        return [asdict(line) for line in self.components]


def read_board(client: AnyClient, group: str | None = None) -> Board:
    """Ask the server how everything is doing.

    Args:
        client: The client.
        group: The name of the only group to show; None for all.
    """
    board = client.status_board()
    lines = [line for one in board.groups for line in _lines(one.components, one.group.name)]
    lines += _lines(board.ungrouped, "")
    return Board(
        board.message,
        tuple(line for line in lines if group in (None, line.group)),
        tuple(
            Open(one.id, one.name, current_status(one), one.message, one.occurred_at or one.created_at)
            for one in board.open_incidents
        ),
        tuple(
            Window(one.id, one.name, one.status, one.scheduled_at, one.completed_at)
            for one in (*board.running_maintenance, *board.upcoming_maintenance)
        ),
    )


def _lines(components: Iterable[Any], group: str) -> Iterable[Line]:
    # On Cachet 3 open incidents show a component in a worse state than the one that was set.
    return (Line(one.id, one.name, group, getattr(one, "latest_status", one.status)) for one in components)
