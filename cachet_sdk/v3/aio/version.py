"""The version of the server."""

from __future__ import annotations

from cachet_sdk.core.aio.general import async_read
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.v3.models.general import Version


class AsyncVersionManager:
    """The version of the server: ``client.version``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self) -> Version:
        """Ask the server for its version.

        Raises:
            HTTPError: when the server refuses.
            TransportError: when no answer comes.

        Example:
            >>> version = await client.version.get()
            >>> version.value
            '3.x-dev'
        """
        return await async_read(self._transport, "/version", Version)

    async def __call__(self) -> Version:
        """Ask the server for its version: the same as ``get``."""
        return await self.get()
