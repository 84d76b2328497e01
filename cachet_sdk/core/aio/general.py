"""What every version of the API tells of itself: whether it answers, and general things that are read in one way."""

from __future__ import annotations

from typing import TypeVar, cast

from pydantic import JsonValue, ValidationError

from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.models.base import Model, ensure_built, summarize
from cachet_sdk.errors import CachetError, ConfigurationError

ModelT = TypeVar("ModelT", bound=Model)


class AsyncPingManager:
    """Whether the API answers: ``client.ping``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self) -> bool:
        """Ask once whether the API answers; nothing is tried again.

        Returns:
            True for an answer of Cachet's; False for any other and for none.

        Raises:
            ClientStateError: when the client is closed.

        Example:
            >>> await client.ping.get()
            True
        """
        try:
            answer = await self._transport.request("GET", "/ping", retries=0)
        except ConfigurationError:
            raise
        except CachetError:
            return False
        data = answer.document.get("data") if isinstance(answer.document, dict) else None
        return isinstance(data, str) and "pong" in data.lower()

    async def __call__(self) -> bool:
        """Ask whether the API answers: the same as ``get``.

        Example:
            >>> await client.ping()
            True
        """
        return await self.get()


async def async_read(transport: AsyncTransport, path: str, kind: type[ModelT]) -> ModelT:
    """Read the one thing that is under ``data`` at a path.

    Raises:
        UnexpectedResponseError: when it is none.
    """
    answer = await transport.request("GET", path)
    data = answer.document.get("data") if isinstance(answer.document, dict) else None
    try:
        found = ensure_built(kind).model_validate(data)
    except ValidationError as error:
        raise answer.unexpected(f"does not hold a {kind.__name__}: {summarize(error)}") from None
    object.__setattr__(found, "_attrs", cast("dict[str, JsonValue]", data))
    return found
