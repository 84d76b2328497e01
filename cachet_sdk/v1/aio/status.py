"""How everything is doing."""

from __future__ import annotations

from pydantic import ValidationError

from cachet_sdk.core.aio.transport import AsyncTransport
from cachet_sdk.core.model import problem_of, ready
from cachet_sdk.v1.models.general import Status


class AsyncStatusManager:
    """How everything is doing: ``client.status``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self) -> Status:
        """Ask for the one line on top of the status page. Hidden incidents count too, for guests as well.

        Raises:
            HTTPError: when the server refuses.
            TransportError: when no answer comes.

        Example:
            >>> status = await client.status.get()
            >>> status.status
            'success'
        """
        answer = await self._transport.request("GET", "/status")
        data = answer.document.get("data") if isinstance(answer.document, dict) else None
        try:
            status = ready(Status).model_validate(data)
        except ValidationError as error:
            raise answer.unexpected(f"does not hold a status: {problem_of(error)}") from None
        object.__setattr__(status, "_attrs", data)
        return status

    async def __call__(self) -> Status:
        """Ask for the one line on top of the status page: the same as ``get``."""
        return await self.get()
