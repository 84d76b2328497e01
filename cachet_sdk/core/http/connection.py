"""The settings of connections, and the httpx transports that open them."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Generic, TypeAlias, TypeVar
from urllib.request import getproxies

import httpx

from cachet_sdk.core.http.proxy import Proxy, environment_proxy, parse_proxy
from cachet_sdk.errors import ConfigurationError
from cachet_sdk.options import Settings

__all__ = [
    "DEFAULT_LIMITS",
    "Auth",
    "ConnectionSettings",
    "EventHooks",
    "Proxy",
    "Verify",
    "async_http_transport",
    "async_limit_external_reads",
    "chosen_proxy",
    "http_transport",
    "limit_external_reads",
    "make_interruptible",
]

TransportT = TypeVar("TransportT")
ClientT = TypeVar("ClientT")

#: The type of ``verify_tls``.
Verify: TypeAlias = "bool | ssl.SSLContext"
#: The type of ``auth``: a user name and a password, a function that changes the request, or an ``httpx.Auth``.
Auth: TypeAlias = httpx.Auth | tuple[str | bytes, str | bytes] | Callable[[httpx.Request], httpx.Request]
#: Functions called for each request and response, as in httpx.
EventHooks: TypeAlias = Mapping[str, Sequence[Callable[..., Any]]]

#: All connections are kept alive, so that many concurrent requests do not reconnect each time.
DEFAULT_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=100)


@dataclass(frozen=True, slots=True)
class ConnectionSettings(Generic[TransportT, ClientT]):
    """The settings of connections, in httpx's types.

    Attributes:
        verify: Whether to verify certificates, or the TLS settings.
        proxy: The caller's proxy. Its URL often contains a password.
        limits: How many connections to open and keep alive.
        transport: The caller's transport, used instead of a pool.
        http_client: The caller's client, used instead of a pool.
        headers: The caller's headers. They replace those of the same name.
        auth: Authentication for a gateway in front of Cachet.
        http2: Whether to offer HTTP/2.
        trust_env: Whether to use proxies and certificates from environment variables.
        event_hooks: Functions called for each request and response.
    """

    verify: Verify = True
    proxy: Proxy | None = field(default=None, repr=False)
    limits: httpx.Limits = field(default_factory=lambda: DEFAULT_LIMITS)
    transport: TransportT | None = None
    http_client: ClientT | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    auth: Auth | None = field(default=None, repr=False)
    http2: bool = False
    trust_env: bool = True
    event_hooks: EventHooks = field(default_factory=dict[str, Sequence[Callable[..., Any]]])


def chosen_proxy(settings: Settings, connection: ConnectionSettings[Any, Any]) -> httpx.Proxy | None:
    """Return the proxy between a client and its server.

    Raises:
        ArgumentError: If the value is not the URL of a proxy.
    """
    proxy = connection.proxy
    if proxy is None and connection.trust_env:
        proxy = environment_proxy(settings.endpoint, getproxies())
    return None if proxy is None else parse_proxy(proxy)


def http_transport(
    connection: ConnectionSettings[httpx.BaseTransport, httpx.Client],
    verify: ssl.SSLContext,
    proxy: httpx.Proxy | None,
) -> httpx.HTTPTransport:
    """Return a connection pool whose reads end at the deadline of the call."""
    # Imports httpcore, which takes 40 ms. httpx itself also imports it only when a transport is created.
    from cachet_sdk.core.http.deadline import limit_reads  # noqa: PLC0415

    transport = httpx.HTTPTransport(
        verify=verify, limits=_safe_limits(connection.limits), proxy=proxy, http2=connection.http2
    )
    limit_reads(transport)
    make_interruptible(transport)
    return transport


def make_interruptible(transport: httpx.HTTPTransport) -> None:
    """Make the pool of a transport that is not in use yet survive Ctrl-C.

    httpcore's lock is written in Python. If Ctrl-C arrives while it is being acquired or released, it stays locked, and
    everything that needs the pool waits forever, even its ``close``. A lock written in C cannot be interrupted halfway.
    A test fails if a later httpx renames the private attributes used here. Then the pool would keep its own lock.
    """
    pool: object = vars(transport).get("_pool")
    if pool is not None and "_optional_thread_lock" in vars(pool):
        vars(pool)["_optional_thread_lock"] = Lock()


def limit_external_reads(connection: ConnectionSettings[httpx.BaseTransport, httpx.Client]) -> None:
    """Make reads on the caller's connections end at the deadline of the call, if httpx opens them."""
    from cachet_sdk.core.http.deadline import limit_reads, limit_reads_of_client  # noqa: PLC0415  (as above)

    if connection.transport is not None:
        limit_reads(connection.transport)
    if connection.http_client is not None:
        limit_reads_of_client(connection.http_client)


def async_limit_external_reads(connection: ConnectionSettings[httpx.AsyncBaseTransport, httpx.AsyncClient]) -> None:
    """Do nothing, because a task is cancelled at the deadline, whatever it is waiting for."""


def async_http_transport(
    connection: ConnectionSettings[httpx.AsyncBaseTransport, httpx.AsyncClient],
    verify: ssl.SSLContext,
    proxy: httpx.Proxy | None,
) -> httpx.AsyncHTTPTransport:
    """Return a connection pool."""
    return httpx.AsyncHTTPTransport(
        verify=verify, limits=_safe_limits(connection.limits), proxy=proxy, http2=connection.http2
    )


def _safe_limits(limits: httpx.Limits) -> httpx.Limits:
    """Return limits with which httpcore never closes a connection that it has just assigned to a thread.

    httpcore closes idle connections above ``max_keepalive_connections`` at once, and a connection counts as idle until
    the thread that it is assigned to begins to send. That thread would then wait for a response that cannot come. Idle
    connections are closed after ``keepalive_expiry`` all the same.
    """
    keepalive, maximum = limits.max_keepalive_connections, limits.max_connections
    if not keepalive or (maximum is not None and keepalive >= maximum):
        return limits
    return httpx.Limits(
        max_connections=maximum, max_keepalive_connections=maximum, keepalive_expiry=limits.keepalive_expiry
    )


def ssl_context(
    settings: Settings, connection: ConnectionSettings[Any, Any], proxy: httpx.Proxy | None
) -> ssl.SSLContext:
    """Return the TLS context.

    Raises:
        ConfigurationError: If the certificates of ``SSL_CERT_FILE`` or ``SSL_CERT_DIR`` cannot be loaded.
    """
    if settings.endpoint.startswith("http://") and (proxy is None or proxy.url.scheme != "https"):
        # TLS is not used, and loading certificates takes 20 ms.
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        return httpx.create_ssl_context(verify=connection.verify, trust_env=connection.trust_env)
    except OSError as error:
        raise ConfigurationError(
            "the certificates of the environment variable SSL_CERT_FILE or SSL_CERT_DIR cannot be loaded "
            f"({error.strerror or error}); correct it, or pass trust_env=False or verify_tls="
        ) from None
