# Made by "make sync" from aio/ping.py: edit that file instead of this one.
"""Whether the API answers."""

from __future__ import annotations

from cachet_sdk.core.transport import Transport
from cachet_sdk.errors import CachetError, ConfigurationError


class PingManager:
    """Whether the API answers: ``client.ping``."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self) -> bool:
        """Ask once whether the API answers; nothing is tried again.

        Returns:
            True for an answer of Cachet's; False for any other and for none.

        Raises:
            ClientStateError: when the client is closed.

        Example:
            >>> client.ping.get()
            True
        """
        try:
            answer = self._transport.request("GET", "/ping", retries=0)
        except ConfigurationError:
            raise
        except CachetError:
            return False
        return isinstance(answer.document, dict) and "data" in answer.document

    def __call__(self) -> bool:
        """Ask whether the API answers: the same as ``get``.

        Example:
            >>> client.ping()
            True
        """
        return self.get()
