"""The state of a call across its attempts, and whether another attempt follows."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx
import pytest

from cachet_sdk.core.http.call import Call, response_for_error
from cachet_sdk.errors import NotFoundError, RateLimitError, ServerError, TransportError
from cachet_sdk.errors import TimeoutError as CachetTimeoutError
from cachet_sdk.options import RetryPolicy

URL = "https://status.example.com/api/v1/components"


def call(
    method: str = "GET",
    *,
    retries: int = 2,
    total_timeout: float | None = None,
    redact: Callable[[bytes], bytes] = bytes,
) -> Call:
    created = Call(method, URL, RetryPolicy(), retries, total_timeout, redact)
    created.attempt = 1
    return created


def response_with(status: int, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=named, request=httpx.Request("GET", URL, headers={"X-Cachet-Token": "abc"}))


def test_a_call_without_a_limit_has_no_deadline() -> None:
    assert call().deadline is None
    limited = call(total_timeout=5).deadline
    assert limited is not None
    assert 4 < limited - time.monotonic() <= 5


def test_a_read_is_retried_as_often_as_allowed() -> None:
    read = call(retries=2)

    waits = [read.wait_after_failure(httpx.ReadTimeout("slow")) for _ in range(2)]
    assert all(0 <= wait <= 0.5 for wait in waits)
    assert read.retries_left == 0
    with pytest.raises(CachetTimeoutError, match="no response in time"):
        read.wait_after_failure(httpx.ReadTimeout("slow"))
    assert not read.maybe_applied


def test_the_error_says_how_many_attempts_were_made() -> None:
    read = call(retries=0)
    read.attempt = 3

    with pytest.raises(TransportError, match="after 3 attempts") as caught:
        read.wait_after_failure(httpx.ConnectError("refused"))
    assert caught.value.attempts == 3


def test_a_post_that_was_sent_is_not_retried_and_may_have_been_applied() -> None:
    with pytest.raises(TransportError) as caught:
        call("POST").wait_after_failure(httpx.ReadError("broken"))
    assert caught.value.maybe_applied


def test_a_post_that_was_never_sent_is_retried() -> None:
    post = call("POST")

    assert post.wait_after_failure(httpx.ConnectError("refused")) >= 0
    assert not post.maybe_applied


def test_a_call_may_have_been_applied_by_an_earlier_attempt_that_failed() -> None:
    put = call("PUT", retries=1)
    put.wait_after_failure(httpx.ReadTimeout("slow"))

    with pytest.raises(NotFoundError) as caught:
        put.wait_after_status(response_with(404), b"")
    assert caught.value.maybe_applied


def test_a_call_may_have_been_applied_by_an_earlier_attempt_with_an_error_status() -> None:
    put = call("PUT", retries=1)
    put.wait_after_status(response_with(502), b"")

    with pytest.raises(TransportError) as caught:
        put.wait_after_failure(httpx.ConnectError("refused"))
    assert caught.value.maybe_applied


def test_retry_after_determines_the_wait() -> None:
    assert call("POST").wait_after_status(response_with(429, Retry_After="3"), b"") == 3.0
    assert call("GET").wait_after_status(response_with(503, Retry_After="4"), b"") == 4.0


def test_a_retry_after_that_is_too_long_ends_the_call() -> None:
    with pytest.raises(RateLimitError) as caught:
        call().wait_after_status(response_with(429, Retry_After="61"), b"")
    assert caught.value.retry_after == 61


def test_a_wait_beyond_the_deadline_is_not_started() -> None:
    with pytest.raises(RateLimitError):
        call(total_timeout=2).wait_after_status(response_with(429, Retry_After="3"), b"")
    with pytest.raises(CachetTimeoutError):
        call(total_timeout=1e-9).wait_after_failure(httpx.ConnectError("refused"))


def test_a_status_of_500_is_not_retried() -> None:
    with pytest.raises(ServerError):
        call().wait_after_status(response_with(500), b"")


def test_an_error_has_the_response_without_the_token() -> None:
    with pytest.raises(ServerError) as caught:
        call(redact=lambda text: text.replace(b"abc", b"***")).wait_after_status(
            response_with(500, X_Echo="abc"), b'{"message": "abc is odd"}'
        )

    response = caught.value.response
    assert response is not None
    assert response.json() == {"message": "*** is odd"}
    assert response.headers["X-Echo"] == "***"
    assert "X-Cachet-Token" not in response.request.headers
    assert str(response.request.url) == URL
    assert "abc" not in str(caught.value)


def test_the_response_of_an_error_is_decompressed() -> None:
    shown = response_for_error(response_with(500, Content_Encoding="gzip"), "GET", URL, b"plain")

    assert shown.text == "plain"
