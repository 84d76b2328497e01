"""Regressions that fuzzing has found: arguments that cannot be sent are refused with an error that names them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import JsonValue

from cachet_sdk import Client, errors
from cachet_sdk.core.http.body import BodyTooLargeError, ResponseBody
from cachet_sdk.testing import FakeCachet

EAST = timezone(timedelta(minutes=1))


def nested(depth: int) -> object:
    """Return nested lists."""
    found: object = []
    for _ in range(depth):
        found = [found]
    return found


REFUSED: dict[str, tuple[str, Callable[[Any], object]]] = {
    "a lone surrogate in a text": (
        "description",
        lambda it: it.components.create(name="a", status=1, description="\ud800"),
    ),
    "a lone surrogate in a tag": ("tags", lambda it: it.components.create(name="a", status=1, tags=["\ud800"])),
    "a lone surrogate in meta": ("meta", lambda it: it.components.create(name="a", status=1, meta={"a": "\ud800"})),
    "a NaN in meta": ("meta", lambda it: it.components.create(name="a", status=1, meta={"a": float("nan")})),
    "an integer of 5,000 digits in meta": (
        "meta",
        lambda it: it.components.create(name="a", status=1, meta={"a": 10**5000}),
    ),
    "an order too large for the database": (
        "order",
        lambda it: it.components.create(name="a", status=1, order=10**5000),
    ),
    "a lone surrogate in a filter": ("name", lambda it: list(it.components.list(name="\ud800"))),
    "lists too deep to compare, for times": (
        "created_at",
        lambda it: it.incidents.update(1, created_at=nested(5000), occurred_at=nested(5000)),
    ),
    "the earliest time of the calendar": (
        "scheduled_at",
        lambda it: it.schedules.create(name="a", status=0, scheduled_at=datetime.min.replace(tzinfo=EAST)),
    ),
    "a time in the year 999": (
        "scheduled_at",
        lambda it: it.schedules.create(name="a", status=0, scheduled_at=datetime(999, 1, 1, tzinfo=UTC)),
    ),
    "emails that are a number": ("emails", lambda it: it.subscribers.create_many(5)),
    "an order that is not hashable": ("order", lambda it: it.component_groups.list(order=[])),
    "tags that are a number": ("tags", lambda it: it.components.list(tags=5)),
}


@pytest.mark.parametrize("case", REFUSED)
def test_cachet_2_arguments_are_refused_before_anything_is_sent(case: str) -> None:
    argument, call = REFUSED[case]
    fake = FakeCachet()
    with pytest.raises(errors.ArgumentError) as caught:
        call(fake.client())
    assert caught.value.argument == argument
    assert len(fake.requests) == 0


REFUSED_BY_3: dict[str, tuple[str, Callable[[Any], object]]] = {
    "an include that is not a tuple": ("include", lambda it: it.components.get(1, include=5)),
    "a meta filter that is not a dictionary": ("meta", lambda it: it.schedules.list(meta=5)),
    "a status filter that is not an integer": ("status", lambda it: it.components.list(status=1.5)),
    "components that cannot be iterated": ("components", lambda it: it.component_groups.create(name="a", components=5)),
    "points that cannot be iterated": ("points", lambda it: it.metric_points.create_many(1, 5)),
    "changes that are not a dictionary": ("changes", lambda it: it.components.update_many([1])),
}


@pytest.mark.parametrize("case", REFUSED_BY_3)
def test_cachet_3_arguments_are_refused_before_anything_is_sent(case: str) -> None:
    argument, call = REFUSED_BY_3[case]
    fake = FakeCachet(version="3")
    with pytest.raises(errors.ArgumentError) as caught:
        call(fake.client())
    assert caught.value.argument == argument
    assert len(fake.requests) == 0


@pytest.mark.parametrize("seconds", [float("inf"), 1e300, float("nan"), 0, -1, True])
@pytest.mark.parametrize("setting", ["timeout", "total_timeout"])
def test_a_timeout_that_no_socket_accepts_is_refused(setting: str, seconds: float) -> None:
    options: dict[str, Any] = {setting: seconds}
    with pytest.raises(errors.ArgumentError) as caught:
        Client("https://cachet.test/api/v1", "token", **options)
    assert caught.value.argument == setting


@pytest.mark.parametrize("host", ["a..b", "a" * 64 + ".test"])
def test_a_host_name_that_cannot_be_encoded_is_refused(host: str) -> None:
    with pytest.raises(errors.ConfigurationError, match="endpoint"):
        Client(f"https://{host}/api/v1", "token")


def test_a_time_at_the_end_of_the_calendar_is_accepted_or_refused() -> None:
    latest = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    newer = FakeCachet("3").client(timezone="UTC")
    assert newer.schedules.create(name="a", message="m", scheduled_at=latest).scheduled_at == latest
    client = FakeCachet().client(timezone="Asia/Kathmandu")
    with pytest.raises(errors.ArgumentError, match="scheduled_at"):  # Cachet 2's databases cannot store such a date
        client.schedules.create(name="a", status=0, scheduled_at=latest)
    # When read, it cannot be converted to a timezone further east.
    data: dict[str, JsonValue] = {"id": 1, "name": "a", "scheduled_at": "9999-12-31 23:59:00+00:00"}
    assert client.schedules.instance_from_dict(data).scheduled_at == latest


def test_bytes_after_the_end_of_gzip_count_towards_the_limit() -> None:
    collector = ResponseBody("gzip", 1000)
    collector.add(bytes.fromhex("1f8b08000000000000030300000000000000000000"))
    with pytest.raises(BodyTooLargeError):
        for _ in range(11):
            collector.add(b"x" * 100)
    assert collector.content() == b""
