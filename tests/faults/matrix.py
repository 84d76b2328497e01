"""The matrix as data: each fault, and what has to come of it. The table is the promise; the tests hold us to it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.utils import formatdate
from typing import Literal

from cachet_sdk import RetryPolicy, errors
from tests.faults.server import COMPONENT, Connection, Fault, Heard, answer, proper

#: The versions of the API that the matrix is run for.
VERSIONS = ("1", "3")
#: What is done in each cell; a fault in LIST shows in the middle of the iteration.
OPERATIONS = ("GET", "LIST", "POST", "PUT", "DELETE")
KINDS = ("blocking", "asyncio")
#: How requests get to the server: straight, through a proxy that forwards them, through a tunnel that it opens (TLS,
#: then), or by a client of httpx that the caller made.
Route = Literal["direct", "proxy", "tunnel", "http_client"]
ROUTES: tuple[Route, ...] = ("direct", "proxy", "tunnel", "http_client")

#: What the clients of the matrix are set up with.
TIMEOUT = 1.0
TOTAL_TIMEOUT = 2.5
#: How often, and after which waits, requests are sent again.
AS_CLIENTS_DO = RetryPolicy(max_retries=1)
#: The same with waits that tests have the time for.
SOON = RetryPolicy(max_retries=1, first_wait=0.1)
MAX_RESPONSE_BYTES = 1_000_000

#: Which operations are sent again: none; all that may be repeated, so all but POST; or all of them.
Again = Literal["none", "all but POST", "all"]


@dataclass(frozen=True)
class Row:
    """A fault and what has to come of it.

    Attributes:
        fault: What goes wrong.
        error: What is raised, exactly this type; None when the call has to succeed all the same.
        again: Which operations are sent a second time.
        maybe: What ``maybe_applied`` says of writes; of reads it is always false.
        delete: None where DELETE succeeds all the same, since what it is answered with is of no importance.
        at_deadline: Whether only the deadline ends it, so that no attempt follows.
        is_counted: Whether what reaches the server can be counted there.
        may_not_connect: Whether a client may see it already when it connects; then a POST is sent again too.
    """

    fault: Fault
    error: type[errors.CachetError] | None
    again: Again = "none"
    maybe: bool = False
    delete: Literal["same"] | None = "same"
    at_deadline: bool = False
    is_counted: bool = True
    may_not_connect: bool = False

    def along(self, route: Route) -> Row:
        """Return what is expected on a route: a proxy that cannot reach the server answers in its place."""
        if route == "proxy" and self.fault.is_unreachable:
            return replace(self, error=errors.ServerError, again="all but POST", maybe=True)
        return self

    @property
    def waits(self) -> bool:
        """Whether clients see it only when their time is up."""
        return self.error is errors.TimeoutError

    def expected_error(self, operation: str) -> type[errors.CachetError] | None:
        """Tell what is raised."""
        return self.error if operation != "DELETE" or self.delete == "same" else None

    def expected_attempts(self, operation: str) -> int:
        """Tell how often it is tried."""
        return 2 if self.again == "all" or (self.again == "all but POST" and operation != "POST") else 1


def _says(data: bytes, *, then: Callable[[Connection], None] | None = None) -> Callable[[Connection, Heard], None]:
    def play(connection: Connection, _: Heard) -> None:
        connection.send(data)
        if then:
            then(connection)

    return play


def _document(body: bytes, *headers: str) -> Callable[[Connection, Heard], None]:
    return _says(answer("200 OK", body, "Content-Type: application/json", *headers))


def _page(status: str, *headers: str) -> Callable[[Connection, Heard], None]:
    body = b"<!DOCTYPE html><html><body><h1>" + status.encode() + b"</h1></body></html>"
    return _says(answer(status, body, "Content-Type: text/html", *headers))


def _mirrors(status: str) -> Callable[[Connection, Heard], None]:
    """Show a debug page that repeats the request, as Laravel's does."""

    def play(connection: Connection, heard: Heard) -> None:
        echo = [
            line for line in heard.head.decode().split("\r\n") if line.lower().startswith(("x-cachet", "authorization"))
        ]
        connection.send(
            answer(status, b"<pre>" + heard.head, "Content-Type: text/html", *(f"X-Echo: {it}" for it in echo))
        )

    return play


def _big(connection: Connection, _: Heard) -> None:
    connection.send(answer("200 OK", b'{"data": "', length=200_000_000))
    piece = b"x" * 1_000_000
    for _megabyte in range(200):
        if connection.is_closed:
            break
        connection.send(piece)


def _drips_head(connection: Connection, heard: Heard) -> None:
    connection.send_slowly(proper(heard, "X-Padding: " + "x" * 200))


def _drips_body(connection: Connection, heard: Heard) -> None:
    head, _, body = answer("200 OK", b'{"data": ' + b" " * 200).partition(b"\r\n\r\n")
    connection.send(head + b"\r\n\r\n")
    connection.send_slowly(body)


def _answers_anything(connection: Connection) -> None:
    connection.sock.recv(1)
    connection.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def _resets_within(connection: Connection) -> None:
    connection.sock.recv(20)
    connection.reset()


def _resets_in_body(connection: Connection, heard: Heard) -> None:
    connection.send(answer("200 OK", b'{"data": {', length=500))
    connection.reset()


_GOOD = json.dumps({"data": COMPONENT}).encode()
_OK = b"HTTP/1.1 200 OK\r\n"
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
_GZIPPED = gzip.compress(_GOOD)
_BOMB = gzip.compress(b" " * 100_000_000, 9)
_HANG_UP = Connection.close


def _broken(name: str, play: Callable[[Connection, Heard], None]) -> Row:
    return Row(Fault(name, play), errors.TransportError, "all but POST", maybe=True)


def _strange(
    name: str,
    play: Callable[[Connection, Heard], None],
    *,
    error: type[errors.CachetError] = errors.UnexpectedResponseError,
    delete: Literal["same"] | None = "same",
) -> Row:
    return Row(Fault(name, play), error, maybe=True, delete=delete)


def _redirect(name: str, status: str, *headers: str) -> Row:
    return Row(Fault(name, _page(status, *headers)), errors.RedirectError)


ROWS: tuple[Row, ...] = (
    Row(Fault("connection refused", is_refusing=True), errors.TransportError, "all", is_counted=False),
    Row(Fault("no such host", host="cachet.invalid"), errors.TransportError, "all", is_counted=False),
    Row(Fault("certificate self-signed", certificate="self-signed"), errors.TransportError, is_counted=False),
    Row(Fault("certificate expired", certificate="expired"), errors.TransportError, is_counted=False),
    Row(Fault("certificate of another host", certificate="wrong host"), errors.TransportError, is_counted=False),
    Row(Fault("https to a plain http server", at_connect=_answers_anything, scheme="https"), errors.TransportError,
        is_counted=False),
    Row(Fault("accepts and says nothing", lambda it, _: it.wait()), errors.TimeoutError, "all but POST", maybe=True),
    Row(Fault("head one byte at a time", _drips_head), errors.TimeoutError, maybe=True, at_deadline=True),
    Row(Fault("body one byte at a time", _drips_body), errors.TimeoutError, maybe=True, at_deadline=True),
    Row(Fault("body that does not go on", _says(answer("200 OK", b"{", length=9), then=Connection.wait)),
        errors.TimeoutError, "all but POST", maybe=True),
    Row(Fault("reset before the request", at_connect=Connection.reset), errors.TransportError, "all but POST",
        maybe=True, may_not_connect=True),
    Row(Fault("reset within the request", at_connect=_resets_within), errors.TransportError, "all but POST",
        maybe=True),
    _broken("reset after the request", lambda it, _: it.reset()),
    _broken("closed after the request", lambda it, _: it.close()),
    _broken("reset in the body", _resets_in_body),
    _broken("Content-Length longer than the body", _says(answer("200 OK", _GOOD, length=9999), then=_HANG_UP)),
    _strange("Content-Length shorter than the body", _says(answer("200 OK", _GOOD, length=20))),
    _broken("Content-Length that is no number", _says(_OK + b"Content-Length: many\r\n\r\n{}", then=_HANG_UP)),
    _broken("two lengths", _says(_OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", then=_HANG_UP)),
    _broken("chunk size that is no number", _says(_CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n", then=_HANG_UP)),
    _broken("chunks cut off", _says(_CHUNKED + b"10\r\n{", then=_HANG_UP)),
    _broken("no HTTP at all", _says(b"220 mail.example.com ESMTP\r\n\r\n", then=_HANG_UP)),
    _broken("a head without end", _says(_OK + b"X-More: more\r\n" * 20_000, then=_HANG_UP)),
    _strange("gzip garbage", _document(b"garbage", "Content-Encoding: gzip")),
    _strange("gzip cut off", _document(_GZIPPED[:-9], "Content-Encoding: gzip")),
    _strange("an encoding not asked for", _document(b"x", "Content-Encoding: br")),
    _strange("gzip bomb", _document(_BOMB, "Content-Encoding: gzip"), error=errors.ResponseTooLargeError),
    _strange("gzip followed by 2 MB more", _document(_GZIPPED + b"x" * 2_000_000, "Content-Encoding: gzip"),
             error=errors.ResponseTooLargeError),
    _strange("a body of 200 MB", _big, error=errors.ResponseTooLargeError),
    Row(Fault("429, Retry-After: 0", _page("429 Too Many Requests", "Retry-After: 0")), errors.RateLimitError, "all"),
    Row(Fault("429, Retry-After a past date", _page("429 Too Many Requests", f"Retry-After: {formatdate(0)}")),
        errors.RateLimitError, "all"),
    Row(Fault("429, Retry-After of years", _page("429 Too Many Requests", "Retry-After: 99999999")),
        errors.RateLimitError),
    Row(Fault("429, Retry-After a far date",
              _page("429 Too Many Requests", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT")), errors.RateLimitError),
    Row(Fault("429, Retry-After negative", _page("429 Too Many Requests", "Retry-After: -5")), errors.RateLimitError,
        "all"),
    Row(Fault("429, Retry-After as text", _page("429 Too Many Requests", "Retry-After: soon")), errors.RateLimitError,
        "all"),
    Row(Fault("500 with HTML", _page("500 Internal Server Error")), errors.ServerError, maybe=True),
    Row(Fault("500 that shows the request", _mirrors("500 Internal Server Error")), errors.ServerError, maybe=True),
    Row(Fault("502 with HTML", _page("502 Bad Gateway")), errors.ServerError, "all but POST", maybe=True),
    Row(Fault("503 with HTML", _page("503 Service Unavailable")), errors.ServerError, "all but POST", maybe=True),
    Row(Fault("503, Retry-After: 0", _page("503 Service Unavailable", "Retry-After: 0")), errors.ServerError, "all"),
    Row(Fault("504 with HTML", _page("504 Gateway Timeout")), errors.ServerError, "all but POST", maybe=True),
    _redirect("301 to https", "301 Moved Permanently", "Location: https://127.0.0.1/api/v1/components"),
    _redirect("302 to another host", "302 Found", "Location: http://localhost:9/login?token=1"),
    _redirect("307 to itself", "307 Temporary Redirect", "Location: /api/v1/components/1"),
    _redirect("308 to nowhere", "308 Permanent Redirect"),
    _strange("200 with HTML", _page("200 OK")),
    _strange("a proxy's login page", _says(answer("200 OK", b"<form action='/login'>Password", "Set-Cookie: a=b"))),
    _strange("200 that shows the request", _mirrors("200 OK")),
    _strange("200 with an empty body", _document(b"")),
    _strange("204 for everything", _says(b"HTTP/1.1 204 No Content\r\n\r\n"), delete=None),
    _strange("200 with null", _document(b"null"), delete=None),
    _strange("200 with a list", _document(b"[1, 2]"), delete=None),
    _strange("200 with data of the wrong type", _document(b'{"data": 7}'), delete=None),
    _strange("200 with an empty object", _document(b'{"data": {}}'), delete=None),
    _strange("200 with NaN", _document(b'{"data": NaN}')),
    _strange("200 nested 100,000 deep", _document(b'{"data": ' + b"[" * 100_000)),
    _strange("200 with a cut-off JSON", _document(_GOOD[:-9])),
    _strange("200 with bytes that are no text", _document(b'{"data": "\xff\xfe"}')),
    _strange("200 with an id of 5,000 digits", _document(b'{"data": {"id": 1' + b"0" * 5000 + b"}}")),
    Row(Fault("200 with a key twice", lambda it, heard: it.send(_twice(heard))), None),
    Row(Fault("100 Continue first", lambda it, heard: it.send(b"HTTP/1.1 100 Continue\r\n\r\n" + proper(heard))), None),
    Row(Fault("keep-alive connection closed between calls", closes_between=True), None),
)  # fmt: skip


def _twice(heard: Heard) -> bytes:
    if heard.method == "DELETE":
        return proper(heard)
    _, _, body = proper(heard).partition(b"\r\n\r\n")
    return answer("200 OK", b'{"data": 7, ' + body[1:])
