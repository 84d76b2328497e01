"""``cachet maintenance run``: maintenance for as long as a command runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import click

from cachet_sdk.cli.exit_codes import one_line
from cachet_sdk.cli.fields import Field, arguments_for, options_for
from cachet_sdk.cli.options import Command, dry_run_option
from cachet_sdk.cli.references import resolve
from cachet_sdk.cli.running import check_command, exiting_on_sigterm, run_command
from cachet_sdk.cli.session import Session, pass_session
from cachet_sdk.cli.values import duration, enum_of, member

#: What maintenance is announced with.
ANNOUNCED = (
    Field("message", "The text, in Markdown; @FILE reads a file, - standard input.", "file"),
    Field("notify", "Whether subscribers are told.", "bool", name_on_3="notifications"),
)
#: Seconds between two looks at whether the end of a window has to be moved.
_EVERY = 1.0


class CommandFailedError(Exception):
    """The command ended with another exit code than 0: what the maintenance around it is told."""


@click.command("run", cls=Command)
@click.argument("name")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED, metavar="-- CMD [ARGS]...")
@options_for(ANNOUNCED)
@click.option("--component", "components", multiple=True, metavar="NAME[=WORD]", help="A component, and how it is.")
@click.option("--for", "length", default="1h", show_default=True, metavar="DURATION", help="How long at most.")
@click.option(
    "--on-failure",
    type=click.Choice(["close", "extend", "incident"]),
    default="close",
    show_default=True,
    help="What becomes of the maintenance when CMD fails.",
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
    """Announce maintenance while a command runs.

    The output of CMD, its exit code and signals pass through. The maintenance is over when CMD ends; should CMD take
    longer than --for, the end is moved. Components are under maintenance meanwhile; Cachet 2 has no such state, so say
    there which one they get, such as --component Shop/Website=partial.

    Example: cachet maintenance run "Deploy 1.2" --component Shop/Website -- ./deploy.sh --fast
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
                f"--component {entry}: Cachet 2 has no state for maintenance; say which one, such as {entry}=partial"
            )
        found[resolve(session, "component", reference)] = member(kind, word, "--component")
    return found


def _keep_open(session: Session, window: Any, length: timedelta) -> None:
    """Move the end of a window that is about to pass while the command runs."""
    if window.end - datetime.now(UTC) > min(length / 10, timedelta(minutes=1)):
        return
    from cachet_sdk.errors import CachetError  # noqa: PLC0415

    try:
        window.extend(length)
    except CachetError as error:
        session.say(f"cachet: the maintenance could not be extended: {one_line(error.message)}")
