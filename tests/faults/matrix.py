"""The matrix as data: each fault, and its required outcome."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.utils import formatdate
from typing import Literal

from cachet_sdk import RetryPolicy, errors
from tests.faults.server import COMPONENT, Connection, Fault, ReceivedRequest, answer, healthy_response

#: The versions of the API that the matrix is run against.
VERSIONS = ("1", "3")
#: The operations, one per cell. In LIST, the fault occurs in the middle of the iteration.
OPERATIONS = ("GET", "LIST", "POST", "PUT", "DELETE")
KINDS = ("sync", "async")
#: How requests get to the server: directly, forwarded by a proxy, with TLS through a tunnel that a proxy opens, or with
#: a custom httpx client.
Route = Literal["direct", "proxy", "tunnel", "http_client"]
ROUTES: tuple[Route, ...] = ("direct", "proxy", "tunnel", "http_client")

#: The settings of the clients in the matrix.
TIMEOUT = 1.0
TOTAL_TIMEOUT = 2.5
#: One retry, after the default wait.
ONE_RETRY = RetryPolicy(max_retries=1)
#: One retry, after a wait that is short enough for tests.
ONE_QUICK_RETRY = RetryPolicy(max_retries=1, first_wait=0.02)
MAX_RESPONSE_BYTES = 1_000_000

#: Which operations are retried: none, the repeatable ones (all but POST), or all.
Retried = Literal["none", "all but POST", "all"]


@dataclass(frozen=True)
class Row:
    """A fault and its required outcome.

    Attributes:
        fault: What goes wrong.
        error: The exact type of the exception, or None if the call must succeed.
        retried: Which operations are retried.
        maybe: The ``maybe_applied`` of writes. For reads it is always false.
        delete_succeeds: Whether DELETE succeeds, as the content of its response does not matter.
        at_deadline: Whether only the deadline ends the call, so that there is no retry.
        is_counted: Whether the server can count the requests.
        may_not_connect: Whether the fault may occur while the client connects; then a POST is retried as well.
    """

    fault: Fault
    error: type[errors.CachetError] | None
    retried: Retried = "none"
    maybe: bool = False
    delete_succeeds: bool = False
    at_deadline: bool = False
    is_counted: bool = True
    may_not_connect: bool = False

    def on_route(self, route: Route) -> Row:
        """Return the row for a route: a proxy that cannot reach the server responds in its place."""
        if route == "proxy" and self.fault.is_unreachable:
            return replace(self, error=errors.ServerError, retried="all but POST", maybe=True)
        return self

    @property
    def ends_by_timeout(self) -> bool:
        """Whether the call ends only by a timeout."""
        return self.error is errors.TimeoutError

    def expected_error(self, operation: str) -> type[errors.CachetError] | None:
        """Return the type of the exception that is required."""
        return None if operation == "DELETE" and self.delete_succeeds else self.error

    def expected_attempts(self, operation: str) -> int:
        """Return how many attempts are required."""
        return 2 if self.retried == "all" or (self.retried == "all but POST" and operation != "POST") else 1


def _sends(
    data: bytes, *, then: Callable[[Connection], None] | None = None
) -> Callable[[Connection, ReceivedRequest], None]:
    def play(connection: Connection, _: ReceivedRequest) -> None:
        connection.send(data)
        if then:
            then(connection)

    return play


def _document(body: bytes, *headers: str) -> Callable[[Connection, ReceivedRequest], None]:
    return _sends(answer("200 OK", body, "Content-Type: application/json", *headers))


def _page(status: str, *headers: str) -> Callable[[Connection, ReceivedRequest], None]:
    body = b"<!DOCTYPE html><html><body><h1>" + status.encode() + b"</h1></body></html>"
    return _sends(answer(status, body, "Content-Type: text/html", *headers))


def _echoes_request(status: str) -> Callable[[Connection, ReceivedRequest], None]:
    """Send a debug page that contains the request, as Laravel does."""

    def play(connection: Connection, request: ReceivedRequest) -> None:
        echo = [
            line
            for line in request.head.decode().split("\r\n")
            if line.lower().startswith(("x-cachet", "authorization"))
        ]
        connection.send(
            answer(status, b"<pre>" + request.head, "Content-Type: text/html", *(f"X-Echo: {it}" for it in echo))
        )

    return play


def _huge(connection: Connection, _: ReceivedRequest) -> None:
    connection.send(answer("200 OK", b'{"data": "', length=200_000_000))
    chunk = b"x" * 1_000_000
    for _megabyte in range(200):
        if connection.is_closed:
            break
        connection.send(chunk)


def _trickles_head(connection: Connection, request: ReceivedRequest) -> None:
    connection.send_slowly(healthy_response(request, "X-Padding: " + "x" * 200))


def _trickles_body(connection: Connection, request: ReceivedRequest) -> None:
    head, _, body = answer("200 OK", b'{"data": ' + b" " * 200).partition(b"\r\n\r\n")
    connection.send(head + b"\r\n\r\n")
    connection.send_slowly(body)


def _responds_in_plain_http(connection: Connection) -> None:
    connection.sock.recv(1)
    connection.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def _resets_within_request(connection: Connection) -> None:
    connection.sock.recv(20)
    connection.reset()


def _resets_within_body(connection: Connection, request: ReceivedRequest) -> None:
    connection.send(answer("200 OK", b'{"data": {', length=500))
    connection.reset()


def _sends_100_first(connection: Connection, request: ReceivedRequest) -> None:
    connection.send(b"HTTP/1.1 100 Continue\r\n\r\n" + healthy_response(request))


def _sends_key_twice(connection: Connection, request: ReceivedRequest) -> None:
    response = healthy_response(request)
    if request.method != "DELETE":
        _, _, body = response.partition(b"\r\n\r\n")
        response = answer("200 OK", b'{"data": 7, ' + body[1:])
    connection.send(response)


_GOOD = json.dumps({"data": COMPONENT}).encode()
_OK = b"HTTP/1.1 200 OK\r\n"
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
_GZIPPED = gzip.compress(_GOOD)
_BOMB = gzip.compress(b" " * 100_000_000, 9)
_CLOSE = Connection.close


def _broken(name: str, play: Callable[[Connection, ReceivedRequest], None]) -> Row:
    return Row(Fault(name, play), errors.TransportError, "all but POST", maybe=True)


def _invalid(
    name: str,
    play: Callable[[Connection, ReceivedRequest], None],
    *,
    error: type[errors.CachetError] = errors.UnexpectedResponseError,
    delete_succeeds: bool = False,
) -> Row:
    return Row(Fault(name, play), error, maybe=True, delete_succeeds=delete_succeeds)


def _redirect(name: str, status: str, *headers: str) -> Row:
    return Row(Fault(name, _page(status, *headers)), errors.RedirectError)


ROWS: tuple[Row, ...] = (
    Row(Fault("connection refused", is_refusing=True), errors.TransportError, "all", is_counted=False),
    Row(Fault("no such host", host="cachet.invalid"), errors.TransportError, "all", is_counted=False),
    Row(Fault("certificate self-signed", certificate="self-signed"), errors.TransportError, is_counted=False),
    Row(Fault("certificate expired", certificate="expired"), errors.TransportError, is_counted=False),
    Row(Fault("certificate of another host", certificate="wrong host"), errors.TransportError, is_counted=False),
    Row(Fault("no TLS at the other end", at_connect=_responds_in_plain_http, scheme="https"), errors.TransportError,
        is_counted=False),
    Row(Fault("no response", lambda it, _: it.wait()), errors.TimeoutError, "all but POST", maybe=True),
    Row(Fault("head one byte at a time", _trickles_head), errors.TimeoutError, maybe=True, at_deadline=True),
    Row(Fault("body one byte at a time", _trickles_body), errors.TimeoutError, maybe=True, at_deadline=True),
    Row(Fault("body that stalls", _sends(answer("200 OK", b"{", length=9), then=Connection.wait)),
        errors.TimeoutError, "all but POST", maybe=True),
    Row(Fault("reset before the request", at_connect=Connection.reset), errors.TransportError, "all but POST",
        maybe=True, may_not_connect=True),
    Row(Fault("reset within the request", at_connect=_resets_within_request), errors.TransportError, "all but POST",
        maybe=True),
    _broken("reset after the request", lambda it, _: it.reset()),
    _broken("closed after the request", lambda it, _: it.close()),
    _broken("reset within the body", _resets_within_body),
    _broken("Content-Length longer than the body", _sends(answer("200 OK", _GOOD, length=9999), then=_CLOSE)),
    _invalid("Content-Length shorter than the body", _sends(answer("200 OK", _GOOD, length=20))),
    _broken("Content-Length that is not a number", _sends(_OK + b"Content-Length: many\r\n\r\n{}", then=_CLOSE)),
    _broken("two different Content-Lengths",
            _sends(_OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", then=_CLOSE)),
    _broken("chunk size that is not a number", _sends(_CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n", then=_CLOSE)),
    _broken("truncated chunks", _sends(_CHUNKED + b"10\r\n{", then=_CLOSE)),
    _broken("not HTTP", _sends(b"220 mail.example.com ESMTP\r\n\r\n", then=_CLOSE)),
    _broken("an endless head", _sends(_OK + b"X-More: more\r\n" * 20_000, then=_CLOSE)),
    _invalid("gzip garbage", _document(b"garbage", "Content-Encoding: gzip")),
    _invalid("truncated gzip", _document(_GZIPPED[:-9], "Content-Encoding: gzip")),
    _invalid("an encoding not requested", _document(b"x", "Content-Encoding: br")),
    _invalid("gzip bomb", _document(_BOMB, "Content-Encoding: gzip"), error=errors.ResponseTooLargeError),
    _invalid("2 MB after the end of gzip", _document(_GZIPPED + b"x" * 2_000_000, "Content-Encoding: gzip"),
             error=errors.ResponseTooLargeError),
    _invalid("a body of 200 MB", _huge, error=errors.ResponseTooLargeError),
    Row(Fault("429, Retry-After: 0", _page("429 Too Many Requests", "Retry-After: 0")), errors.RateLimitError, "all"),
    Row(Fault("429, Retry-After in the past", _page("429 Too Many Requests", f"Retry-After: {formatdate(0)}")),
        errors.RateLimitError, "all"),
    Row(Fault("429, Retry-After of years", _page("429 Too Many Requests", "Retry-After: 99999999")),
        errors.RateLimitError),
    Row(Fault("429, Retry-After in the year 9999",
              _page("429 Too Many Requests", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT")), errors.RateLimitError),
    Row(Fault("429, Retry-After negative", _page("429 Too Many Requests", "Retry-After: -5")), errors.RateLimitError,
        "all"),
    Row(Fault("429, Retry-After invalid", _page("429 Too Many Requests", "Retry-After: soon")), errors.RateLimitError,
        "all"),
    Row(Fault("500 with HTML", _page("500 Internal Server Error")), errors.ServerError, maybe=True),
    Row(Fault("500 that echoes the request", _echoes_request("500 Internal Server Error")), errors.ServerError,
        maybe=True),
    Row(Fault("502 with HTML", _page("502 Bad Gateway")), errors.ServerError, "all but POST", maybe=True),
    Row(Fault("503 with HTML", _page("503 Service Unavailable")), errors.ServerError, "all but POST", maybe=True),
    Row(Fault("503, Retry-After: 0", _page("503 Service Unavailable", "Retry-After: 0")), errors.ServerError, "all"),
    Row(Fault("504 with HTML", _page("504 Gateway Timeout")), errors.ServerError, "all but POST", maybe=True),
    _redirect("301 to https", "301 Moved Permanently", "Location: https://127.0.0.1/api/v1/components"),
    _redirect("302 to another host", "302 Found", "Location: http://localhost:9/login?token=1"),
    _redirect("307 to itself", "307 Temporary Redirect", "Location: /api/v1/components/1"),
    _redirect("308 without a Location", "308 Permanent Redirect"),
    _invalid("200 with HTML", _page("200 OK")),
    _invalid("a proxy's login page", _sends(answer("200 OK", b"<form action='/login'>Password", "Set-Cookie: a=b"))),
    _invalid("200 that echoes the request", _echoes_request("200 OK")),
    _invalid("200 with an empty body", _document(b"")),
    _invalid("204 for everything", _sends(b"HTTP/1.1 204 No Content\r\n\r\n"), delete_succeeds=True),
    _invalid("200 with null", _document(b"null"), delete_succeeds=True),
    _invalid("200 with a list", _document(b"[1, 2]"), delete_succeeds=True),
    _invalid("200 with data of the wrong type", _document(b'{"data": 7}'), delete_succeeds=True),
    _invalid("200 with an empty object", _document(b'{"data": {}}'), delete_succeeds=True),
    _invalid("200 with NaN", _document(b'{"data": NaN}')),
    _invalid("200 with 100,000 nested lists", _document(b'{"data": ' + b"[" * 100_000)),
    _invalid("200 with truncated JSON", _document(_GOOD[:-9])),
    _invalid("200 with bytes that are not text", _document(b'{"data": "\xff\xfe"}')),
    _invalid("200 with an id of 5,000 digits", _document(b'{"data": {"id": 1' + b"0" * 5000 + b"}}")),
    Row(Fault("200 with a key twice", _sends_key_twice), None),
    Row(Fault("100 Continue first", _sends_100_first), None),
    Row(Fault("keep-alive connection closed between calls", closes_between=True), None),
)  # fmt: skip
