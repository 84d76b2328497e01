"""/incidents: reads and deletes; creates and updates are in `incident_writes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.testing.v1 import components
from cachet_sdk.testing.v1.lists import Listing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cachet_sdk.testing.v1.context import Call
    from cachet_sdk.testing.v1.php import Json
    from cachet_sdk.testing.v1.store import Incident, IncidentUpdate

FIXED = 4
_STATUSES = ("cachet.incidents.status.0", "Investigating", "Identified", "Watching", "Fixed")
_SCHEDULED = "Scheduled"
_ICONS = (
    "icon ion-android-calendar",
    "icon ion-flag oranges",
    "icon ion-alert yellows",
    "icon ion-eye blues",
    "icon ion-checkmark greens",
)
_SINCE_2_4 = frozenset({"user_id", "stickied", "notifications", "message", "occurred_at"})
_SEARCHABLE = frozenset({"id", "user_id", "component_id", "name", "status", "visible", "stickied"})


def present(call: Call, row: Incident) -> dict[str, Json]:
    """Return an incident as reads show it."""
    return _present_2_3(call, row) if call.settings.is_2_3 else _shown(call, row, {})


def present_with_component(call: Call, row: Incident) -> dict[str, Json]:
    """Return an incident with its component, which only responses to creates contain."""
    component = call.store.components.rows.get(row.component_id)
    return _shown(call, row, {"component": None if component is None else components.present(call, component)})


def present_update(call: Call, row: IncidentUpdate) -> dict[str, Json]:
    """Return an update of an incident as reads show it."""
    return {
        "id": row.id,
        "incident_id": row.incident_id,
        "status": row.status,
        "message": row.message,
        "user_id": row.user_id,
        "created_at": call.format_date(row.created_at),
        "updated_at": call.format_date(row.updated_at),
        "human_status": _STATUSES[row.status],
        "permalink": f"{call.origin}/incidents/{row.incident_id}#update-{row.id}",
    }


def updates_newest_first(row: Incident) -> list[IncidentUpdate]:
    """Return updates, newest first; within the same second, the server wrongly puts the older one first."""
    return sorted(row.updates, key=lambda update: update.created_at, reverse=True)


def is_open(row: Incident) -> bool:
    """Return whether the incident affects the status page's overall status."""
    latest = updates_newest_first(row)[:1]
    return row.status != FIXED and (not latest or latest[0].status != FIXED)


def _shown(call: Call, row: Incident, component: dict[str, Json]) -> dict[str, Json]:
    updates = updates_newest_first(row)
    latest = updates[0] if updates else None
    status = latest.status if latest else row.status
    return {
        "id": row.id,
        "user_id": row.user_id,
        "component_id": row.component_id,
        "name": row.name,
        "status": call.status(row.status),
        "visible": row.visible,
        "stickied": row.stickied,
        "notifications": row.notifications,
        "message": row.message,
        "occurred_at": call.format_date(row.occurred_at),
        "created_at": call.format_date(row.created_at),
        "updated_at": call.format_date(row.updated_at),
        "deleted_at": None,
        "is_resolved": status == FIXED,
        "meta": dict(row.meta) or [],
        "updates": [present_update(call, update) for update in updates],
        **component,
        "human_status": _STATUSES[row.status],
        "latest_update_id": latest.id if latest else None,
        "latest_status": status,
        "latest_human_status": _STATUSES[status],
        "latest_icon": _ICONS[status],
        "permalink": f"{call.origin}/incidents/{row.id}",
        "duration": int((call.now - row.created_at).total_seconds()) if latest else 0,
    }


def _present_2_3(call: Call, row: Incident) -> dict[str, Json]:
    return {
        "id": row.id,
        "component_id": row.component_id,
        "name": row.name,
        "status": call.status(row.status),
        "visible": row.visible,
        "message": row.message,
        # Null in the database, as no incident is a scheduled one, but null dates are shown as now.
        "scheduled_at": call.format_date(call.now),
        "created_at": call.format_date(row.created_at),
        "updated_at": call.format_date(row.updated_at),
        "deleted_at": None,
        "human_status": _SCHEDULED if row.status == 0 else _STATUSES[row.status],
    }


def present_new_2_3(call: Call, row: Incident, *, notify: bool, component: bool, dated: bool) -> dict[str, Json]:
    """Return the response of 2.3 to a create."""
    shown = _present_2_3(call, row)
    times = ("created_at", "updated_at") if dated else ("updated_at", "created_at")
    response = {key: shown[key] for key in ("name", "status", "visible", "message")}
    if row.component_id:
        response["component_id"] = row.component_id
    response |= {key: shown[key] for key in (*times, "id")}
    response["notify"] = notify
    if component or row.component_id:
        found = call.store.components.rows.get(row.component_id)
        response["component"] = None if found is None else components.present(call, found)
    return response | {key: shown[key] for key in ("human_status", "scheduled_at")}


LISTING = Listing(
    present=present,
    sortable=frozenset({"id", "user_id", "name", "status", "visible", "stickied", "message", "occurred_at"}),
    searchable=_SEARCHABLE,
    columns=_SEARCHABLE | {"notifications", "message", "occurred_at", "created_at", "updated_at", "deleted_at"},
    visible_to_guests=lambda row: row.visible == 1,
    since_2_4=_SINCE_2_4,
)


def index(call: Call) -> Json:
    """GET: guests see only visible incidents.

    Unsorted pages are read from the index on `visible`, hidden incidents first, except the last page, which is read in
    the order of ids. Together they repeat and miss rows, as many as on the real server.
    """

    def read() -> list[Incident]:
        return LISTING.rows(call, call.store.incidents)

    def read_page(first: int, size: int) -> list[Incident]:
        rows = read()
        if first + size < len(rows):
            whole = len(rows) == len(call.store.incidents.rows)
            rows = call.store.incidents.view("by visibility", _by_visibility) if whole else _by_visibility(rows)
        return rows[first : first + size]

    return LISTING.paginate(call, read, None if LISTING.sort_column(call) else read_page)


def _by_visibility(rows: Iterable[Incident]) -> list[Incident]:
    return sorted(rows, key=lambda row: row.visible)


def show(call: Call, row: Incident) -> Json:
    """GET by id: even guests see hidden incidents."""
    return {"data": present(call, row)}


def delete(call: Call, row: Incident) -> Json:
    """DELETE: its updates stay, but no longer under its path."""
    call.store.incidents.remove(row)
    return None
