# Made by "make sync" from aio/version.py: edit that file instead of this one.
"""The version of the server."""

from __future__ import annotations

from cachet_sdk.core.general import read
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.v3.models.general import Version


class VersionManager:
    """The version of the server: ``client.version``."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self) -> Version:
        """Ask the server for its version.

        Raises:
            HTTPError: when the server refuses.
            TransportError: when no answer comes.

        Example:
            >>> version = client.version.get()
            >>> version.value
            '3.x-dev'
        """
        return read(self._transport, "/version", Version)

    def __call__(self) -> Version:
        """Ask the server for its version: the same as ``get``."""
        return self.get()
