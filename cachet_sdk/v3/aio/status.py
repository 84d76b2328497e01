"""The manager of the overall status."""

from __future__ import annotations

from cachet_sdk.core.aio.general import async_read_object
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.v3.models.general import SystemStatusReport


class AsyncStatusManager:
    """Read the overall status. Available as ``client.status``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self) -> SystemStatusReport:
        """Return the overall status, as shown at the top of the page.

        Example:
            >>> report = await client.status.get()
            >>> report.status.name, report.message
            ('PARTIAL_OUTAGE', 'Some systems are experiencing issues.')
        """
        return await async_read_object(self._transport, "/status", SystemStatusReport)

    async def __call__(self) -> SystemStatusReport:
        """Return the overall status. Same as ``get``."""
        return await self.get()
