# Made by "make sync" from aio/transport.py: edit that file instead of this one.
"""Sends requests through httpx, again where that is safe, and gives answers or errors."""

from __future__ import annotations

import builtins
import logging
import time
from types import TracebackType
from typing import Self, cast

import httpx

from cachet_sdk.core.body import NO_BODY, Body, BodyTooLargeError, BodyUnreadableError, Collector
from cachet_sdk.core.call import Call
from cachet_sdk.core.concurrency import Gate, sleep, within
from cachet_sdk.core.connection import ConnectionSettings, RequestForm, http_transport
from cachet_sdk.core.wire import Answer, Query, encode_query, parse, unexpected
from cachet_sdk.errors import ClientStateError, ResponseTooLargeError
from cachet_sdk.settings import Settings

logger = logging.getLogger("cachet_sdk")


class Transport:
    """One client's way to one server."""

    def __init__(self, settings: Settings, connection: ConnectionSettings[httpx.BaseTransport]) -> None:
        self.settings = settings
        self._form = RequestForm(settings)
        self._request_hooks = tuple(connection.event_hooks.get("request", ()))
        self._response_hooks = tuple(connection.event_hooks.get("response", ()))
        self._gate = Gate(None if connection.transport else connection.limits.max_connections)
        self._http = connection.transport or http_transport(settings, connection)
        self._closed = False

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Query = (),
        body: bytes | None = None,
        utc: bool = False,
        retries: int | None = None,
    ) -> Answer:
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
            ClientStateError: when the client is closed.
        """
        if self._closed:
            raise ClientStateError("the client is closed; make a new one")
        url = f"{self.settings.endpoint}{path}?{encode_query(query)}" if query else f"{self.settings.endpoint}{path}"
        call = Call(method, url, self.settings.max_retries if retries is None else retries, self.settings.total_timeout)
        while True:
            call.attempt += 1
            started = time.perf_counter()
            try:
                response, content = self._send(call, body, utc=utc)
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as failure:
                outcome: object = type(failure).__name__
                self._log(call, path, outcome, started)
                wait = call.wait_after_failure(failure)
            else:
                outcome = response.status_code
                self._log(call, path, outcome, started)
                if 200 <= response.status_code < 300:
                    return parse(method, url, response.status_code, response.headers, content)
                if response.status_code == 404 and method == "DELETE" and call.maybe_applied:
                    # An earlier attempt, whose answer was lost, has deleted it: that is what was asked for.
                    return Answer(method, url, 204, response.headers, b"", None)
                wait = call.wait_after_status(response, content)
            logger.warning("%s %s: %s; attempt %d follows in %.2f s", method, path, outcome, call.attempt + 1, wait)
            sleep(wait)

    def close(self) -> None:
        """Close the connections."""
        if not self._closed:
            self._closed = True
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _send(self, call: Call, body: bytes | None, *, utc: bool) -> tuple[httpx.Response, bytes]:
        request = httpx.Request(
            call.method,
            self._form.url(call.url),
            headers=self._form.headers(body, utc=utc),
            stream=NO_BODY if body is None else Body(body),
            extensions=self._form.extensions(call.deadline),
        )
        for hook in self._request_hooks:
            hook(request)
        entered = False
        try:
            with within(call.deadline), self._gate:
                entered = True
                response = self._http.handle_request(request)
                response.request = request
                try:
                    for hook in self._response_hooks:
                        hook(response)
                    return response, self._read(response, call)
                finally:
                    response.close()
        except builtins.TimeoutError:
            raise (httpx.ReadTimeout if entered else httpx.PoolTimeout)("the deadline of the call has passed") from None

    def _read(self, response: httpx.Response, call: Call) -> bytes:
        """Read an answer's body, as far as the limit."""
        if response.is_stream_consumed or response.is_closed:
            return response.content  # a hook has read it
        limit = self.settings.max_response_bytes
        try:
            collector = Collector(response.headers.get("Content-Encoding"), limit)
            for piece in cast("httpx.SyncByteStream", response.stream):
                collector.add(piece)
            return collector.content()
        except BodyTooLargeError:
            problem = f"is longer than max_response_bytes, {limit}"
            raise unexpected(problem, call.method, call.url, response.status_code, b"", ResponseTooLargeError) from None
        except BodyUnreadableError as error:
            raise unexpected(str(error), call.method, call.url, response.status_code, b"") from None

    def _log(self, call: Call, path: str, outcome: object, started: float) -> None:
        if logger.isEnabledFor(logging.DEBUG):
            milliseconds = (time.perf_counter() - started) * 1000
            logger.debug("%s %s: %s in %.1f ms, attempt %d", call.method, path, outcome, milliseconds, call.attempt)
