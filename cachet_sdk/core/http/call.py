"""The state of a call over all its attempts, and whether another attempt follows. Sends nothing."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx

from cachet_sdk.core.http.failures import Progress, is_permanent, transport_error, was_sent
from cachet_sdk.core.http.refusals import http_error
from cachet_sdk.core.http.retry import (
    may_have_been_applied,
    may_resend_after_failure,
    may_resend_after_status,
    parse_retry_after,
    wait_before,
)
from cachet_sdk.options import RetryPolicy


class Call:
    """A call in progress.

    Attributes:
        method: The HTTP method.
        url: The full URL.
        started: When the call began, by ``time.monotonic``.
        deadline: When the call must end, by ``time.monotonic``. None for no deadline.
        attempt: The number of attempts begun.
        maybe_applied: Whether the server may have carried out an attempt that did not succeed.
        retries_left: How many attempts may follow the current one.
        in_hook: Whether one of the caller's hooks is running. Its errors are raised unchanged.
        caller_exception: The exception that the caller was handling when the call began.
        pool: The pool of the current attempt, for the transport.
        progress: The progress of the current attempt, if it is traced.
    """

    __slots__ = (
        "_endpoint",
        "_policy",
        "_proxy_url",
        "_redact",
        "attempt",
        "caller_exception",
        "deadline",
        "in_hook",
        "maybe_applied",
        "method",
        "pool",
        "progress",
        "retries_left",
        "started",
        "url",
    )

    def __init__(
        self,
        method: str,
        url: str,
        policy: RetryPolicy,
        retries: int,
        total_timeout: float | None,
        redact: Callable[[bytes], bytes] = bytes,
        caller_exception: BaseException | None = None,
        *,
        endpoint: str = "",
        proxy_url: str | None = None,
    ) -> None:
        self.method: str = method
        self.url: str = url
        self.started: float = time.monotonic()
        self.deadline: float | None = None if total_timeout is None else self.started + total_timeout
        self.attempt: int = 0
        self.maybe_applied: bool = False
        self.retries_left: int = retries
        self.in_hook: bool = False
        self.caller_exception: BaseException | None = caller_exception
        self.pool: object = None
        self.progress: Progress | None = None
        self._policy = policy
        self._endpoint = endpoint
        self._proxy_url = proxy_url
        #: Removes the token from what an error shows: debug pages repeat the headers of the request.
        self._redact = redact

    def redacted(self, headers: httpx.Headers) -> httpx.Headers:
        """Return a response's headers without the token."""
        return httpx.Headers([(name, self._redact(value)) for name, value in headers.raw])

    def is_late(self) -> bool:
        """Return whether the deadline has passed."""
        return self.deadline is not None and time.monotonic() >= self.deadline

    def check_deadline(self) -> None:
        """Refuse the response to a read that took too long to parse. The response to a write is returned all the same.

        Raises:
            TimeoutError: If the deadline has passed.
        """
        if self.method == "GET" and self.is_late():
            raise self._error(httpx.ReadTimeout("the response took too long to parse"))

    def wait_after_failure(self, failure: Exception) -> float:
        """Return the seconds to wait before the next attempt.

        Raises:
            TransportError: If no attempt follows.
            Exception: If one of the caller's hooks raised it.
        """
        if self.in_hook:
            raise failure
        sent = self._was_sent(failure)
        self.maybe_applied = self.maybe_applied or (sent and self.method != "GET")
        if may_resend_after_failure(self.method, was_sent=sent) and not is_permanent(failure, self.caller_exception):
            wait = self._next_wait(None)
            if wait is not None:
                return wait
        raise self._error(failure) from failure

    def wait_after_status(self, response: httpx.Response, content: bytes) -> float:
        """Return the seconds to wait before the next attempt.

        Args:
            response: The response.
            content: Its body, decompressed.

        Raises:
            HTTPError: If no attempt follows.
            UnexpectedResponseError: If the status is not final (below 200).
        """
        content = self._redact(content)
        status = response.status_code
        retry_after = parse_retry_after(response.headers.get("Retry-After"))
        if may_resend_after_status(self._policy, self.method, status, retry_after):
            wait = self._next_wait(retry_after)
            if wait is not None:
                self.maybe_applied = self.maybe_applied or may_have_been_applied(self.method, status, retry_after)
                return wait
        shown = response_for_error(response, self.method, self.url, content, self._redact)
        error = http_error(self.method, self.url, shown, content, endpoint=self._endpoint, redact=self._redact)
        error.maybe_applied = error.maybe_applied or self.maybe_applied
        raise error

    def _was_sent(self, failure: Exception) -> bool:
        """Return whether the server may have seen the request. True if that is unknown."""
        if self.progress is not None and self.progress.is_reported:
            return self.progress.is_sent
        return was_sent(failure)

    def _error(self, failure: Exception) -> Exception:
        return transport_error(
            failure,
            self.method,
            self.url,
            was_sent=self._was_sent(failure),
            maybe_applied=self.maybe_applied,
            attempts=self.attempt,
            deadline_passed=self.is_late(),
            redact=self._redact,
            caller_exception=self.caller_exception,
            proxy_url=self._proxy_url,
        )

    def _next_wait(self, retry_after: float | None) -> float | None:
        """Return the wait, or None if no attempt is left or the next one would begin after the deadline."""
        if self.retries_left <= 0:
            return None
        wait = wait_before(self._policy, self.attempt, retry_after)
        if wait is None or (self.deadline is not None and time.monotonic() + wait >= self.deadline):
            return None
        self.retries_left -= 1
        return wait


def response_for_error(
    response: httpx.Response, method: str, url: str, content: bytes, redact: Callable[[bytes], bytes] = bytes
) -> httpx.Response:
    """Return the response to attach to an error: with its body decompressed, and a request without the token."""
    headers = [(name, redact(value)) for name, value in response.headers.raw if name.lower() != b"content-encoding"]
    return httpx.Response(response.status_code, headers=headers, content=content, request=httpx.Request(method, url))
