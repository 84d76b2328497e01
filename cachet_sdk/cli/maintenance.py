"""``cachet maintenance``: list, get, plan, run, complete, update, delete."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click

from cachet_sdk.cli.exit_codes import USAGE, CommandError
from cachet_sdk.cli.fields import (
    MESSAGE,
    META_FILTER,
    META_ON_3,
    PUBLISHED_AT,
    Field,
    arguments_for,
    options_for,
    zone_of,
)
from cachet_sdk.cli.maintenance_run import ANNOUNCED, run
from cachet_sdk.cli.options import Group, dry_run_option
from cachet_sdk.cli.references import resolve
from cachet_sdk.cli.resource import Resource, add_commands, record_of, resource_group
from cachet_sdk.cli.session import Session, pass_session
from cachet_sdk.cli.values import duration, enum_of, moment

_PLANNED = (
    *ANNOUNCED,
    PUBLISHED_AT,
    META_ON_3,
)

MAINTENANCE = Resource(
    manager="schedules",
    kind="maintenance",
    columns=("id", "status", "name", "scheduled_at", "completed_at"),
    fields=(
        Field("name", "Title."),
        MESSAGE,
        Field("scheduled_at", "Start: 2026-12-01T22:00, +2h.", "time", flag="--at"),
        Field("completed_at", "End, in the past or the future.", "time", flag="--until"),
        PUBLISHED_AT,
        Field("status", "Status. Cachet 3 derives it from the times.", "ScheduleStatus", only="1"),
        Field("notify", "Whether subscribers are notified.", "bool", only="1"),
        META_ON_3,
    ),
    update=("name", "message", "scheduled_at", "completed_at", "published_at", "status", "notify", "meta"),
    filters=(
        Field("name", "Filter by a part of the title.", only="3"),
        Field("status", "Filter by status.", "ScheduleStatus", only="3"),
        META_FILTER,
        Field("sort", "Field to sort by, such as scheduled_at."),
    ),
    actions=("list", "get", "update", "delete"),
)

maintenance: Group = resource_group("maintenance", "Plan maintenance, or run a command during it.")
add_commands(maintenance, MAINTENANCE)
maintenance.add_command(run)


@maintenance.command("plan")
@click.argument("name")
@options_for(_PLANNED)
@click.option("--at", required=True, metavar="TIME", help="Start: 2026-12-01T22:00, +2h, now.")
@click.option("--for", "length", metavar="DURATION", help="Duration, such as 30m.")
@click.option("--until", metavar="TIME", help="End, as an alternative to --for.")
@click.option(
    "--component",
    "components",
    multiple=True,
    metavar="NAME",
    help="Component under maintenance. Can be repeated. Cachet 3 only.",
)
@dry_run_option
@pass_session
def plan(
    session: Session,
    /,
    name: str,
    at: str,
    length: str | None,
    until: str | None,
    components: tuple[str, ...],
    **values: Any,
) -> None:
    r"""Plan maintenance.

    \b
    Example:
      cachet maintenance plan "Database upgrade" --at 2026-12-01T22:00+01:00 --for 30m \
          --message "The shop is read-only."
    """
    if length is not None and until is not None:
        raise click.UsageError("pass --for or --until, not both")
    if components and session.version == "1":
        raise click.UsageError("--component is not supported by Cachet 2, whose maintenance has no components")
    arguments = arguments_for(session, _PLANNED, values)
    if session.version == "3" and "message" not in arguments:
        raise click.UsageError("--message is required by Cachet 3")
    begin = _whole_minute(moment(at, zone_of(session), "--at"), session)
    if length is not None or until is not None:
        end = begin + duration(length, "--for") if length else moment(until or "", zone_of(session), "--until")
        arguments["completed_at"] = _whole_minute(end, session)
    if session.version == "1":
        arguments["status"] = enum_of("1", "ScheduleStatus")["UPCOMING"]
    if components:
        under = enum_of("3", "ComponentStatus")["UNDER_MAINTENANCE"]
        arguments["components"] = {resolve(session, "component", one): under for one in components}
    session.out.one(record_of(session.client.schedules.create(name=name, scheduled_at=begin, **arguments)))


@maintenance.command("complete")
@click.argument("reference", metavar="MAINTENANCE")
@dry_run_option
@pass_session
def complete(session: Session, reference: str) -> None:
    """End maintenance that is in progress."""
    client = session.client
    found = resolve(session, "maintenance", reference)
    if client.schedules.get(found).status == enum_of(session.version, "ScheduleStatus")["UPCOMING"]:
        raise CommandError(
            f"maintenance {found} has not begun; reschedule it with: cachet maintenance update, or delete it", USAGE
        )
    now = datetime.now(UTC)
    status: dict[str, Any] = {"status": enum_of("1", "ScheduleStatus")["COMPLETE"]} if session.version == "1" else {}
    session.out.one(record_of(client.schedules.update(found, completed_at=_whole_minute(now, session), **status)))


def _whole_minute(when: datetime, session: Session) -> datetime:
    # Cachet 2 rejects seconds.
    return when.replace(second=0, microsecond=0) if session.version == "1" else when.replace(microsecond=0)
