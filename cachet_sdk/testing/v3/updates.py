"""/incidents/{id}/updates and /schedules/{id}/updates: one table, two parents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.testing.v3 import refusals
from cachet_sdk.testing.v3.lists import Listing, column, counted, exact
from cachet_sdk.testing.v3.rules import DATE, NULLABLE, REQUIRED, STRING, one_of
from cachet_sdk.testing.v3.statuses import INCIDENT_STATUSES
from cachet_sdk.testing.v3.store import change, fill
from cachet_sdk.testing.v3.validation import Field, as_date, as_int

if TYPE_CHECKING:
    from cachet_sdk.testing.http import Answer
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
_OF_INCIDENT: Listing[Update] = Listing(
    includes=counted("incident"),
    filters={"status": exact("status")},
    sorts={name: column(name) for name in ("status", "created_at")},
)
_OF_SCHEDULE: Listing[Update] = Listing(includes=counted("schedule"), sorts={"created_at": column("created_at")})


def index_of_incident(call: Call) -> Answer:
    """List an incident's updates."""
    incident = _readable(call)
    return call.page(_OF_INCIDENT, incident.updates.values, call.shapes.update)


def show_of_incident(call: Call) -> Answer:
    """Show an incident's update."""
    found = _child(call, _readable(call))
    return call.show(call.shapes.update(found, _OF_INCIDENT.tree(call.query)))


def store_for_incident(call: Call) -> Answer:
    """Post an update; the incident takes its status."""
    incident = call.bind(call.store.incidents)
    values = call.values(_CREATE_FOR_INCIDENT)
    call.caller.require("incident-updates.manage")
    posted = _add(call, incident, values, "incident")
    _follow(call, incident)
    return call.show(call.shapes.update(posted, call.relations), 201)


def update_of_incident(call: Call) -> Answer:
    """Change an update; the incident follows the newest."""
    incident = call.bind(call.store.incidents)
    found = _child(call, incident)
    values = call.values(_UPDATE_FOR_INCIDENT)
    call.caller.require("incident-updates.manage")
    change(found, values, call.now)
    _follow(call, incident)
    return call.show(call.shapes.update(found, call.relations))


def destroy_of_incident(call: Call) -> Answer:
    """Delete an update; the incident follows the newest that is left."""
    incident = call.bind(call.store.incidents)
    found = _child(call, incident)
    call.caller.require("incident-updates.delete")
    _remove(call, incident, found)
    _follow(call, incident)
    return call.gone()


def index_of_schedule(call: Call) -> Answer:
    """List a schedule's updates, an embargoed one's too (wire/v3: a leak)."""
    schedule = call.bind(call.store.schedules)
    return call.page(_OF_SCHEDULE, schedule.updates.values, call.shapes.update)


def show_of_schedule(call: Call) -> Answer:
    """Show a schedule's update."""
    found = _child(call, call.bind(call.store.schedules))
    return call.show(call.shapes.update(found, _OF_SCHEDULE.tree(call.query)))


def store_for_schedule(call: Call) -> Answer:
    """Post an update, which may complete the schedule."""
    schedule = call.bind(call.store.schedules)
    values = call.values(_CREATE_FOR_SCHEDULE)
    call.caller.require("schedule-updates.manage")
    completed_at = values.pop("completed_at", None)
    posted = _add(call, schedule, values, "schedule")
    if completed_at is not None:
        change(schedule, {"completed_at": completed_at}, call.now)
    return call.show(call.shapes.update(posted, call.relations), 201)


def update_of_schedule(call: Call) -> Answer:
    """Change an update's message."""
    found = _child(call, call.bind(call.store.schedules))
    values = call.values(_UPDATE_FOR_SCHEDULE)
    call.caller.require("schedule-updates.manage")
    change(found, values, call.now)
    return call.show(call.shapes.update(found, call.relations))


def destroy_of_schedule(call: Call) -> Answer:
    """Delete an update; a completion that it made stays."""
    schedule = call.bind(call.store.schedules)
    found = _child(call, schedule)
    call.caller.require("schedule-updates.delete")
    _remove(call, schedule, found)
    return call.gone()


def _readable(call: Call) -> Incident:
    incident = call.bind(call.store.incidents)
    if not call.shapes.sees_incident(incident):
        raise refusals.hidden()
    return incident


def _child(call: Call, parent: Incident | Schedule) -> Update:
    found = call.bind(call.store.updates, 1)
    if found is not parent.updates.get(found.id):
        raise refusals.no_row(call.store.updates.model, call.keys[1])
    return found


def _add(call: Call, parent: Incident | Schedule, values: dict[str, object], of_type: str) -> Update:
    posted = call.store.updates.add(call.now)
    fill(posted, {**values, "updateable_type": of_type, "updateable_id": parent.id})
    parent.updates[posted.id] = posted
    return posted


def _remove(call: Call, parent: Incident | Schedule, found: Update) -> None:
    del parent.updates[found.id]
    call.store.updates.remove(found)


def _follow(call: Call, incident: Incident) -> None:
    if incident.updates:
        newest = max(incident.updates.values(), key=lambda posted: (posted.created_at, posted.id))
        change(incident, {"status": newest.status}, call.now)
