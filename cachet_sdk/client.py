"""The two doors: ``Client()`` and ``AsyncClient()``.

They are functions, as documented, that give the client of the API version that is asked for. A version's code is
imported when its first client is made, so that nobody waits for what is not used.
"""

from __future__ import annotations

import ssl
from datetime import tzinfo
from typing import TYPE_CHECKING, Literal, overload

import httpx

from cachet_sdk import options as _options
from cachet_sdk.core.http.connection import DEFAULT_LIMITS, EventHooks, Proxy
from cachet_sdk.core.setup import build_connection_settings, resolve_settings
from cachet_sdk.options import DEFAULT_MAX_RESPONSE_BYTES, DEFAULT_MAX_RETRIES, DEFAULT_TIMEOUT, DEFAULT_TOTAL_TIMEOUT

if TYPE_CHECKING:
    from cachet_sdk.v1.aio.client import AsyncClient as AsyncClientV1
    from cachet_sdk.v1.client import Client as ClientV1
    from cachet_sdk.v3.aio.client import AsyncClient as AsyncClientV3
    from cachet_sdk.v3.client import Client as ClientV3


@overload
def Client(
    endpoint: str | None = ...,
    api_token: str | None = ...,
    *,
    version: Literal["3"],
    verify_tls: bool | ssl.SSLContext = ...,
    timeout: float | httpx.Timeout | None = ...,
    total_timeout: float | None = ...,
    max_retries: int = ...,
    timezone: str | tzinfo | None = ...,
    user_agent: str | None = ...,
    proxy: Proxy | None = ...,
    limits: httpx.Limits = ...,
    transport: httpx.BaseTransport | None = ...,
    event_hooks: EventHooks | None = ...,
    max_response_bytes: int = ...,
) -> ClientV3: ...
@overload
def Client(
    endpoint: str | None,
    api_token: str | None,
    version: Literal["3"],
    verify_tls: bool | ssl.SSLContext = ...,
    *,
    timeout: float | httpx.Timeout | None = ...,
    total_timeout: float | None = ...,
    max_retries: int = ...,
    timezone: str | tzinfo | None = ...,
    user_agent: str | None = ...,
    proxy: Proxy | None = ...,
    limits: httpx.Limits = ...,
    transport: httpx.BaseTransport | None = ...,
    event_hooks: EventHooks | None = ...,
    max_response_bytes: int = ...,
) -> ClientV3: ...
@overload
def Client(
    endpoint: str | None = ...,
    api_token: str | None = ...,
    version: Literal["1"] | None = ...,
    verify_tls: bool | ssl.SSLContext = ...,
    *,
    timeout: float | httpx.Timeout | None = ...,
    total_timeout: float | None = ...,
    max_retries: int = ...,
    timezone: str | tzinfo | None = ...,
    user_agent: str | None = ...,
    proxy: Proxy | None = ...,
    limits: httpx.Limits = ...,
    transport: httpx.BaseTransport | None = ...,
    event_hooks: EventHooks | None = ...,
    max_response_bytes: int = ...,
) -> ClientV1: ...
@overload
def Client(
    endpoint: str | None = ...,
    api_token: str | None = ...,
    version: str | None = ...,
    verify_tls: bool | ssl.SSLContext = ...,
    *,
    timeout: float | httpx.Timeout | None = ...,
    total_timeout: float | None = ...,
    max_retries: int = ...,
    timezone: str | tzinfo | None = ...,
    user_agent: str | None = ...,
    proxy: Proxy | None = ...,
    limits: httpx.Limits = ...,
    transport: httpx.BaseTransport | None = ...,
    event_hooks: EventHooks | None = ...,
    max_response_bytes: int = ...,
) -> ClientV1 | ClientV3: ...
def Client(  # noqa: N802
    endpoint: str | None = None,
    api_token: str | None = None,
    version: str | None = None,
    verify_tls: bool | ssl.SSLContext = True,
    *,
    timeout: float | httpx.Timeout | None = DEFAULT_TIMEOUT,
    total_timeout: float | None = DEFAULT_TOTAL_TIMEOUT,
    max_retries: int = DEFAULT_MAX_RETRIES,
    timezone: str | tzinfo | None = None,
    user_agent: str | None = None,
    proxy: Proxy | None = None,
    limits: httpx.Limits = DEFAULT_LIMITS,
    transport: httpx.BaseTransport | None = None,
    event_hooks: EventHooks | None = None,
    max_response_bytes: int = DEFAULT_MAX_RESPONSE_BYTES,
) -> ClientV1 | ClientV3:
    """Make a blocking client.

    Args:
        endpoint: The API's address, such as ``https://status.example.com/api/v1``; ``CACHET_ENDPOINT`` by default.
        api_token: The API token; ``CACHET_API_TOKEN`` by default.
        version: The API's version, ``"1"`` for Cachet 2 or ``"3"`` for Cachet 3, whose endpoints end in ``/api``. By
            default told from the endpoint, which is possible for ``/api/v1`` only; :func:`cachet_sdk.detect_version`
            asks the server.
        verify_tls: Whether the server's certificate must be valid, or the TLS settings to use.
        timeout: Seconds that an attempt may wait to connect, and for each next piece of the answer; an
            ``httpx.Timeout`` tells them apart, None waits for ever.
        total_timeout: Seconds that a call may take, all attempts and waits included; None for no limit.
        max_retries: How many attempts may follow a failed first one, where repeating is safe.
        timezone: A zone, such as ``"Europe/Oslo"``, that times are shown in; those passed must then be aware. Without
            it times are naive and in the server's own zone. **On Cachet 3 it must be the zone that the server itself
            is set to** (its ``APP_TIMEZONE``): Cachet 3 tells no zone and converts its answers to none.
        user_agent: The ``User-Agent`` header.
        proxy: A proxy's URL; by default what the environment says (``HTTPS_PROXY``, ``NO_PROXY`` …).
        limits: How many connections are held.
        transport: An httpx transport to send with, in place of the network; the seam for tests.
        event_hooks: Functions that httpx would call, by ``"request"`` and ``"response"``.
        max_response_bytes: The longest answer that is read, decompressed.

    Returns:
        A client; close it, or use it in a ``with`` statement.

    Raises:
        ConfigurationError: a ``ValueError``: for a missing endpoint or token, an endpoint that does not tell its
            version, or a setting that cannot be right.

    Example:
        >>> with Client(endpoint, api_token) as client:
        ...     client.ping()
        True
    """
    secret = _options.secret_of(api_token)
    del api_token  # no frame of a traceback shows it from here on
    settings = resolve_settings(
        endpoint=endpoint,
        secret=secret,
        version=version,
        timeout=timeout,
        total_timeout=total_timeout,
        max_retries=max_retries,
        timezone=timezone,
        user_agent=user_agent,
        max_response_bytes=max_response_bytes,
    )
    connection = build_connection_settings(
        settings, verify_tls, proxy, limits, transport, httpx.BaseTransport, event_hooks
    )
    if settings.version == "3":
        from cachet_sdk.v3.client import Client as ChosenV3  # noqa: PLC0415

        return ChosenV3(settings, connection)
    from cachet_sdk.v1.client import Client as ChosenV1  # noqa: PLC0415

    return ChosenV1(settings, connection)


@overload
def AsyncClient(
    endpoint: str | None = ...,
    api_token: str | None = ...,
    *,
    version: Literal["3"],
    verify_tls: bool | ssl.SSLContext = ...,
    timeout: float | httpx.Timeout | None = ...,
    total_timeout: float | None = ...,
    max_retries: int = ...,
    timezone: str | tzinfo | None = ...,
    user_agent: str | None = ...,
    proxy: Proxy | None = ...,
    limits: httpx.Limits = ...,
    transport: httpx.AsyncBaseTransport | None = ...,
    event_hooks: EventHooks | None = ...,
    max_response_bytes: int = ...,
) -> AsyncClientV3: ...
@overload
def AsyncClient(
    endpoint: str | None,
    api_token: str | None,
    version: Literal["3"],
    verify_tls: bool | ssl.SSLContext = ...,
    *,
    timeout: float | httpx.Timeout | None = ...,
    total_timeout: float | None = ...,
    max_retries: int = ...,
    timezone: str | tzinfo | None = ...,
    user_agent: str | None = ...,
    proxy: Proxy | None = ...,
    limits: httpx.Limits = ...,
    transport: httpx.AsyncBaseTransport | None = ...,
    event_hooks: EventHooks | None = ...,
    max_response_bytes: int = ...,
) -> AsyncClientV3: ...
@overload
def AsyncClient(
    endpoint: str | None = ...,
    api_token: str | None = ...,
    version: Literal["1"] | None = ...,
    verify_tls: bool | ssl.SSLContext = ...,
    *,
    timeout: float | httpx.Timeout | None = ...,
    total_timeout: float | None = ...,
    max_retries: int = ...,
    timezone: str | tzinfo | None = ...,
    user_agent: str | None = ...,
    proxy: Proxy | None = ...,
    limits: httpx.Limits = ...,
    transport: httpx.AsyncBaseTransport | None = ...,
    event_hooks: EventHooks | None = ...,
    max_response_bytes: int = ...,
) -> AsyncClientV1: ...
@overload
def AsyncClient(
    endpoint: str | None = ...,
    api_token: str | None = ...,
    version: str | None = ...,
    verify_tls: bool | ssl.SSLContext = ...,
    *,
    timeout: float | httpx.Timeout | None = ...,
    total_timeout: float | None = ...,
    max_retries: int = ...,
    timezone: str | tzinfo | None = ...,
    user_agent: str | None = ...,
    proxy: Proxy | None = ...,
    limits: httpx.Limits = ...,
    transport: httpx.AsyncBaseTransport | None = ...,
    event_hooks: EventHooks | None = ...,
    max_response_bytes: int = ...,
) -> AsyncClientV1 | AsyncClientV3: ...
def AsyncClient(  # noqa: N802
    endpoint: str | None = None,
    api_token: str | None = None,
    version: str | None = None,
    verify_tls: bool | ssl.SSLContext = True,
    *,
    timeout: float | httpx.Timeout | None = DEFAULT_TIMEOUT,
    total_timeout: float | None = DEFAULT_TOTAL_TIMEOUT,
    max_retries: int = DEFAULT_MAX_RETRIES,
    timezone: str | tzinfo | None = None,
    user_agent: str | None = None,
    proxy: Proxy | None = None,
    limits: httpx.Limits = DEFAULT_LIMITS,
    transport: httpx.AsyncBaseTransport | None = None,
    event_hooks: EventHooks | None = None,
    max_response_bytes: int = DEFAULT_MAX_RESPONSE_BYTES,
) -> AsyncClientV1 | AsyncClientV3:
    """Make an asyncio client. The arguments, their defaults and the errors are those of :func:`Client`.

    Args:
        endpoint: The API's address.
        api_token: The API token.
        version: The API's version.
        verify_tls: Whether the server's certificate must be valid, or the TLS settings to use.
        timeout: Seconds that an attempt may wait.
        total_timeout: Seconds that a call may take.
        max_retries: How many attempts may follow a failed first one.
        timezone: The zone that times are shown in.
        user_agent: The ``User-Agent`` header.
        proxy: A proxy's URL.
        limits: How many connections are held.
        transport: An httpx transport to send with.
        event_hooks: Asynchronous functions that httpx would call.
        max_response_bytes: The longest answer that is read.

    Returns:
        A client; close it with ``aclose``, or use it in an ``async with`` statement.

    Raises:
        ConfigurationError: as :func:`Client`.
    """
    secret = _options.secret_of(api_token)
    del api_token
    settings = resolve_settings(
        endpoint=endpoint,
        secret=secret,
        version=version,
        timeout=timeout,
        total_timeout=total_timeout,
        max_retries=max_retries,
        timezone=timezone,
        user_agent=user_agent,
        max_response_bytes=max_response_bytes,
    )
    connection = build_connection_settings(
        settings, verify_tls, proxy, limits, transport, httpx.AsyncBaseTransport, event_hooks
    )
    if settings.version == "3":
        from cachet_sdk.v3.aio.client import AsyncClient as ChosenV3  # noqa: PLC0415

        return ChosenV3(settings, connection)
    from cachet_sdk.v1.aio.client import AsyncClient as ChosenV1  # noqa: PLC0415

    return ChosenV1(settings, connection)
