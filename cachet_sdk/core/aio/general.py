"""The general endpoints, common to all API versions: ping, and single objects."""

from __future__ import annotations

from typing import TypeVar, cast

from pydantic import JsonValue, ValidationError

from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.models.base import Model, ensure_built, summarize
from cachet_sdk.errors import CachetError, ConfigurationError

ModelT = TypeVar("ModelT", bound=Model)


class AsyncPingManager:
    """Check that the API responds. Available as ``client.ping``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self) -> bool:
        """Check once whether the API responds, without retries.

        Returns:
            True if Cachet responds. False for any other response, and if there is none.

        Raises:
            ClientStateError: If the client is closed.

        Example:
            >>> await client.ping.get()
            True
        """
        try:
            response = await self._transport.request("GET", "/ping", retries=0)
        except ConfigurationError:
            raise
        except CachetError:
            return False
        data = response.document.get("data") if isinstance(response.document, dict) else None
        return isinstance(data, str) and "pong" in data.lower()

    async def __call__(self) -> bool:
        """Check whether the API responds. Same as ``get``.

        Example:
            >>> await client.ping()
            True
        """
        return await self.get()


async def async_read_object(transport: AsyncTransport, path: str, kind: type[ModelT]) -> ModelT:
    """Return the single object under ``data`` at a path.

    Raises:
        UnexpectedResponseError: If it is not such an object.
    """
    response = await transport.request("GET", path)
    data = response.document.get("data") if isinstance(response.document, dict) else None
    try:
        found = ensure_built(kind).model_validate(data)
    except ValidationError as error:
        raise response.unexpected(f"does not contain a {kind.__name__}: {summarize(error)}") from None
    object.__setattr__(found, "_attrs", cast("dict[str, JsonValue]", data))
    return found
