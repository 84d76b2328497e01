"""``cachet component``: list, get, set, create, update, delete."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from cachet_sdk.cli.fields import MESSAGE, META, META_FILTER, Field, arguments_for, complete_words, options_for
from cachet_sdk.cli.incident import current_status, ensure_key, resolve_key
from cachet_sdk.cli.options import Group, dry_run_option
from cachet_sdk.cli.references import resolve
from cachet_sdk.cli.resource import Resource, add_commands, record_of, resource_group
from cachet_sdk.cli.session import Session, is_v3, pass_session
from cachet_sdk.cli.values import enum_of, member
from cachet_sdk.cli.waiting import wait_options, wait_until

if TYPE_CHECKING:
    from cachet_sdk.cli.session import AnyClient


def with_groups(client: AnyClient, found: Iterable[Any]) -> Iterable[dict[str, object]]:
    """Return the records of components, with the names of their groups."""
    if is_v3(client):
        for component in found:
            group = component.group
            yield record_of(component, group=group.name if group is not None else "")
        return
    names: dict[int, str] = {}
    for component in found:
        if component.group_id and not names:
            names = {group.id: group.name for group in client.component_groups.list(per_page=100)}
        yield record_of(component, group=names.get(component.group_id, ""))


_STATUS = Field("status", "Status, such as operational or major, or its number.", "ComponentStatus", required=True)

COMPONENT = Resource(
    manager="components",
    kind="component",
    columns=("id", "group", "name", "status", "enabled"),
    # While an incident is open, the status shown (latest_status) may be worse than the component's own.
    columns_on_3=("id", "group", "name", "latest_status", "status", "enabled"),
    fields=(
        Field("name", "Name."),
        _STATUS,
        Field("description", "Description."),
        Field("link", "URL that the component links to."),
        Field(
            "group_id",
            "Group. On Cachet 2, none removes it from its group.",
            "ref:group",
            flag="--group",
            name_on_3="component_group_id",
        ),
        Field("order", "Position in its group.", "int"),
        Field("enabled", "Whether it is shown on the page.", "bool"),
        Field("tags", "Tag. Can be repeated.", "list", only="1", flag="--tag"),
        META,
        Field("silent", "Do not notify subscribers.", "bool", only="1"),
    ),
    create=("name", "status", "description", "link", "group_id", "order", "enabled", "tags", "meta"),
    update=("name", "status", "description", "link", "group_id", "order", "enabled", "tags", "meta", "silent"),
    filters=(
        Field("name", "Filter by name (Cachet 3: by a part of it)."),
        Field("status", "Filter by status.", "ComponentStatus"),
        Field("enabled", "Filter by whether it is shown on the page.", "bool"),
        Field("tags", "Filter by tag. Can be repeated.", "list", only="1", flag="--tag"),
        Field("group_id", "Filter by group.", "ref:group", only="1", flag="--group"),
        META_FILTER,
        Field("sort", "Field to sort by, such as name."),
    ),
    records=with_groups,
    list_options={"3": {"include": ("group",), "enabled": None}},
    get_options={"3": {"include": ("group",)}},
)

component: Group = resource_group("component", "List and change components.")
add_commands(component, COMPONENT)


@component.command("set")
@click.argument("reference", metavar="COMPONENT")
@click.argument("status", metavar="STATUS", shell_complete=complete_words("ComponentStatus"))
@options_for((MESSAGE,))
@wait_options("Wait until the page shows this status. On Cachet 3, an open incident may cause a worse one to be shown.")
@dry_run_option
@pass_session
def set_status(
    session: Session, /, reference: str, status: str, *, wait: bool, timeout: str | None, **values: Any
) -> None:
    r"""Set the status of a component.

    COMPONENT is an id, a name or Group/Name. STATUS is operational, performance, partial, major or another status.

    With --message, an incident explains the status: it is opened, or updated if one is open, and resolved when the
    status is operational. Other commands find it by its key, component/ID.

    \b
    Examples:
      cachet component set Shop/Website major
      cachet component set Shop/Website major --message "The web servers are down."
      cachet component set Shop/Website operational --message "They are up again."
      cachet incident show key:component/7
    """
    from cachet_sdk import CachetError  # noqa: PLC0415  (imports httpx, which help and completion do not need)
    from cachet_sdk.cli.output import plain  # noqa: PLC0415

    wanted = member(enum_of(session.version, "ComponentStatus"), status, "STATUS")
    message = arguments_for(session, (MESSAGE,), values).get("message")
    if message is not None and not message.strip():
        raise click.UsageError("--message must not be empty")
    found = resolve(session, "component", reference)
    changed: Any = session.client.components.update(found, status=wanted)
    if message is not None:
        try:
            _explain(session, changed, message)
        except CachetError:
            session.say(f"The status of component {found} was set, but the message could not be posted.")
            raise
    if wait:
        changed = wait_until(
            lambda: session.client.components.get(found),
            lambda one: getattr(one, "latest_status", one.status) == wanted,
            timeout=timeout,
            goal=f"component {reference} to be shown as {plain(wanted)}",
        )
    session.out.one(record_of(changed))


def _explain(session: Session, component: Any, message: str) -> None:
    """Open, update or resolve the incident that explains the status of a component."""
    from cachet_sdk.cli.output import plain  # noqa: PLC0415

    key = f"component/{component.id}"
    if component.status == enum_of(session.version, "ComponentStatus")["OPERATIONAL"]:
        resolve_key(session, key, message)
        return
    present = session.client.incidents.find(key)
    arguments: dict[str, Any] = {}
    if present is not None:
        arguments["status"] = current_status(present)
    # The statuses of an incident's components cannot be changed on Cachet 3, so there it affects none.
    if session.version == "1":
        arguments |= {"component_id": component.id, "component_status": component.status}
    ensure_key(
        session, key, name=f"{component.name}: {plain(component.status)}", message=message, visible=True, **arguments
    )
