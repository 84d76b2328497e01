# Made by "make sync" from aio/version.py: edit that file instead of this one.
"""The manager of the server version."""

from __future__ import annotations

from cachet_sdk.core.general import read_object
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.v3.models.general import Version


class VersionManager:
    """Read the server's version. Available as ``client.version``."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self) -> Version:
        """Return the server's version.

        Example:
            >>> version = client.version.get()
            >>> version.value
            '3.x-dev'
        """
        return read_object(self._transport, "/version", Version)

    def __call__(self) -> Version:
        """Return the server's version. Same as ``get``."""
        return self.get()
