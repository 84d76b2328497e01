"""/components."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cachet_sdk.testing.v1 import php
from cachet_sdk.testing.v1.context import Call, created
from cachet_sdk.testing.v1.errors import Refusal
from cachet_sdk.testing.v1.lists import Listing, collated
from cachet_sdk.testing.v1.rules import validate
from cachet_sdk.testing.v1.store import NAME_WIDTH, Component, fill

if TYPE_CHECKING:
    from cachet_sdk.testing.v1.php import Json

_STATUSES = ("Unknown", "Operational", "Performance Issues", "Partial Outage", "Major Outage")
_CREATED = ("order", "group_id", "description", "link", "enabled", "meta", "name", "status", "updated_at", "created_at")
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
_SEARCHABLE = frozenset({"id", "name", "status", "group_id", "enabled"})


def status_name(status: int) -> str:
    """The status in words."""
    return _STATUSES[status]


def present(call: Call, row: Component) -> dict[str, Json]:
    """A component as a read shows it."""
    return {
        "id": row.id,
        "name": row.name,
        "description": row.description,
        "link": row.link,
        "status": call.status(row.status),
        "order": row.order,
        "group_id": row.group_id,
        "enabled": row.enabled,
        "meta": row.meta,
        "created_at": call.show(row.created_at),
        "updated_at": call.show(row.updated_at),
        "deleted_at": None,
        "status_name": status_name(row.status),
        # PHP's empty array is a list.
        "tags": dict(row.tags) or [],
    }


LISTING = Listing(
    present=present,
    sortable=_SEARCHABLE | {"order"},
    searchable=_SEARCHABLE,
    columns=_SEARCHABLE | {"description", "link", "meta", "created_at", "updated_at", "deleted_at"},
    for_guests=lambda row: row.enabled,
)


def index(call: Call) -> Json:
    """GET: guests do not see the disabled ones."""
    rows = LISTING.rows(call, call.store.components)
    tags = call.inputs.query.get("tags")
    if tags:
        wanted = {collated(str(tag)) for tag in (tags if isinstance(tags, list) else [tags])}
        rows = [row for row in rows if wanted & {collated(slug) for slug in row.tags}]
    return LISTING.answer(call, rows)


def show(call: Call, row: Component) -> Json:
    """GET of one."""
    return {"data": present(call, row)}


def create(call: Call) -> Json:
    """POST."""
    given = call.inputs.given(*_FIELDS)
    # The command casts these two before anything looks at them: a missing status is 0, "false" is true.
    given["status"] = php.integer(given.get("status"))
    given["enabled"] = php.truth(call.inputs.get("enabled", True))
    validate(given, {"name": "required|string", **_RULES, "tags": "string"})
    row = Component(id=call.store.components.next_id(), created_at=call.now, updated_at=call.now, name="", status=0)
    fill(row, _columns(given))
    full_name, row.name = row.name, row.name[:NAME_WIDTH]
    call.store.components.add(row)
    return created({**present(call, row), "name": full_name}, (*_CREATED, "id", "status_name", "tags"))


def update(call: Call, row: Component) -> Json:
    """PUT: what is missing or null stays, but for `status` and `enabled` on 2.3."""
    given = call.inputs.given(*_FIELDS)
    if call.settings.is_2_3:
        given.setdefault("status", 0)
        given.setdefault("enabled", True)
    if isinstance(given.get("tags"), list | dict):
        raise Refusal(500)
    # The name is only looked at by the model's own rules, which do not let an empty one pass.
    validate(given, {"name": "required|string", **_RULES} if "name" in given else _RULES)
    columns = _columns(given)
    if "name" in columns:
        columns["name"] = str(columns["name"])[:NAME_WIDTH]
    call.store.components.change(row, call.now, columns)
    return {"data": present(call, row)}


def delete(call: Call, row: Component) -> Json:
    """DELETE: incidents keep its id."""
    call.store.components.remove(row)
    return None


def set_status(call: Call, component_id: Json, status: Json) -> None:
    """What an incident does to its component, if that exists."""
    row = call.store.components.rows.get(php.integer(component_id))
    if row is not None:
        call.store.components.change(row, call.now, {"status": php.integer(status)})


def _tags(names: Json) -> dict[str, str]:
    tags: dict[str, str] = {}
    for part in re.split(r"\s*,\s*", str(names)):
        if part:
            tags.setdefault(php.slug(part), part)
    return tags


def _columns(given: dict[str, Json]) -> dict[str, object]:
    """The fields as columns; no tags means that they stay, so they can never be removed altogether."""
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
