"""What the clients of all versions are: an address, and one pool of connections that is closed in the end."""

from __future__ import annotations

from types import TracebackType
from typing import Self

import httpx

from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.http.connection import ConnectionSettings
from cachet_sdk.options import Settings


class AsyncBaseClient:
    """A client without what it can do."""

    def __init__(
        self, settings: Settings, connection: ConnectionSettings[httpx.AsyncBaseTransport, httpx.AsyncClient]
    ) -> None:
        self._transport = AsyncTransport(settings, connection)

    @property
    def endpoint(self) -> str:
        """The address of the API, without a slash at its end."""
        return self._transport.settings.endpoint

    async def aclose(self) -> None:
        """Close the connections; the client cannot be used afterwards."""
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"<{type(self).__module__}.{type(self).__name__} {self.endpoint}>"
