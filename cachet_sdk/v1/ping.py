# Made by "make sync" from aio/ping.py: edit that file instead of this one.
"""The ping manager, which is the same for every API version."""

from cachet_sdk.core.general import PingManager

__all__ = ["PingManager"]
