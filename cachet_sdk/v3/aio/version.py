"""The manager of the server version."""

from __future__ import annotations

from cachet_sdk.core.aio.general import async_read_object
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.v3.models.general import Version


class AsyncVersionManager:
    """Read the server's version. Available as ``client.version``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self) -> Version:
        """Return the server's version.

        Example:
            >>> version = await client.version.get()
            >>> version.value
            '3.x-dev'
        """
        return await async_read_object(self._transport, "/version", Version)

    async def __call__(self) -> Version:
        """Return the server's version. Same as ``get``."""
        return await self.get()
