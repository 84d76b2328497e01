"""/schedules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.testing.v3 import http_errors
from cachet_sdk.testing.v3.lists import Listing, column, metadata, partial, with_counts
from cachet_sdk.testing.v3.rules import (
    ARRAY,
    BOOLEAN,
    DATE,
    INTEGER,
    NULLABLE,
    REQUIRED,
    STRING,
    exists,
    max_length,
    one_of,
)
from cachet_sdk.testing.v3.serializer import EXTRAS
from cachet_sdk.testing.v3.statuses import COMPONENT_STATUSES, SCHEDULE_STATUSES, schedule_status
from cachet_sdk.testing.v3.store import change, fill
from cachet_sdk.testing.v3.validation import Field, as_date, components_of
from cachet_sdk.testing.v3.values import entries, intval, is_numeric

if TYPE_CHECKING:
    from collections.abc import Callable

    from cachet_sdk.testing.http import Response
    from cachet_sdk.testing.v3.call import Call
    from cachet_sdk.testing.v3.documents import Node, Tree
    from cachet_sdk.testing.v3.store import Schedule
    from cachet_sdk.testing.v3.values import Json

_COMPONENTS = Field(
    "components",
    (ARRAY,),
    items=(
        Field("id", (REQUIRED, INTEGER, exists("components"))),
        Field("status", (REQUIRED, INTEGER, one_of(*COMPONENT_STATUSES))),
    ),
)
_FIELDS = (
    Field("completed_at", (NULLABLE, DATE), as_date),
    Field("published_at", (NULLABLE, DATE), as_date),
    _COMPONENTS,
    Field("meta", (NULLABLE, ARRAY)),
)
_CREATE = (
    Field("name", (REQUIRED, STRING, max_length(255))),
    Field("message", (REQUIRED, STRING)),
    Field("scheduled_at", (REQUIRED, DATE), as_date),
    Field("notifications", (BOOLEAN,)),
    *_FIELDS,
)
_UPDATE = (
    Field("name", (STRING, max_length(255))),
    Field("message", (STRING,)),
    Field("scheduled_at", (NULLABLE, DATE), as_date),
    *_FIELDS,
)


def index(call: Call) -> Response:
    """List schedules."""
    return call.page(
        _listing(call),
        lambda: filter(call.serializer.can_see_schedule, call.store.schedules.rows.values()),
        lambda row, tree: _node(call, row, tree),
    )


def show(call: Call) -> Response:
    """Show a schedule."""
    schedule = call.bind(call.store.schedules)
    call.require_visible(call.serializer.can_see_schedule(schedule), call.store.schedules)
    return call.show(_node(call, schedule, _listing(call).tree(call.query)))


def store(call: Call) -> Response:
    """Create a schedule."""
    values = call.values(_CREATE)
    call.caller.require("schedules.manage")
    values.pop("notifications", None)
    components = components_of(values.pop("components", None))
    schedule = call.store.schedules.add(call.now)
    fill(schedule, {"published_at": schedule.created_at, **values})
    _attach(call, schedule, components)
    return call.show(call.serializer.schedule(schedule, call.relations), 201)


def update(call: Call) -> Response:
    """Update only the given fields; components replace the old ones, but an empty list changes nothing."""
    schedule = call.bind(call.store.schedules)
    values = call.values(_UPDATE)
    call.caller.require("schedules.manage")
    components = components_of(values.pop("components", None))
    change(schedule, values, call.now)
    if components:
        _attach(call, schedule, components)
    return call.show(call.serializer.schedule(schedule, call.relations))


def destroy(call: Call) -> Response:
    """Soft-delete a schedule."""
    schedule = call.bind(call.store.schedules)
    call.caller.require("schedules.delete")
    _attach(call, schedule, {})
    call.store.schedules.remove(schedule, soft=True)
    return call.no_content()


def _listing(call: Call) -> Listing[Schedule]:
    return Listing(
        includes=(*with_counts("components"), "components.group", *with_counts("updates", "user", "meta")),
        filters={"name": partial("name"), "status": lambda value: _has_status(call, value), "meta": metadata},
        sorts={name: column(name) for name in ("name", "id", "scheduled_at", "completed_at")},
    )


def _has_status(call: Call, value: Json) -> Callable[[Schedule], bool] | None:
    requested: list[Json] = [*value.split(",")] if isinstance(value, str) else entries(value)
    wanted = {intval(status) for status in requested if is_numeric(status)} & SCHEDULE_STATUSES.keys()
    return (lambda row: schedule_status(row, call.now) in wanted) if wanted else None


def _attach(call: Call, schedule: Schedule, components: dict[int, int]) -> None:
    rows = call.store.components.rows
    for component_id in schedule.components.keys() & rows.keys():
        rows[component_id].schedules.pop(schedule.id)
    schedule.components = components
    for component_id in components.keys() & rows.keys():
        rows[component_id].schedules[schedule.id] = components[component_id]


def _node(call: Call, row: Schedule, tree: Tree) -> Node:
    if "user" in tree:
        # The server allows it, but its model has no such relation, so it fails as soon as there is a row.
        raise http_errors.server_error()
    return call.serializer.schedule(row, tree, EXTRAS & tree.keys())
