"""/incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import uuid4

from cachet_sdk.testing.twig import Opaque, TemplateError, UnsupportedTwigError, render
from cachet_sdk.testing.v3 import http_errors
from cachet_sdk.testing.v3.lists import (
    Listing,
    by_date,
    column,
    exact,
    metadata,
    partial,
    with_counts,
)
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
from cachet_sdk.testing.v3.serializer import EXTRAS
from cachet_sdk.testing.v3.statuses import COMPONENT_STATUSES, INCIDENT_STATUSES
from cachet_sdk.testing.v3.store import change, fill
from cachet_sdk.testing.v3.validation import Field, as_bool, as_date, as_flag, as_int, components_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cachet_sdk.testing.http import Response
    from cachet_sdk.testing.v3.call import Call
    from cachet_sdk.testing.v3.documents import Node, Tree
    from cachet_sdk.testing.v3.store import Incident, Store

_STATUS = one_of(*INCIDENT_STATUSES)
_COMPONENT_STATUS = one_of(*COMPONENT_STATUSES)
_TEMPLATE_EXISTS = Rule(
    lambda value, context: any(row.slug == value for row in context.store.templates.rows.values()),
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
    includes=(*with_counts("components"), "components.group", *with_counts("updates", "user", "meta")),
    filters={
        "name": partial("name"),
        "status": exact("status"),
        "occurs_after": by_date("occurred_at", lambda moment, limit: moment >= limit),
        "occurs_before": by_date("occurred_at", lambda moment, limit: moment <= limit),
        "occurs_on": by_date("occurred_at", lambda moment, day: moment[:10] == day),
        "meta": metadata,
    },
    sorts={name: column(name) for name in ("name", "status", "id", "created_at")},
    default_sort="-created_at",
)


def index(call: Call) -> Response:
    """List incidents, newest first."""
    return call.page(
        _LISTING,
        lambda: filter(call.serializer.can_see_incident, call.store.incidents.rows.values()),
        lambda row, tree: _node(call, row, tree),
    )


def show(call: Call) -> Response:
    """Show an incident."""
    incident = call.bind(call.store.incidents)
    call.require_visible(call.serializer.can_see_incident(incident), call.store.incidents)
    return call.show(_node(call, incident, _LISTING.tree(call.query)))


def store(call: Call) -> Response:
    """Create an incident, from a message or from a template."""
    values = call.values(_CREATE)
    call.caller.require("incidents.manage")
    impacts = _pop_impacts(values)
    slug, variables = values.pop("template", None), values.pop("template_vars", None)
    if slug is not None:
        values["message"] = _render(call.store, str(slug), variables, values, impacts)
    incident = call.store.incidents.add(call.now)
    fill(incident, {"guid": str(uuid4()), "published_at": incident.created_at, "components": impacts, **values})
    for component_id, status in impacts.items():
        component = call.store.components.rows.get(component_id)
        if component is not None:
            component.incidents[incident.id] = status
    node = call.serializer.incident(incident, call.relations)
    node.attributes["notifications"] = incident.notifications
    return call.show(node, 201)


def update(call: Call) -> Response:
    """Update only the given fields; components cannot be changed."""
    incident = call.bind(call.store.incidents)
    values = call.values(_UPDATE)
    call.caller.require("incidents.manage")
    change(incident, values, call.now)
    return call.show(call.serializer.incident(incident, call.relations))


def destroy(call: Call) -> Response:
    """Soft-delete an incident, and hard-delete its updates."""
    incident = call.bind(call.store.incidents)
    call.caller.require("incidents.delete")
    for component_id in incident.components:
        component = call.store.components.rows.get(component_id)
        if component is not None:
            component.incidents.pop(incident.id, None)
    for posted in incident.updates.values():
        call.store.updates.remove(posted)
    call.store.incidents.remove(incident, soft=True)
    return call.no_content()


def _pop_impacts(values: dict[str, object]) -> dict[int, int]:
    component_id, status = values.pop("component_id", None), values.pop("component_status", None)
    impacts = components_of(values.pop("components", None))
    if isinstance(component_id, int) and isinstance(status, int):
        impacts.setdefault(component_id, status)
    return impacts


def _render(
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
        raise http_errors.server_error() from None
    except UnsupportedTwigError as reason:
        raise http_errors.HttpError(501, str(reason)) from None


def _node(call: Call, row: Incident, tree: Tree) -> Node:
    return call.serializer.incident(row, tree, EXTRAS & tree.keys())
