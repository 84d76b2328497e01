"""Requests and responses of the embedded Cachet, as plain data.

Both the in-memory transport and the loopback server use them, so the model of an API version does not depend on
sockets or httpx.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it arrived.

    Attributes:
        method: The HTTP method, in upper case.
        path: The decoded path, including the API's prefix (``/api/v1/components/1``).
        query: The raw query string, without the question mark.
        headers: Header values, by lower-case name.
        body: The body; empty if there is none.
        origin: The scheme and authority of the requested URL (``http://127.0.0.1:8000``), for links in the response.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    origin: str = "https://fake-cachet.test"


@dataclass(frozen=True, slots=True)
class Response:
    """A response: its status, its headers in order, and its body."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    @classmethod
    def json(cls, status: int, document: object, content_type: str = "application/json") -> Response:
        """Return a JSON response, encoded as Cachet does: compact, ASCII only, with slashes escaped."""
        text = json.dumps(document, separators=(",", ":")).replace("/", "\\/")
        return cls(status, (("Content-Type", content_type),), text.encode("ascii"))


class App(Protocol):
    """An in-memory model of one API version."""

    #: The path of the API, without a trailing slash: ``/api/v1`` or ``/api``.
    prefix: str

    def handle(self, request: Request) -> Response:
        """Handle a request. Must be thread-safe."""
        ...

    def reset(self) -> None:
        """Delete all rows and restart ids at 1."""
        ...
