"""/incidents/templates: read-only; times are never converted to another zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.testing.v1 import dates
from cachet_sdk.testing.v1.errors import HttpError
from cachet_sdk.testing.v1.lists import Listing

if TYPE_CHECKING:
    from cachet_sdk.testing.v1.context import Call
    from cachet_sdk.testing.v1.php import Json
    from cachet_sdk.testing.v1.store import IncidentTemplate


def present(_: Call, row: IncidentTemplate) -> dict[str, Json]:
    """Return a template as reads show it."""
    return {
        "id": row.id,
        "name": row.name,
        "slug": row.slug,
        "template": row.template,
        "created_at": dates.format_date(row.created_at),
        "updated_at": dates.format_date(row.updated_at),
        "deleted_at": None,
    }


LISTING = Listing(present=present)


def index(call: Call) -> Json:
    """GET: any `sort` is a 500."""
    if "sort" in call.inputs.query:
        raise HttpError(500)
    return LISTING.paginate(call, lambda: LISTING.rows(call, call.store.templates))


def show(call: Call, row: IncidentTemplate) -> Json:
    """GET by id."""
    return {"data": present(call, row)}
