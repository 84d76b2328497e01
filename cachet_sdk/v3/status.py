# Made by "make sync" from aio/status.py: edit that file instead of this one.
"""The manager of the overall status."""

from __future__ import annotations

from cachet_sdk.core.general import read_object
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.v3.models.general import SystemStatusReport


class StatusManager:
    """Read the overall status. Available as ``client.status``."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self) -> SystemStatusReport:
        """Return the overall status, as shown at the top of the page.

        Example:
            >>> report = client.status.get()
            >>> report.status.name, report.message
            ('PARTIAL_OUTAGE', 'Some systems are experiencing issues.')
        """
        return read_object(self._transport, "/status", SystemStatusReport)

    def __call__(self) -> SystemStatusReport:
        """Return the overall status. Same as ``get``."""
        return self.get()
