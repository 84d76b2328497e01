"""``cachet component``: list, get, set, create, update, delete."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from cachet_sdk.cli.fields import Field, complete_words
from cachet_sdk.cli.options import Group, dry_run_option
from cachet_sdk.cli.references import resolve
from cachet_sdk.cli.resource import Resource, add_commands, resource_group, written
from cachet_sdk.cli.session import Session, is_v3, pass_session
from cachet_sdk.cli.values import enum_of, member
from cachet_sdk.cli.waiting import wait_options, wait_until

if TYPE_CHECKING:
    from cachet_sdk.cli.session import AnyClient


def with_groups(client: AnyClient, found: Iterable[Any]) -> Iterable[dict[str, object]]:
    """Return the records of components, each with the name of its group."""
    from cachet_sdk.cli.output import record_of  # noqa: PLC0415

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


_STATUS = Field("status", "A word such as operational or major, or its number.", "ComponentStatus", required=True)

COMPONENT = Resource(
    manager="components",
    kind="component",
    columns=("id", "group", "name", "status", "enabled"),
    # Open incidents show a component in a worse state than the one that was set.
    columns_on_3=("id", "group", "name", "latest_status", "status", "enabled"),
    fields=(
        Field("name", "Its name."),
        _STATUS,
        Field("description", "What it is."),
        Field("link", "Where it is to be found."),
        Field(
            "group_id",
            "Its group; none takes it out of one, on Cachet 2.",
            "ref:group",
            flag="--group",
            name_on_3="component_group_id",
        ),
        Field("order", "Its place in its group.", "int"),
        Field("enabled", "Whether it is shown.", "bool"),
        Field("tags", "A tag; may be repeated.", "list", only="1", flag="--tag"),
        Field("meta", "A pair of your own; may be repeated.", "meta"),
        Field("silent", "Tell no subscriber.", "bool", only="1"),
    ),
    create=("name", "status", "description", "link", "group_id", "order", "enabled", "tags", "meta"),
    update=("name", "status", "description", "link", "group_id", "order", "enabled", "tags", "meta", "silent"),
    filters=(
        Field("name", "Only those of this name (Cachet 3: with this in their name)."),
        Field("status", "Only those in this state.", "ComponentStatus"),
        Field("enabled", "Only those that are shown, or only the others.", "bool"),
        Field("tags", "Only those with this tag; may be repeated.", "list", only="1", flag="--tag"),
        Field("group_id", "Only those in this group.", "ref:group", only="1", flag="--group"),
        Field("meta", "Only those with this pair; may be repeated.", "meta", only="3"),
        Field("sort", "What to sort by, such as name."),
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
@wait_options("Wait until the page shows this state: on Cachet 3 open incidents may hold a component in a worse one.")
@dry_run_option
@pass_session
def set_status(session: Session, reference: str, status: str, *, wait: bool, timeout: str | None) -> None:
    """Set the status of a component.

    COMPONENT is an id, a name or Group/Name; STATUS a word such as operational, performance, partial or major.

    Example: cachet component set Shop/Website major
    """
    from cachet_sdk.cli.output import plain  # noqa: PLC0415

    wanted = member(enum_of(session.version, "ComponentStatus"), status, "STATUS")
    found = resolve(session, "component", reference)
    changed: Any = session.client.components.update(found, status=wanted)
    if wait:
        changed = wait_until(
            lambda: session.client.components.get(found),
            lambda one: getattr(one, "latest_status", one.status) == wanted,
            timeout=timeout,
            goal=f"component {reference} to be shown as {plain(wanted)}",
        )
    session.out.one(written(changed))
