"""``cachet status``: show the status board, once or continuously."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from cachet_sdk.cli.exit_codes import one_line
from cachet_sdk.cli.options import Command, output_options
from cachet_sdk.cli.session import Session, pass_session
from cachet_sdk.cli.values import duration

if TYPE_CHECKING:
    from cachet_sdk.cli.board import Board


@click.command("status", cls=Command)
@click.option("--watch", is_flag=True, help="Keep running, and redraw the board when it changes.")
@click.option("--interval", default="10s", show_default=True, metavar="DURATION", help="How often --watch polls.")
@click.option("--group", metavar="NAME", help="Show only the components of this group.")
@output_options
@pass_session
def status(session: Session, group: str | None, interval: str, *, watch: bool) -> None:
    r"""Show the status board: groups, components, open incidents, maintenance.

    \b
    Examples:
      cachet status --watch
      cachet status -o json
    """
    from cachet_sdk.cli.board import read_board  # noqa: PLC0415  (imports rich and httpx)
    from cachet_sdk.cli.references import resolve_group_name  # noqa: PLC0415

    name = None if group is None else resolve_group_name(session, group)
    pause = duration(interval, "--interval").total_seconds()
    if pause < 1:
        raise click.UsageError("--interval: expected at least 1s")
    board = read_board(session.client, name)
    if not watch:
        _show(session, board)
        return
    _watch(session, board, name, pause)


def _show(session: Session, board: Board) -> None:
    from cachet_sdk.cli.board_view import draw  # noqa: PLC0415
    from cachet_sdk.cli.output import make_console  # noqa: PLC0415

    if session.out.form == "table":
        make_console().print(draw(board, session.client.endpoint))
    elif session.out.form == "csv":
        session.out.list(board.lines(), ("id", "group", "name", "status"))
    else:
        session.out.one(board.record())


def _watch(session: Session, board: Board, group: str | None, pause: float) -> None:
    from rich.live import Live  # noqa: PLC0415

    from cachet_sdk.cli.board_view import draw  # noqa: PLC0415
    from cachet_sdk.cli.output import make_console  # noqa: PLC0415

    console = make_console()
    if session.out.form != "table" or not console.is_terminal:
        _show(session, board)
        for _, seen in _changes(session, board, group, pause):
            _show(session, seen)
        return
    endpoint = session.client.endpoint
    with Live(draw(board, endpoint), console=console, auto_refresh=False) as live:
        for before, seen in _changes(session, board, group, pause):
            live.update(draw(seen, endpoint, before=before), refresh=True)


def _changes(session: Session, board: Board, group: str | None, pause: float) -> Iterator[tuple[Board, Board]]:
    """Poll forever, and yield the board before and after each change. A server that fails for a while is reported."""
    from cachet_sdk import RateLimitError, ServerError, TransportError  # noqa: PLC0415
    from cachet_sdk.cli.board import read_board  # noqa: PLC0415

    failure = ""
    while True:
        time.sleep(pause)
        try:
            seen = read_board(session.client, group)
        except (RateLimitError, ServerError, TransportError) as error:
            if error.message != failure:
                session.say(f"cachet: {one_line(error.message)}; still watching")
            failure = error.message
            continue
        failure = ""
        if seen != board:
            yield board, seen
            board = seen
