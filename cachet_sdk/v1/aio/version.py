"""The manager of the server version."""

from __future__ import annotations

from pydantic import ValidationError

from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.models.base import ensure_built, summarize
from cachet_sdk.v1.models.general import Version


class AsyncVersionManager:
    """Read the server's version. Available as ``client.version``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self) -> Version:
        """Return the server's version.

        Raises:
            ServerError: Also if the server cannot look up newer versions.

        Example:
            >>> version = await client.version.get()
            >>> version.value
            '2.4.0-dev'
        """
        response = await self._transport.request("GET", "/version")
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

    async def __call__(self) -> Version:
        """Return the server's version. Same as ``get``.

        Example:
            >>> version = await client.version()
            >>> version.on_latest
            True
        """
        return await self.get()
