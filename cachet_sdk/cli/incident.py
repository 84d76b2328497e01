"""``cachet incident``: list, show, open, update, resolve, edit, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cachet_sdk.cli.exit_codes import USAGE, CommandError
from cachet_sdk.cli.fields import Field, arguments_for, complete_words, options_for
from cachet_sdk.cli.options import Group, dry_run_option, output_options
from cachet_sdk.cli.references import resolve
from cachet_sdk.cli.resource import Resource, add_commands, resource_group
from cachet_sdk.cli.session import Session, is_v3, pass_session
from cachet_sdk.cli.values import enum_of, member
from cachet_sdk.cli.waiting import wait_options, wait_until

if TYPE_CHECKING:
    from enum import IntEnum

_MESSAGE = Field("message", "The text, in Markdown; @FILE reads a file, - standard input.", "file")
_STATUS = Field("status", "A word such as identified, or its number.", "IncidentStatus")
_VISIBLE = Field("visible", "Whether guests see it.", "bool")
_CREATION = (
    _MESSAGE,
    Field("template", "The slug of a template that writes the message."),
    Field("template_vars", "A variable of the template; may be repeated.", "meta", flag="--var"),
    Field("stickied", "Whether it stays at the top of the page.", "bool"),
    Field("notify", "Whether subscribers are told.", "bool", name_on_3="notifications"),
    Field("occurred_at", "When it happened: 2026-12-01T22:00, -10m. Defaults to now.", "time", flag="--at"),
    Field("published_at", "When it is to appear. Defaults to now.", "time", only="3"),
    Field("meta", "A pair of your own; may be repeated.", "meta"),
)

INCIDENT = Resource(
    manager="incidents",
    kind="incident",
    columns=("id", "status", "name", "visible", "created_at"),
    fields=(Field("name", "The title."), _STATUS, _VISIBLE, *_CREATION),
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
        Field("name", "Only those of this name (Cachet 3: with this in their name)."),
        Field("status", "Only those in this state.", "IncidentStatus"),
        Field("component_id", "Only those about this component.", "ref:component", only="1", flag="--component"),
        Field("visible", "Only those that guests see, or only the others.", "bool", only="1"),
        Field("stickied", "Only those at the top, or only the others.", "bool", only="1"),
        Field("occurs_after", "Only those that happened after this time.", "time", only="3"),
        Field("occurs_before", "Only those that happened before this time.", "time", only="3"),
        Field("occurs_on", "Only those that happened on this day.", "day", only="3"),
        Field("meta", "Only those with this pair; may be repeated.", "meta", only="3"),
        Field("sort", "What to sort by, such as name. Defaults to the newest first."),
    ),
    actions=("list", "update", "delete"),
    list_options={"3": {"sort": "-id"}},
)

incident: Group = resource_group("incident", "Open, update and resolve incidents.")
add_commands(incident, INCIDENT)


@incident.command("open")
@click.argument("name")
@options_for(_CREATION)
@click.option("--status", default="investigating", metavar="WORD", shell_complete=complete_words("IncidentStatus"))
@click.option("--visible/--hidden", default=True, help="Whether guests see it. Defaults to visible, on Cachet 3 too.")
@click.option("--component", "components", multiple=True, metavar="NAME[=WORD]", help="A component, and how it is.")
@click.option(
    "--impact",
    metavar="WORD",
    shell_complete=complete_words("ComponentStatus"),
    help="How those without =WORD are.",
)
@click.option("--key", help="Open it once: with the same key again, it is brought up to date instead.")
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

    With --key, a check that runs every minute opens one incident and not sixty an hour: the same key again brings it
    up to date. End it with: cachet incident resolve key:KEY

    \b
    Examples:
      cachet incident open "Payments fail" --message "We look into it." --component Shop/Payments=major
      cachet incident open "Disk full" --message "On db1." --component DB --impact partial
      cachet incident open "Disk full" --message "On db1." --key disk/db1
    """
    arguments = arguments_for(session, _CREATION, values)
    arguments["status"] = member(enum_of(session.version, "IncidentStatus"), status, "--status")
    if "message" not in arguments and "template" not in arguments:
        raise click.UsageError("pass --message, or --template for one that a template writes")
    affected = _component_arguments(session, affected_components(session, components, impact))
    if key is not None:
        _ensure(session, key, name, {**arguments, **affected, "visible": visible})
        return
    made = session.client.incidents.create(name=name, visible=visible, **{**arguments, **affected})
    session.out.one(_with_updates(made, None))


def _ensure(session: Session, key: str, name: str, arguments: dict[str, Any]) -> None:
    if "template" in arguments:
        raise click.UsageError("--template: an incident with --key needs a --message")
    ensure: Any = session.client.incidents.ensure
    ensured = ensure(key, name=name, **arguments)
    for note in ensured.notes:
        session.say(f"cachet: {note}")
    session.say(f"Incident {ensured.incident.id} was {ensured.action}.")
    session.out.one(_with_updates(ensured.incident, None))


def affected_components(session: Session, entries: tuple[str, ...], impact: str | None) -> dict[int, IntEnum]:
    """Read ``--component NAME=WORD`` and ``--impact``: the components by id, each with how it is.

    Raises:
        click.UsageError: when nothing says how a component is.
    """
    kind = enum_of(session.version, "ComponentStatus")
    affected: dict[int, IntEnum] = {}
    for entry in entries:
        reference, equals, word = entry.rpartition("=")
        if not equals:
            reference, word = entry, impact or ""
        if not word:
            raise click.UsageError(f"--component {entry}: say how it is, with {entry}=major or --impact major")
        affected[resolve(session, "component", reference)] = member(kind, word, "--component")
    if impact is not None and not entries:
        raise click.UsageError("--impact says how components are; name some with --component")
    return affected


def _component_arguments(session: Session, affected: dict[int, IntEnum]) -> dict[str, Any]:
    if session.version == "3":
        return {"components": affected} if affected else {}
    if len(affected) > 1:
        raise CommandError(
            "an incident of Cachet 2 has one component; set the others with: cachet component set", USAGE
        )
    for found, status in affected.items():
        return {"component_id": found, "component_status": status}
    return {}


@incident.command("show")
@click.argument("reference", metavar="INCIDENT")
@wait_options("Wait until it is fixed.")
@output_options
@pass_session
def show(session: Session, reference: str, *, wait: bool, timeout: str | None) -> None:
    """Show an incident with its updates, the newest first."""
    found = resolve(session, "incident", reference)
    current = _get(session, found)
    if wait:
        current = wait_until(
            lambda: _get(session, found), is_fixed, timeout=timeout, goal=f"incident {reference} to be fixed"
        )
    session.out.one(_with_updates(current, _updates(session, current)))


@incident.command("update")
@click.argument("reference", metavar="INCIDENT")
@options_for((_MESSAGE, _STATUS), creating=False)
@dry_run_option
@pass_session
def update(session: Session, /, reference: str, **values: Any) -> None:
    """Post an update to an incident: a message, and how far it is.

    The status stays as it is unless you pass one. To change an incident's own fields, use: cachet incident edit

    Example: cachet incident update "Payments fail" --status identified --message "A certificate has expired."
    """
    arguments = arguments_for(session, (_MESSAGE, _STATUS), values)
    if "message" not in arguments:
        raise click.UsageError("pass --message; to change only fields of the incident, use: cachet incident edit")
    current = _get(session, resolve(session, "incident", reference))
    _post(session, current, arguments["message"], arguments.get("status", current_status(current)))
    session.out.one(_with_updates(_get(session, current.id), None))


@incident.command("resolve")
@click.argument("reference", metavar="INCIDENT")
@options_for((_MESSAGE,))
@dry_run_option
@pass_session
def resolve_incident(session: Session, /, reference: str, **values: Any) -> None:
    """Resolve an incident. One that is fixed already is left as it is, and a key that no open one has is no error.

    On Cachet 2 its component becomes operational again, unless another open incident is about it; on Cachet 3 the
    server sees to that.

    Example: cachet incident resolve "Payments fail" --message "The certificate was renewed."
    """
    message = arguments_for(session, (_MESSAGE,), values).get("message")
    if reference.startswith("key:"):
        _resolve_key(session, reference.removeprefix("key:"), message)
        return
    message = message or "This incident has been resolved."
    current = _get(session, resolve(session, "incident", reference))
    if is_fixed(current):
        session.say(f"Incident {current.id} is fixed already; nothing was sent.")
    else:
        _post(session, current, message, enum_of(session.version, "IncidentStatus")["FIXED"])
        _free_component(session, current)
        current = _get(session, current.id)
    session.out.one(_with_updates(current, None))


def _resolve_key(session: Session, key: str, message: str | None) -> None:
    resolved = session.client.incidents.resolve(key, message=message)
    for note in resolved.notes:
        session.say(f"cachet: {note}")
    if resolved.incident is None:
        session.say(f"No open incident has the key {key!r}; nothing was sent.")
    else:
        session.out.one(_with_updates(resolved.incident, None))


def _get(session: Session, incident_id: int) -> Any:
    return session.client.incidents.get(incident_id)


def current_status(incident: Any) -> int:
    """Return how far an incident is: on Cachet 2.4 the newest update may say something else than the incident."""
    latest: int | None = getattr(incident, "latest_status", None)
    return incident.status if latest is None else latest


def is_fixed(incident: Any) -> bool:
    """Whether an incident is over."""
    return current_status(incident) == 4


def has_updates(session: Session, incident: Any) -> bool:
    """Whether the server keeps updates of incidents: Cachet 2.3 does not, and shows no field that tells of them."""
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
    from cachet_sdk.cli.output import record_of  # noqa: PLC0415

    if not has_updates(session, incident):
        return []
    found = [record_of(one) for one in session.client.incident_updates.list(incident.id, per_page=100)]
    return sorted(found, key=lambda one: (str(one["created_at"]), one["id"]), reverse=True)


def _with_updates(incident: Any, updates: list[dict[str, object]] | None) -> dict[str, object]:
    from cachet_sdk.cli.output import record_of  # noqa: PLC0415

    return record_of(incident) if updates is None else record_of(incident, updates=updates)
