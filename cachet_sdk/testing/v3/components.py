"""/components."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.testing.v3.lists import Listing, column, counted, exact, flag, metadata, partial
from cachet_sdk.testing.v3.rules import (
    ARRAY,
    BOOLEAN,
    INTEGER,
    NULLABLE,
    REQUIRED,
    STRING,
    URL,
    at_least,
    exists,
    max_length,
    one_of,
)
from cachet_sdk.testing.v3.shapes import EXTRAS
from cachet_sdk.testing.v3.statuses import COMPONENT_STATUSES
from cachet_sdk.testing.v3.store import change, fill
from cachet_sdk.testing.v3.validation import Field, as_bool, as_int

if TYPE_CHECKING:
    from cachet_sdk.testing.http import Answer
    from cachet_sdk.testing.v3.call import Call
    from cachet_sdk.testing.v3.documents import Node, Tree
    from cachet_sdk.testing.v3.store import Component

_FIELDS = (
    Field("description", (STRING,)),
    Field("status", (one_of(*COMPONENT_STATUSES),), as_int),
    Field("link", (STRING, URL)),
    Field("order", (INTEGER, at_least(0)), as_int),
    Field("enabled", (BOOLEAN,), as_bool),
    Field("component_group_id", (INTEGER, at_least(0), exists("groups")), as_int),
    Field("meta", (NULLABLE, ARRAY)),
)
_CREATE = (Field("name", (REQUIRED, STRING, max_length(255))), *_FIELDS)
_UPDATE = (Field("name", (STRING, max_length(255))), *_FIELDS)
_LISTING: Listing[Component] = Listing(
    includes=(*counted("group"), "incidents", *counted("meta")),
    filters={"name": partial("name"), "status": exact("status"), "enabled": flag("enabled"), "meta": metadata},
    sorts={name: column(name) for name in ("name", "order", "id")},
    default_filters={"enabled": "1"},
)


def index(call: Call) -> Answer:
    """List components: the enabled ones, unless the filter says otherwise."""
    return call.page(
        _LISTING,
        lambda: filter(call.shapes.sees_component, call.store.components.rows.values()),
        lambda row, tree: _node(call, row, tree),
    )


def show(call: Call) -> Answer:
    """Show a component."""
    component = call.bind(call.store.components)
    call.refuse_unless(call.shapes.sees_component(component), call.store.components)
    return call.show(_node(call, component, _LISTING.tree(call.query)))


def store(call: Call) -> Answer:
    """Create a component."""
    values = call.values(_CREATE)
    call.caller.require("components.manage")
    component = call.store.components.add(call.now)
    fill(component, values)
    return call.show(call.shapes.component(component, call.relations), 201)


def update(call: Call) -> Answer:
    """Change what was sent of a component."""
    component = call.bind(call.store.components)
    values = call.values(_UPDATE)
    call.caller.require("components.manage")
    change(component, values, call.now)
    return call.show(call.shapes.component(component, call.relations))


def destroy(call: Call) -> Answer:
    """Delete a component, softly: incidents lose it from what they show."""
    component = call.bind(call.store.components)
    call.caller.require("components.delete")
    call.store.components.remove(component, softly=True)
    return call.gone()


def _node(call: Call, row: Component, tree: Tree) -> Node:
    return call.shapes.component(row, tree, EXTRAS & tree.keys())
