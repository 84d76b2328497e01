"""/component-groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.testing.v3.lists import Listing, column, metadata, with_counts
from cachet_sdk.testing.v3.rules import (
    ARRAY,
    BOOLEAN,
    INTEGER,
    NULLABLE,
    REQUIRED,
    STRING,
    at_least,
    exists,
    max_length,
    one_of,
    required_if,
)
from cachet_sdk.testing.v3.serializer import EXTRAS
from cachet_sdk.testing.v3.statuses import is_visible
from cachet_sdk.testing.v3.store import change, fill
from cachet_sdk.testing.v3.validation import Field, as_flag, as_int, ids_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cachet_sdk.testing.http import Response
    from cachet_sdk.testing.v3.call import Call
    from cachet_sdk.testing.v3.documents import Node, Tree
    from cachet_sdk.testing.v3.store import Group
    from cachet_sdk.testing.v3.values import Json


def _is_ordered(data: Mapping[str, Json]) -> bool:
    return data.get("order_column") not in (None, "manual")


_FIELDS = (
    Field("order", (INTEGER, at_least(0)), as_int),
    Field("visible", (BOOLEAN,), as_flag),
    Field("collapsed", (one_of(0, 1, 2),), as_int),
    Field("order_column", (one_of("id", "last_updated", "name", "manual", "status"),)),
    Field("order_direction", (NULLABLE, required_if(_is_ordered), one_of("asc", "desc"))),
    Field("components", (ARRAY,), item_rules=(INTEGER, at_least(0), exists("components"))),
    Field("meta", (NULLABLE, ARRAY)),
)
_CREATE = (Field("name", (REQUIRED, STRING, max_length(255))), *_FIELDS)
_UPDATE = (Field("name", (STRING, max_length(255))), *_FIELDS)
_LISTING: Listing[Group] = Listing(
    includes=with_counts("components", "meta"),
    filters={"meta": metadata},
    sorts={name: column(name) for name in ("name", "id")},
)
#: Attributes that are null in the response to a POST without them, although the database has defaults.
_NULL_WHEN_CREATED = ("order", "collapsed", "visible")


def index(call: Call) -> Response:
    """List groups."""
    authenticated = call.caller.authenticated
    return call.page(
        _LISTING,
        lambda: (
            row for row in call.store.groups.rows.values() if is_visible(row.visible, authenticated=authenticated)
        ),
        lambda row, tree: _node(call, row, tree),
    )


def show(call: Call) -> Response:
    """Show a group."""
    group = call.bind(call.store.groups)
    call.require_visible(is_visible(group.visible, authenticated=call.caller.authenticated), call.store.groups)
    return call.show(_node(call, group, _LISTING.tree(call.query)))


def store(call: Call) -> Response:
    """Create a group, and move the given components into it."""
    values = call.values(_CREATE)
    call.caller.require("component-groups.manage")
    members = ids_of(values.pop("components", None))
    group = call.store.groups.add(call.now)
    fill(group, values)
    _move(call, group, members)
    node = call.serializer.group(group, call.relations)
    node.attributes |= {name: None for name in _NULL_WHEN_CREATED if name not in values}
    return call.show(node, 201)


def update(call: Call) -> Response:
    """Update only the given fields; components are added, never removed."""
    group = call.bind(call.store.groups)
    values = call.values(_UPDATE)
    call.caller.require("component-groups.manage")
    members = ids_of(values.pop("components", None))
    change(group, values, call.now)
    _move(call, group, members)
    return call.show(call.serializer.group(group, call.relations))


def destroy(call: Call) -> Response:
    """Delete a group; its components stay, without a group."""
    group = call.bind(call.store.groups)
    call.caller.require("component-groups.delete")
    for component in call.store.components.rows.values():
        if component.component_group_id == group.id:
            change(component, {"component_group_id": None}, call.now)
    call.store.groups.remove(group)
    return call.no_content()


def _move(call: Call, group: Group, members: Mapping[int, None]) -> None:
    for component_id in members:
        component = call.store.components.rows.get(component_id)
        if component is not None:
            change(component, {"component_group_id": group.id}, call.now)


def _node(call: Call, row: Group, tree: Tree) -> Node:
    return call.serializer.group(row, tree, EXTRAS & tree.keys())
