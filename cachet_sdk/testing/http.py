"""Requests and responses of the embedded Cachet, as plain data.

The in-memory transports and the loopback server both use them, so a model of an API version is written once
and knows nothing about sockets or httpx.
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
        method: The HTTP method, in capitals.
        path: The decoded path, the API's prefix included (``/api/v1/components/1``).
        query: The raw query string, without the question mark.
        headers: Header values by lower-case name.
        body: The body's bytes, empty when there is none.
        origin: Scheme and authority that the client asked (``http://127.0.0.1:8000``), for links in answers.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    origin: str = "https://fake-cachet.test"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to send: status, headers in order, and the body's bytes."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    @classmethod
    def of_json(cls, status: int, document: object, content_type: str = "application/json") -> Answer:
        """Encode a document the way Cachet does: compact, ASCII, slashes escaped."""
        text = json.dumps(document, separators=(",", ":")).replace("/", "\\/")
        return cls(status, (("Content-Type", content_type),), text.encode("ascii"))


class App(Protocol):
    """A model of one API version, held in memory."""

    #: Where the API lives, without a slash at the end: ``/api/v1`` or ``/api``.
    prefix: str

    def handle(self, request: Request) -> Answer:
        """Answer one request. Must be safe to call from several threads."""
        ...

    def reset(self) -> None:
        """Delete every row and start ids at 1 again."""
        ...
