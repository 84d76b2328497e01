"""/components."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.testing.v3.lists import Listing, column, exact, flag, metadata, partial, with_counts
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
from cachet_sdk.testing.v3.serializer import EXTRAS
from cachet_sdk.testing.v3.statuses import COMPONENT_STATUSES
from cachet_sdk.testing.v3.store import change, fill
from cachet_sdk.testing.v3.validation import Field, as_bool, as_int

if TYPE_CHECKING:
    from cachet_sdk.testing.http import Response
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
    includes=(*with_counts("group"), "incidents", *with_counts("meta")),
    filters={"name": partial("name"), "status": exact("status"), "enabled": flag("enabled"), "meta": metadata},
    sorts={name: column(name) for name in ("name", "order", "id")},
    default_filters={"enabled": "1"},
)


def index(call: Call) -> Response:
    """List components: only enabled ones, unless filtered by ``enabled``."""
    return call.page(
        _LISTING,
        lambda: filter(call.serializer.can_see_component, call.store.components.rows.values()),
        lambda row, tree: _node(call, row, tree),
    )


def show(call: Call) -> Response:
    """Show a component."""
    component = call.bind(call.store.components)
    call.require_visible(call.serializer.can_see_component(component), call.store.components)
    return call.show(_node(call, component, _LISTING.tree(call.query)))


def store(call: Call) -> Response:
    """Create a component."""
    values = call.values(_CREATE)
    call.caller.require("components.manage")
    component = call.store.components.add(call.now)
    fill(component, values)
    return call.show(call.serializer.component(component, call.relations), 201)


def update(call: Call) -> Response:
    """Update only the given fields."""
    component = call.bind(call.store.components)
    values = call.values(_UPDATE)
    call.caller.require("components.manage")
    change(component, values, call.now)
    return call.show(call.serializer.component(component, call.relations))


def destroy(call: Call) -> Response:
    """Soft-delete a component; incidents no longer show it."""
    component = call.bind(call.store.components)
    call.caller.require("components.delete")
    call.store.components.remove(component, soft=True)
    return call.no_content()


def _node(call: Call, row: Component, tree: Tree) -> Node:
    return call.serializer.component(row, tree, EXTRAS & tree.keys())
