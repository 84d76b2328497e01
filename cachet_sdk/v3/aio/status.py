"""How everything is doing."""

from __future__ import annotations

from cachet_sdk.core.aio.general import async_read
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.v3.models.general import SystemStatusReport


class AsyncStatusManager:
    """How everything is doing: ``client.status``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self) -> SystemStatusReport:
        """Ask for the one line on top of the status page.

        Raises:
            HTTPError: when the server refuses.
            TransportError: when no answer comes.

        Example:
            >>> report = await client.status.get()
            >>> report.status.name, report.message
            ('PARTIAL_OUTAGE', 'Some systems are experiencing issues.')
        """
        return await async_read(self._transport, "/status", SystemStatusReport)

    async def __call__(self) -> SystemStatusReport:
        """Ask for the one line on top of the status page: the same as ``get``."""
        return await self.get()
