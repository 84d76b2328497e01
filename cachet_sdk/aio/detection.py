"""Which version of the API a server speaks: told by what it says of its own version."""

from __future__ import annotations

import ssl
from typing import Literal

import httpx

from cachet_sdk.core.http.connection import DEFAULT_LIMITS
from cachet_sdk.core.setup import build_connection_settings
from cachet_sdk.errors import CachetError, HTTPError, UnexpectedResponseError
from cachet_sdk.options import DEFAULT_TIMEOUT


async def async_detect_version(
    endpoint: str | None = None,
    *,
    timeout: float | httpx.Timeout | None = DEFAULT_TIMEOUT,
    transport: httpx.AsyncBaseTransport | None = None,
    verify_tls: bool | ssl.SSLContext = True,
) -> Literal["1", "3"]:
    """Ask a server which version of the API it speaks. No token is needed, and none is sent.

    Args:
        endpoint: The API's address, or the server's without a path; ``CACHET_ENDPOINT`` by default. For an address
            without a path both ``/api/v1`` and ``/api`` are tried.
        timeout: Seconds that an attempt may wait, as for a client.
        transport: An httpx transport to send with, in place of the network.
        verify_tls: Whether the server's certificate must be valid, or the TLS settings to use.

    Returns:
        What ``version`` of a client has to be: ``"1"`` for Cachet 2, ``"3"`` for Cachet 3.

    Raises:
        ConfigurationError: for a bad argument.
        UnexpectedResponseError: when what answers is no Cachet, or has no API at this address.
        HTTPError: for a redirect, too many requests, and a server that fails.
        TransportError: when no answer comes.

    Example:
        >>> await async_detect_version(fake_cachet.endpoint, transport=fake_cachet.transport)
        '1'
    """
    # Brings pydantic and more, which "import cachet_sdk" should not wait for.
    from cachet_sdk.core.http.aio.transport import AsyncTransport  # noqa: PLC0415
    from cachet_sdk.core.versions import (  # noqa: PLC0415
        candidates,
        guest_settings,
        no_cachet,
        version_of_answer,
        version_of_refusal,
    )

    settings = guest_settings(endpoint, timeout)
    connection = build_connection_settings(
        settings, verify_tls, None, DEFAULT_LIMITS, transport, httpx.AsyncBaseTransport, None
    )
    problem: CachetError | None = None
    http = AsyncTransport(settings, connection)
    try:
        for path in candidates(settings.endpoint):
            try:
                return version_of_answer(await http.request("GET", path))
            except HTTPError as error:
                version = version_of_refusal(error.status_code, error.response.content if error.response else b"")
                if version is not None:
                    return version
                problem = no_cachet(error)
            except UnexpectedResponseError as error:
                problem = error
    finally:
        if transport is None:
            await http.aclose()
    raise problem or UnexpectedResponseError("no address to ask", method="GET", url=settings.endpoint, status_code=0)
