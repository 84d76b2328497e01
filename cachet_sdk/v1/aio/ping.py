"""Whether the API answers; the same for every version."""

from cachet_sdk.core.aio.general import AsyncPingManager

__all__ = ["AsyncPingManager"]
