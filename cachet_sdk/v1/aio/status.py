"""The manager of the overall status."""

from __future__ import annotations

from cachet_sdk.core.aio.general import async_read_object
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.v1.models.general import Status


class AsyncStatusManager:
    """Read the overall status. Available as ``client.status``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self) -> Status:
        """Return the overall status, as shown at the top of the page. Hidden incidents count too, with any token.

        Example:
            >>> status = await client.status.get()
            >>> status.status
            'success'
        """
        return await async_read_object(self._transport, "/status", Status)

    async def __call__(self) -> Status:
        """Return the overall status. Same as ``get``."""
        return await self.get()
