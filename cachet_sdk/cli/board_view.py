"""Draw the status board for a terminal."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from cachet_sdk.cli.exit_codes import one_line
from cachet_sdk.cli.output import cell, plain

if TYPE_CHECKING:
    from rich.console import RenderableType

    from cachet_sdk.cli.board import Board, Line

#: Symbols in front of components, to tell statuses apart without colors.
_SIGNS = {"operational": "●", "under maintenance": "◆", "unknown": "○"}
_BROKEN = "▲"


def draw(board: Board, endpoint: str, before: Board | None = None) -> RenderableType:
    """Return a drawing of the board.

    Args:
        board: The board.
        endpoint: The endpoint, for the heading.
        before: The board that was shown before. Components that have changed since are marked.
    """
    known = {line.id: line.status for line in before.components} if before is not None else {}
    parts = [Text.assemble((one_line(board.message), "bold"), "  ", (endpoint, "bright_black"))]
    width = max((len(one_line(line.name)) for line in board.components), default=0)
    for group, lines in groupby(
        sorted(board.components, key=lambda line: line.group == ""), key=lambda line: line.group
    ):
        parts += [Text(), Text(one_line(group) or "Other components", style="bold")]
        parts += [_line(line, width, changed=line.id in known and known[line.id] != line.status) for line in lines]
    if board.incidents:
        parts += [Text(), Text("Open incidents", style="bold")]
        parts += [_entry(one.id, one.name, one.status, f"since {plain(one.since)}") for one in board.incidents]
    if board.maintenance:
        parts += [Text(), Text("Maintenance", style="bold")]
    for window in board.maintenance:
        until = f" to {plain(window.ends)}" if window.ends is not None else ""
        parts.append(_entry(window.id, window.name, window.status, f"{plain(window.begins)}{until}"))
    return Group(*parts)


def _line(line: Line, width: int, *, changed: bool) -> Text:
    state = cell(line.status)
    sign = Text(_SIGNS.get(state.plain, _BROKEN), style=state.style)
    marked = Text("  changed", style="reverse") if changed else Text()
    return Text.assemble("  ", sign, f" {one_line(line.name):<{width}}  ", state, marked)


def _entry(number: int, name: str, status: int, when: str) -> Text:
    return Text.assemble(f"  {number}  {one_line(name)}  ", cell(status), f"  {when}")
