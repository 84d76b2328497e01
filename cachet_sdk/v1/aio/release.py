"""Detection of the server's release: at most one request per client, and only where releases differ."""

from __future__ import annotations

from collections.abc import Mapping

from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.errors import CachetError, UnsupportedError
from cachet_sdk.v1.releases import UNKNOWN, Release, ignored_fields


class AsyncReleaseProbe:
    """Detects the server's release for the managers of one client."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport
        self._known: Release | None = None

    async def get(self) -> Release:
        """Return the server's release, or ``UNKNOWN`` if the server does not report it."""
        if self._known is None:
            try:
                response = await self._transport.request("GET", "/version", retries=0)
            except CachetError:
                # Happens if the server cannot reach GitHub. Not cached, because that may be temporary.
                return UNKNOWN
            self._known = Release.parse(response.document.get("data") if isinstance(response.document, dict) else None)
        return self._known

    async def refuse_unsupported(self, values: Mapping[str, object], assumed: Mapping[str, object]) -> None:
        """Refuse a request if the server's release would silently ignore some of its fields.

        Args:
            values: The fields of the request body.
            assumed: Fields that Cachet 2.0 to 2.3 ignore, each with the value that these releases assume.

        Raises:
            UnsupportedError: Names the fields.
        """
        names = ignored_fields(values, assumed)
        if names and (await self.get()).is_before_2_4:
            raise UnsupportedError(f"{', '.join(names)}: requires Cachet 2.4; this server would silently ignore it")
