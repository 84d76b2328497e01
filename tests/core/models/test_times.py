"""Times in requests and responses: naive times stay naive, aware times are sent in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest

from cachet_sdk.core.models.times import (
    is_aware,
    needs_utc_header,
    same_minute,
    same_moment,
    to_epoch,
    to_wire,
    to_zone,
)
from cachet_sdk.errors import ArgumentError

OSLO = ZoneInfo("Europe/Oslo")
NAIVE = datetime(2026, 7, 1, 12, 30, 15)
AWARE = datetime(2026, 7, 1, 12, 30, 15, tzinfo=OSLO)
#: Half past two in the night in which the clocks are set back: it occurs twice.
FIRST = datetime(2026, 10, 25, 2, 30, tzinfo=OSLO)
SECOND = FIRST.replace(fold=1)


class ZoneWithoutOffset(tzinfo):
    """A time zone without an offset: a datetime that has it is naive all the same."""

    def utcoffset(self, moment: datetime | None) -> None:
        return None

    def dst(self, moment: datetime | None) -> None:
        return None

    def tzname(self, moment: datetime | None) -> str:
        return "nowhere"


def test_a_time_of_the_server_is_converted_to_the_timezone_of_the_client() -> None:
    shown = to_zone(datetime(2026, 7, 1, 10, 30), OSLO)

    assert shown == datetime(2026, 7, 1, 12, 30, tzinfo=OSLO)
    assert shown.tzinfo is OSLO
    assert to_zone(datetime(2026, 7, 1, 10, 30, tzinfo=timezone(timedelta(hours=9))), OSLO).hour == 3


@pytest.mark.parametrize("end_of_the_calendar", [datetime.min, datetime.max])
def test_the_ends_of_the_calendar_remain_in_utc(end_of_the_calendar: datetime) -> None:
    for hours in (-23, 23):
        shown = to_zone(end_of_the_calendar, timezone(timedelta(hours=hours)))
        assert shown == end_of_the_calendar.replace(tzinfo=UTC)


def test_a_time_is_aware_if_it_has_an_offset() -> None:
    assert is_aware(AWARE)
    assert not is_aware(NAIVE)
    assert not is_aware(NAIVE.replace(tzinfo=ZoneWithoutOffset()))


@pytest.mark.parametrize(
    ("values", "zone", "expected"),
    [
        ({}, None, False),
        ({}, OSLO, True),
        ({"name": "no time"}, None, False),
        ({"at": NAIVE}, None, False),
        ({"at": AWARE}, None, True),
        ({"at": AWARE}, OSLO, True),
        ({"at": AWARE, "until": AWARE}, None, True),
        ({"at": NAIVE, "until": NAIVE}, None, False),
    ],
)
def test_a_request_needs_the_utc_header_when_the_client_or_its_times_have_a_zone(
    values: dict[str, object], zone: tzinfo | None, expected: bool
) -> None:
    assert needs_utc_header(values, zone) is expected


def test_a_naive_time_is_refused_if_the_client_has_a_timezone() -> None:
    with pytest.raises(ArgumentError, match="scheduled_at: is a naive time") as caught:
        needs_utc_header({"scheduled_at": NAIVE}, OSLO)
    assert caught.value.argument == "scheduled_at"


def test_a_mix_of_naive_and_aware_times_is_refused() -> None:
    with pytest.raises(ArgumentError, match="until: naive and aware times cannot be mixed"):
        needs_utc_header({"at": NAIVE, "until": AWARE}, None)


def test_a_time_is_sent_to_the_minute_and_an_aware_one_in_utc() -> None:
    assert to_wire(NAIVE) == "2026-07-01 12:30"
    assert to_wire(AWARE) == "2026-07-01 10:30"
    assert to_wire(AWARE, "%d/%m/%Y %H:%M") == "01/07/2026 10:30"


def test_a_moment_becomes_whole_unix_seconds() -> None:
    assert to_epoch("timestamp", AWARE) == 1_782_901_815
    assert to_epoch("timestamp", 1_782_901_815.9) == 1_782_901_815


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (NAIVE, "is a naive time"),
        (0, "expected seconds since 1970"),
        (-5, "expected seconds since 1970"),
        (1_782_901_815_000, "are those milliseconds"),
        (float("nan"), "expected seconds since 1970"),
        (float("inf"), "expected seconds since 1970"),
        (True, "expected Unix seconds or an aware datetime"),
        ("now", "expected Unix seconds or an aware datetime"),
    ],
)
def test_an_invalid_timestamp_is_refused(value: float, problem: str) -> None:
    with pytest.raises(ArgumentError, match=f"^timestamp: .*{problem}"):
        to_epoch("timestamp", value)


def test_times_are_compared_to_the_minute() -> None:
    assert same_minute(NAIVE, NAIVE.replace(second=59))
    assert same_minute(datetime(2026, 7, 1, 10, 30), AWARE)
    assert not same_minute(NAIVE, AWARE)
    assert not same_minute(NAIVE, NAIVE + timedelta(minutes=1))


def test_times_are_compared_to_the_minute_in_the_hour_that_occurs_twice_as_well() -> None:
    assert same_minute(SECOND, datetime(2026, 10, 25, 1, 30, 59))
    assert not same_minute(FIRST, SECOND)


def test_times_are_the_same_moment_whatever_their_timezones() -> None:
    assert same_moment(NAIVE, NAIVE)
    assert same_moment(AWARE, AWARE.astimezone(UTC))
    assert not same_moment(NAIVE, AWARE)
    assert not same_moment(AWARE, AWARE + timedelta(seconds=1))
    assert same_moment(datetime.max.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
    assert not same_moment(datetime.min.replace(tzinfo=UTC), datetime.min.replace(tzinfo=timezone(timedelta(hours=9))))


def test_moments_an_hour_apart_are_distinguished_in_the_hour_that_occurs_twice() -> None:
    assert FIRST == SECOND  # as Python compares them
    assert not same_moment(FIRST, SECOND)
    assert same_moment(SECOND, datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert not same_moment(FIRST, datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
