"""``cachet incident``: list, show, open, update, resolve, edit, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import click

from cachet_sdk.cli.exit_codes import USAGE, CommandError
from cachet_sdk.cli.fields import (
    MESSAGE,
    META,
    META_FILTER,
    NOTIFY,
    PUBLISHED_AT,
    Field,
    arguments_for,
    complete_words,
    options_for,
)
from cachet_sdk.cli.options import Group, dry_run_option, output_options
from cachet_sdk.cli.references import resolve
from cachet_sdk.cli.resource import Resource, add_commands, record_of, resource_group
from cachet_sdk.cli.session import Session, is_v3, pass_session
from cachet_sdk.cli.values import enum_of, member
from cachet_sdk.cli.waiting import wait_options, wait_until

if TYPE_CHECKING:
    from enum import IntEnum

    from cachet_sdk import v1, v3

    AnyIncident: TypeAlias = v1.Incident | v3.Incident

_STATUS = Field("status", "Status, such as identified, or its number.", "IncidentStatus")
_VISIBLE = Field("visible", "Whether visitors who are not logged in see it.", "bool")
_CREATION = (
    MESSAGE,
    Field("template", "Slug of a template that produces the message."),
    Field("template_vars", "Variable for the template. Can be repeated.", "meta", flag="--var"),
    Field("stickied", "Whether it stays at the top of the page.", "bool"),
    NOTIFY,
    Field("occurred_at", "When it happened: 2026-12-01T22:00, -10m. Defaults to now.", "time", flag="--at"),
    PUBLISHED_AT,
    META,
)

INCIDENT = Resource(
    manager="incidents",
    kind="incident",
    columns=("id", "status", "name", "visible", "created_at"),
    fields=(Field("name", "Title."), _STATUS, _VISIBLE, *_CREATION),
    update=(
        "name",
        "message",
        "status",
        "visible",
        "stickied",
        "notify",
        "occurred_at",
        "published_at",
        "template",
        "template_vars",
        "meta",
    ),
    filters=(
        Field("name", "Filter by title (Cachet 3: by a part of it)."),
        Field("status", "Filter by status.", "IncidentStatus"),
        Field("component_id", "Filter by affected component.", "ref:component", only="1", flag="--component"),
        Field("visible", "Filter by visibility.", "bool", only="1"),
        Field("stickied", "Filter by whether it stays at the top of the page.", "bool", only="1"),
        Field("occurs_after", "Only incidents that happened after this time.", "time", only="3"),
        Field("occurs_before", "Only incidents that happened before this time.", "time", only="3"),
        Field("occurs_on", "Only incidents that happened on this day.", "day", only="3"),
        META_FILTER,
        Field("sort", "Field to sort by, such as name. Defaults to newest first."),
    ),
    actions=("list", "update", "delete"),
    list_options={"3": {"sort": "-id"}},
)

incident: Group = resource_group("incident", "Open, update and resolve incidents.")
add_commands(incident, INCIDENT)


@incident.command("open")
@click.argument("name")
@options_for(_CREATION)
@click.option(
    "--status",
    default="investigating",
    show_default=True,
    metavar="STATUS",
    shell_complete=complete_words("IncidentStatus"),
    help="Status, or its number.",
)
@click.option(
    "--visible/--hidden", default=True, help="Whether visitors who are not logged in see it. Defaults to visible."
)
@click.option(
    "--component",
    "components",
    multiple=True,
    metavar="NAME[=STATUS]",
    help="Affected component with its status. Can be repeated on Cachet 3.",
)
@click.option(
    "--impact",
    metavar="STATUS",
    shell_complete=complete_words("ComponentStatus"),
    help="Status of components that are passed without one.",
)
@click.option("--key", help="Identifies the problem: if an incident with this key is open, it is updated instead.")
@dry_run_option
@pass_session
def open_incident(
    session: Session,
    /,
    name: str,
    status: str,
    components: tuple[str, ...],
    impact: str | None,
    key: str | None,
    *,
    visible: bool,
    **values: Any,
) -> None:
    r"""Open an incident.

    With --key, repeating the command does not open a second incident, but updates the open one if anything changed.
    A check that runs every minute can therefore call it every time.

    \b
    Examples:
      cachet incident open "Payments fail" --message "Investigating." \
        --component Shop/Payments=major
      cachet incident open "Disk full" --message "On db1." --component DB --impact partial
      cachet incident open "Disk full" --message "On db1." --key disk/db1
      cachet incident resolve key:disk/db1
    """
    arguments = arguments_for(session, _CREATION, values)
    arguments["status"] = member(enum_of(session.version, "IncidentStatus"), status, "--status")
    if "message" not in arguments and "template" not in arguments:
        raise click.UsageError("pass --message or --template")
    affected = _component_arguments(session, affected_components(session, components, impact))
    if key is None:
        opened = session.client.incidents.create(name=name, visible=visible, **{**arguments, **affected})
    elif "template" in arguments:
        raise click.UsageError("--template cannot be used with --key; pass --message")
    else:
        opened = ensure_key(session, key, name=name, visible=visible, **{**arguments, **affected})
    session.out.one(record_of(opened))


def ensure_key(session: Session, key: str, **arguments: Any) -> AnyIncident:
    """Ensure that an incident with a key is open and up to date, and report what was done."""
    ensure: Any = session.client.incidents.ensure
    ensured = ensure(key, **arguments)
    for note in ensured.notes:
        session.say(f"cachet: {note}")
    session.say(f"Incident {ensured.incident.id} was {ensured.action}.")
    incident: AnyIncident = ensured.incident
    return incident


def affected_components(session: Session, entries: tuple[str, ...], impact: str | None) -> dict[int, IntEnum]:
    """Return the statuses of components by id, from ``--component NAME=STATUS`` and ``--impact``.

    Raises:
        click.UsageError: For a component without a status.
    """
    kind = enum_of(session.version, "ComponentStatus")
    affected: dict[int, IntEnum] = {}
    for entry in entries:
        reference, equals, word = entry.rpartition("=")
        if not equals:
            reference, word = entry, impact or ""
        if not word:
            raise click.UsageError(f"--component {entry}: pass its status, with {entry}=major or --impact major")
        affected[resolve(session, "component", reference)] = member(kind, word, "--component")
    if impact is not None and not entries:
        raise click.UsageError("--impact requires --component")
    return affected


def _component_arguments(session: Session, affected: dict[int, IntEnum]) -> dict[str, Any]:
    if session.version == "3":
        return {"components": affected} if affected else {}
    if len(affected) > 1:
        raise CommandError(
            "an incident of Cachet 2 can affect one component only; set the others with: cachet component set", USAGE
        )
    for found, status in affected.items():
        return {"component_id": found, "component_status": status}
    return {}


@incident.command("show")
@click.argument("reference", metavar="INCIDENT")
@wait_options("Wait until the incident is fixed.")
@output_options
@pass_session
def show(session: Session, reference: str, *, wait: bool, timeout: str | None) -> None:
    """Show an incident with its updates, newest first."""
    found = resolve(session, "incident", reference)
    current = _get(session, found)
    if wait:
        current = wait_until(
            lambda: _get(session, found), is_fixed, timeout=timeout, goal=f"incident {reference} to be fixed"
        )
    session.out.one(record_of(current, updates=_updates(session, current)))


@incident.command("update")
@click.argument("reference", metavar="INCIDENT")
@options_for((MESSAGE, _STATUS), creating=False)
@dry_run_option
@pass_session
def update(session: Session, /, reference: str, **values: Any) -> None:
    r"""Post an update to an incident.

    The status is kept unless you pass one. To change other fields of the incident, use: cachet incident edit

    \b
    Example:
      cachet incident update "Payments fail" --status identified \
        --message "A certificate has expired."
    """
    arguments = arguments_for(session, (MESSAGE, _STATUS), values)
    if "message" not in arguments:
        raise click.UsageError("pass --message; to change fields without an update, use: cachet incident edit")
    current = _get(session, resolve(session, "incident", reference))
    _post(session, current, arguments["message"], arguments.get("status", current_status(current)))
    session.out.one(record_of(_get(session, current.id)))


@incident.command("resolve")
@click.argument("reference", metavar="INCIDENT")
@options_for((MESSAGE,))
@dry_run_option
@pass_session
def resolve_incident(session: Session, /, reference: str, **values: Any) -> None:
    r"""Resolve an incident.

    It is not an error if the incident is already fixed, or if no open incident has the key.

    On Cachet 2, its component is set to operational, unless another open incident affects it. On Cachet 3, the server
    does this.

    \b
    Example:
      cachet incident resolve "Payments fail" --message "The certificate was renewed."
    """
    message = arguments_for(session, (MESSAGE,), values).get("message")
    if reference.startswith("key:"):
        resolved = resolve_key(session, reference.removeprefix("key:"), message)
        if resolved is not None:
            session.out.one(record_of(resolved))
        return
    message = message or "This incident has been resolved."
    current = _get(session, resolve(session, "incident", reference))
    if is_fixed(current):
        session.say(f"Incident {current.id} is already fixed; nothing was sent.")
    else:
        _post(session, current, message, enum_of(session.version, "IncidentStatus")["FIXED"])
        _free_component(session, current)
        current = _get(session, current.id)
    session.out.one(record_of(current))


def resolve_key(session: Session, key: str, message: str | None) -> AnyIncident | None:
    """Resolve the incident with a key, if one is open, and report what was done."""
    resolved = session.client.incidents.resolve(key, message=message)
    for note in resolved.notes:
        session.say(f"cachet: {note}")
    if resolved.incident is None:
        session.say(f"No open incident has the key {key!r}; nothing was sent.")
    return resolved.incident


def _get(session: Session, incident_id: int) -> Any:
    return session.client.incidents.get(incident_id)


def current_status(incident: Any) -> int:
    """Return the status of an incident. On Cachet 2.4, that of the newest update may differ from the incident's own."""
    latest: int | None = getattr(incident, "latest_status", None)
    return incident.status if latest is None else latest


def is_fixed(incident: Any) -> bool:
    """Return whether an incident is fixed."""
    return current_status(incident) == 4


def has_updates(session: Session, incident: Any) -> bool:
    """Return whether the server supports incident updates. Cachet 2.3 does not, and does not send ``is_resolved``."""
    return session.version == "3" or "is_resolved" in incident.attrs


def _post(session: Session, incident: Any, message: str, status: int) -> None:
    if has_updates(session, incident):
        session.client.incident_updates.create(incident_id=incident.id, status=status, message=message)
    else:
        session.client.incidents.update(incident.id, status=status, message=message)


def _free_component(session: Session, incident: Any) -> None:
    client = session.client
    if is_v3(client) or not incident.component_id:
        return
    others = client.incidents.list(per_page=100, component_id=incident.component_id)
    if all(is_fixed(other) for other in others if other.id != incident.id):
        client.components.update(incident.component_id, status=1)


def _updates(session: Session, incident: Any) -> list[dict[str, object]]:
    if not has_updates(session, incident):
        return []
    found = [record_of(one) for one in session.client.incident_updates.list(incident.id, per_page=100)]
    return sorted(found, key=lambda one: (str(one["created_at"]), one["id"]), reverse=True)
