"""How a failure to get a response is classified and reported."""

from __future__ import annotations

import ssl
import traceback
from contextlib import suppress
from dataclasses import dataclass

import httpx
import pytest

from cachet_sdk.core.http.failures import deadline_exceeded, is_permanent, transport_error, was_sent, without_frames
from cachet_sdk.errors import TimeoutError as CachetTimeoutError
from cachet_sdk.errors import TransportError

URL = "https://status.example.com/api/v1/ping"


def untrusted() -> httpx.ConnectError:
    reason = ssl.SSLCertVerificationError(1, "certificate verify failed")
    reason.verify_message = "self-signed certificate"
    failure = httpx.ConnectError("no")
    failure.__cause__ = reason
    return failure


def error_for(
    failure: Exception,
    *,
    maybe_applied: bool = False,
    attempts: int = 1,
    late: bool = False,
    proxy_url: str | None = None,
) -> TransportError:
    return transport_error(
        failure,
        "POST",
        URL,
        was_sent=was_sent(failure),
        maybe_applied=maybe_applied,
        attempts=attempts,
        deadline_passed=late,
        proxy_url=proxy_url,
    )


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (httpx.ConnectError("refused"), False),
        (httpx.ConnectTimeout("slow"), False),
        (httpx.PoolTimeout("busy"), False),
        (httpx.ProxyError("proxy"), False),
        (httpx.UnsupportedProtocol("gopher"), False),
        (httpx.LocalProtocolError("a header holds a line break"), False),
        (httpx.InvalidURL("none"), False),
        (httpx.ReadTimeout("slow"), True),
        (httpx.WriteError("broken"), True),
        (httpx.RemoteProtocolError("nonsense"), True),
        (OSError("broken pipe"), True),
    ],
)
def test_a_request_was_sent_unless_no_connection_was_established(failure: Exception, expected: bool) -> None:
    assert was_sent(failure) is expected


def test_certificate_and_protocol_errors_are_not_worth_retrying() -> None:
    assert is_permanent(untrusted())
    assert is_permanent(httpx.UnsupportedProtocol("gopher"))
    assert not is_permanent(httpx.ConnectError("refused"))


def test_the_error_for_an_untrusted_certificate_says_why() -> None:
    assert str(error_for(untrusted())) == (
        f"POST {URL}: the server's certificate is not trusted: self-signed certificate"
    )


def test_the_error_for_a_failed_connection_says_why() -> None:
    error = error_for(httpx.ConnectError("[Errno 111] Connection refused"))

    assert str(error) == f"POST {URL}: no connection ([Errno 111] Connection refused)"
    assert not isinstance(error, CachetTimeoutError)
    assert (error.method, error.url, error.attempts, error.maybe_applied) == ("POST", URL, 1, False)


def test_the_error_for_a_broken_connection_says_that_the_request_may_have_been_applied() -> None:
    error = error_for(httpx.ReadError(""), maybe_applied=True, attempts=3)

    assert (
        str(error) == f"POST {URL}: the connection was lost (ReadError) after 3 attempts; it may have been carried out"
    )
    assert error.maybe_applied
    assert error.attempts == 3


@pytest.mark.parametrize("failure", [httpx.ReadTimeout("x"), httpx.ConnectTimeout("x"), TimeoutError("x")])
def test_a_timeout_is_also_pythons_timeout_error(failure: Exception) -> None:
    error = error_for(failure)

    assert isinstance(error, CachetTimeoutError)
    assert isinstance(error, TimeoutError)
    assert "in time (x)" in str(error)


def test_any_failure_after_the_deadline_is_a_timeout() -> None:
    assert isinstance(error_for(httpx.ConnectError("refused"), late=True), CachetTimeoutError)


def test_the_failure_remains_as_the_cause_without_its_frames() -> None:
    token = "not-to-be-shown"
    try:
        try:
            raise OSError("inner")
        except OSError as inner:
            raise httpx.ReadError("outer") from inner
    except httpx.ReadError as outer:
        failure = outer
    error = error_for(failure)

    assert error.__cause__ is failure
    shown = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    assert token not in shown
    assert "inner" in shown


def test_a_circular_chain_of_exceptions_is_handled() -> None:
    first, second = OSError("a"), OSError("b")
    first.__cause__, second.__context__ = second, first

    without_frames(first)

    assert first.__traceback__ is second.__traceback__ is None


def test_the_request_of_a_failure_keeps_its_url_and_loses_its_headers() -> None:
    failure = httpx.ReadError("x", request=httpx.Request("PUT", URL, headers={"X-Cachet-Token": "abc"}))
    without_frames(failure)

    assert (failure.request.method, str(failure.request.url)) == ("PUT", URL)
    assert "X-Cachet-Token" not in failure.request.headers


def test_a_certificate_error_without_a_reason_is_shown_unchanged() -> None:
    assert str(error_for(ssl.SSLCertVerificationError("odd"))).endswith("is not trusted: ('odd',)")


def test_an_exception_that_the_caller_was_handling_is_not_taken_for_the_cause() -> None:
    handled = ssl.SSLCertVerificationError(1, "the certificate of the shop has expired")
    failure = httpx.ConnectError("refused")
    with suppress(httpx.ConnectError):
        try:
            raise handled
        finally:
            raise failure  # while the other exception is being handled
    assert is_permanent(failure)
    assert not is_permanent(failure, handled)
    error = transport_error(
        failure,
        "GET",
        URL,
        was_sent=False,
        maybe_applied=False,
        attempts=1,
        deadline_passed=False,
        caller_exception=handled,
    )
    assert "no connection (refused)" in str(error)
    assert failure.__traceback__ is None
    assert handled.__traceback__ is not None


def test_the_token_is_redacted_from_a_failure_that_quotes_it() -> None:
    inner = ValueError("illegal header line: X Echo: abc")
    failure = httpx.RemoteProtocolError("illegal header line: X Echo: abc")
    failure.__cause__ = inner
    error = transport_error(
        failure,
        "GET",
        URL,
        was_sent=True,
        maybe_applied=False,
        attempts=1,
        deadline_passed=False,
        redact=lambda text: text.replace(b"abc", b"***"),
    )
    assert "X Echo: ***" in str(error)
    assert "abc" not in f"{error}{failure}{inner}"


@dataclass
class Noted:
    is_reported: bool
    is_sent: bool


def test_a_late_request_is_a_timeout_of_the_stage_that_it_reached() -> None:
    request = httpx.Request("POST", URL)
    assert isinstance(deadline_exceeded(request, entered=False, progress=None), httpx.PoolTimeout)
    assert isinstance(deadline_exceeded(request, entered=True, progress=None), httpx.ReadTimeout)
    assert isinstance(deadline_exceeded(request, entered=True, progress=Noted(True, False)), httpx.ConnectTimeout)
    assert isinstance(deadline_exceeded(request, entered=True, progress=Noted(True, True)), httpx.ReadTimeout)
    assert isinstance(deadline_exceeded(request, entered=True, progress=Noted(False, False)), httpx.ReadTimeout)


def test_the_error_for_a_proxy_that_refuses_names_it() -> None:
    error = error_for(httpx.ProxyError("403 Forbidden"), proxy_url="http://proxy.test:3128")
    assert str(error).endswith("the proxy http://proxy.test:3128 does not let the request through (403 Forbidden)")
    error = error_for(httpx.ProxyError("407 Proxy Authentication Required"), proxy_url="http://proxy.test:3128")
    assert str(error).endswith("; put the user name and password into the proxy's URL")
    error = error_for(httpx.ConnectError("refused"), proxy_url="http://proxy.test:3128")
    assert str(error).endswith("no connection to the proxy http://proxy.test:3128 (refused)")


@pytest.mark.parametrize("reason", ["WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE"])
def test_a_port_that_does_not_speak_tls_is_explained_and_not_retried(reason: str) -> None:
    failure = httpx.ConnectError("no")
    failure.__cause__ = cause = ssl.SSLError(1, "no")
    cause.reason = reason
    assert is_permanent(failure)
    assert "does not use TLS" in str(error_for(failure))
