"""``cachet doctor``: check the configuration, the connection, the token and the server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import click

from cachet_sdk.cli.exit_codes import FAILED, REFUSED, one_line
from cachet_sdk.cli.options import Command, output_options
from cachet_sdk.cli.session import Session, is_v3, pass_session
from cachet_sdk.cli.tokens import find_token
from cachet_sdk.cli.waiting import wait_options, wait_until

if TYPE_CHECKING:
    import httpx

    from cachet_sdk.cli.session import AnyClient

#: Tolerated clock difference in seconds: the Date header has whole seconds, and the response takes time.
_TOLERATED = 5
_OTHERS = "other abilities cannot be checked without using them"


class Finding(NamedTuple):
    """The result of one check: ``ok``, ``note``, ``warning`` or ``failed``."""

    check: str
    result: str
    detail: str


@click.command("doctor", cls=Command)
@wait_options("Wait until the server answers.")
@output_options
@pass_session
def doctor(session: Session, *, wait: bool, timeout: str | None) -> int:
    """Check reachability, version, encryption, token, time zone, clock, and what is hidden from visitors.

    Nothing is changed. The exit code is 0 if no check failed, 4 if only the token was refused, and 1 otherwise.
    """
    from cachet_sdk import CachetError  # noqa: PLC0415  (imports httpx, which help and completion do not need)

    dates: list[tuple[datetime, datetime]] = []

    def note_date(response: httpx.Response) -> None:
        date = response.headers.get("Date")
        if date:
            dates.append((parsedate_to_datetime(date), datetime.now(UTC)))

    if wait:
        wait_until(lambda: _answers(session), bool, timeout=timeout, goal=f"{session.endpoint()} to answer")
    findings = list(_settings(session))
    try:
        with session.open_client(event_hooks={"response": [note_date]}) as client:
            findings += _guarded("server", lambda: _server(client))
            if findings[-1].result != "failed":
                findings += _guarded("token", lambda: _token(client))
                findings += _guarded("time zone", lambda: _zone(session, client, note_date))
                findings += _guarded("hidden", lambda: _hidden(client))
                findings += _clock(dates)
    except CachetError as error:
        findings.append(Finding("server", "failed", one_line(error.message)))
    session.out.list([finding._asdict() for finding in findings], ("check", "result", "detail"))
    failed = [finding.check for finding in findings if finding.result == "failed"]
    return 0 if not failed else REFUSED if failed == ["token"] else FAILED


def _answers(session: Session) -> bool:
    from cachet_sdk import CachetError  # noqa: PLC0415

    try:
        with session.open_client() as client:
            return client.ping()
    except CachetError:
        return False


def _guarded(check: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    from cachet_sdk import CachetError  # noqa: PLC0415

    try:
        yield from look()
    except CachetError as error:
        yield Finding(check, "failed", one_line(error.message))


def _settings(session: Session) -> Iterator[Finding]:
    endpoint = session.endpoint()
    setting = session.settings.get("endpoint")
    yield Finding("endpoint", "ok", f"{endpoint} (from {setting.origin if setting is not None else 'unknown'})")
    _, origin = find_token(session.settings)
    yield Finding("token source", "ok", origin)
    parts = urlsplit(endpoint)
    if parts.scheme == "http":
        host = parts.hostname or ""
        is_local = host in {"localhost", "::1"} or host.startswith("127.")
        detail = "plain http on loopback" if is_local else "plain http: the token can be read by anyone on the network"
        yield Finding("encryption", "ok" if is_local else "warning", detail)
    else:
        yield Finding("encryption", "ok", parts.scheme)


def _server(client: AnyClient) -> Iterator[Finding]:
    from cachet_sdk import CachetError  # noqa: PLC0415

    started = time.perf_counter()
    client.ping()
    yield Finding("server", "ok", f"answers in {(time.perf_counter() - started) * 1000:.0f} ms")
    api = "3" if is_v3(client) else "1"
    try:
        yield Finding("version", "ok", f"Cachet {client.version().value}, API version {api}")
    except CachetError as error:  # Cachet 2 fails here if it cannot look up the latest release
        yield Finding("version", "warning", one_line(error.message))


def _token(client: AnyClient) -> Iterator[Finding]:
    from cachet_sdk import AuthenticationError, PermissionDeniedError  # noqa: PLC0415

    try:
        next(iter(client.subscribers.list(per_page=1)), None)
    except AuthenticationError:
        yield Finding("token", "failed", "refused; public data can be read with any token, so reads may still work")
        return
    except PermissionDeniedError:
        yield Finding("token", "ok", "accepted")
        yield Finding("abilities", "note", f"subscribers.manage is missing; {_OTHERS}")
        return
    yield Finding("token", "ok", "accepted")
    if is_v3(client):
        yield Finding("abilities", "note", f"subscribers.manage is granted; {_OTHERS}")
    else:
        yield Finding("abilities", "ok", "all: tokens of Cachet 2 are not restricted")


def _zone(session: Session, client: AnyClient, hook: Callable[[httpx.Response], None]) -> Iterator[Finding]:
    from cachet_sdk import Client  # noqa: PLC0415

    chosen = session.settings.text("timezone")
    if is_v3(client):
        if chosen is None:
            detail = "unknown, since Cachet 3 does not report it; times are shown in the server's zone"
            yield Finding("time zone", "note", detail)
        else:
            yield Finding("time zone", "note", f"{chosen} is configured; it must be the APP_TIMEZONE of the server")
        return
    token, _ = find_token(session.settings)
    sample = next(iter(client.components.list(per_page=1)), None)
    if sample is None:
        yield Finding("time zone", "note", "cannot be determined without a component on the page")
        return
    with (
        Client(client.endpoint, token, "1") as naive,
        Client(client.endpoint, token, "1", timezone="UTC") as in_utc,
    ):
        local, utc = naive.components.get(sample.id).created_at, in_utc.components.get(sample.id).created_at
    if local is None or utc is None:
        yield Finding("time zone", "note", "cannot be determined: the server sends no readable date")
        return
    offset = local - utc.replace(tzinfo=None)
    shown = f"times are shown in {chosen}" if chosen is not None else "times are shown in the server's zone"
    yield Finding("time zone", "ok", f"the server is at UTC{_signed(offset)}; {shown}")


def _clock(dates: list[tuple[datetime, datetime]]) -> Iterator[Finding]:
    if not dates:
        yield Finding("clock", "note", "cannot be compared: the server sends no Date header")
        return
    server, here = dates[-1]
    off = (server - here).total_seconds()
    if abs(off) <= _TOLERATED:
        yield Finding("clock", "ok", "in sync with the server")
    else:
        way = "ahead of" if off > 0 else "behind"
        yield Finding("clock", "warning", f"the server's clock is {abs(off):.0f} s {way} this machine's")


def _hidden(client: AnyClient) -> Iterator[Finding]:
    groups = [group.name for group in client.component_groups.list(per_page=100) if not group.visible]
    if is_v3(client):
        disabled = client.components.count(enabled=False)
    else:
        disabled = sum(not one.enabled for one in client.components.list(per_page=100))
    if groups:
        detail = f"visitors do not see these groups and their components: {', '.join(groups)}"
        yield Finding("hidden", "warning", detail)
    if disabled:
        yield Finding("hidden", "note", f"{disabled} disabled component{'s' if disabled > 1 else ''}")
    if not groups and not disabled:
        yield Finding("hidden", "ok", "visitors see all groups and components")


def _signed(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
