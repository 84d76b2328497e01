"""Where connections come from: httpcore's backends, the blocking one limited by the deadline of a call."""

from __future__ import annotations

from functools import cache

import httpcore

from cachet_sdk.core.deadline import DeadlineBackend


@cache
def async_backend() -> httpcore.AsyncNetworkBackend:
    """Give what opens connections for asyncio."""
    made: httpcore.AsyncNetworkBackend = httpcore.AnyIOBackend()  # pyright: ignore[reportAssignmentType]  (its stand-in has no types)
    return made


@cache
def backend() -> httpcore.NetworkBackend:
    """Give what opens connections for blocking code."""
    return DeadlineBackend(httpcore.SyncBackend())
