"""/components."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cachet_sdk.testing.v1 import php
from cachet_sdk.testing.v1.context import Call, created_response
from cachet_sdk.testing.v1.errors import HttpError
from cachet_sdk.testing.v1.lists import Listing, collation_key
from cachet_sdk.testing.v1.rules import validate
from cachet_sdk.testing.v1.store import Component, fill

if TYPE_CHECKING:
    from cachet_sdk.testing.v1.php import Json

_STATUSES = ("Unknown", "Operational", "Performance Issues", "Partial Outage", "Major Outage")
_CREATED_KEYS = (
    "order",
    "group_id",
    "description",
    "link",
    "enabled",
    "meta",
    "name",
    "status",
    "updated_at",
    "created_at",
)
_FIELDS = ("name", "description", "status", "link", "order", "group_id", "enabled", "meta", "tags")
_RULES = {
    "description": "string",
    "status": "int|min:0|max:4",
    "link": "url",
    "order": "int",
    "group_id": "int",
    "enabled": "bool",
    "meta": "array",
}
#: What a PUT sets the fields to that it does not contain.
_RESET: dict[str, dict[str, Json]] = {
    "2.3": {"status": 0, "enabled": True},
    "2.4.0-dev-2018": {"enabled": False},
    "2.4": {},
}
_SEARCHABLE = frozenset({"id", "name", "status", "group_id", "enabled"})
_SINCE_2_4 = frozenset({"meta"})


def status_name(call: Call, status: int) -> str:
    """Return the status in words, or the key of its translation if that is missing."""
    first_translated = 1 if call.settings.is_2_3 else 0
    return _STATUSES[status] if first_translated <= status < len(_STATUSES) else f"cachet.components.status.{status}"


def present(call: Call, row: Component) -> dict[str, Json]:
    """Return a component as reads show it."""
    shown: dict[str, Json] = {
        "id": row.id,
        "name": row.name,
        "description": row.description,
        "link": row.link,
        "status": call.status(row.status),
        "order": row.order,
        "group_id": row.group_id,
        "enabled": row.enabled,
        "meta": row.meta,
        "created_at": call.format_date(row.created_at),
        "updated_at": call.format_date(row.updated_at),
        "deleted_at": None,
        "status_name": status_name(call, row.status),
        # PHP encodes an empty array as a list.
        "tags": {php.slug(name): name for name in row.tags} or [],
    }
    return call.supported(shown, _SINCE_2_4)


LISTING = Listing(
    present=present,
    sortable=_SEARCHABLE | {"order"},
    searchable=_SEARCHABLE,
    columns=_SEARCHABLE | {"description", "link", "meta", "created_at", "updated_at", "deleted_at"},
    visible_to_guests=lambda row: row.enabled,
    since_2_4=_SINCE_2_4,
)


def index(call: Call) -> Json:
    """GET: guests do not see disabled components; 2.3 cannot filter by tags."""
    tags = None if call.settings.is_2_3 else call.inputs.query.get("tags")
    wanted = {collation_key(str(tag)) for tag in (tags if isinstance(tags, list) else [tags])}

    def read() -> list[Component]:
        rows = LISTING.rows(call, call.store.components)
        return [row for row in rows if wanted & {collation_key(php.slug(name)) for name in row.tags}] if tags else rows

    return LISTING.paginate(call, read)


def show(call: Call, row: Component) -> Json:
    """GET by id."""
    return {"data": present(call, row)}


def create(call: Call) -> Json:
    """POST."""
    given = call.inputs.given(*_FIELDS)
    # The server casts these two before validation: a missing status is 0, "false" is true.
    given["status"] = php.integer(given.get("status"))
    given["enabled"] = php.truth(call.inputs.get("enabled", True))
    validate(given, {"name": "required|string", **_rules(call), "tags": "string"})
    row = Component(id=call.store.components.next_id(), created_at=call.now, updated_at=call.now, name="", status=0)
    fill(row, _columns(given))
    call.store.components.add(row)
    return created_response(present(call, row), (*_CREATED_KEYS, "id", "status_name", "tags"))


def update(call: Call, row: Component) -> Json:
    """PUT: fields that are missing or null stay, except `status` and `enabled` on releases that reset them."""
    given = {**_RESET[call.settings.release], **call.inputs.given(*_FIELDS)}
    if isinstance(given.get("tags"), list | dict):
        raise HttpError(500)
    # Only the model's own rules check the name; they refuse an empty one.
    rules = _rules(call)
    validate(given, {"name": "required|string", **rules} if "name" in given else rules)
    call.store.components.change(row, call.now, _columns(given))
    return {"data": present(call, row)}


def delete(call: Call, row: Component) -> Json:
    """DELETE: incidents keep the component's id."""
    call.store.components.remove(row)
    return None


def set_status(call: Call, component_id: Json, status: Json) -> None:
    """Set the status that an incident gives to its component, if the component exists."""
    row = call.store.components.rows.get(php.integer(component_id))
    if row is not None:
        call.store.components.change(row, call.now, {"status": php.integer(status)})


def save_on_dashboard(row: Component) -> None:
    """Save a component without tags as the dashboard of 2.3 does: it adds a tag with an empty name."""
    row.tags = row.tags or [""]


def _rules(call: Call) -> dict[str, str]:
    return {**_RULES, "status": "int"} if call.settings.is_2_3 else _RULES


def _tags(names: Json) -> list[str]:
    """Split the names at commas, without those that MariaDB considers equal; "0" is dropped, as it is false in PHP."""
    tags: dict[str, str] = {}
    for part in re.split(r"\s*,\s*", str(names)):
        if php.truth(part):
            tags.setdefault(collation_key(part), part)
    return list(tags.values())


def _columns(given: dict[str, Json]) -> dict[str, object]:
    """Convert fields to columns; an empty list of tags changes nothing, so the last tag can never be removed."""
    columns: dict[str, object] = {}
    for name, value in given.items():
        if name == "tags":
            tags = _tags(value)
            if tags:
                columns[name] = tags
        elif name in {"status", "order", "group_id"}:
            columns[name] = php.integer(value)
        elif name == "enabled":
            columns[name] = php.truth(value)
        else:
            columns[name] = value
    return columns
