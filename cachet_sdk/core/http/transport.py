# Made by "make sync" from aio/transport.py: edit that file instead of this one.
"""Sends requests through httpx, retries them if that is safe, and returns responses or raises errors."""

from __future__ import annotations

import builtins
import logging
import sys
import time
from contextlib import suppress
from types import TracebackType
from typing import Self, cast

import httpx

from cachet_sdk.core.http.body import NO_BODY, BodyTooLargeError, BodyUnreadableError, RequestBody, ResponseBody
from cachet_sdk.core.http.call import Call
from cachet_sdk.core.http.capture import record
from cachet_sdk.core.http.connection import ConnectionSettings
from cachet_sdk.core.http.failures import FAILURES, deadline_exceeded, without_frames
from cachet_sdk.core.http.pool import Pool
from cachet_sdk.core.http.progress import Progress
from cachet_sdk.core.http.rate_limit import RateLimit
from cachet_sdk.core.http.refusals import is_missing_row
from cachet_sdk.core.http.request import Query, RequestTemplate, encode_query
from cachet_sdk.core.http.response import ApiResponse, parse, unexpected
from cachet_sdk.core.http.sender import Sender
from cachet_sdk.core.http.waiting import deadline_scope, sleep
from cachet_sdk.errors import ClientStateError, ResponseTooLargeError
from cachet_sdk.options import Settings

logger: logging.Logger = logging.getLogger("cachet_sdk")


class Transport:
    """Sends one client's requests to one server.

    Args:
        settings: The client's settings.
        connection: The settings of its connections.
        sender: The sender of another client, to share its connections. Defaults to a new one.
    """

    def __init__(
        self,
        settings: Settings,
        connection: ConnectionSettings[httpx.BaseTransport, httpx.Client],
        sender: Sender | None = None,
    ) -> None:
        self.settings = settings
        self.connection = connection
        self._template = RequestTemplate(settings, connection.headers)
        self._request_hooks = tuple(connection.event_hooks.get("request", ()))
        self._response_hooks = tuple(connection.event_hooks.get("response", ()))
        self._shares = sender is not None
        self.sender: Sender = sender or Sender(settings, connection, self._template.redact, self._template.pool_timeout)
        self._is_closed = False
        #: The headers of the last response that stated a rate limit, which only Cachet 3 has.
        self._limits: httpx.Headers | None = None
        self._is_limited = settings.version == "3"

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Query = (),
        body: bytes | None = None,
        utc: bool = False,
        retries: int | None = None,
    ) -> ApiResponse:
        """Send a request and read its response.

        Args:
            method: The HTTP method.
            path: The path below the endpoint, with a leading slash.
            query: The query parameters.
            body: The JSON to send.
            utc: Whether the times of the request and its response are in UTC.
            retries: The maximum number of retries. Defaults to the client's setting.

        Raises:
            HTTPError: If the server refuses the request.
            UnexpectedResponseError: If the response is not from Cachet.
            TransportError: If no response arrives.
            ClientStateError: If the client is closed, or in use in another event loop.
        """
        if self._is_closed:
            raise ClientStateError("the client is closed; create a new one")
        url = f"{self.settings.endpoint}{path}?{encode_query(query)}" if query else f"{self.settings.endpoint}{path}"
        call = Call(
            method,
            url,
            self.settings.retry,
            self.settings.retry.max_retries if retries is None else retries,
            self.settings.total_timeout,
            self._template.redact,
            sys.exc_info()[1],
            endpoint=self.settings.endpoint,
            proxy_url=self.sender.proxy_url,
        )
        while True:
            call.attempt += 1
            self.sender.check_usable()
            try:
                response, received = self._attempt(call, path, body, utc=utc)
            except ClientStateError as error:  # closed while this attempt waited for a connection
                error.maybe_applied = call.maybe_applied
                raise
            except FAILURES as failure:
                outcome: object = type(failure).__name__
                if self._has_closed():
                    call.retries_left = 0
                wait = call.wait_after_failure(failure)
            else:
                outcome = response.status_code
                record(self.sender, call, response)
                if 200 <= response.status_code < 300:
                    parsed = parse(
                        method, url, response.status_code, response.headers, received.content(), self._template.redact
                    )
                    parsed.pool = call.pool
                    call.check_deadline()
                    return parsed
                if method == "DELETE" and call.maybe_applied and is_missing_row(response, received.content()):
                    # An earlier attempt, whose response was lost, has already deleted it.
                    return ApiResponse(method, url, 204, response.headers, b"", None)
                wait = call.wait_after_status(response, received.content())
            logger.warning("%s %s: %s; attempt %d follows in %.2f s", method, path, outcome, call.attempt + 1, wait)
            self._wait_for_retry(call, wait)

    def distrust(self, response: ApiResponse) -> None:
        """Stop using the pool of a response that belongs to another request."""
        if isinstance(response.pool, Pool):
            self.sender.distrust(response.pool)

    @property
    def rate_limit(self) -> RateLimit | None:
        """The rate limit of the last response that stated one. None if none did."""
        return None if self._limits is None else RateLimit.read(self._limits)

    def close(self) -> None:
        """Close the connections, unless they belong to another client."""
        self._is_closed = True
        if not self._shares:
            self.sender.close()

    def _has_closed(self) -> bool:
        """Return whether the client is closed. Another thread or task may close it at any time."""
        return self._is_closed or self.sender.is_closed

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _wait_for_retry(self, call: Call, seconds: float) -> None:
        """Wait between two attempts."""
        try:
            sleep(seconds)
        except ClientStateError as stopped:
            stopped.maybe_applied = call.maybe_applied
            raise
        if self._has_closed():
            error = ClientStateError("the client was closed before the request could be sent again")
            error.maybe_applied = call.maybe_applied
            raise error

    def _attempt(self, call: Call, path: str, body: bytes | None, *, utc: bool) -> tuple[httpx.Response, ResponseBody]:
        """Send once, and log the outcome."""
        started = time.perf_counter()
        outcome: object = "nothing"
        try:
            response, received = self._send(call, body, utc=utc)
            outcome = response.status_code
            if self._is_limited and "X-RateLimit-Limit" in response.headers:
                self._limits = response.headers
        except BaseException as error:
            outcome = type(error).__name__
            # The frames of an exception raised while the request is being sent contain the token. Those of the caller's
            # own transport or client are kept.
            is_ours = self.sender.is_own or not isinstance(error, Exception)
            if is_ours and not call.in_hook and not isinstance(error, FAILURES):
                without_frames(error, call.caller_exception)
            raise
        finally:
            if logger.isEnabledFor(logging.DEBUG):
                milliseconds = (time.perf_counter() - started) * 1000
                logger.debug("%s %s: %s in %.1f ms, attempt %d", call.method, path, outcome, milliseconds, call.attempt)
        return response, received

    def _send(self, call: Call, body: bytes | None, *, utc: bool) -> tuple[httpx.Response, ResponseBody]:
        request = self._request(call, body, utc=utc)
        call.in_hook = True
        for hook in self._request_hooks:
            hook(request)
        call.in_hook = False
        entered = False
        try:
            with deadline_scope(call.deadline), self.sender.limiter:
                entered = True
                return self._exchange(call, request)
        except builtins.TimeoutError:
            if call.in_hook and not call.is_late():
                raise
            call.in_hook = False
            raise deadline_exceeded(request, entered=entered, progress=call.progress) from None

    def _exchange(self, call: Call, request: httpx.Request) -> tuple[httpx.Response, ResponseBody]:
        # Chosen after the wait for the limiter, during which another pool may have replaced the earlier one.
        pool = self.sender.enter()
        call.pool = pool
        try:
            response = self._send_through(pool, request)
            try:
                call.in_hook = True
                for hook in self._response_hooks:
                    hook(response)
                call.in_hook = False
                return response, self._read(response, call)
            finally:
                response.close()
        except BaseException as error:
            # After Ctrl-C or the cancellation of a task, httpcore may keep a broken connection, or count one that does
            # not exist. The pool is replaced before the next call starts.
            if not isinstance(error, Exception):
                self.sender.replace(pool)
            raise
        finally:
            pool.leave()

    def _request(self, call: Call, body: bytes | None, *, utc: bool) -> httpx.Request:
        extensions = self._template.extensions(call.deadline)
        if call.method != "GET":
            call.progress = extensions["trace"] = Progress()
        headers = self._template.headers(body, utc=utc)
        if self.sender.http_client is not None:
            return self.sender.http_client.build_request(
                call.method, call.url, headers=headers, content=body, extensions=extensions
            )
        request = httpx.Request(
            call.method,
            self._template.url(call.url),
            headers=headers,
            stream=NO_BODY if body is None else RequestBody(body),
            extensions=extensions,
        )
        if self._request_hooks or not self.sender.is_own or self.connection.auth is not None:
            request.read()  # makes the body available to hooks as request.content, as in httpx
        return request

    def _send_through(self, pool: Pool, request: httpx.Request) -> httpx.Response:
        try:
            response = pool.send(request)
        except httpx.HTTPStatusError as error:
            # A hook of the caller's http_client called raise_for_status, as suggested by httpx's documentation.
            return error.response
        response.request = request
        return response

    def _read(self, response: httpx.Response, call: Call) -> ResponseBody:
        """Read a response's body, up to the limit."""
        limit = self.settings.max_response_bytes
        try:
            if response.is_stream_consumed or response.is_closed:
                received = ResponseBody(None, limit)
                with suppress(httpx.ResponseNotRead):
                    received.add(response.content)  # a hook has read it
                return received
            received = ResponseBody(response.headers.get("Content-Encoding"), limit)
            is_late = False
            for piece in cast("httpx.SyncByteStream", response.stream):
                if is_late:  # each piece arrived in time, but not all of them together
                    raise httpx.ReadTimeout("the deadline of the call has passed")
                received.add(piece)
                is_late = call.is_late()
            received.content()  # raises here if the body is truncated, so that the error states its request
        except BodyTooLargeError:
            problem = f"is longer than max_response_bytes, {limit}"
            raise unexpected(problem, call.method, call.url, response.status_code, b"", ResponseTooLargeError) from None
        except BodyUnreadableError as error:
            raise unexpected(str(error), call.method, call.url, response.status_code, b"") from None
        return received
