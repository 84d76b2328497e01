"""Every manager, method and argument of both clients is available in the command."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import click
import pytest

from cachet_sdk.cli.app import COMMANDS, cachet
from cachet_sdk.cli.lazy import LazyGroup
from cachet_sdk.cli.resource import Resource
from cachet_sdk.testing import FakeCachet

#: Arguments that the command chooses itself: paging, which --limit replaces, and related resources to include.
HOW = {"page", "per_page", "prefetch", "include", "concurrency", "progress"}
#: Arguments that are positional or part of other options in the command.
REFERENCES = {
    "id": "get",
    "user_id": "omitted: the API does not list users",
    "component_id": "incident open --component NAME=STATUS",
    "component_status": "incident open --component NAME=STATUS",
    "components": "incident open and maintenance plan --component",
    "created_at": "--at, an alias of occurred_at",
    "order": "--sort",
    "notifications": "maintenance plan --notify",
}


def resources() -> dict[str, Resource]:
    """Return the declaration of every kind of resource by the name of its manager."""
    found: dict[str, Resource] = {}
    for row in COMMANDS.values():
        module = importlib.import_module(row.target.partition(":")[0])
        for value in vars(module).values():
            if isinstance(value, Resource):
                found[value.manager] = value
    return found


def managers(version: str) -> Iterator[tuple[str, Any]]:
    with FakeCachet(version=version).client() as client:
        for name, value in vars(client).items():
            if not name.startswith("_"):
                yield name, value


def arguments(method: Callable[..., Any]) -> set[str]:
    return set(inspect.signature(method).parameters) - HOW


def commands(group: click.Group, path: str = "cachet") -> Iterator[tuple[str, click.Command]]:
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None, name
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


@pytest.mark.parametrize("version", ["1", "3"])
def test_every_manager_has_its_commands(version: str) -> None:
    covered = {*resources(), "ping", "version", "status", "subscriptions"}
    assert {name for name, _ in managers(version)} <= covered


@pytest.mark.parametrize("version", ["1", "3"])
@pytest.mark.parametrize("action", ["create", "update", "list"])
def test_every_argument_of_a_manager_is_an_option(version: str, action: str) -> None:
    declared = resources()
    for name, manager in managers(version):
        if name not in declared or not hasattr(manager, action):
            continue
        resource = declared[name]
        options = {field.argument(version) for field in (*resource.fields, *resource.filters)}
        missing = arguments(getattr(manager, action)) - options - set(REFERENCES)
        missing -= {f"{kind}_id" for kind in ("component", "group", "incident", "metric", "schedule", "subscriber")}
        missing -= {"template_id", "point_id"}
        if name == "components" and action == "list":
            assert "group_id" in options or version == "3"
        assert not missing, name


def test_every_command_has_help() -> None:
    for path, command in commands(cachet):
        assert command.help, path
        with click.Context(command, info_name=path, terminal_width=80) as ctx:
            assert command.get_help(ctx), path


def test_no_command_takes_a_token_as_an_option() -> None:
    for path, command in commands(cachet):
        names = {option for parameter in command.params for option in parameter.opts}
        assert not names & {"--token", "--api-token", "--secret", "--password"}, path


#: Commands that never change the page, by their last word.
READS = {"list", "get", "show", "path", "status", "doctor", "validate", "schema", "pull", "export", "completion"}
#: Commands that change the configuration, or that use no page.
LOCAL = {"cachet login", "cachet logout", "cachet serve", "cachet plan"}
LOCAL_GROUPS = ("cachet context ", "cachet config ", "cachet webhooks ")


def test_every_command_that_changes_the_page_has_a_dry_run_and_a_deletion_asks() -> None:
    for path, command in commands(cachet):
        name = path.rpartition(" ")[2]
        if isinstance(command, click.Group) or name in READS or path in LOCAL or path.startswith(LOCAL_GROUPS):
            continue
        options = {option for parameter in command.params for option in parameter.opts}
        assert "--dry-run" in options, path
        assert "--yes" in options or name not in {"delete", "unsubscribe", "apply", "import", "migrate", "copy"}, path


def test_the_table_of_commands_matches_the_modules() -> None:
    root = click.Context(cachet)
    assert isinstance(cachet, LazyGroup)
    for name in COMMANDS:
        command = cachet.get_command(root, name)
        assert command is not None
        assert command.name == name
