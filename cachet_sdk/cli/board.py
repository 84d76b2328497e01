"""The status board of either API version as one set of comparable values, for ``cachet status``."""

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
    """A component on the board."""

    id: int
    name: str
    group: str
    status: int


@dataclass(frozen=True, slots=True)
class Open:
    """An incident that is not fixed."""

    id: int
    name: str
    status: int
    message: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Window:
    """Maintenance that is in progress or upcoming."""

    id: int
    name: str
    status: int
    begins: datetime | None
    ends: datetime | None


@dataclass(frozen=True, slots=True)
class Board:
    """A snapshot of the status page."""

    message: str
    components: tuple[Line, ...]
    incidents: tuple[Open, ...]
    maintenance: tuple[Window, ...]

    def record(self) -> dict[str, object]:
        """Return the board as plain values."""
        return asdict(self)

    def lines(self) -> list[dict[str, object]]:
        """Return the components as plain values."""
        return [asdict(line) for line in self.components]


def read_board(client: AnyClient, group: str | None = None) -> Board:
    """Read the board from the server.

    Args:
        client: The client.
        group: Name of the group whose components to include. Defaults to all.
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
    # On Cachet 3, an open incident may cause a worse status to be shown than the component's own.
    return (Line(one.id, one.name, group, getattr(one, "latest_status", one.status)) for one in components)
