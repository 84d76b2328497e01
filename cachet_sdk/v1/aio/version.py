"""The version of the server."""

from __future__ import annotations

from pydantic import ValidationError

from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.models.base import ensure_built, summarize
from cachet_sdk.v1.models.general import Version


class AsyncVersionManager:
    """The version of the server: ``client.version``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self) -> Version:
        """Ask the server for its version.

        Raises:
            ServerError: also when the server cannot reach the place where it looks for newer ones.
            TransportError: when no answer comes.

        Example:
            >>> version = await client.version.get()
            >>> version.value
            '2.4.0-dev'
        """
        answer = await self._transport.request("GET", "/version")
        document = answer.document if isinstance(answer.document, dict) else {}
        meta = document.get("meta")
        try:
            version = ensure_built(Version).model_validate(
                {"value": document.get("data"), **(meta if isinstance(meta, dict) else {})}
            )
        except ValidationError as error:
            raise answer.unexpected(f"does not hold a version: {summarize(error)}") from None
        object.__setattr__(version, "_attrs", document)
        return version

    async def __call__(self) -> Version:
        """Ask the server for its version: the same as ``get``.

        Example:
            >>> version = await client.version()
            >>> version.on_latest
            True
        """
        return await self.get()
