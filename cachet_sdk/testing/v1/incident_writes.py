"""POST and PUT of /incidents, and messages from templates."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from cachet_sdk.testing.twig import TemplateError, UnsupportedTwigError, render
from cachet_sdk.testing.v1 import components, incidents, php
from cachet_sdk.testing.v1.context import Call, created_response
from cachet_sdk.testing.v1.database import NAME_WIDTH
from cachet_sdk.testing.v1.errors import HttpError
from cachet_sdk.testing.v1.lists import collation_key
from cachet_sdk.testing.v1.rules import validate
from cachet_sdk.testing.v1.store import Incident

if TYPE_CHECKING:
    from datetime import datetime

    from cachet_sdk.testing.v1.php import Json

_COMPLETE = 2
_FIELDS = ("name", "status", "message", "component_id", "component_status", "occurred_at", "template")
_STATUS = "int|min:0|max:4"
_CREATE_RULES = {
    "name": "required|string",
    "status": f"required|{_STATUS}",
    "message": "required|string",
    "component_id": "required_with:component_status|int",
    "component_status": f"required_with:component_id|{_STATUS}",
    "occurred_at": "string",
}
_UPDATE_RULES = {
    "name": "required|string",
    "status": _STATUS,
    "message": "required|string",
    "visible": "bool",
    "component_id": "int",
    "component_status": f"required_with:component_id|{_STATUS}",
    "stickied": "bool",
    "occurred_at": "string",
}
#: Keys that PHP converts to integers.
_INTEGER_KEY = re.compile(r"0|-?[1-9]\d*")


def create(call: Call) -> Json:
    """POST."""
    given = call.inputs.given(*_FIELDS)
    # Only on create, the message is stored exactly as sent.
    message = call.inputs.raw("message")
    given["message"] = _from_template(call, given) or message
    meta, visible = call.inputs.get("meta"), php.truth(call.inputs.get("visible", True))
    if isinstance(meta, str):
        raise HttpError(500)
    validate(given, _CREATE_RULES)
    row = Incident(
        created_at=_created_at(call) or call.now,
        updated_at=_created_at(call) or call.now,
        name=str(given["name"]),
        status=php.integer(given["status"]),
        message=str(given["message"]),
        occurred_at=_occurred_at(call, given) or call.now,
        component_id=php.integer(given.get("component_id")),
        visible=int(visible),
        stickied=php.truth(call.inputs.get("stickied", False)),
        meta=_meta(meta),
        # Last, so that a request that fails because of its date or meta does not use up an id.
        id=call.store.incidents.next_id(),
    )
    call.store.incidents.add(row)
    _set_component(call, given)
    return _created(call, row, given)


def update(call: Call, row: Incident) -> Json:
    """PUT: `visible` is reset to public and `stickied` to false if they are missing; `meta` is ignored."""
    given = call.inputs.given(*_FIELDS)
    given = {"visible": True, "stickied": False, **given, **call.inputs.given("visible", "stickied")}
    # Only the fields of the request are available to the template, not those of the incident.
    rendered = _from_template(call, given)
    if rendered:
        given["message"] = rendered
    validate({"name": row.name, "message": row.message, **given}, _UPDATE_RULES)
    columns: dict[str, object] = {
        "visible": int(php.truth(given["visible"])),
        "stickied": php.truth(given["stickied"]),
        "occurred_at": _occurred_at(call, given) or row.occurred_at,
        "created_at": _created_at(call) or row.created_at,
    }
    for name in ("status", "component_id"):
        if name in given:
            columns[name] = php.integer(given[name])
    columns |= {name: str(given[name]) for name in ("name", "message") if name in given}
    call.store.incidents.change(row, _created_at(call) or call.now, columns)
    _set_component(call, given)
    return {"data": incidents.present(call, row)}


def _set_component(call: Call, given: dict[str, Json]) -> None:
    if "component_id" not in given:
        return
    if call.settings.is_2_3 and php.integer(given["component_id"]) not in call.store.components.rows:
        # The incident has been stored by now.
        raise HttpError(500)
    components.set_status(call, given["component_id"], given.get("component_status"))


def _created(call: Call, row: Incident, given: dict[str, Json]) -> Json:
    # The response contains the component only if sending mail has loaded it.
    notify = php.truth(call.inputs.get("notify", True))
    sends_mail = notify and bool(row.visible) and not _in_maintenance(call)
    if call.settings.is_2_3:
        dated = _created_at(call) is not None
        return {"data": incidents.present_new_2_3(call, row, notify=notify, component=sends_mail, dated=dated)}
    shown = incidents.present_with_component(call, row)
    return created_response(
        shown,
        (
            *("stickied", "notifications", "user_id", "name", "status", "visible", "message"),
            *(["component_id"] if "component_id" in given else []),
            *("occurred_at", "updated_at", "created_at", "id", "is_resolved"),
            *(["component"] if sends_mail else []),
            *("updates", "human_status", "latest_update_id", "latest_status", "latest_human_status", "latest_icon"),
            *("permalink", "duration", "meta"),
        ),
    )


def _in_maintenance(call: Call) -> bool:
    schedules = call.store.schedules.rows.values()
    return any(row.status < _COMPLETE and row.scheduled_at <= call.now for row in schedules)


def _occurred_at(call: Call, given: dict[str, Json]) -> datetime | None:
    text = given.get("occurred_at")
    return call.parse_date(text) if text and not call.settings.is_2_3 else None


def _created_at(call: Call) -> datetime | None:
    """Return `created_at`, the time of an incident on 2.3; 2.4 ignores it."""
    text = call.inputs.get("created_at")
    return call.parse_date(text, "d/m/Y H:i") if text and call.settings.is_2_3 else None


def _meta(meta: Json) -> dict[str, Json]:
    if not meta:
        return {}
    if not isinstance(meta, dict) or any(_INTEGER_KEY.fullmatch(key) for key in meta):
        raise HttpError(400, reasons=["The key must be a string."])
    if "" in meta:
        raise HttpError(400, reasons=["The key field is required."])
    kept: dict[str, tuple[str, Json]] = {}
    for key, value in meta.items():
        if php.truth(value) and len(key) <= NAME_WIDTH:
            # A column of 191 characters holds the JSON of each value; truncated, it no longer parses and reads as null.
            fits = len(json.dumps(value, separators=(",", ":")).replace("/", "\\/")) <= NAME_WIDTH
            # Keys that MariaDB considers equal are one row, with the first spelling and the last value.
            spelling, _ = kept.get(collation_key(key), (key, None))
            kept[collation_key(key)] = (spelling, value if fits else None)
    return dict(kept.values())


def _from_template(call: Call, given: dict[str, Json]) -> str | None:
    """Return the message rendered from the request's template; None if there is none or its slug is unknown."""
    variables = call.inputs.get("vars") or {}
    if isinstance(variables, str):
        raise HttpError(500)
    wanted = given.get("template")
    template = next((row for row in call.store.templates.rows.values() if row.slug == wanted), None)
    if template is None:
        return None
    incident = {name: value for name, value in given.items() if name != "template"}
    scope: dict[str, Json] = {"incident": incident, **(variables if isinstance(variables, dict) else {})}
    try:
        return render(template.template, scope)
    except TemplateError:
        raise HttpError(500) from None
    except UnsupportedTwigError as reason:
        raise HttpError(501, detail=str(reason)) from None
