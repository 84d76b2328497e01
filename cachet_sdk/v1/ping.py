# Made by "make sync" from aio/ping.py: edit that file instead of this one.
"""Whether the API answers; the same for every version."""

from cachet_sdk.core.general import PingManager

__all__ = ["PingManager"]
