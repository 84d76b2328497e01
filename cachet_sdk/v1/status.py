# Made by "make sync" from aio/status.py: edit that file instead of this one.
"""How everything is doing."""

from __future__ import annotations

from cachet_sdk.core.general import read
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.v1.models.general import Status


class StatusManager:
    """How everything is doing: ``client.status``."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self) -> Status:
        """Ask for the one line on top of the status page. Hidden incidents count too, for guests as well.

        Raises:
            HTTPError: when the server refuses.
            TransportError: when no answer comes.

        Example:
            >>> status = client.status.get()
            >>> status.status
            'success'
        """
        return read(self._transport, "/status", Status)

    def __call__(self) -> Status:
        """Ask for the one line on top of the status page: the same as ``get``."""
        return self.get()
