"""``cachet maintenance run``: run a command inside a maintenance window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import click

from cachet_sdk.cli.exit_codes import one_line
from cachet_sdk.cli.fields import MESSAGE, NOTIFY, arguments_for, options_for
from cachet_sdk.cli.options import Command, dry_run_option
from cachet_sdk.cli.references import resolve
from cachet_sdk.cli.running import check_command, exiting_on_sigterm, run_command
from cachet_sdk.cli.session import Session, pass_session
from cachet_sdk.cli.values import duration, enum_of, member

#: Options for announcing maintenance.
ANNOUNCED = (
    MESSAGE,
    NOTIFY,
)
#: Seconds between two checks whether the window has to be extended.
_EVERY = 1.0


class CommandFailedError(Exception):
    """Raised inside the maintenance window if the command fails, for ``on_error`` to apply."""


@click.command("run", cls=Command)
@click.argument("name")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED, metavar="-- CMD [ARGS]...")
@options_for(ANNOUNCED)
@click.option(
    "--component", "components", multiple=True, metavar="NAME[=STATUS]", help="Affected component. Can be repeated."
)
@click.option("--for", "length", default="1h", show_default=True, metavar="DURATION", help="Expected duration.")
@click.option(
    "--on-failure",
    type=click.Choice(["close", "extend", "incident"]),
    default="close",
    show_default=True,
    help="What happens to the maintenance if CMD fails.",
)
@dry_run_option
@pass_session
def run(
    session: Session,
    /,
    name: str,
    command: tuple[str, ...],
    components: tuple[str, ...],
    length: str,
    on_failure: str,
    **values: Any,
) -> int:
    r"""Announce maintenance for as long as a command runs.

    The output, exit code and signals of CMD are passed through. The maintenance ends when CMD does. If CMD runs longer
    than --for, the end is postponed. Meanwhile, the components are shown as under maintenance. Cachet 2 has no such
    status, so pass another one there, such as --component Shop/Website=partial.

    \b
    Example:
      cachet maintenance run "Deploy 1.2" --component Shop/Website -- ./deploy.sh --fast
    """
    check_command(command)
    arguments = arguments_for(session, ANNOUNCED, values)
    arguments.setdefault("message", name)
    seconds = duration(length, "--for")
    announce: Any = session.client.maintenance
    window = announce(name, duration=seconds, on_error=on_failure, components=_states(session, components), **arguments)
    code = 0
    try:
        with exiting_on_sigterm(), window:
            session.say(f"Maintenance {window.id} has begun.")
            code = run_command(command, every=_EVERY, meanwhile=lambda: _keep_open(session, window, seconds))
            _raise_for(code)
    except CommandFailedError as error:
        for note in getattr(error, "__notes__", ()):
            session.say(f"cachet: {one_line(note)}")
    session.say(f"Maintenance {window.id} ends at {window.end.astimezone():%Y-%m-%d %H:%M:%S}.")
    if window.incident is not None:
        session.say(f"Incident {window.incident.id} was opened.")
    return code


def _raise_for(code: int) -> None:
    if code != 0:
        raise CommandFailedError(f"exit code {code}")


def _states(session: Session, entries: tuple[str, ...]) -> dict[int, int]:
    kind = enum_of(session.version, "ComponentStatus")
    found: dict[int, int] = {}
    for entry in entries:
        reference, _, word = entry.rpartition("=") if "=" in entry else (entry, "", "under_maintenance")
        if word == "under_maintenance" and session.version == "1":
            raise click.UsageError(
                f"--component {entry}: Cachet 2 has no status for maintenance; pass another, such as {entry}=partial"
            )
        found[resolve(session, "component", reference)] = member(kind, word, "--component")
    return found


def _keep_open(session: Session, window: Any, length: timedelta) -> None:
    """Extend a window that is about to end while the command still runs."""
    if window.end - datetime.now(UTC) > min(length / 10, timedelta(minutes=1)):
        return
    from cachet_sdk.errors import CachetError  # noqa: PLC0415

    try:
        window.extend(length)
    except CachetError as error:
        session.say(f"cachet: the maintenance could not be extended: {one_line(error.message)}")
