# Made by "make sync" from aio/release.py: edit that file instead of this one.
"""Which release answers: asked once a client, and only where it makes a difference."""

from __future__ import annotations

from cachet_sdk.core.http.transport import Transport
from cachet_sdk.errors import CachetError
from cachet_sdk.v1.releases import UNKNOWN, Release


class ReleaseProbe:
    """Finds out the server's release, for the managers of one client."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._known: Release | None = None

    def get(self) -> Release:
        """Return the server's release, which is unknown where the server does not report it."""
        if self._known is None:
            try:
                answer = self._transport.request("GET", "/version", retries=0)
            except CachetError:
                # Seen when the server cannot reach GitHub. Not remembered: it may pass.
                return UNKNOWN
            self._known = Release.parse(answer.document.get("data") if isinstance(answer.document, dict) else None)
        return self._known
