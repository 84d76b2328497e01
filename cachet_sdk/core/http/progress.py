# Made by "make sync" from aio/progress.py: edit that file instead of this one.
"""The progress of a request, as reported by httpx's ``trace`` extension."""

from __future__ import annotations

from typing import Any


class Progress:
    """Records whether sending has begun. Passed to httpx as the extension ``trace``.

    Attributes:
        is_reported: Whether anything was reported. The caller's transport may not support the extension.
        is_sent: Whether sending has begun.
    """

    __slots__ = ("is_reported", "is_sent")

    def __init__(self) -> None:
        self.is_reported: bool = False
        self.is_sent: bool = False

    def __call__(self, event: str, info: dict[str, Any]) -> None:
        """Record an event."""
        self.is_reported = True
        # A CONNECT is sent to the proxy, not to the server.
        if event.endswith(".send_request_headers.started") and info["request"].method != b"CONNECT":
            self.is_sent = True
