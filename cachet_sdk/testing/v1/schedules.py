"""/schedules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.testing.v1 import dates, php
from cachet_sdk.testing.v1.context import Call, created_response
from cachet_sdk.testing.v1.errors import HttpError
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
    """Return a schedule as reads show it: an unfinished one appears to be completed now, and has no components."""
    return {
        "id": row.id,
        "name": row.name,
        "message": row.message,
        "status": row.status,
        "scheduled_at": call.format_date(row.scheduled_at),
        "completed_at": call.format_date(row.completed_at or call.now),
        "created_at": call.format_date(row.created_at),
        "updated_at": call.format_date(row.updated_at),
        "deleted_at": None,
        "components": [],
        "human_status": _STATUSES[row.status],
    }


LISTING = Listing(present=present, sortable=_SORTABLE)


def index(call: Call) -> Json:
    """GET."""
    return LISTING.paginate(call, lambda: LISTING.rows(call, call.store.schedules))


def show(call: Call, row: Schedule) -> Json:
    """GET by id."""
    return {"data": present(call, row)}


def create(call: Call) -> Json:
    """POST: an invalid date is a 400, with PHP's message."""
    given = call.inputs.given(*_FIELDS)
    # As with incidents, the message is stored exactly as sent on create.
    message = call.inputs.raw("message")
    validate({**given, "message": message}, _CREATE_RULES)
    try:
        scheduled_at = dates.parse_date(str(given["scheduled_at"]), call.zone)
        completed_at = dates.parse_date(str(given["completed_at"]), call.zone) if given.get("completed_at") else None
    except dates.DateParseError as error:
        raise HttpError(400, reasons=[str(error)]) from None
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
    optional = ["message"] if message is not None else []
    order = (
        "status",
        "completed_at",
        "name",
        *optional,
        "scheduled_at",
        "updated_at",
        "created_at",
        "id",
        "human_status",
    )
    return created_response(present(call, row), order)


def update(call: Call, row: Schedule) -> Json:
    """PUT: an invalid date is a 500, and the database may change `scheduled_at` without the response showing it."""
    given = call.inputs.given(*_FIELDS)
    if isinstance(given.get("components"), str):
        raise HttpError(500)
    validate({"name": row.name, **given}, _UPDATE_RULES)
    columns: dict[str, object] = {name: given[name] for name in ("name", "message") if name in given}
    if "status" in given:
        columns["status"] = php.integer(given["status"])
    columns |= {name: call.parse_date(given[name]) for name in ("scheduled_at", "completed_at") if given.get(name)}
    before = row.scheduled_at
    call.store.schedules.change(row, call.now, columns)
    response = present(call, row)
    if row.scheduled_at == before and not call.settings.explicit_defaults_for_timestamp:
        # ON UPDATE CURRENT_TIMESTAMP: the response is built from the application's state, so it has the old date.
        row.scheduled_at = call.now
        call.store.schedules.discard_views()
    return {"data": response}


def delete(call: Call, row: Schedule) -> Json:
    """DELETE."""
    call.store.schedules.remove(row)
    return None
