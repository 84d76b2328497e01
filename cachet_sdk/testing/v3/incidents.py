"""/incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import uuid4

from cachet_sdk.testing.twig import NotModelled, Opaque, TemplateError, render
from cachet_sdk.testing.v3 import refusals
from cachet_sdk.testing.v3.lists import Listing, column, counted, exact, metadata, partial, when
from cachet_sdk.testing.v3.rules import (
    ARRAY,
    BOOLEAN,
    DATE,
    DISTINCT,
    INTEGER,
    NULLABLE,
    REQUIRED,
    STRING,
    Rule,
    exists,
    max_length,
    one_of,
    required_with,
    required_without,
)
from cachet_sdk.testing.v3.shapes import EXTRAS
from cachet_sdk.testing.v3.statuses import COMPONENT_STATUSES, INCIDENT_STATUSES
from cachet_sdk.testing.v3.store import change, fill
from cachet_sdk.testing.v3.validation import Field, as_bool, as_date, as_flag, as_int, components_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cachet_sdk.testing.http import Answer
    from cachet_sdk.testing.v3.call import Call
    from cachet_sdk.testing.v3.documents import Node, Tree
    from cachet_sdk.testing.v3.store import Incident, Store

_STATUS = one_of(*INCIDENT_STATUSES)
_COMPONENT_STATUS = one_of(*COMPONENT_STATUSES)
_TEMPLATE_EXISTS = Rule(
    lambda value, scene: any(row.slug == value for row in scene.store.templates.rows.values()),
    "The selected {field} is invalid.",
)
_FLAGS = (
    Field("visible", (BOOLEAN,), as_flag),
    Field("stickied", (BOOLEAN,), as_bool),
    Field("notifications", (BOOLEAN,), as_bool),
    Field("occurred_at", (NULLABLE, DATE), as_date),
    Field("published_at", (NULLABLE, DATE), as_date),
    Field("meta", (NULLABLE, ARRAY)),
)
_CREATE = (
    Field("name", (REQUIRED, STRING, max_length(255))),
    Field("message", (required_without("template"), STRING)),
    Field("template", (required_without("message"), STRING, _TEMPLATE_EXISTS)),
    Field("status", (REQUIRED, _STATUS), as_int),
    *_FLAGS,
    Field("template_vars", (ARRAY,)),
    Field("component_id", (exists("components"),), as_int),
    Field("component_status", (NULLABLE, _COMPONENT_STATUS, required_with("component_id")), as_int),
    Field(
        "components",
        (ARRAY,),
        item_rules=(ARRAY,),
        items=(
            Field("id", (REQUIRED, INTEGER, DISTINCT, exists("components"))),
            Field("status", (REQUIRED, INTEGER, _COMPONENT_STATUS)),
        ),
    ),
)
_UPDATE = (
    Field("name", (STRING, max_length(255))),
    Field("message", (STRING,)),
    Field("status", (_STATUS,), as_int),
    *_FLAGS,
)
_LISTING: Listing[Incident] = Listing(
    includes=(*counted("components"), "components.group", *counted("updates", "user", "meta")),
    filters={
        "name": partial("name"),
        "status": exact("status"),
        "occurs_after": when("occurred_at", lambda moment, limit: moment >= limit),
        "occurs_before": when("occurred_at", lambda moment, limit: moment <= limit),
        "occurs_on": when("occurred_at", lambda moment, day: moment[:10] == day),
        "meta": metadata,
    },
    sorts={name: column(name) for name in ("name", "status", "id", "created_at")},
    default_sort="-created_at",
)


def index(call: Call) -> Answer:
    """List incidents, the newest first."""
    return call.page(
        _LISTING,
        lambda: filter(call.shapes.sees_incident, call.store.incidents.rows.values()),
        lambda row, tree: _node(call, row, tree),
    )


def show(call: Call) -> Answer:
    """Show an incident."""
    incident = call.bind(call.store.incidents)
    call.refuse_unless(call.shapes.sees_incident(incident), call.store.incidents)
    return call.show(_node(call, incident, _LISTING.tree(call.query)))


def store(call: Call) -> Answer:
    """Create an incident, from a message or from a template."""
    values = call.values(_CREATE)
    call.caller.require("incidents.manage")
    impacts = _take_impacts(values)
    slug, variables = values.pop("template", None), values.pop("template_vars", None)
    if slug is not None:
        values["message"] = _rendered(call.store, str(slug), variables, values, impacts)
    incident = call.store.incidents.add(call.now)
    fill(incident, {"guid": str(uuid4()), "published_at": incident.created_at, "components": impacts, **values})
    for component_id, status in impacts.items():
        component = call.store.components.rows.get(component_id)
        if component is not None:
            component.incidents[incident.id] = status
    node = call.shapes.incident(incident, call.relations)
    node.attributes["notifications"] = incident.notifications
    return call.show(node, 201)


def update(call: Call) -> Answer:
    """Change what was sent of an incident; its components cannot change."""
    incident = call.bind(call.store.incidents)
    values = call.values(_UPDATE)
    call.caller.require("incidents.manage")
    change(incident, values, call.now)
    return call.show(call.shapes.incident(incident, call.relations))


def destroy(call: Call) -> Answer:
    """Delete an incident, softly, and its updates for good."""
    incident = call.bind(call.store.incidents)
    call.caller.require("incidents.delete")
    for component_id in incident.components:
        component = call.store.components.rows.get(component_id)
        if component is not None:
            component.incidents.pop(incident.id, None)
    for posted in incident.updates.values():
        call.store.updates.remove(posted)
    call.store.incidents.remove(incident, softly=True)
    return call.gone()


def _take_impacts(values: dict[str, object]) -> dict[int, int]:
    component_id, status = values.pop("component_id", None), values.pop("component_status", None)
    impacts = components_of(values.pop("components", None))
    if isinstance(component_id, int) and isinstance(status, int):
        impacts.setdefault(component_id, status)
    return impacts


def _rendered(
    store: Store, slug: str, variables: object, values: Mapping[str, object], impacts: Mapping[int, int]
) -> str:
    # Slugs are not unique: the first one wins.
    template = next(row for row in store.templates.rows.values() if row.slug == slug)
    incident = {
        "name": values["name"],
        "status": Opaque(),
        "message": values.get("message"),
        "visible": bool(values.get("visible")),
        "notify": bool(values.get("notifications")),
        "stickied": bool(values.get("stickied")),
        "occurred_at": Opaque(),
        "component": Opaque() if impacts else None,
        "component_status": Opaque() if impacts else None,
    }
    given = cast("dict[str, object]", variables) if isinstance(variables, dict) else {}
    try:
        return render(template.template, {**given, "incident": incident})
    except TemplateError:
        raise refusals.server_error() from None
    except NotModelled as reason:
        raise refusals.Refusal(501, str(reason)) from None


def _node(call: Call, row: Incident, tree: Tree) -> Node:
    return call.shapes.incident(row, tree, EXTRAS & tree.keys())
