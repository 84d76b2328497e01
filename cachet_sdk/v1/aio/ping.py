"""Whether the API answers."""

from __future__ import annotations

from cachet_sdk.core.aio.transport import AsyncTransport
from cachet_sdk.errors import CachetError, ConfigurationError


class AsyncPingManager:
    """Whether the API answers: ``client.ping``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self) -> bool:
        """Ask once whether the API answers; nothing is tried again.

        Returns:
            True for an answer of Cachet's; False for any other and for none.

        Raises:
            ClientStateError: when the client is closed.

        Example:
            >>> await client.ping.get()
            True
        """
        try:
            answer = await self._transport.request("GET", "/ping", retries=0)
        except ConfigurationError:
            raise
        except CachetError:
            return False
        return isinstance(answer.document, dict) and "data" in answer.document

    async def __call__(self) -> bool:
        """Ask whether the API answers: the same as ``get``.

        Example:
            >>> await client.ping()
            True
        """
        return await self.get()
