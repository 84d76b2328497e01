"""Whether a failed request may be retried, and after how long."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cachet_sdk.core.http.retry import (
    is_repeatable,
    may_have_been_applied,
    may_resend_after_failure,
    may_resend_after_status,
    parse_retry_after,
    wait_before,
)
from cachet_sdk.errors import ArgumentError
from cachet_sdk.options import RetryPolicy

POLICY = RetryPolicy()
NOW = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(("method", "expected"), [("GET", True), ("PUT", True), ("DELETE", True), ("POST", False)])
def test_every_method_except_post_is_repeatable(method: str, expected: bool) -> None:
    assert is_repeatable(method) is expected


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_repeatable_requests_are_retried_after_a_transient_status(method: str, status: int) -> None:
    assert may_resend_after_status(POLICY, method, status, None)
    assert may_resend_after_status(POLICY, method, status, 5.0)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "POST"])
@pytest.mark.parametrize("status", [200, 301, 400, 401, 403, 404, 422, 500, 501])
def test_no_request_is_retried_after_any_other_status(method: str, status: int) -> None:
    assert not may_resend_after_status(POLICY, method, status, 1.0)


@pytest.mark.parametrize(
    ("status", "retry_after", "expected"),
    [(429, None, True), (429, 1.0, True), (503, 1.0, True), (503, None, False), (502, 1.0, False), (504, 1.0, False)],
)
def test_a_post_is_retried_only_after_a_status_that_means_it_was_not_applied(
    status: int, retry_after: float | None, expected: bool
) -> None:
    assert may_resend_after_status(POLICY, "POST", status, retry_after) is expected


def test_a_post_is_retried_after_a_failure_only_if_it_was_never_sent() -> None:
    assert may_resend_after_failure("POST", was_sent=False)
    assert not may_resend_after_failure("POST", was_sent=True)
    assert may_resend_after_failure("PUT", was_sent=True)


@pytest.mark.parametrize(
    ("method", "status", "retry_after", "expected"),
    [
        ("GET", 500, None, False),
        ("POST", 400, None, False),
        ("POST", 429, None, False),
        ("POST", 500, None, True),
        ("PUT", 504, None, True),
        ("POST", 503, 3.0, False),
        ("POST", 503, None, True),
    ],
)
def test_only_a_write_that_failed_in_the_server_may_have_been_applied(
    method: str, status: int, retry_after: float | None, expected: bool
) -> None:
    assert may_have_been_applied(method, status, retry_after) is expected


def test_the_upper_bound_of_the_wait_doubles_up_to_its_limit() -> None:
    bounds = [wait_before(POLICY, attempt, None, pick=lambda: 1.0) for attempt in (1, 2, 3, 4, 5, 6, 5000)]

    assert bounds == [POLICY.first_wait, 1.0, 2.0, 4.0, POLICY.longest_wait, POLICY.longest_wait, POLICY.longest_wait]


def test_the_wait_is_random_between_zero_and_its_upper_bound() -> None:
    assert wait_before(POLICY, 3, None, pick=lambda: 0.0) == 0.0
    waits = [wait_before(POLICY, 1, None) for _ in range(50)]
    assert all(wait is not None and 0 <= wait <= POLICY.first_wait for wait in waits)
    assert len(set(waits)) > 1


def test_retry_after_is_honored_up_to_a_minute() -> None:
    assert wait_before(POLICY, 1, 0.0) == 0.0
    assert wait_before(POLICY, 9, POLICY.longest_retry_after) == POLICY.longest_retry_after
    assert wait_before(POLICY, 1, POLICY.longest_retry_after + 1) is None


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("0", 0.0),
        ("120", 120.0),
        ("1.5", 1.5),
        ("Tue, 24 Nov 2026 12:00:30 GMT", 30.0),
        ("Tue, 24 Nov 2026 13:00:30 +0100", 30.0),
        ("Tue, 24 Nov 2026 12:00:30", 30.0),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0.0),
        ("-1", None),
        ("nan", None),
        ("inf", None),
        ("1e999", None),
        ("", None),
        ("soon", None),
        ("Tue, 99 Nov 2026 12:00:30 GMT", None),
        ("Tue, 24 Nov 99999999999 12:00:30 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_anything_else_is_ignored(
    header: str | None, expected: float | None
) -> None:
    assert parse_retry_after(header, now=lambda: NOW) == expected


def test_an_absurdly_long_retry_after_is_parsed_but_not_honored() -> None:
    seconds = parse_retry_after("Fri, 31 Dec 9999 23:59:59 GMT")

    assert seconds is not None
    assert seconds > 1e9
    assert wait_before(POLICY, 1, seconds) is None


def test_a_custom_policy_is_applied() -> None:
    policy = RetryPolicy(first_wait=0.1, longest_wait=0.3, longest_retry_after=5, statuses=frozenset({500}))
    assert wait_before(policy, 1, None, pick=lambda: 1.0) == 0.1
    assert wait_before(policy, 9, None, pick=lambda: 1.0) == 0.3
    assert wait_before(policy, 1, 6) is None
    assert may_resend_after_status(policy, "GET", 500, None)
    assert not may_resend_after_status(policy, "GET", 503, None)


@pytest.mark.parametrize("name", ["max_retries", "first_wait", "longest_wait", "longest_retry_after"])
def test_a_negative_number_in_a_policy_is_refused(name: str) -> None:
    with pytest.raises(ArgumentError, match=f"^{name}: expected a"):
        RetryPolicy(**{name: -1})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
