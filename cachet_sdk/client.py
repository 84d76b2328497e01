"""The two doors: ``Client()`` and ``AsyncClient()``.

They are functions, as documented, that give the client of the API version that is asked for. A version's code is
imported when its first client is made, so that nobody waits for what is not used.
"""

from __future__ import annotations

import ssl
import warnings
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from cachet_sdk import settings as _settings
from cachet_sdk._version import __version__
from cachet_sdk.core.connection import DEFAULT_LIMITS, ConnectionSettings, EventHooks, Proxy
from cachet_sdk.errors import ArgumentError, show
from cachet_sdk.settings import (
    DEFAULT_MAX_RESPONSE_BYTES,
    DEFAULT_MAX_RETRIES,
    DEFAULT_TIMEOUT,
    DEFAULT_TOTAL_TIMEOUT,
    Secret,
    Settings,
)

if TYPE_CHECKING:
    from cachet_sdk.v1.aio.client import AsyncClient as AsyncClientV1
    from cachet_sdk.v1.client import Client as ClientV1

TransportT = TypeVar("TransportT", httpx.BaseTransport, httpx.AsyncBaseTransport)


def Client(  # noqa: N802  (the documented name; what it gives is an instance of a class of that name)
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
) -> ClientV1:
    """Make a blocking client.

    Args:
        endpoint: The API's address, such as ``https://status.example.com/api/v1``; ``CACHET_ENDPOINT`` by default.
        api_token: The API token; ``CACHET_API_TOKEN`` by default.
        version: The API's version, ``"1"`` for Cachet 2; told from the endpoint by default.
        verify_tls: Whether the server's certificate must be valid, or the TLS settings to use.
        timeout: Seconds that an attempt may wait to connect, and for each next piece of the answer; an
            ``httpx.Timeout`` tells them apart, None waits for ever.
        total_timeout: Seconds that a call may take, all attempts and waits included; None for no limit.
        max_retries: How many attempts may follow a failed first one, where repeating is safe.
        timezone: A zone, such as ``"Europe/Oslo"``, that times are shown in; those passed must then be aware. Without
            it times are naive and in the server's own zone.
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
    secret = _settings.secret_of(api_token)
    del api_token  # no frame of a traceback shows it from here on
    settings = _settle(
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
    connection = _connect(settings, verify_tls, proxy, limits, transport, httpx.BaseTransport, event_hooks)
    from cachet_sdk.v1.client import Client as Chosen  # noqa: PLC0415

    return Chosen(settings, connection)


def AsyncClient(  # noqa: N802  (as Client)
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
) -> AsyncClientV1:
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
    secret = _settings.secret_of(api_token)
    del api_token
    settings = _settle(
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
    connection = _connect(settings, verify_tls, proxy, limits, transport, httpx.AsyncBaseTransport, event_hooks)
    from cachet_sdk.v1.aio.client import AsyncClient as Chosen  # noqa: PLC0415

    return Chosen(settings, connection)


def _settle(
    *,
    endpoint: str | None,
    secret: Secret | None,
    version: str | None,
    timeout: float | httpx.Timeout | None,
    total_timeout: float | None,
    max_retries: int,
    timezone: str | tzinfo | None,
    user_agent: str | None,
    max_response_bytes: int,
) -> Settings:
    address = _settings.resolve_endpoint(endpoint)
    if timeout is not None and not isinstance(timeout, httpx.Timeout):
        _settings.check_number("timeout", timeout, at_least=0.001)
    if total_timeout is not None:
        _settings.check_number("total_timeout", total_timeout, at_least=0.001)
    _settings.check_number("max_retries", max_retries, at_least=0, whole=True)
    _settings.check_number("max_response_bytes", max_response_bytes, at_least=1, whole=True)
    return Settings(
        endpoint=address,
        token=_settings.resolve_token(secret),
        version=_settings.resolve_version(address, version),
        timezone=_settings.resolve_timezone(timezone),
        timeout=timeout,
        total_timeout=total_timeout,
        max_retries=max_retries,
        max_response_bytes=max_response_bytes,
        user_agent=_settings.check_user_agent(user_agent or f"cachet_sdk/{__version__}"),
    )


def _connect(
    settings: Settings,
    verify_tls: bool | ssl.SSLContext,
    proxy: Proxy | None,
    limits: httpx.Limits,
    transport: TransportT | None,
    kind: type[TransportT],
    event_hooks: EventHooks | None,
) -> ConnectionSettings[TransportT]:
    if not isinstance(verify_tls, bool | ssl.SSLContext):
        raise ArgumentError("verify_tls", f"expected True, False or an ssl.SSLContext, got {show(verify_tls)}")
    if not isinstance(limits, httpx.Limits):
        raise ArgumentError("limits", f"expected an httpx.Limits, got {show(limits)}")
    if transport is not None and not isinstance(transport, kind):
        raise ArgumentError("transport", f"expected an httpx.{kind.__name__}, got {show(transport)}")
    if transport is None:
        _warn_of_dangers(settings, verify_tls)
    return ConnectionSettings(verify_tls, proxy, limits, transport, event_hooks or {})


def _warn_of_dangers(settings: Settings, verify_tls: Any) -> None:
    if verify_tls is False:
        warnings.warn(
            "verify_tls=False: anybody between here and the server can read the API token; "
            "pass an ssl.SSLContext that trusts the server's certificate instead",
            stacklevel=4,
        )
    if settings.is_plain_http:
        warnings.warn(
            "the endpoint is plain http: anybody between here and the server can read the API token; use https",
            stacklevel=4,
        )
