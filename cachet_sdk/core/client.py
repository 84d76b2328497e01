# Made by "make sync" from aio/client.py: edit that file instead of this one.
"""What the clients of all versions are: an address, and one pool of connections that is closed in the end."""

from __future__ import annotations

from types import TracebackType
from typing import Self

import httpx

from cachet_sdk.core.http.connection import ConnectionSettings
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.options import Settings


class BaseClient:
    """A client without what it can do."""

    def __init__(self, settings: Settings, connection: ConnectionSettings[httpx.BaseTransport, httpx.Client]) -> None:
        self._transport = Transport(settings, connection)

    @property
    def endpoint(self) -> str:
        """The address of the API, without a slash at its end."""
        return self._transport.settings.endpoint

    def close(self) -> None:
        """Close the connections; the client cannot be used afterwards."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__module__}.{type(self).__name__} {self.endpoint}>"
