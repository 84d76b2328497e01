"""/components."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cachet_sdk.testing.v1 import php
from cachet_sdk.testing.v1.context import Call, created
from cachet_sdk.testing.v1.errors import Refusal
from cachet_sdk.testing.v1.lists import Listing, collated
from cachet_sdk.testing.v1.rules import validate
from cachet_sdk.testing.v1.store import Component, fill

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
#: What a PUT makes of the fields that it leaves out.
_RESET: dict[str, dict[str, Json]] = {
    "2.3": {"status": 0, "enabled": True},
    "2.4.0-dev-2018": {"enabled": False},
    "2.4": {},
}
_SEARCHABLE = frozenset({"id", "name", "status", "group_id", "enabled"})


_SINCE_2_4 = frozenset({"meta"})


def status_name(call: Call, status: int) -> str:
    """The status in words, or the name of the translation that is missing."""
    worded = 0 if not call.settings.is_2_3 else 1
    return _STATUSES[status] if worded <= status < len(_STATUSES) else f"cachet.components.status.{status}"


def present(call: Call, row: Component) -> dict[str, Json]:
    """A component as a read shows it."""
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
        "created_at": call.show(row.created_at),
        "updated_at": call.show(row.updated_at),
        "deleted_at": None,
        "status_name": status_name(call, row.status),
        # PHP's empty array is a list.
        "tags": {php.slug(name): name for name in row.tags} or [],
    }
    return call.known(shown, _SINCE_2_4)


LISTING = Listing(
    present=present,
    sortable=_SEARCHABLE | {"order"},
    searchable=_SEARCHABLE,
    columns=_SEARCHABLE | {"description", "link", "meta", "created_at", "updated_at", "deleted_at"},
    for_guests=lambda row: row.enabled,
    since_2_4=_SINCE_2_4,
)


def index(call: Call) -> Json:
    """GET: guests do not see the disabled ones; 2.3 cannot filter by tags."""
    tags = None if call.settings.is_2_3 else call.inputs.query.get("tags")
    wanted = {collated(str(tag)) for tag in (tags if isinstance(tags, list) else [tags])}

    def read() -> list[Component]:
        rows = LISTING.rows(call, call.store.components)
        return [row for row in rows if wanted & {collated(php.slug(name)) for name in row.tags}] if tags else rows

    return LISTING.answer(call, read)


def show(call: Call, row: Component) -> Json:
    """GET of one."""
    return {"data": present(call, row)}


def create(call: Call) -> Json:
    """POST."""
    given = call.inputs.given(*_FIELDS)
    # The command casts these two before anything looks at them: a missing status is 0, "false" is true.
    given["status"] = php.integer(given.get("status"))
    given["enabled"] = php.truth(call.inputs.get("enabled", True))
    validate(given, {"name": "required|string", **_rules(call), "tags": "string"})
    row = Component(id=call.store.components.next_id(), created_at=call.now, updated_at=call.now, name="", status=0)
    fill(row, _columns(given))
    call.store.components.add(row)
    return created(present(call, row), (*_CREATED, "id", "status_name", "tags"))


def update(call: Call, row: Component) -> Json:
    """PUT: what is missing or null stays, but for `status` and `enabled` on releases that reset them."""
    given = {**_RESET[call.settings.release], **call.inputs.given(*_FIELDS)}
    if isinstance(given.get("tags"), list | dict):
        raise Refusal(500)
    # The name is only looked at by the model's own rules, which do not let an empty one pass.
    rules = _rules(call)
    validate(given, {"name": "required|string", **rules} if "name" in given else rules)
    call.store.components.change(row, call.now, _columns(given))
    return {"data": present(call, row)}


def delete(call: Call, row: Component) -> Json:
    """DELETE: incidents keep its id."""
    call.store.components.remove(row)
    return None


def set_status(call: Call, component_id: Json, status: Json) -> None:
    """Set the status that an incident gives its component, if that exists."""
    row = call.store.components.rows.get(php.integer(component_id))
    if row is not None:
        call.store.components.change(row, call.now, {"status": php.integer(status)})


def save_on_dashboard(row: Component) -> None:
    """Save a component without tags as the dashboard of 2.3 does: it adds a tag with an empty name."""
    row.tags = row.tags or [""]


def _rules(call: Call) -> dict[str, str]:
    return {**_RULES, "status": "int"} if call.settings.is_2_3 else _RULES


def _tags(names: Json) -> list[str]:
    """The names between the commas, once each as MariaDB compares them; "0" is nothing to PHP."""
    tags: dict[str, str] = {}
    for part in re.split(r"\s*,\s*", str(names)):
        if php.truth(part):
            tags.setdefault(collated(part), part)
    return list(tags.values())


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
