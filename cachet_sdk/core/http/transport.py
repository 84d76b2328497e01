# Made by "make sync" from aio/transport.py: edit that file instead of this one.
"""Sends requests through httpx, again where that is safe, and gives answers or errors."""

from __future__ import annotations

import builtins
import logging
import sys
import time
from types import TracebackType
from typing import Self, cast

import httpx

from cachet_sdk.core.http.body import NO_BODY, BodyTooLargeError, BodyUnreadableError, RequestBody, ResponseBody
from cachet_sdk.core.http.call import Call
from cachet_sdk.core.http.connection import ConnectionSettings, http_transport
from cachet_sdk.core.http.failures import FAILURES, too_late, without_frames
from cachet_sdk.core.http.limiter import ConnectionLimiter
from cachet_sdk.core.http.pool_owner import PoolOwner
from cachet_sdk.core.http.rate_limit import RateLimit
from cachet_sdk.core.http.request import Query, RequestTemplate, encode_query
from cachet_sdk.core.http.response import ApiResponse, parse, unexpected
from cachet_sdk.core.http.waiting import deadline_scope, sleep
from cachet_sdk.errors import ClientStateError, ResponseTooLargeError
from cachet_sdk.options import Settings

logger: logging.Logger = logging.getLogger("cachet_sdk")


class Transport:
    """One client's way to one server."""

    def __init__(self, settings: Settings, connection: ConnectionSettings[httpx.BaseTransport]) -> None:
        self.settings = settings
        self._form = RequestTemplate(settings)
        self._request_hooks = tuple(connection.event_hooks.get("request", ()))
        self._response_hooks = tuple(connection.event_hooks.get("response", ()))
        self._connection = connection
        self._owner = PoolOwner()
        self._inherited: object = None
        self._closed = False
        #: The headers of the last answer that told of a rate limit, which only Cachet 3 has.
        self._limits: httpx.Headers | None = None
        self._is_limited = settings.version == "3"
        self._open()

    def _open(self) -> None:
        """Make a pool of connections; one that was passed in stays the caller's business."""
        given = self._connection.transport
        limit = self._connection.limits.max_connections if given is None else None
        self._limiter = ConnectionLimiter(limit, self._form.pool_timeout)
        self._http = http_transport(self.settings, self._connection) if given is None else given

    def _reopen(self) -> None:
        """Make another pool, in another place than where the present one is of use."""
        # A parent's connections are kept, though not used: to let go of them would close them, with a goodbye to its
        # server. Those of an event loop that is closed are let go.
        self._inherited = self._http if self._owner.is_forked() else None
        self._open()

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
        """Send a request and read its answer.

        Args:
            method: The HTTP method.
            path: The path under the endpoint, with a slash at its beginning.
            query: The query parameters.
            body: The JSON to send.
            utc: Whether this request's times are in UTC, and its answer's are to be.
            retries: How often to send again at most, where it is safe; the client's setting by default.

        Raises:
            HTTPError: when the server refuses.
            UnexpectedResponseError: when something answers that is not Cachet.
            TransportError: when no answer comes.
            ClientStateError: when the client is closed, or in use in another event loop.
        """
        if self._is_closed():
            raise ClientStateError("the client is closed; make a new one")
        if self._connection.transport is None:
            self._owner.ensure_current(self._reopen)
        url = f"{self.settings.endpoint}{path}?{encode_query(query)}" if query else f"{self.settings.endpoint}{path}"
        call = Call(
            method,
            url,
            self.settings.max_retries if retries is None else retries,
            self.settings.total_timeout,
            self._form.redact,
            sys.exc_info()[1],
        )
        while True:
            call.attempt += 1
            try:
                response, received = self._attempt(call, path, body, utc=utc)
            except FAILURES as failure:
                outcome: object = type(failure).__name__
                if self._is_closed():
                    call.retries_left = 0
                wait = call.wait_after_failure(failure)
            else:
                outcome = response.status_code
                if 200 <= response.status_code < 300:
                    return parse(
                        method, url, response.status_code, response.headers, received.content(), self._form.redact
                    )
                if response.status_code == 404 and method == "DELETE" and call.maybe_applied:
                    # An earlier attempt, whose answer was lost, has deleted it: that is what was asked for.
                    return ApiResponse(method, url, 204, response.headers, b"", None)
                wait = call.wait_after_status(response, received.content())
            logger.warning("%s %s: %s; attempt %d follows in %.2f s", method, path, outcome, call.attempt + 1, wait)
            self._rest(call, wait)

    @property
    def rate_limit(self) -> RateLimit | None:
        """What the last answer that told of a rate limit said; None when none did."""
        return None if self._limits is None else RateLimit.read(self._limits)

    def close(self) -> None:
        """Close the connections."""
        if not self._is_closed():
            elsewhere = self._connection.transport is None and self._owner.is_foreign()
            self._closed = True
            if not elsewhere:
                self._http.close()

    def _is_closed(self) -> bool:
        """Tell whether the client is closed; another thread or task may do that at any time."""
        return self._closed

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _rest(self, call: Call, seconds: float) -> None:
        """Wait between two attempts."""
        sleep(seconds)
        if self._is_closed():
            error = ClientStateError("the client was closed before the request could be sent again")
            error.maybe_applied = call.maybe_applied
            raise error

    def _attempt(self, call: Call, path: str, body: bytes | None, *, utc: bool) -> tuple[httpx.Response, ResponseBody]:
        """Send once, and log what came of it."""
        started = time.perf_counter()
        outcome: object = "nothing"
        try:
            response, received = self._send(call, body, utc=utc)
            outcome = response.status_code
            if self._is_limited and "X-RateLimit-Limit" in response.headers:
                self._limits = response.headers
        except BaseException as error:
            outcome = type(error).__name__
            # What strikes within the sending leaves frames that hold the token; a caller's transport has its own.
            is_ours = self._connection.transport is None or not isinstance(error, Exception)
            if is_ours and not call.in_hook and not isinstance(error, FAILURES):
                without_frames(error, call.caller_exception)
            raise
        finally:
            if logger.isEnabledFor(logging.DEBUG):
                milliseconds = (time.perf_counter() - started) * 1000
                logger.debug("%s %s: %s in %.1f ms, attempt %d", call.method, path, outcome, milliseconds, call.attempt)
        return response, received

    def _send(self, call: Call, body: bytes | None, *, utc: bool) -> tuple[httpx.Response, ResponseBody]:
        request = httpx.Request(
            call.method,
            self._form.url(call.url),
            headers=self._form.headers(body, utc=utc),
            stream=NO_BODY if body is None else RequestBody(body),
            extensions=self._form.extensions(call.deadline),
        )
        if self._request_hooks or self._connection.transport is not None:
            request.read()  # for them to see it under request.content, as with httpx
        call.in_hook = True
        for hook in self._request_hooks:
            hook(request)
        call.in_hook = False
        entered = False
        try:
            with deadline_scope(call.deadline), self._limiter:
                entered = True
                response = self._http.handle_request(request)
                response.request = request
                try:
                    call.in_hook = True
                    for hook in self._response_hooks:
                        hook(response)
                    call.in_hook = False
                    return response, self._read(response, call)
                finally:
                    response.close()
                    if self._is_closed() and self._connection.transport is None:
                        self._http.close()  # closed meanwhile: nobody else closes this connection
        except builtins.TimeoutError:
            if call.in_hook and not call.is_late():
                raise
            call.in_hook = False
            raise too_late(request, entered=entered) from None

    def _read(self, response: httpx.Response, call: Call) -> ResponseBody:
        """Read an answer's body, as far as the limit."""
        limit = self.settings.max_response_bytes
        try:
            if response.is_stream_consumed or response.is_closed:
                collector = ResponseBody(None, limit)
                collector.add(response.content)  # a hook has read it
                return collector
            collector = ResponseBody(response.headers.get("Content-Encoding"), limit)
            for piece in cast("httpx.SyncByteStream", response.stream):
                collector.add(piece)
            collector.content()  # raises what is wrong with it while the answer is at hand
        except BodyTooLargeError:
            problem = f"is longer than max_response_bytes, {limit}"
            raise unexpected(problem, call.method, call.url, response.status_code, b"", ResponseTooLargeError) from None
        except BodyUnreadableError as error:
            raise unexpected(str(error), call.method, call.url, response.status_code, b"") from None
        return collector
