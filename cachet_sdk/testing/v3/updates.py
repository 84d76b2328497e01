"""/incidents/{id}/updates and /schedules/{id}/updates: one table, two parents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.testing.v3 import http_errors
from cachet_sdk.testing.v3.lists import Listing, column, exact, with_counts
from cachet_sdk.testing.v3.rules import DATE, NULLABLE, REQUIRED, STRING, one_of
from cachet_sdk.testing.v3.statuses import INCIDENT_STATUSES
from cachet_sdk.testing.v3.store import change, fill
from cachet_sdk.testing.v3.validation import Field, as_date, as_int

if TYPE_CHECKING:
    from cachet_sdk.testing.http import Response
    from cachet_sdk.testing.v3.call import Call
    from cachet_sdk.testing.v3.store import Incident, Schedule, Update

_STATUS = one_of(*INCIDENT_STATUSES)
_CREATE_FOR_INCIDENT = (Field("status", (REQUIRED, _STATUS), as_int), Field("message", (REQUIRED, STRING)))
_UPDATE_FOR_INCIDENT = (Field("status", (_STATUS,), as_int), Field("message", (STRING,)))
_CREATE_FOR_SCHEDULE = (
    Field("message", (REQUIRED, STRING)),
    Field("completed_at", (NULLABLE, DATE), as_date),
)
_UPDATE_FOR_SCHEDULE = (Field("message", (STRING,)),)
_INCIDENT_UPDATES: Listing[Update] = Listing(
    includes=with_counts("incident"),
    filters={"status": exact("status")},
    sorts={name: column(name) for name in ("status", "created_at")},
)
_SCHEDULE_UPDATES: Listing[Update] = Listing(
    includes=with_counts("schedule"), sorts={"created_at": column("created_at")}
)


def index_for_incident(call: Call) -> Response:
    """List an incident's updates."""
    incident = _readable(call)
    return call.page(_INCIDENT_UPDATES, incident.updates.values, call.serializer.update)


def show_for_incident(call: Call) -> Response:
    """Show an incident's update."""
    found = _child(call, _readable(call))
    return call.show(call.serializer.update(found, _INCIDENT_UPDATES.tree(call.query)))


def store_for_incident(call: Call) -> Response:
    """Create an update; the incident takes its status."""
    incident = call.bind(call.store.incidents)
    values = call.values(_CREATE_FOR_INCIDENT)
    call.caller.require("incident-updates.manage")
    posted = _add(call, incident, values, "incident")
    _sync_status(call, incident)
    return call.show(call.serializer.update(posted, call.relations), 201)


def update_for_incident(call: Call) -> Response:
    """Change an update; the incident takes the status of the newest one."""
    incident = call.bind(call.store.incidents)
    found = _child(call, incident)
    values = call.values(_UPDATE_FOR_INCIDENT)
    call.caller.require("incident-updates.manage")
    change(found, values, call.now)
    _sync_status(call, incident)
    return call.show(call.serializer.update(found, call.relations))


def destroy_for_incident(call: Call) -> Response:
    """Delete an update; the incident takes the status of the newest one left."""
    incident = call.bind(call.store.incidents)
    found = _child(call, incident)
    call.caller.require("incident-updates.delete")
    _remove(call, incident, found)
    _sync_status(call, incident)
    return call.no_content()


def index_for_schedule(call: Call) -> Response:
    """List a schedule's updates, even of an unpublished schedule (a leak of the real server)."""
    schedule = call.bind(call.store.schedules)
    return call.page(_SCHEDULE_UPDATES, schedule.updates.values, call.serializer.update)


def show_for_schedule(call: Call) -> Response:
    """Show a schedule's update."""
    found = _child(call, call.bind(call.store.schedules))
    return call.show(call.serializer.update(found, _SCHEDULE_UPDATES.tree(call.query)))


def store_for_schedule(call: Call) -> Response:
    """Create an update, which may complete the schedule."""
    schedule = call.bind(call.store.schedules)
    values = call.values(_CREATE_FOR_SCHEDULE)
    call.caller.require("schedule-updates.manage")
    completed_at = values.pop("completed_at", None)
    posted = _add(call, schedule, values, "schedule")
    if completed_at is not None:
        change(schedule, {"completed_at": completed_at}, call.now)
    return call.show(call.serializer.update(posted, call.relations), 201)


def update_for_schedule(call: Call) -> Response:
    """Change an update's message."""
    found = _child(call, call.bind(call.store.schedules))
    values = call.values(_UPDATE_FOR_SCHEDULE)
    call.caller.require("schedule-updates.manage")
    change(found, values, call.now)
    return call.show(call.serializer.update(found, call.relations))


def destroy_for_schedule(call: Call) -> Response:
    """Delete an update; a schedule that it completed stays completed."""
    schedule = call.bind(call.store.schedules)
    found = _child(call, schedule)
    call.caller.require("schedule-updates.delete")
    _remove(call, schedule, found)
    return call.no_content()


def _readable(call: Call) -> Incident:
    incident = call.bind(call.store.incidents)
    if not call.serializer.can_see_incident(incident):
        raise http_errors.not_found()
    return incident


def _child(call: Call, parent: Incident | Schedule) -> Update:
    found = call.bind(call.store.updates, 1)
    if found is not parent.updates.get(found.id):
        raise http_errors.row_not_found(call.store.updates.model, call.keys[1])
    return found


def _add(call: Call, parent: Incident | Schedule, values: dict[str, object], updateable_type: str) -> Update:
    posted = call.store.updates.add(call.now)
    fill(posted, {**values, "updateable_type": updateable_type, "updateable_id": parent.id})
    parent.updates[posted.id] = posted
    return posted


def _remove(call: Call, parent: Incident | Schedule, found: Update) -> None:
    del parent.updates[found.id]
    call.store.updates.remove(found)


def _sync_status(call: Call, incident: Incident) -> None:
    if incident.updates:
        newest = max(incident.updates.values(), key=lambda posted: (posted.created_at, posted.id))
        change(incident, {"status": newest.status}, call.now)
