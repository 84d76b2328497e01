"""``--dry-run``: an httpx request hook that lets reads through, and stops at the first write.

The hook sees the very request that would be sent, so what is printed is exact. What would follow it depends on the
server's answer, which nobody has.
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
    """Ends a dry run at its first write. Not an ``Exception``: nothing on the way may take it for a failure."""

    def __init__(self, request: httpx.Request) -> None:
        super().__init__("dry run")
        self.request = request

    def show(self, session: Session) -> int:
        """Print the request, and return the exit code."""
        _show(session, described(self.request))
        session.say("Dry run: this would be sent, and nothing was. What may follow it depends on the server's answer.")
        return 0


def show_each(session: Session, calls: Iterable[Callable[[], object]]) -> None:
    """Print the first write of each of several calls that do not depend on each other."""
    for call in calls:
        try:
            call()
        except Stopped as stopped:
            _show(session, described(stopped.request))
    session.say("Dry run: this would be sent, and nothing was.")


def _show(session: Session, found: dict[str, JsonValue]) -> None:
    if session.out.form != "table":
        session.out.one(found)
        return
    click.echo(f"{found['method']} {found['url']}")
    if found["json"] is not None:
        click.echo(json.dumps(found["json"], indent=2, ensure_ascii=False))


def stop_at_writes(request: httpx.Request) -> None:
    """Let a read pass; an httpx request hook.

    Raises:
        Stopped: for anything else, with the request.
    """
    if request.method not in _READS:
        raise Stopped(request)


def described(request: httpx.Request) -> dict[str, JsonValue]:
    """Return what a request would send, without its headers, which hold the token."""
    body: JsonValue = None
    if request.content:
        try:
            body = json.loads(request.content)
        except ValueError as error:
            raise CommandError(f"the request's body is no JSON: {error}") from error
    return {"method": request.method, "url": str(request.url), "json": body}
