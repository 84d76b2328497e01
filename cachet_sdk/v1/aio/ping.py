"""The ping manager, which is the same for every API version."""

from cachet_sdk.core.aio.general import AsyncPingManager

__all__ = ["AsyncPingManager"]
