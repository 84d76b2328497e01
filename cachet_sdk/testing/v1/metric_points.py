"""/metrics/{id}/points: repeated values are counted, times are rounded to half a minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from cachet_sdk.testing.v1 import dates, php
from cachet_sdk.testing.v1.errors import Refusal
from cachet_sdk.testing.v1.lists import Listing
from cachet_sdk.testing.v1.rules import validate
from cachet_sdk.testing.v1.store import Metric, MetricPoint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cachet_sdk.testing.v1.context import Call
    from cachet_sdk.testing.v1.php import Json

_STEP = 30
#: decimal(15,3).
_LARGEST = Decimal("999999999999.999")
_THOUSANDTH = Decimal("0.001")
#: The rule is on the column, so this is the name that complaints give to `timestamp`.
_TIMESTAMP = "created_at"


def present(call: Call, row: MetricPoint) -> dict[str, Json]:
    """A point as a read shows it."""
    return {
        "id": row.id,
        "metric_id": row.metric_id,
        "value": php.number(row.value),
        "counter": row.counter,
        "created_at": call.show(row.created_at),
        "updated_at": call.show(row.updated_at),
        "calculated_value": php.number(row.value * row.counter),
    }


LISTING = Listing(present=present)


def index(call: Call, metric: Metric) -> Json:
    """GET: newest first, whatever `sort` says."""

    def build(_: Iterable[MetricPoint]) -> list[MetricPoint]:
        return sorted(metric.points.values(), key=lambda row: row.created_at, reverse=True)

    return LISTING.answer(call, call.store.points.view(metric.id, build))


def create(call: Call, metric: Metric) -> Json:
    """POST: the same value again within the metric's threshold only counts."""
    given = call.inputs.given("value", "timestamp")
    timestamp = given.get("timestamp")
    validate({**given, _TIMESTAMP: timestamp}, {"value": "required|numeric", _TIMESTAMP: "int"})
    value = float(str(given["value"]))
    since = call.now - timedelta(minutes=metric.threshold)
    repeated = next((row for row in metric.by_value.get(value, ()) if row.created_at >= since), None)
    if repeated is not None:
        call.store.points.change(repeated, call.now, {"counter": repeated.counter + 1})
        return {"data": present(call, repeated)}
    row = MetricPoint(
        id=call.store.points.next_id(),
        created_at=_moment(timestamp) if php.truth(timestamp) else _rounded(call.now.timestamp()),
        updated_at=call.now,
        metric_id=metric.id,
        value=_stored(value),
    )
    call.store.points.add(row)
    _shelve(metric, row)
    shown = {**present(call, row), "value": php.number(value), "calculated_value": php.number(value)}
    times = ("created_at", "updated_at") if php.truth(timestamp) else ("updated_at", "created_at")
    return {"data": {key: shown[key] for key in ("value", "counter", "metric_id", *times, "id", "calculated_value")}}


def update(call: Call, metric: Metric, row: MetricPoint) -> Json:
    """PUT: a missing value is 0; the point moves to the metric in the path."""
    given = call.inputs.given("value", "timestamp")
    timestamp = given.get("timestamp")
    validate({**given, _TIMESTAMP: timestamp}, {"value": "numeric", _TIMESTAMP: "string"})
    if timestamp and not php.is_integer(timestamp):
        raise Refusal(500)
    created_at = _moment(timestamp) if timestamp else row.created_at
    value = _stored(php.number_at_start(str(given.get("value", 0))))
    _unshelve(call, row)
    call.store.points.change(row, call.now, {"value": value, "metric_id": metric.id, "created_at": created_at})
    _shelve(metric, row)
    return {"data": present(call, row)}


def delete(call: Call, metric: Metric, row: MetricPoint) -> Json:
    """DELETE, through any metric's path."""
    _unshelve(call, row)
    call.store.points.remove(row)
    return None


def _shelve(metric: Metric, row: MetricPoint) -> None:
    metric.points[row.id] = row
    metric.by_value.setdefault(row.value, []).append(row)


def _unshelve(call: Call, row: MetricPoint) -> None:
    metric = call.store.metrics.rows[row.metric_id]
    del metric.points[row.id]
    same_value = metric.by_value[row.value]
    same_value.remove(row)
    if not same_value:
        del metric.by_value[row.value]


def _stored(value: float) -> float:
    rounded = Decimal(repr(value)).quantize(_THOUSANDTH, ROUND_HALF_UP) if abs(value) <= _LARGEST else Decimal(value)
    return float(max(-_LARGEST, min(rounded, _LARGEST)))


def _moment(timestamp: Json) -> datetime:
    seconds = php.integer(timestamp)
    return dates.NO_DATE if seconds < 0 else _rounded(seconds)


def _rounded(seconds: float) -> datetime:
    """To the nearest half minute, so it may lie in the future."""
    rounded = int(seconds + _STEP / 2) // _STEP * _STEP
    try:
        return datetime.fromtimestamp(rounded, UTC)
    except (ValueError, OverflowError, OSError):
        # The database misreads a year of five digits; milliseconds ended up in 2001.
        return datetime(2001, 1, 1, tzinfo=UTC)
