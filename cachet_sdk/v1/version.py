# Made by "make sync" from aio/version.py: edit that file instead of this one.
"""The manager of the server version."""

from __future__ import annotations

from pydantic import ValidationError

from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.models.base import ensure_built, summarize
from cachet_sdk.v1.models.general import Version


class VersionManager:
    """Read the server's version. Available as ``client.version``."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self) -> Version:
        """Return the server's version.

        Raises:
            ServerError: Also if the server cannot look up newer versions.

        Example:
            >>> version = client.version.get()
            >>> version.value
            '2.4.0-dev'
        """
        response = self._transport.request("GET", "/version")
        document = response.document if isinstance(response.document, dict) else {}
        meta = document.get("meta")
        try:
            version = ensure_built(Version).model_validate(
                {"value": document.get("data"), **(meta if isinstance(meta, dict) else {})}
            )
        except ValidationError as error:
            raise response.unexpected(f"does not contain a version: {summarize(error)}") from None
        object.__setattr__(version, "_attrs", document)
        return version

    def __call__(self) -> Version:
        """Return the server's version. Same as ``get``.

        Example:
            >>> version = client.version()
            >>> version.on_latest
            True
        """
        return self.get()
