# Made by "make sync" from aio/status.py: edit that file instead of this one.
"""How everything is doing."""

from __future__ import annotations

from cachet_sdk.core.general import read
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.v3.models.general import SystemStatusReport


class StatusManager:
    """How everything is doing: ``client.status``."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self) -> SystemStatusReport:
        """Ask for the one line on top of the status page.

        Raises:
            HTTPError: when the server refuses.
            TransportError: when no answer comes.

        Example:
            >>> report = client.status.get()
            >>> report.status.name, report.message
            ('PARTIAL_OUTAGE', 'Some systems are experiencing issues.')
        """
        return read(self._transport, "/status", SystemStatusReport)

    def __call__(self) -> SystemStatusReport:
        """Ask for the one line on top of the status page: the same as ``get``."""
        return self.get()
