"""Metrics and their points."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from cachet_sdk.testing.v3 import CachetV3
from tests.testing_v3.conftest import MAIN, Api, Clock


def metric(api: Api, **fields: Any) -> int:
    return api.make("/metrics", **{"name": "n", "suffix": "s"} | fields)


@pytest.mark.parametrize("value", [1.5, "1.0", "-1.25", ".5"])
def test_a_default_value_must_have_one_or_two_decimals(api: Api, value: Any) -> None:
    assert api.post("/metrics", name="n", suffix="s", default_value=value).attributes["default_value"] == float(value)


@pytest.mark.parametrize("value", [1, 0, 1.0, "1", "1.", "1.255", "x", True, None, 1e-7])
def test_any_other_default_value_is_refused(api: Api, value: Any) -> None:
    assert api.post("/metrics", name="n", suffix="s", default_value=value).json["errors"] == {
        "default_value": ["The default value field must have 1-2 decimal places."]
    }


def test_mariadb_returns_the_default_value_as_text_except_on_create(clock: Clock) -> None:
    api = Api(CachetV3(token=MAIN, clock=clock, database="mariadb"))
    assert api.post("/metrics", name="n", suffix="s", default_value=1.5).attributes["default_value"] == 1.5
    assert api.get("/metrics/1").attributes["default_value"] == "1.500"
    metric(api)
    assert api.get("/metrics/2").attributes["default_value"] is None


@pytest.mark.parametrize("threshold", [0, 61, 7, -1])
def test_a_threshold_must_divide_an_hour(api: Api, threshold: int) -> None:
    assert "threshold" in api.post("/metrics", name="n", suffix="s", threshold=threshold).json["errors"]


def test_a_threshold_of_zero_has_its_own_message(api: Api) -> None:
    found = api.post("/metrics", name="n", suffix="s", threshold=0).json["errors"]["threshold"]
    assert found == ["The threshold field must be at least 1.", "The threshold must be greater than 0."]


def test_the_database_keeps_fourteen_digits_of_a_value(api: Api) -> None:
    metric(api)
    assert api.post("/metrics/1/points", value=123456789.123456).attributes["value"] == 123456789.123456
    assert api.get("/metrics/1/points/1").attributes["value"] == 123456789.12346


def test_several_fields_of_a_metric_cannot_be_updated(api: Api) -> None:
    metric(api)
    before = api.get("/metrics/1").attributes
    after = api.put("/metrics/1", calc_type=1, display_chart=False, places=4, visible=0, order=9).attributes
    assert after == before
    assert api.put("/metrics/1", suffix="%", threshold=30).attributes["threshold"] == 30


def test_calc_type_is_filtered_by_substrings(api: Api) -> None:
    metric(api)
    metric(api, calc_type=1)
    assert api.get("/metrics", {"filter[calc_type]": "1"}).ids == [2]


def test_a_hidden_metric_hides_its_points(api: Api) -> None:
    metric(api)
    api.make("/metrics/1/points", value=1)
    api.app.store.metrics.rows[1].visible = 0
    guest = api.as_guest()
    assert guest.get("/metrics").ids == []
    assert guest.get("/metrics/1").status == 404
    assert guest.get("/metrics/1/points").json == {"message": ""}
    assert guest.get("/metrics/1/points/1").status == 404
    assert api.get("/metrics/1/points").ids == [1]


@pytest.mark.parametrize(("second", "stored"), [(14, "11:33:00"), (15, "11:33:30"), (44, "11:33:30"), (45, "11:34:00")])
def test_times_are_rounded_to_30_seconds(api: Api, clock: Clock, second: int, stored: str) -> None:
    clock.now = clock.now.replace(second=second)
    metric(api)
    made = api.post("/metrics/1/points", value=1).attributes
    assert made["created"]["string"] == f"2026-11-23 {stored}"
    assert made["updated"]["string"] == f"2026-11-23 11:33:{second}"


def test_within_the_threshold_a_value_only_increments_the_counter(api: Api, clock: Clock) -> None:
    metric(api, threshold=2)
    assert api.make("/metrics/1/points", value=1.5) == 1
    clock.forward(minutes=1)
    again = api.post("/metrics/1/points", value=99)
    assert again.status == 201
    assert (again.attributes["id"], again.attributes["value"], again.attributes["counter"]) == (1, 1.5, 2)
    assert again.attributes["calculated_value"] == 3
    assert type(again.attributes["calculated_value"]) is int
    clock.forward(minutes=1)
    assert api.make("/metrics/1/points", value=2) == 2


def test_the_newest_point_is_the_one_with_the_latest_time(api: Api) -> None:
    metric(api)
    for stamp in ("2026-01-02 10:00:00", "2026-01-02 08:00:00", "2026-01-02 09:00:00"):
        api.make("/metrics/1/points", value=1, timestamp=stamp)
    assert api.make("/metrics/1/points", value=1, timestamp="2026-01-02 09:58:00") == 1
    api.delete("/metrics/1/points/1")
    assert api.make("/metrics/1/points", value=1, timestamp="2026-01-02 09:01:00") == 3
    api.delete("/metrics/1/points/2")
    assert api.get("/metrics/1/points").ids == [3]
    api.delete("/metrics/1/points/3")
    assert api.make("/metrics/1/points", value=1, timestamp="2026-01-02 09:01:00") == 4


@pytest.mark.parametrize("timestamp", [1767322800, 1767322800.9, "2026-01-02T03:00:00Z", "2026-01-02 03:00:00"])
def test_a_timestamp_is_a_number_or_a_date(api: Api, timestamp: Any) -> None:
    metric(api)
    made = api.post("/metrics/1/points", value="3.5", timestamp=timestamp)
    assert made.attributes["created"]["string"] == "2026-01-02 03:00:00"
    assert made.attributes["value"] == 3.5


@pytest.mark.parametrize(
    ("timestamp", "shown"),
    [
        ("yesterday", "2026-01-01 00:00:00"),
        ("Tomorrow", "2026-01-03 00:00:00"),
        ("noon", "2026-01-02 12:00:00"),
        ("now", "2026-01-02 03:04:00"),
        ("2 hours ago", "2026-01-02 01:04:00"),
        ("-1 day", "2026-01-01 03:04:00"),
        ("tomorrow +90 minutes", "2026-01-03 01:30:00"),
    ],
)
def test_a_timestamp_may_be_a_relative_time(api: Api, clock: Clock, timestamp: str, shown: str) -> None:
    clock.now = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    metric(api)
    made = api.post("/metrics/1/points", value=1, timestamp=timestamp)
    assert (made.status, made.json["data"]["attributes"]["created"]["string"]) == (201, shown)


@pytest.mark.parametrize("timestamp", ["1767322800", True, "soon", 1e300, "ago"])
def test_other_timestamps_are_refused(api: Api, timestamp: Any) -> None:
    metric(api)
    assert api.post("/metrics/1/points", value=1, timestamp=timestamp).json["errors"] == {
        "timestamp": ["The timestamp must be a date or Unix timestamp."]
    }


@pytest.mark.parametrize("value", ["x", True, []])
def test_a_value_must_be_a_number(api: Api, value: Any) -> None:
    metric(api)
    assert api.post("/metrics/1/points", value=value).status == 422
    assert api.post("/metrics/1/points", value=1, timestamp=None).status == 201


def test_a_point_belongs_to_its_metric(api: Api) -> None:
    metric(api)
    metric(api)
    api.make("/metrics/1/points", value=1)
    assert api.get("/metrics/2/points/1").status == 404
    assert api.delete("/metrics/2/points/1").status == 404
    shown = api.get("/metrics/1/points/1", {"include": "metric"}).json
    assert [(item["type"], item["id"]) for item in shown["included"]] == [("metrics", "1")]


def test_deleting_a_metric_deletes_its_points(api: Api) -> None:
    metric(api)
    api.make("/metrics/1/points", value=1)
    assert api.delete("/metrics/1").status == 204
    assert api.app.store.points.rows == {}


def test_points_are_sorted_by_value(api: Api) -> None:
    metric(api)
    for hour, value in enumerate((2, 3, 1)):
        api.make("/metrics/1/points", value=value, timestamp=f"2026-01-02 0{hour}:00:00")
    assert api.get("/metrics/1/points", {"sort": "-value"}).ids == [2, 1, 3]
