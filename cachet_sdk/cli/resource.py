"""The commands list, get, create, update and delete, generated from the declaration of a kind of resource."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, cast

import click

from cachet_sdk.cli.exit_codes import USAGE, CommandError
from cachet_sdk.cli.fields import Field, arguments_for, options_for
from cachet_sdk.cli.options import Group, dry_run_option, output_options, yes_option
from cachet_sdk.cli.references import resolve
from cachet_sdk.cli.session import Session, pass_session

if TYPE_CHECKING:
    from cachet_sdk.cli.session import AnyClient

_NAMES = {"1": "Cachet 2", "3": "Cachet 3"}


class Manager(Protocol):
    """The methods of managers that the generated commands call."""

    list: Callable[..., Iterable[Any]]
    get: Callable[..., Any]
    create: Callable[..., Any]
    update: Callable[..., Any]
    delete: Callable[..., None]


@dataclass(frozen=True)
class Resource:
    """The declaration of a kind of resource.

    Attributes:
        manager: Name of the manager, an attribute of the client.
        kind: Name of the kind in messages and references.
        columns: Columns of a list.
        fields: The fields that can be written.
        create: Names of the fields that ``create`` accepts. The first is a positional argument, the others options.
        update: Names of the fields that ``update`` accepts.
        filters: Filters of a list.
        parent: Kind of the parent resource, such as ``incident``.
        actions: The commands to generate.
        by_name: Whether a name can be used in place of an id.
        records: Converts resources to records, if these contain more than the resource's fields.
        columns_on_3: Columns of a list on Cachet 3, if they differ.
        list_options: Extra arguments of ``list``, by API version.
        get_options: Extra arguments of ``get``, by API version.
    """

    manager: str
    kind: str
    columns: Sequence[str]
    fields: Sequence[Field] = ()
    create: Sequence[str] = ()
    update: Sequence[str] = ()
    filters: Sequence[Field] = ()
    parent: str | None = None
    actions: Sequence[str] = ("list", "get", "create", "update", "delete")
    by_name: bool = True
    records: Callable[[AnyClient, Iterable[Any]], Iterable[dict[str, object]]] | None = None
    columns_on_3: Sequence[str] = ()
    list_options: Mapping[str, Mapping[str, object]] = field(default_factory=dict[str, Mapping[str, object]])
    get_options: Mapping[str, Mapping[str, object]] = field(default_factory=dict[str, Mapping[str, object]])

    def fields_named(self, names: Sequence[str]) -> list[Field]:
        """Return the fields with these names, in the same order."""
        known = {each.name: each for each in self.fields}
        return [known[name] for name in names]

    def columns_on(self, version: str) -> Sequence[str]:
        """Return the columns of a list for an API version."""
        return self.columns_on_3 if version == "3" and self.columns_on_3 else self.columns

    @property
    def words(self) -> str:
        """The kind as words, such as ``incident update``."""
        return self.kind.replace("-", " ")


def manager_of(session: Session, resource: Resource, action: str) -> Manager:
    """Return the manager of a kind of resource.

    Raises:
        CommandError: If the API version does not support the action.
    """
    manager = getattr(session.client, resource.manager, None)
    if manager is None or not hasattr(manager, action):
        raise CommandError(f"{_NAMES[session.version]} cannot {action} {_plural(resource.words)}", USAGE)
    return cast("Manager", manager)


def add_commands(group: click.Group, resource: Resource) -> None:
    """Add the generated commands of a kind of resource to its group."""
    makers = {
        "list": _list_command,
        "get": _get_command,
        "create": _create_command,
        "update": _update_command,
        "delete": _delete_command,
    }
    for action in resource.actions:
        makers[action](group, resource)


def _list_command(group: click.Group, resource: Resource) -> None:
    @group.command("list", help=f"List {_plural(resource.words)}.")
    @_parent_argument(resource)
    @options_for(resource.filters)
    @click.option("--limit", type=click.IntRange(min=1), help="Maximum number of results.")
    @output_options
    @pass_session
    def command(session: Session, /, limit: int | None, **values: Any) -> None:
        manager = manager_of(session, resource, "list")
        arguments = arguments_for(session, resource.filters, values)
        options = resource.list_options.get(session.version, {})
        parent = _parent(session, resource, values)
        _check_known(session, manager.list, resource.filters, arguments)
        found = manager.list(*parent, per_page=min(limit or 100, 100), **{**options, **arguments})
        session.out.list(_records(session, resource, islice(found, limit)), resource.columns_on(session.version))


def _get_command(group: click.Group, resource: Resource) -> None:
    @group.command("get", help=f"Show one {resource.words}.")
    @_parent_argument(resource)
    @_reference(resource)
    @output_options
    @pass_session
    def command(session: Session, /, reference: str, **values: Any) -> None:
        manager = manager_of(session, resource, "get")
        options = resource.get_options.get(session.version, {})
        found = manager.get(*_parent(session, resource, values), identify(session, resource, reference), **options)
        session.out.one(next(iter(_records(session, resource, [found]))))


def _create_command(group: click.Group, resource: Resource) -> None:
    subject, *others = resource.create
    options = resource.fields_named(others)

    @group.command("create", help=f"Create a {resource.words}.")
    @_parent_argument(resource)
    @click.argument("subject", metavar=subject.upper())
    @options_for(options, creating=True)
    @dry_run_option
    @pass_session
    def command(session: Session, /, subject: str, **values: Any) -> None:
        manager = manager_of(session, resource, "create")
        values[resource.create[0]] = subject
        arguments = arguments_for(session, resource.fields_named(resource.create), values)
        arguments |= _parent_by_name(session, resource, values)
        _check_known(session, manager.create, resource.fields, arguments)
        # Not _records: the response to a write lacks related resources, such as a component's group.
        session.out.one(record_of(manager.create(**arguments)))


def _update_command(group: click.Group, resource: Resource) -> None:
    options = resource.fields_named(resource.update)

    # "incident update" posts an incident update, so the fields of an incident are changed with "incident edit".
    verb = "edit" if resource.kind == "incident" else "update"

    @group.command(verb, help=f"Update a {resource.words}. Only the fields you pass are changed.")
    @_parent_argument(resource)
    @_reference(resource)
    @options_for(options)
    @dry_run_option
    @pass_session
    def command(session: Session, /, reference: str, **values: Any) -> None:
        manager = manager_of(session, resource, "update")
        arguments = arguments_for(session, options, values)
        if not arguments:
            raise click.UsageError(
                f"nothing to change; pass at least one of {', '.join(each.option for each in options)}"
            )
        _check_known(session, manager.update, options, arguments)
        found = identify(session, resource, reference)
        if resource.parent is not None:
            name = "point_id" if resource.kind == "metric-point" else "id"
            changed = manager.update(**{name: found}, **_parent_by_name(session, resource, values), **arguments)
        else:
            changed = manager.update(found, **arguments)
        session.out.one(record_of(changed))


def _delete_command(group: click.Group, resource: Resource) -> None:
    @group.command("delete", help=f"Delete a {resource.words}.")
    @_parent_argument(resource)
    @_reference(resource)
    @yes_option
    @dry_run_option
    @pass_session
    def command(session: Session, /, reference: str, **values: Any) -> None:
        manager = manager_of(session, resource, "delete")
        parent, found = _parent(session, resource, values), identify(session, resource, reference)
        named = "" if reference == str(found) else f" ({reference})"
        session.confirm(f"Delete {resource.words} {found}{named}?")
        manager.delete(*parent, found)
        session.say(f"Deleted {resource.words} {found}{named}.")


def _check_known(
    session: Session, method: Callable[..., Any], fields: Sequence[Field], arguments: Mapping[str, Any]
) -> None:
    """Reject options that the method of this API version does not support.

    Raises:
        click.UsageError: For the first such option.
    """
    taken = inspect.signature(method).parameters
    for each in fields:
        name = each.argument(session.version)
        if name in arguments and name not in taken:
            raise click.UsageError(f"{each.option} is not supported here by {_NAMES[session.version]}")


def identify(session: Session, resource: Resource, reference: str) -> int:
    """Return the id that a reference means.

    Raises:
        CommandError: If it is not an id and this kind has no names.
    """
    if resource.by_name:
        return resolve(session, resource.kind, reference)
    if reference.isascii() and reference.isdecimal():
        return int(reference)
    raise CommandError(f"expected the numeric id of a {resource.words}, got {reference!r}", USAGE)


def record_of(resource: Any, **more: object) -> dict[str, object]:
    """Return the fields of a resource, and additional ones, as plain values."""
    return {**resource.model_dump(), **more}


def _records(session: Session, resource: Resource, found: Iterable[Any]) -> Iterable[dict[str, object]]:
    if resource.records is not None:
        return resource.records(session.client, found)
    return (record_of(one) for one in found)


def _reference(resource: Resource) -> Callable[[Any], Any]:
    return click.argument("reference", metavar=resource.kind.upper().replace("-", "_"))


def _parent_argument(resource: Resource) -> Callable[[Any], Any]:
    if resource.parent is None:
        return lambda function: function
    return click.argument("parent", metavar=resource.parent.upper())


def _parent(session: Session, resource: Resource, values: dict[str, Any]) -> list[int]:
    return [] if resource.parent is None else [resolve(session, resource.parent, values["parent"])]


def _parent_by_name(session: Session, resource: Resource, values: dict[str, Any]) -> dict[str, int]:
    if resource.parent is None:
        return {}
    name = "schedule_id" if resource.parent == "maintenance" else f"{resource.parent}_id"
    return {name: resolve(session, resource.parent, values["parent"])}


def _plural(word: str) -> str:
    return word if word.endswith("maintenance") else f"{word}s"


def resource_group(name: str, help: str) -> Group:  # noqa: A002  (as click names it)
    """Return an empty group for the commands of a kind of resource."""
    return Group(name, help=help)
