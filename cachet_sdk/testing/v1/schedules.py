"""/schedules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.testing.v1 import dates, php
from cachet_sdk.testing.v1.context import Call, created
from cachet_sdk.testing.v1.errors import Refusal
from cachet_sdk.testing.v1.lists import Listing
from cachet_sdk.testing.v1.rules import validate
from cachet_sdk.testing.v1.store import Schedule

if TYPE_CHECKING:
    from cachet_sdk.testing.v1.php import Json

_STATUSES = ("Upcoming", "In Progress", "Complete")
_FIELDS = ("name", "message", "status", "scheduled_at", "completed_at", "components", "notify")
_STATUS = "int|min:0|max:2"
_CREATE_RULES = {
    "name": "required|string",
    "message": "string",
    "status": f"required|{_STATUS}",
    "scheduled_at": "required|string",
    "completed_at": "string",
    "components": "array",
    "notify": "bool",
}
_UPDATE_RULES = {
    "name": "required|string",
    "message": "string",
    "status": _STATUS,
    "scheduled_at": "string",
    "completed_at": "string",
}
_SORTABLE = frozenset({"id", "name", "status", "scheduled_at", "completed_at", "created_at", "updated_at"})


def present(call: Call, row: Schedule) -> dict[str, Json]:
    """A schedule as a read shows it: an unfinished one seems to be finished now, and none has components."""
    return {
        "id": row.id,
        "name": row.name,
        "message": row.message,
        "status": row.status,
        "scheduled_at": call.show(row.scheduled_at),
        "completed_at": call.show(row.completed_at or call.now),
        "created_at": call.show(row.created_at),
        "updated_at": call.show(row.updated_at),
        "deleted_at": None,
        "components": [],
        "human_status": _STATUSES[row.status],
    }


LISTING = Listing(present=present, sortable=_SORTABLE)


def index(call: Call) -> Json:
    """GET."""
    return LISTING.answer(call, lambda: LISTING.rows(call, call.store.schedules))


def show(call: Call, row: Schedule) -> Json:
    """GET of one."""
    return {"data": present(call, row)}


def create(call: Call) -> Json:
    """POST: a bad date is a 400 here, with PHP's own words."""
    given = call.inputs.given(*_FIELDS)
    # As with incidents, a new message is stored as it came.
    message = call.inputs.raw("message")
    validate({**given, "message": message}, _CREATE_RULES)
    try:
        scheduled_at = dates.parsed(str(given["scheduled_at"]), call.zone)
        completed_at = dates.parsed(str(given["completed_at"]), call.zone) if given.get("completed_at") else None
    except dates.BadDate as fault:
        raise Refusal(400, reasons=[str(fault)]) from None
    row = Schedule(
        id=call.store.schedules.next_id(),
        created_at=call.now,
        updated_at=call.now,
        name=str(given["name"]),
        status=php.integer(given["status"]),
        message=None if message is None else str(message),
        scheduled_at=scheduled_at,
        completed_at=completed_at,
    )
    call.store.schedules.add(row)
    told = ["message"] if message is not None else []
    order = ("status", "completed_at", "name", *told, "scheduled_at", "updated_at", "created_at", "id", "human_status")
    return created(present(call, row), order)


def update(call: Call, row: Schedule) -> Json:
    """PUT: a bad date is a 500 here, and the database may lose `scheduled_at` behind the application's back."""
    given = call.inputs.given(*_FIELDS)
    if isinstance(given.get("components"), str):
        raise Refusal(500)
    validate({"name": row.name, **given}, _UPDATE_RULES)
    columns: dict[str, object] = {name: given[name] for name in ("name", "message") if name in given}
    if "status" in given:
        columns["status"] = php.integer(given["status"])
    columns |= {name: call.moment(given[name]) for name in ("scheduled_at", "completed_at") if given.get(name)}
    before = row.scheduled_at
    call.store.schedules.change(row, call.now, columns)
    answer = present(call, row)
    if row.scheduled_at == before and not call.settings.explicit_defaults_for_timestamp:
        # ON UPDATE CURRENT_TIMESTAMP: the answer above was made from what the application believes.
        row.scheduled_at = call.now
        call.store.schedules.touch()
    return {"data": answer}


def delete(call: Call, row: Schedule) -> Json:
    """DELETE."""
    call.store.schedules.remove(row)
    return None
