"""Where connections come from: httpcore's backends, the blocking one limited by the deadline of a call."""

from __future__ import annotations

from functools import cache
from typing import Any

import httpcore

from cachet_sdk.core.http.deadline import DeadlineBackend


@cache
def async_backend() -> httpcore.AsyncNetworkBackend:
    """Give what opens connections for asyncio."""
    made: httpcore.AsyncNetworkBackend = httpcore.AnyIOBackend()  # pyright: ignore[reportAssignmentType]  (its stand-in has no types)
    return made


@cache
def backend() -> httpcore.NetworkBackend:
    """Give what opens connections for blocking code."""
    return DeadlineBackend(httpcore.SyncBackend())


def async_holds_unread(stream: httpcore.AsyncNetworkStream) -> bool:
    """Tell whether bytes have come that nobody has read, where no look at the socket shows them.

    anyio and TLS keep what came behind what was read, and neither has a public door to it. A test holds these open;
    should they close, a server that sends more than it announced is noticed only where the socket shows it.
    """
    inner: Any = getattr(stream, "_stream", None)
    encrypted = getattr(inner, "_read_bio", None)
    if encrypted is not None:
        if encrypted.pending or inner._ssl_object.pending():  # noqa: SLF001
            return True
        inner = inner.transport_stream
    return bool(getattr(getattr(inner, "_protocol", None), "read_queue", None))


def holds_unread(stream: httpcore.NetworkStream) -> bool:
    """Tell whether bytes have come that nobody has read, where no look at the socket shows them: those TLS keeps."""
    encrypted = stream.get_extra_info("ssl_object")
    return encrypted is not None and bool(encrypted.pending())
