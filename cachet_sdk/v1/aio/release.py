"""Which Cachet answers: asked once a client, and only where it makes a difference."""

from __future__ import annotations

from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.errors import CachetError

#: Releases that enable a component on a PUT which does not say otherwise.
_RESETTING = ("2.0", "2.1", "2.2", "2.3")


class AsyncRelease:
    """What is known of the server's release."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport
        self._resets_enabled: bool | None = None

    async def resets_enabled(self) -> bool:
        """Tell whether a PUT of a component enables it unless it says otherwise, as Cachet 2.3 does (wire/v1, trap 1).

        Where the server does not tell its version, the answer is yes: reading a component first is never wrong.
        """
        if self._resets_enabled is None:
            try:
                answer = await self._transport.request("GET", "/version", retries=0)
            except CachetError:
                # Seen when the server cannot reach GitHub (wire/v1, /version). Not remembered: it may pass.
                return True
            version = answer.document.get("data") if isinstance(answer.document, dict) else None
            self._resets_enabled = not isinstance(version, str) or version.removeprefix("v").startswith(_RESETTING)
        return self._resets_enabled
