# Made by "make sync" from aio/release.py: edit that file instead of this one.
"""Which release answers: asked once a client, and only where it makes a difference."""

from __future__ import annotations

from collections.abc import Mapping

from cachet_sdk.core.http.transport import Transport
from cachet_sdk.errors import CachetError, UnsupportedError
from cachet_sdk.v1.releases import UNKNOWN, Release, dropped


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

    def refuse_dropped(self, values: Mapping[str, object], kept_as: Mapping[str, object]) -> None:
        """Refuse a request whose fields an old release would drop without an error.

        Args:
            values: The body of the request.
            kept_as: The fields that Cachet 2.0 to 2.3 do not have, each with what they do instead.

        Raises:
            UnsupportedError: naming the fields.
        """
        names = dropped(values, kept_as)
        if names and (self.get()).is_before_2_4:
            raise UnsupportedError(f"{', '.join(names)}: this server drops it without an error; it needs Cachet 2.4")
