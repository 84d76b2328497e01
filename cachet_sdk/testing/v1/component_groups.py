"""/components/groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.testing.v1 import components, php
from cachet_sdk.testing.v1.context import Call, created_response
from cachet_sdk.testing.v1.lists import Listing
from cachet_sdk.testing.v1.rules import validate
from cachet_sdk.testing.v1.store import Component, ComponentGroup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cachet_sdk.testing.v1.php import Json

_CREATED_KEYS = ("order", "collapsed", "visible", "name", "updated_at", "created_at", "id", "lowest_human_status")
_RULES = {"name": "required|string", "order": "int", "collapsed": "int|between:0,4", "visible": "bool"}
_SINCE_2_4 = frozenset({"visible"})
_SEARCHABLE = frozenset({"id", "name", "collapsed", "visible"})


def present(call: Call, row: ComponentGroup) -> dict[str, Json]:
    """Return a group with its enabled components, which it contains twice."""
    members = _members(call, row)
    in_order = sorted(members, key=lambda component: component.order)
    worst_first = sorted(members, key=lambda component: component.status, reverse=True)
    shown: dict[str, Json] = {
        "id": row.id,
        "name": row.name,
        "order": row.order,
        "visible": row.visible,
        "collapsed": row.collapsed,
        "created_at": call.format_date(row.created_at),
        "updated_at": call.format_date(row.updated_at),
        "enabled_components": [components.present(call, component) for component in in_order],
        "enabled_components_lowest": [components.present(call, component) for component in worst_first],
        "lowest_human_status": components.status_name(call, worst_first[0].status) if worst_first else None,
    }
    return call.supported(shown, _SINCE_2_4)


LISTING = Listing(
    present=present,
    sortable=_SEARCHABLE | {"order"},
    searchable=_SEARCHABLE,
    columns=_SEARCHABLE | {"created_at", "updated_at"},
    visible_to_guests=lambda row: row.visible == 1,
    honors_order=True,
    since_2_4=_SINCE_2_4,
)


def index(call: Call) -> Json:
    """GET: guests see only visible groups."""
    return LISTING.paginate(call, lambda: LISTING.rows(call, call.store.groups))


def show(call: Call, row: ComponentGroup) -> Json:
    """GET by id."""
    return {"data": present(call, row)}


def create(call: Call) -> Json:
    """POST."""
    given = _given(call)
    validate(given, _RULES)
    name = str(given.pop("name"))
    row = ComponentGroup(
        id=call.store.groups.next_id(), created_at=call.now, updated_at=call.now, name=name, **_ints(given)
    )
    call.store.groups.add(row)
    return created_response({**present(call, row), "lowest_human_status": None}, _CREATED_KEYS)


def update(call: Call, row: ComponentGroup) -> Json:
    """PUT: `order` and `visible` are reset to 0 if they are missing."""
    given = {"order": 0, "visible": 0, **_given(call)}
    validate({"name": row.name, **given}, _RULES)
    columns: dict[str, object] = dict(_ints({key: value for key, value in given.items() if key != "name"}))
    if "name" in given:
        columns["name"] = str(given["name"])
    call.store.groups.change(row, call.now, columns)
    return {"data": present(call, row)}


def delete(call: Call, row: ComponentGroup) -> Json:
    """DELETE: its components stay, without a group."""
    for component in call.store.components.rows.values():
        if component.group_id == row.id:
            call.store.components.change(component, call.now, {"group_id": 0})
    call.store.groups.remove(row)
    return None


def _given(call: Call) -> dict[str, Json]:
    """Return the fields, with numbers cast before validation."""
    given = call.inputs.given("name", "order", "collapsed", "visible")
    if call.settings.is_2_3:
        given["visible"] = 1
    return {name: value if name == "name" else php.integer(value) for name, value in given.items()}


def _ints(given: dict[str, Json]) -> dict[str, int]:
    return {name: php.integer(value) for name, value in given.items()}


def _members(call: Call, row: ComponentGroup) -> list[Component]:
    """Return the group's enabled components, oldest first."""

    def build(rows: Iterable[Component]) -> list[Component]:
        return [component for component in rows if component.enabled and component.group_id == row.id]

    return call.store.components.view(("group", row.id), build)
