# Made by "make sync" from aio/status.py: edit that file instead of this one.
"""The manager of the overall status."""

from __future__ import annotations

from cachet_sdk.core.general import read_object
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.v1.models.general import Status


class StatusManager:
    """Read the overall status. Available as ``client.status``."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self) -> Status:
        """Return the overall status, as shown at the top of the page. Hidden incidents count too, with any token.

        Example:
            >>> status = client.status.get()
            >>> status.status
            'success'
        """
        return read_object(self._transport, "/status", Status)

    def __call__(self) -> Status:
        """Return the overall status. Same as ``get``."""
        return self.get()
