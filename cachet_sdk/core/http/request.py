"""Builds requests: headers, query, URL. Only this module adds the token. Pure."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias
from urllib.parse import quote_plus

import httpx

from cachet_sdk.core.http.redact import Redactor
from cachet_sdk.errors import ArgumentError
from cachet_sdk.options import Settings, check_seconds

#: Query parameters in order. A bool is sent as 1 or 0, because Cachet 2 takes "true" for false.
Query: TypeAlias = Sequence[tuple[str, "str | int | bool"]]


def encode_query(query: Query) -> str:
    """Encode query parameters, without the question mark."""
    return "&".join(
        f"{name}={quote_plus(str(int(value) if isinstance(value, bool) else value))}" for name, value in query
    )


class RequestTemplate:
    """The parts that all requests of a client share, built once."""

    __slots__ = ("_headers", "_longest", "_timeouts", "redact", "url")

    def __init__(self, settings: Settings, headers: Mapping[str, str] | None = None) -> None:
        # Parsing a URL costs more than the rest of a request, and most calls repeat a URL.
        self.url: Callable[[str], httpx.URL] = lru_cache(maxsize=64)(httpx.URL)
        netloc = _netloc(settings.endpoint)
        timeout = settings.timeout if isinstance(settings.timeout, httpx.Timeout) else httpx.Timeout(settings.timeout)
        self._timeouts = timeout.as_dict()
        for seconds in self._timeouts.values():
            if seconds is not None:
                check_seconds("timeout", seconds)
        limits = [seconds for seconds in self._timeouts.values() if seconds is not None]
        self._longest = max(limits) if len(limits) == len(self._timeouts) else float("inf")
        self._headers = _Headers(settings, netloc, headers or {})
        #: Removes the token from a text that the server sent.
        self.redact: Redactor = Redactor(settings)

    @property
    def pool_timeout(self) -> float | None:
        """How many seconds to wait for a free connection."""
        return self._timeouts["pool"]

    def headers(self, body: bytes | None, *, utc: bool) -> list[tuple[bytes, bytes]]:
        """Return the headers of a request."""
        return self._headers.for_request(body, utc=utc)

    def extensions(self, deadline: float | None) -> dict[str, Any]:
        """Return the timeouts of an attempt. None of them exceeds the deadline of the call."""
        if deadline is None or (left := deadline - time.monotonic()) >= self._longest:
            return {"timeout": dict(self._timeouts)}
        return {
            "timeout": {
                name: max(left if seconds is None else min(seconds, left), 0.001)
                for name, seconds in self._timeouts.items()
            }
        }


def _netloc(endpoint: str) -> bytes:
    try:
        url = httpx.URL(endpoint)
        url.raw_host.decode("ascii").encode("idna")  # as the system does when it looks the name up
    except (httpx.InvalidURL, UnicodeError):
        raise ArgumentError("endpoint", "has an invalid host name") from None
    return url.netloc


class _Headers:
    """Headers that include the token. They are hidden in its repr and cannot be pickled."""

    __slots__ = ("_fixed", "_utc")

    def __init__(self, settings: Settings, netloc: bytes, headers: Mapping[str, str]) -> None:
        # Cachet 3 does not have the Time-Zone header: there, a time zone only affects how responses are read.
        self._utc = settings.timezone is not None and settings.version == "1"
        own = (
            (b"Host", netloc),
            (b"Accept", b"application/json"),
            (b"Accept-Encoding", b"gzip"),  # servers disagree on what "deflate" means
            (b"Connection", b"keep-alive"),
            (b"User-Agent", settings.user_agent.encode("ascii")),
            *settings.credentials(),
        )
        custom = tuple((name.encode("ascii"), value.encode("ascii")) for name, value in headers.items())
        replaced = {name.lower() for name, _ in custom}
        self._fixed = (*(header for header in own if header[0].lower() not in replaced), *custom)

    def for_request(self, body: bytes | None, *, utc: bool) -> list[tuple[bytes, bytes]]:
        headers = list(self._fixed)
        if utc or self._utc:
            headers.append((b"Time-Zone", b"UTC"))
        if body is not None:
            headers += ((b"Content-Type", b"application/json"), (b"Content-Length", b"%d" % len(body)))
        return headers

    def __reduce__(self) -> str:
        raise TypeError("headers with a token cannot be pickled")
