"""Detects the version of a server's API."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Mapping
from typing import Literal

import httpx

from cachet_sdk.errors import CachetError, ConfigurationError, HTTPError, UnexpectedResponseError
from cachet_sdk.options import DEFAULT_TIMEOUT


async def async_detect_version(
    endpoint: str | None = None,
    *,
    timeout: float | httpx.Timeout | None = DEFAULT_TIMEOUT,
    transport: httpx.AsyncBaseTransport | None = None,
    verify_tls: bool | str | os.PathLike[str] | ssl.SSLContext = True,
    headers: Mapping[str, str] | None = None,
    auth: httpx.Auth | tuple[str | bytes, str | bytes] | Callable[[httpx.Request], httpx.Request] | None = None,
    proxy: str | httpx.URL | httpx.Proxy | None = None,
    trust_env: bool = True,
    http_client: httpx.AsyncClient | None = None,
) -> Literal["1", "3"]:
    """Detect the version of a server's API. No API token is needed, and none is sent.

    Args:
        endpoint: The API's address, or that of the status page, such as ``https://example.com/status``. For a status
            page, ``/api/v1`` and ``/api`` are tried below it. Defaults to the environment variable
            ``CACHET_ENDPOINT``.
        timeout: Seconds that an attempt may wait, as for a client.
        transport: An httpx transport to use instead of the network.
        verify_tls: How to verify the server's certificate, as for a client.
        headers: Headers to send, for example those that a gateway in front of Cachet requires.
        auth: Authentication for a gateway in front of Cachet, as for a client.
        proxy: URL of a proxy. Defaults to the proxy set in the environment.
        trust_env: Whether to use proxies and trusted certificates from environment variables.
        http_client: An httpx client to use. It is not closed.

    Returns:
        The value for a client's ``version``: ``"1"`` for Cachet 2, ``"3"`` for Cachet 3.

    Raises:
        ConfigurationError: If an argument is invalid.
        UnexpectedResponseError: If the server is not Cachet, or has no API at this address.
        HTTPError: For a redirect, a rate limit or a server error.

    Example:
        >>> await async_detect_version(
        ...     fake_cachet.endpoint, transport=fake_cachet.transport
        ... )
        '1'
    """
    # These import pydantic and more, which would slow down "import cachet_sdk".
    from cachet_sdk.core.connection_arguments import build_connection_settings  # noqa: PLC0415
    from cachet_sdk.core.http.aio.transport import AsyncTransport  # noqa: PLC0415
    from cachet_sdk.core.versions import (  # noqa: PLC0415
        anonymous_settings,
        not_cachet_error,
        version_from_error,
        version_from_response,
        version_paths,
    )

    try:
        settings = anonymous_settings(endpoint, timeout)
        connection = build_connection_settings(
            settings,
            httpx.AsyncBaseTransport,
            httpx.AsyncClient,
            sends_token=False,
            verify_tls=verify_tls,
            headers=headers,
            auth=auth,
            proxy=proxy,
            trust_env=trust_env,
            transport=transport,
            http_client=http_client,
        )
        http = AsyncTransport(settings, connection)
    except ConfigurationError as error:
        raise error.with_traceback(None) from error.__cause__
    finally:
        # Crash reports include the variables of each frame.
        del endpoint, headers, auth, proxy
    problem: CachetError | None = None
    try:
        for path in version_paths(settings.endpoint):
            try:
                return version_from_response(await http.request("GET", path))
            except HTTPError as error:
                version = version_from_error(error.status_code, error.response.content if error.response else b"")
                if version is not None:
                    return version
                problem = not_cachet_error(error)
            except UnexpectedResponseError as error:
                problem = error
    finally:
        await http.aclose()
    raise problem or UnexpectedResponseError("no path was tried", method="GET", url=settings.endpoint, status_code=0)
