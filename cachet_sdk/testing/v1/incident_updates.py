"""/incidents/{id}/updates; the incident in the path must exist, but the update may belong to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.testing.v1 import incidents, php
from cachet_sdk.testing.v1.lists import Listing
from cachet_sdk.testing.v1.rules import validate
from cachet_sdk.testing.v1.store import Incident, IncidentUpdate

if TYPE_CHECKING:
    from cachet_sdk.testing.v1.context import Call
    from cachet_sdk.testing.v1.php import Json

_STATUS = "int|min:1|max:4"
_CREATE_RULES = {
    "status": f"required|{_STATUS}",
    "message": "required|string",
    "component_id": "required_with:component_status|int",
    "component_status": "required_with:component_id|int|min:0|max:4",
}
_LISTING: Listing[IncidentUpdate] = Listing(present=incidents.present_update)
_SORTABLE = frozenset({"id", "status", "user_id"})


def index(call: Call, incident: Incident) -> Json:
    """GET: newest first; `sort` only orders updates of the same second."""
    sort = call.inputs.query.get("sort")
    column = sort if isinstance(sort, str) and sort in _SORTABLE else ""

    def read() -> list[IncidentUpdate]:
        rows = incidents.updates_newest_first(incident)
        if column:
            rows.sort(key=lambda row: (row.created_at, getattr(row, column)), reverse=True)
        return rows

    return _LISTING.paginate(call, read)


def show(call: Call, incident: Incident, row: IncidentUpdate) -> Json:
    """GET by id."""
    return {"data": incidents.present_update(call, row)}


def create(call: Call, incident: Incident) -> Json:
    """POST: sets the incident's status; a component is validated and then ignored."""
    given = call.inputs.given("status", "message", "component_id", "component_status")
    validate(given, _CREATE_RULES)
    row = IncidentUpdate(
        id=call.store.updates.next_id(),
        created_at=call.now,
        updated_at=call.now,
        incident_id=incident.id,
        status=php.integer(given["status"]),
        message=str(given["message"]),
    )
    call.store.updates.add(row)
    incident.updates.append(row)
    call.store.incidents.change(incident, call.now, {"status": row.status})
    call.store.incidents.discard_views()
    shown = incidents.present_update(call, row)
    return {
        "data": {
            "incident_id": shown["incident_id"],
            "status": shown["status"],
            "message": shown["message"],
            "user_id": shown["user_id"],
            "updated_at": shown["updated_at"],
            "created_at": shown["created_at"],
            "id": shown["id"],
            "incident": incidents.present_with_component(call, incident),
            "human_status": shown["human_status"],
            "permalink": shown["permalink"],
        }
    }


def update(call: Call, incident: Incident, row: IncidentUpdate) -> Json:
    """PUT: missing fields stay; the incident's status does not change."""
    given = call.inputs.given("status", "message")
    validate({"message": row.message, **given}, {"status": _STATUS, "message": "required|string"})
    if "status" in given:
        given["status"] = php.integer(given["status"])
    call.store.updates.change(row, call.now, given)
    call.store.incidents.discard_views()
    return {"data": incidents.present_update(call, row)}


def delete(call: Call, incident: Incident, row: IncidentUpdate) -> Json:
    """DELETE: the incident keeps its status."""
    call.store.updates.remove(row)
    owner = call.store.incidents.rows.get(row.incident_id)
    if owner is not None:
        owner.updates.remove(row)
        call.store.incidents.discard_views()
    return None
