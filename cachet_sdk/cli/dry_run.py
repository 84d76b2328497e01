"""``--dry-run``: an httpx request hook that allows reads and stops at the first write.

The hook is called with the final request, so exactly what would be sent is printed. Later requests cannot be shown,
because they may depend on the response to this one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from cachet_sdk.cli.exit_codes import CommandError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import httpx
    from pydantic import JsonValue

    from cachet_sdk.cli.session import Session

_READS = frozenset({"GET", "HEAD", "OPTIONS"})


class Stopped(BaseException):
    """Ends a dry run at its first write. Not an ``Exception``, so that no error handler catches it."""

    def __init__(self, request: httpx.Request) -> None:
        super().__init__("dry run")
        self.request = request

    def show(self, session: Session) -> int:
        """Print the request, and return the exit code."""
        _show(session, described(self.request))
        session.say("Dry run: nothing was sent. More requests may follow this one, depending on its response.")
        return 0


def show_each(session: Session, calls: Iterable[Callable[[], object]]) -> None:
    """Print the first write of each of several independent calls."""
    for call in calls:
        try:
            call()
        except Stopped as stopped:
            _show(session, described(stopped.request))
    session.say("Dry run: nothing was sent.")


def _show(session: Session, found: dict[str, JsonValue]) -> None:
    if session.out.form != "table":
        session.out.one(found)
        return
    click.echo(f"{found['method']} {found['url']}")
    if found["json"] is not None:
        click.echo(json.dumps(found["json"], indent=2, ensure_ascii=False))


def stop_at_writes(request: httpx.Request) -> None:
    """Allow reads only. An httpx request hook.

    Raises:
        Stopped: For a write, with its request.
    """
    if request.method not in _READS:
        raise Stopped(request)


def described(request: httpx.Request) -> dict[str, JsonValue]:
    """Return the method, URL and JSON of a request, but not its headers, which contain the token."""
    body: JsonValue = None
    if request.content:
        try:
            body = json.loads(request.content)
        except ValueError as error:
            raise CommandError(f"the request body is not JSON: {error}") from error
    return {"method": request.method, "url": str(request.url), "json": body}
