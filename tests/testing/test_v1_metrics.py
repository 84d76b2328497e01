"""Quirks of metrics and their points that tests/wire/v1/README.md describes, but that are not recorded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.testing.api import Api, Clock


@pytest.fixture
def metric(api: Api) -> Api:
    api.post("metrics", name="Coffee", suffix="cups", description="", default_value=10)
    return api


def test_a_metric_without_a_description_is_refused_without_a_reason(api: Api) -> None:
    assert api.reasons("POST", "metrics", name="M", suffix="s", default_value=0) == []


@pytest.mark.parametrize("threshold", [7, 61])
def test_a_threshold_must_divide_an_hour(metric: Api, threshold: int) -> None:
    assert metric.reasons("PUT", "metrics/1", threshold=threshold) == ["Threshold must divide by 60."]


def test_a_threshold_of_zero_is_a_500_on_update_too(metric: Api) -> None:
    assert metric.status("PUT", "metrics/1", json={"threshold": 0}) == 500


def test_view_is_an_alias_of_default_view(metric: Api) -> None:
    assert metric.put("metrics/1", view=3)["default_view_name"] == "Month"
    assert metric.put("metrics/1", view=3, default_view=0)["default_view_name"] == "Last Hour"


def test_a_fractional_default_value_is_truncated_on_update(metric: Api) -> None:
    assert metric.put("metrics/1", default_value=2.7)["default_value"] == 2


def test_numbers_may_be_strings_and_display_chart_may_be_true(api: Api) -> None:
    row = api.post(
        "metrics", name="x" * 200, suffix="s", description="d", default_value="5", display_chart=True, calc_type=7
    )
    assert (row["default_value"], row["display_chart"], row["calc_type"], len(row["name"])) == (5, True, 7, 200)
    assert len(api.row("metrics/1")["name"]) == 191


def test_guests_see_hidden_metrics(metric: Api, guest: Api) -> None:
    metric.put("metrics/1", visible=2)
    assert guest.ids("metrics") == [1]


def test_repeating_a_value_increments_its_counter(metric: Api, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 23, 11, 0, 19, tzinfo=UTC)
    assert metric.post("metrics/1/points", value=5)["created_at"] == "2026-11-23 11:00:30"
    again = metric.post("metrics/1/points", value="5", timestamp=1000)
    assert again == {
        "id": 1,
        "metric_id": 1,
        "value": 5,
        "counter": 2,
        "created_at": "2026-11-23 11:00:30",
        "updated_at": "2026-11-23 11:00:19",
        "calculated_value": 10,
    }
    clock.now += timedelta(minutes=6)
    assert metric.post("metrics/1/points", value=5)["id"] == 2


def test_the_same_value_at_old_times_creates_separate_points(metric: Api) -> None:
    metric.post("metrics/1/points", value=5, timestamp=1000)
    metric.post("metrics/1/points", value=5, timestamp="1015")
    assert [row["created_at"] for row in metric.get("metrics/1/points")["data"]] == [
        "1970-01-01 00:17:00",
        "1970-01-01 00:16:30",
    ]


def test_points_are_stored_with_three_decimals(metric: Api) -> None:
    assert metric.post("metrics/1/points", value=3.14159)["value"] == 3.14159
    assert metric.post("metrics/1/points", value=1e12)["value"] == 1000000000000
    assert metric.post("metrics/1/points", value=-1e300)["value"] == -1e300
    values = [row["value"] for row in metric.get("metrics/1/points", sort="id")["data"]]
    assert values == [3.142, 999999999999.999, -999999999999.999]


@pytest.mark.parametrize(
    ("timestamp", "shown"),
    [
        (0, "2026-11-23 10:58:30"),
        (-5, "-0001-11-30 00:00:00"),
        (1795000000000, "2001-01-01 00:00:00"),
        (1767322815, "2026-01-02 03:00:30"),
    ],
)
def test_timestamps_are_unix_seconds(metric: Api, timestamp: int, shown: str) -> None:
    assert metric.post("metrics/1/points", value=1, timestamp=timestamp)["created_at"] == shown


def test_a_put_without_a_value_zeroes_the_point(metric: Api) -> None:
    metric.post("metrics/1/points", value=5)
    assert metric.put("metrics/1/points/1")["value"] == 0


def test_a_put_accepts_the_timestamp_only_as_a_string(metric: Api) -> None:
    metric.post("metrics/1/points", value=5)
    row = metric.put("metrics/1/points/1", value=6, timestamp="1767322800")
    assert (row["value"], row["created_at"]) == (6, "2026-01-02 03:00:00")
    assert metric.status("PUT", "metrics/1/points/1", json={"timestamp": "abc"}) == 500
    assert metric.reasons("PUT", "metrics/1/points/1", value="abc") == ["The value must be a number."]


def test_a_put_moves_the_point_to_the_metric_in_the_path(metric: Api) -> None:
    metric.post("metrics", name="Tea", suffix="cups", description="", default_value=0)
    metric.post("metrics/1/points", value=5, timestamp=1000)
    metric.post("metrics/1/points", value=5)
    assert metric.put("metrics/2/points/2", value=5)["metric_id"] == 2
    assert (metric.ids("metrics/1/points"), metric.ids("metrics/2/points")) == ([1], [2])
    assert metric.post("metrics/2/points", value=5)["counter"] == 2
    metric.delete("metrics/1/points/2")
    assert metric.ids("metrics/2/points") == []


def test_deleting_a_metric_deletes_its_points(metric: Api) -> None:
    metric.post("metrics", name="Tea", suffix="cups", description="", default_value=0)
    metric.post("metrics/1/points", value=5)
    metric.delete("metrics/1")
    assert metric.status("DELETE", "metrics/2/points/1") == 404


def test_a_single_point_cannot_be_read(metric: Api) -> None:
    metric.post("metrics/1/points", value=5)
    refused = metric.send("GET", "metrics/1/points/1")
    assert (refused.status_code, refused.headers["allow"]) == (405, "PUT, DELETE")
