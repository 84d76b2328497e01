"""/metrics/{id}/points: repeated values are counted, times are rounded to 30 seconds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from cachet_sdk.testing.v1 import dates, filesort, php
from cachet_sdk.testing.v1.errors import HttpError
from cachet_sdk.testing.v1.lists import Listing
from cachet_sdk.testing.v1.rules import validate
from cachet_sdk.testing.v1.store import Metric, MetricPoint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cachet_sdk.testing.v1.context import Call
    from cachet_sdk.testing.v1.php import Json

_STEP_SECONDS = 30
#: The column is a DECIMAL(15,3).
_MAX_VALUE = Decimal("999999999999.999")
_THOUSANDTH = Decimal("0.001")
#: The rule is on the column, so this is the name of `timestamp` in error messages.
_TIMESTAMP = "created_at"


def present(call: Call, row: MetricPoint) -> dict[str, Json]:
    """Return a point as reads show it."""
    return {
        "id": row.id,
        "metric_id": row.metric_id,
        "value": php.number(row.value),
        "counter": row.counter,
        "created_at": call.format_date(row.created_at),
        "updated_at": call.format_date(row.updated_at),
        "calculated_value": php.number(row.value * row.counter),
    }


LISTING = Listing(present=present)


def index(call: Call, metric: Metric) -> Json:
    """GET: newest first, on 2.3 oldest first; `sort` is ignored.

    Points with the same time have no fixed order: it differs from page to page, so pages repeat and miss some of them.
    """

    def read() -> list[MetricPoint]:
        return call.store.points.view(metric.id, lambda _: sorted(metric.points.values(), key=lambda row: row.id))

    def build(_: Iterable[MetricPoint]) -> list[MetricPoint]:
        return sorted(metric.points.values(), key=lambda row: row.created_at, reverse=True)

    def read_page(first: int, size: int) -> list[MetricPoint]:
        rows = call.store.points.view(("newest first", metric.id), build)
        page = rows[first : first + size]
        # The sort algorithm matters only if the page contains or borders on points with the same time.
        if all(one.created_at != other.created_at for one, other in pairwise(rows[: first + size + 2])):
            return page
        return filesort.first_rows(read(), _newest_first, first + size)[first:]

    return LISTING.paginate(call, read, None if call.settings.is_2_3 else read_page)


def _newest_first(row: MetricPoint) -> float:
    return (dates.NO_DATE - row.created_at).total_seconds()


def create(call: Call, metric: Metric) -> Json:
    """POST: repeating a value within the metric's threshold only increments its counter."""
    given = call.inputs.given("value", "timestamp")
    timestamp = given.get("timestamp")
    validate({**given, _TIMESTAMP: timestamp}, {"value": "required|numeric", _TIMESTAMP: "int"})
    value = float(str(given["value"]))
    earliest = call.now - timedelta(minutes=metric.threshold)
    repeated = next((row for row in metric.by_value.get(value, ()) if row.created_at >= earliest), None)
    if repeated is not None:
        call.store.points.change(repeated, call.now, {"counter": repeated.counter + 1})
        return {"data": present(call, repeated)}
    row = MetricPoint(
        id=call.store.points.next_id(),
        created_at=_from_timestamp(timestamp) if php.truth(timestamp) else _round(call.now.timestamp()),
        updated_at=call.now,
        metric_id=metric.id,
        value=_to_decimal(value),
    )
    call.store.points.add(row)
    _attach(metric, row)
    shown = {**present(call, row), "value": php.number(value), "calculated_value": php.number(value)}
    times = ("created_at", "updated_at") if php.truth(timestamp) else ("updated_at", "created_at")
    return {"data": {key: shown[key] for key in ("value", "counter", "metric_id", *times, "id", "calculated_value")}}


def update(call: Call, metric: Metric, row: MetricPoint) -> Json:
    """PUT: a missing value becomes 0; the point moves to the metric in the path."""
    given = call.inputs.given("value", "timestamp")
    timestamp = given.get("timestamp")
    validate({**given, _TIMESTAMP: timestamp}, {"value": "numeric", _TIMESTAMP: "string"})
    if timestamp and not php.is_integer(timestamp):
        raise HttpError(500)
    created_at = _from_timestamp(timestamp) if timestamp else row.created_at
    value = _to_decimal(php.number_at_start(str(given.get("value", 0))))
    _detach(call, row)
    call.store.points.change(row, call.now, {"value": value, "metric_id": metric.id, "created_at": created_at})
    _attach(metric, row)
    return {"data": present(call, row)}


def delete(call: Call, metric: Metric, row: MetricPoint) -> Json:
    """DELETE: any metric's path will do."""
    _detach(call, row)
    call.store.points.remove(row)
    return None


def _attach(metric: Metric, row: MetricPoint) -> None:
    metric.points[row.id] = row
    metric.by_value.setdefault(row.value, []).append(row)


def _detach(call: Call, row: MetricPoint) -> None:
    metric = call.store.metrics.rows.get(row.metric_id)
    if metric is None:
        return
    del metric.points[row.id]
    same_value = metric.by_value[row.value]
    same_value.remove(row)
    if not same_value:
        del metric.by_value[row.value]


def _to_decimal(value: float) -> float:
    rounded = Decimal(repr(value)).quantize(_THOUSANDTH, ROUND_HALF_UP) if abs(value) <= _MAX_VALUE else Decimal(value)
    return float(max(-_MAX_VALUE, min(rounded, _MAX_VALUE)))


def _from_timestamp(timestamp: Json) -> datetime:
    seconds = php.integer(timestamp)
    return dates.NO_DATE if seconds < 0 else _round(seconds)


def _round(seconds: float) -> datetime:
    """Round to the nearest 30 seconds, possibly into the future."""
    rounded = int(seconds + _STEP_SECONDS / 2) // _STEP_SECONDS * _STEP_SECONDS
    try:
        return datetime.fromtimestamp(rounded, UTC)
    except (ValueError, OverflowError, OSError):
        # MariaDB misreads a year of five digits: in the recordings, a timestamp in milliseconds became 2001.
        return datetime(2001, 1, 1, tzinfo=UTC)
