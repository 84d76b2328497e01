"""/metrics and /metrics/{id}/points."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from cachet_sdk.testing.v3 import refusals
from cachet_sdk.testing.v3.dates import relative_time, rounded
from cachet_sdk.testing.v3.lists import Listing, column, counted, partial
from cachet_sdk.testing.v3.rules import (
    BOOLEAN,
    FACTOR_OF_SIXTY,
    INTEGER,
    NOT_ZERO,
    NULLABLE,
    NUMERIC,
    ONE_OR_TWO_DECIMALS,
    REQUIRED,
    STRING,
    TIMESTAMP,
    at_least,
    at_most,
    max_length,
    one_of,
)
from cachet_sdk.testing.v3.statuses import may_see
from cachet_sdk.testing.v3.store import change, fill
from cachet_sdk.testing.v3.validation import Field, as_bool, as_float, as_int, as_timestamp
from cachet_sdk.testing.v3.values import number

if TYPE_CHECKING:
    from datetime import datetime

    from cachet_sdk.testing.http import Answer
    from cachet_sdk.testing.v3.call import Call
    from cachet_sdk.testing.v3.store import Metric, Point

_FIELDS = (
    Field("description", (STRING,)),
    Field("default_value", (ONE_OR_TWO_DECIMALS,), as_float),
    Field("threshold", (INTEGER, at_least(1), at_most(60), NOT_ZERO, FACTOR_OF_SIXTY), as_int),
)
_CREATE = (
    Field("name", (REQUIRED, STRING, max_length(255))),
    Field("suffix", (REQUIRED, STRING, max_length(255))),
    *_FIELDS,
    Field("calc_type", (NULLABLE, one_of(0, 1)), as_int),
    Field("display_chart", (NULLABLE, BOOLEAN), as_bool),
    Field("places", (INTEGER, at_least(0), at_most(4)), as_int),
)
_UPDATE = (Field("name", (STRING, max_length(255))), Field("suffix", (STRING, max_length(255))), *_FIELDS)
_POINT = (
    Field("value", (REQUIRED, NUMERIC), as_float),
    Field("timestamp", (NULLABLE, TIMESTAMP), as_timestamp),
)
_LISTING: Listing[Metric] = Listing(
    includes=counted("points"),
    filters={"name": partial("name"), "calc_type": partial("calc_type")},
    sorts={name: column(name) for name in ("name", "order", "id")},
    default_sort="-created_at",
)
_POINTS: Listing[Point] = Listing(
    includes=counted("metric"), sorts={name: column(name) for name in ("id", "value", "created_at")}
)
#: What the answer to a POST has as null when it was left out, though the database has a default.
_NULL_WHEN_CREATED = ("calc_type", "display_chart", "places", "default_view", "threshold", "order", "visible")
_MINUTE = 60


def index(call: Call) -> Answer:
    """List metrics, the newest first."""
    return call.page(
        _LISTING,
        lambda: (row for row in call.store.metrics.rows.values() if _sees(call, row)),
        call.shapes.metric,
    )


def show(call: Call) -> Answer:
    """Show a metric."""
    metric = call.bind(call.store.metrics)
    call.refuse_unless(_sees(call, metric), call.store.metrics)
    return call.show(call.shapes.metric(metric, _LISTING.tree(call.query)))


def store(call: Call) -> Answer:
    """Create a metric."""
    values = call.values(_CREATE)
    call.caller.require("metrics.manage")
    metric = call.store.metrics.add(call.now)
    fill(metric, values)
    node = call.shapes.metric(metric, call.relations)
    node.attributes |= {name: None for name in _NULL_WHEN_CREATED if name not in values}
    # A number in this response, even if the database returns text later.
    node.attributes["default_value"] = None if metric.default_value is None else number(metric.default_value)
    return call.show(node, 201)


def update(call: Call) -> Answer:
    """Change what was sent of a metric; half of its columns never change."""
    metric = call.bind(call.store.metrics)
    values = call.values(_UPDATE)
    call.caller.require("metrics.manage")
    change(metric, values, call.now)
    return call.show(call.shapes.metric(metric, call.relations))


def destroy(call: Call) -> Answer:
    """Delete a metric and its points."""
    metric = call.bind(call.store.metrics)
    call.caller.require("metrics.delete")
    for point in metric.points.values():
        call.store.points.remove(point)
    call.store.metrics.remove(metric)
    return call.gone()


def index_points(call: Call) -> Answer:
    """List a metric's points."""
    metric = _readable(call)
    return call.page(_POINTS, metric.points.values, call.shapes.point)


def show_point(call: Call) -> Answer:
    """Show a metric's point."""
    point = _child(call, _readable(call))
    return call.show(call.shapes.point(point, _POINTS.tree(call.query)))


def store_point(call: Call) -> Answer:
    """Add a value, or count it and lose it when the newest point is too close."""
    metric = call.bind(call.store.metrics)
    values = call.values(_POINT)
    call.caller.require("metric-points.manage")
    given = values.get("timestamp")
    if given is None or isinstance(given, str):
        moment = relative_time(given or "now", call.now)
    else:
        moment = cast("datetime", given)  # by as_timestamp
    newest = metric.newest
    if newest is not None and _minutes_apart(newest.created_at, moment) < metric.threshold:
        # The server discards the value.
        change(newest, {"counter": newest.counter + 1}, call.now)
        return call.show(call.shapes.point(newest, call.relations), 201)
    point = call.store.points.add(call.now)
    fill(point, {"metric_id": metric.id, "value": values["value"], "created_at": rounded(moment)})
    metric.points[point.id] = point
    if newest is None or point.created_at >= newest.created_at:
        metric.newest = point
    answer = call.show(call.shapes.point(point, call.relations), 201)
    # PHP writes fourteen digits into the database, and the answer shows what was sent.
    point.value = float(f"{point.value:.14g}")
    return answer


def destroy_point(call: Call) -> Answer:
    """Delete a point."""
    metric = call.bind(call.store.metrics)
    point = _child(call, metric)
    call.caller.require("metric-points.delete")
    del metric.points[point.id]
    call.store.points.remove(point)
    if metric.newest is point:
        metric.newest = max(metric.points.values(), key=lambda left: (left.created_at, left.id), default=None)
    return call.gone()


def _sees(call: Call, metric: Metric) -> bool:
    return may_see(metric.visible, authenticated=call.caller.authenticated)


def _readable(call: Call) -> Metric:
    metric = call.bind(call.store.metrics)
    if not _sees(call, metric):
        raise refusals.hidden()
    return metric


def _child(call: Call, metric: Metric) -> Point:
    point = call.bind(call.store.points, 1)
    if point.metric_id != metric.id:
        raise refusals.no_row(call.store.points.model, call.keys[1])
    return point


def _minutes_apart(first: datetime, second: datetime) -> int:
    apart = first.replace(second=0, microsecond=0) - second.replace(second=0, microsecond=0)
    return int(abs(apart.total_seconds())) // _MINUTE
