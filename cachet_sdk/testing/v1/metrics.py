"""/metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.testing.v1 import php
from cachet_sdk.testing.v1.context import Call, created_response
from cachet_sdk.testing.v1.errors import HttpError
from cachet_sdk.testing.v1.lists import Listing
from cachet_sdk.testing.v1.rules import validate
from cachet_sdk.testing.v1.store import Metric, fill

if TYPE_CHECKING:
    from cachet_sdk.testing.v1.php import Json

_VIEWS = ("Last Hour", "Last 12 Hours", "Week", "Month")
_MINUTES_PER_HOUR = 60
_TEXTS = ("name", "suffix", "description")
_NUMBERS = ("default_value", "calc_type", "display_chart", "places", "default_view", "threshold", "order", "visible")
_RULES = {
    "name": "required|string",
    "suffix": "required|string",
    "description": "string",
    "default_value": "required|int",
    "calc_type": "int",
    # PHP's integer filter accepts true, but not false.
    "display_chart": "int",
    "places": "int|between:0,4",
    "default_view": "int|between:0,3",
    "threshold": "int",
    "order": "int",
    "visible": "int|between:0,2",
}
_CREATED_KEYS = (
    *("name", "display_chart", "default_value", "calc_type", "places", "default_view", "threshold", "order", "visible"),
    *("suffix", "description", "updated_at", "created_at", "id", "default_view_name"),
)
_SINCE_2_4 = frozenset({"visible"})


def present(call: Call, row: Metric) -> dict[str, Json]:
    """Return a metric as reads show it, without its points."""
    shown: dict[str, Json] = {
        "id": row.id,
        "name": row.name,
        "suffix": row.suffix,
        "description": row.description,
        "default_value": row.default_value,
        "calc_type": row.calc_type,
        "display_chart": row.display_chart,
        "places": row.places,
        "default_view": row.default_view,
        "threshold": row.threshold,
        "order": row.order,
        "visible": row.visible,
        "created_at": call.format_date(row.created_at),
        "updated_at": call.format_date(row.updated_at),
        "default_view_name": _VIEWS[row.default_view],
    }
    return call.supported(shown, _SINCE_2_4)


LISTING = Listing(
    present=present,
    sortable=frozenset({"id", "name", "display_chart", "default_value", "calc_type", "order", "visible"}),
    since_2_4=_SINCE_2_4,
)


def index(call: Call) -> Json:
    """GET: guests see even hidden metrics."""
    return LISTING.paginate(call, lambda: LISTING.rows(call, call.store.metrics))


def show(call: Call, row: Metric) -> Json:
    """GET by id."""
    return {"data": present(call, row)}


def create(call: Call) -> Json:
    """POST."""
    given = _given(call)
    validate(given, _RULES)
    _check_threshold(given)
    if "description" not in given:
        # The column has no default, so the database refuses; the response has no reason.
        raise HttpError(400)
    row = Metric(
        id=call.store.metrics.next_id(),
        created_at=call.now,
        updated_at=call.now,
        name="",
        suffix="",
        description="",
        default_value=0,
    )
    fill(row, _columns(given))
    call.store.metrics.add(row)
    return created_response(present(call, row), _CREATED_KEYS)


def update(call: Call, row: Metric) -> Json:
    """PUT: missing fields stay."""
    given = _given(call)
    current = {"name": row.name, "suffix": row.suffix}
    validate({**current, **given}, {**_RULES, "default_value": "numeric"})
    _check_threshold(given)
    call.store.metrics.change(row, call.now, _columns(given))
    return {"data": present(call, row)}


def delete(call: Call, row: Metric) -> Json:
    """DELETE: deletes its points, too; 2.3 keeps them, but no list shows them."""
    if not call.settings.is_2_3:
        for point in row.points.values():
            call.store.points.remove(point)
    call.store.metrics.remove(row)
    return None


def _given(call: Call) -> dict[str, Json]:
    given = call.inputs.given(*_TEXTS, *_NUMBERS, "view")
    view = given.pop("view", None)
    if view is not None:
        given.setdefault("default_view", view)
    return given


def _check_threshold(given: dict[str, Json]) -> None:
    threshold = php.integer(given.get("threshold", 5))
    if threshold == 0:
        # The server divides by zero.
        raise HttpError(500)
    if _MINUTES_PER_HOUR % threshold:
        raise HttpError(400, reasons=["Threshold must divide by 60."])


def _columns(given: dict[str, Json]) -> dict[str, object]:
    columns: dict[str, object] = {name: given[name] for name in _TEXTS if name in given}
    columns |= {name: php.integer(given[name]) for name in _NUMBERS if name in given}
    if "display_chart" in given:
        columns["display_chart"] = php.truth(given["display_chart"])
    return columns
