# Made by "make sync" from aio/progress.py: edit that file instead of this one.
"""How far a request has come, as httpx's ``trace`` extension tells."""

from __future__ import annotations

from typing import Any


class Progress:
    """Notes whether a request has begun to be sent; passed to httpx as the extension ``trace``.

    Attributes:
        is_told: Whether anything was told at all; a transport of the caller's may know no such extension.
        is_sent: Whether the request has begun to be sent.
    """

    __slots__ = ("is_sent", "is_told")

    def __init__(self) -> None:
        self.is_told: bool = False
        self.is_sent: bool = False

    def __call__(self, event: str, info: dict[str, Any]) -> None:
        """Take note of an event."""
        self.is_told = True
        # A tunnel's CONNECT is sent in the same way, to the proxy.
        if event.endswith(".send_request_headers.started") and info["request"].method != b"CONNECT":
            self.is_sent = True
