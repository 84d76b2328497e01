"""How everything is doing."""

from __future__ import annotations

from cachet_sdk.core.aio.general import async_read
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.v1.models.general import Status


class AsyncStatusManager:
    """How everything is doing: ``client.status``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self) -> Status:
        """Ask for the one line on top of the status page. Hidden incidents count too, for guests as well.

        Raises:
            HTTPError: when the server refuses.
            TransportError: when no answer comes.

        Example:
            >>> status = await client.status.get()
            >>> status.status
            'success'
        """
        return await async_read(self._transport, "/status", Status)

    async def __call__(self) -> Status:
        """Ask for the one line on top of the status page: the same as ``get``."""
        return await self.get()
