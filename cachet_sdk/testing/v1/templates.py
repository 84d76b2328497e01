"""/incidents/templates: read-only, and never converted to another time zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.testing.v1 import dates
from cachet_sdk.testing.v1.errors import Refusal
from cachet_sdk.testing.v1.lists import Listing

if TYPE_CHECKING:
    from cachet_sdk.testing.v1.context import Call
    from cachet_sdk.testing.v1.php import Json
    from cachet_sdk.testing.v1.store import IncidentTemplate


def present(_: Call, row: IncidentTemplate) -> dict[str, Json]:
    """A template as a read shows it."""
    return {
        "id": row.id,
        "name": row.name,
        "slug": row.slug,
        "template": row.template,
        "created_at": dates.shown(row.created_at),
        "updated_at": dates.shown(row.updated_at),
        "deleted_at": None,
    }


LISTING = Listing(present=present)


def index(call: Call) -> Json:
    """GET: any `sort` breaks it."""
    if "sort" in call.inputs.query:
        raise Refusal(500)
    return LISTING.answer(call, lambda: LISTING.rows(call, call.store.templates))


def show(call: Call, row: IncidentTemplate) -> Json:
    """GET of one."""
    return {"data": present(call, row)}
