"""/metrics and /metrics/{id}/points."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from cachet_sdk.testing.v3 import http_errors
from cachet_sdk.testing.v3.dates import relative_time, round_to_half_minute
from cachet_sdk.testing.v3.lists import Listing, column, partial, with_counts
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
from cachet_sdk.testing.v3.statuses import is_visible
from cachet_sdk.testing.v3.store import change, fill
from cachet_sdk.testing.v3.validation import Field, as_bool, as_float, as_int, as_timestamp
from cachet_sdk.testing.v3.values import number

if TYPE_CHECKING:
    from datetime import datetime

    from cachet_sdk.testing.http import Response
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
    includes=with_counts("points"),
    filters={"name": partial("name"), "calc_type": partial("calc_type")},
    sorts={name: column(name) for name in ("name", "order", "id")},
    default_sort="-created_at",
)
_POINTS: Listing[Point] = Listing(
    includes=with_counts("metric"), sorts={name: column(name) for name in ("id", "value", "created_at")}
)
#: Attributes that are null in the response to a POST without them, although the database has defaults.
_NULL_WHEN_CREATED = ("calc_type", "display_chart", "places", "default_view", "threshold", "order", "visible")
_SECONDS_PER_MINUTE = 60


def index(call: Call) -> Response:
    """List metrics, newest first."""
    return call.page(
        _LISTING,
        lambda: (row for row in call.store.metrics.rows.values() if _can_see(call, row)),
        call.serializer.metric,
    )


def show(call: Call) -> Response:
    """Show a metric."""
    metric = call.bind(call.store.metrics)
    call.require_visible(_can_see(call, metric), call.store.metrics)
    return call.show(call.serializer.metric(metric, _LISTING.tree(call.query)))


def store(call: Call) -> Response:
    """Create a metric."""
    values = call.values(_CREATE)
    call.caller.require("metrics.manage")
    metric = call.store.metrics.add(call.now)
    fill(metric, values)
    node = call.serializer.metric(metric, call.relations)
    node.attributes |= {name: None for name in _NULL_WHEN_CREATED if name not in values}
    # Always a number in this response, even if reads return text.
    node.attributes["default_value"] = None if metric.default_value is None else number(metric.default_value)
    return call.show(node, 201)


def update(call: Call) -> Response:
    """Update only the given fields; several cannot be changed."""
    metric = call.bind(call.store.metrics)
    values = call.values(_UPDATE)
    call.caller.require("metrics.manage")
    change(metric, values, call.now)
    return call.show(call.serializer.metric(metric, call.relations))


def destroy(call: Call) -> Response:
    """Delete a metric and its points."""
    metric = call.bind(call.store.metrics)
    call.caller.require("metrics.delete")
    for point in metric.points.values():
        call.store.points.remove(point)
    call.store.metrics.remove(metric)
    return call.no_content()


def index_points(call: Call) -> Response:
    """List a metric's points."""
    metric = _readable(call)
    return call.page(_POINTS, metric.points.values, call.serializer.point)


def show_point(call: Call) -> Response:
    """Show a metric's point."""
    point = _child(call, _readable(call))
    return call.show(call.serializer.point(point, _POINTS.tree(call.query)))


def store_point(call: Call) -> Response:
    """Add a point; within the threshold of the newest one, only increment its counter."""
    metric = call.bind(call.store.metrics)
    values = call.values(_POINT)
    call.caller.require("metric-points.manage")
    given = values.get("timestamp")
    if given is None or isinstance(given, str):
        moment = relative_time(given or "now", call.now)
    else:
        moment = cast("datetime", given)  # converted by as_timestamp
    newest = metric.newest
    if newest is not None and _minutes_apart(newest.created_at, moment) < metric.threshold:
        # The server discards the value.
        change(newest, {"counter": newest.counter + 1}, call.now)
        return call.show(call.serializer.point(newest, call.relations), 201)
    point = call.store.points.add(call.now)
    fill(point, {"metric_id": metric.id, "value": values["value"], "created_at": round_to_half_minute(moment)})
    metric.points[point.id] = point
    if newest is None or point.created_at >= newest.created_at:
        metric.newest = point
    response = call.show(call.serializer.point(point, call.relations), 201)
    # The database keeps fourteen digits; this response shows the value as sent.
    point.value = float(f"{point.value:.14g}")
    return response


def destroy_point(call: Call) -> Response:
    """Delete a point."""
    metric = call.bind(call.store.metrics)
    point = _child(call, metric)
    call.caller.require("metric-points.delete")
    del metric.points[point.id]
    call.store.points.remove(point)
    if metric.newest is point:
        metric.newest = max(metric.points.values(), key=lambda row: (row.created_at, row.id), default=None)
    return call.no_content()


def _can_see(call: Call, metric: Metric) -> bool:
    return is_visible(metric.visible, authenticated=call.caller.authenticated)


def _readable(call: Call) -> Metric:
    metric = call.bind(call.store.metrics)
    if not _can_see(call, metric):
        raise http_errors.not_found()
    return metric


def _child(call: Call, metric: Metric) -> Point:
    point = call.bind(call.store.points, 1)
    if point.metric_id != metric.id:
        raise http_errors.row_not_found(call.store.points.model, call.keys[1])
    return point


def _minutes_apart(first: datetime, second: datetime) -> int:
    apart = first.replace(second=0, microsecond=0) - second.replace(second=0, microsecond=0)
    return int(abs(apart.total_seconds())) // _SECONDS_PER_MINUTE
