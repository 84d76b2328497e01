"""How requests look, and the httpx transports that carry them: TLS, proxies, limits."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any, Generic, TypeAlias, TypeVar
from urllib.request import getproxies

import httpx

from cachet_sdk.errors import ArgumentError
from cachet_sdk.options import Settings

TransportT = TypeVar("TransportT")

#: What ``proxy`` takes.
Proxy: TypeAlias = "str | httpx.URL | httpx.Proxy"
#: What ``verify_tls`` takes.
Verify: TypeAlias = "bool | ssl.SSLContext"
#: Functions called around each request, under the names ``request`` and ``response``, as httpx calls them.
EventHooks: TypeAlias = Mapping[str, Sequence[Callable[..., Any]]]

#: All connections are kept for reuse, so that many requests at a time do not connect anew each time.
DEFAULT_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=100)


@dataclass(frozen=True, slots=True)
class ConnectionSettings(Generic[TransportT]):
    """What an HTTP connection is made with, as httpx knows it."""

    verify: Verify = True
    proxy: Proxy | None = field(default=None, repr=False)  # its URL often holds a password
    limits: httpx.Limits = field(default_factory=lambda: DEFAULT_LIMITS)
    transport: TransportT | None = None
    event_hooks: EventHooks = field(default_factory=dict[str, Sequence[Callable[..., Any]]])


def http_transport(settings: Settings, connection: ConnectionSettings[httpx.BaseTransport]) -> httpx.BaseTransport:
    """Make the transport of a blocking client: our own connections, or httpx's where a proxy is in between."""
    # Brings httpcore, which httpx too leaves until a transport is made: 40 ms that no import should wait for.
    from cachet_sdk.core.http.deadline import limit_reads  # noqa: PLC0415

    proxy = _proxy(settings, connection)
    verify = httpx.create_ssl_context(verify=connection.verify)
    transport = httpx.HTTPTransport(verify=verify, limits=connection.limits, proxy=proxy)
    limit_reads(transport)
    return transport


def async_http_transport(
    settings: Settings, connection: ConnectionSettings[httpx.AsyncBaseTransport]
) -> httpx.AsyncBaseTransport:
    """Make the transport of an asyncio client: our own connections, or httpx's where a proxy is in between."""

    proxy = _proxy(settings, connection)
    verify = httpx.create_ssl_context(verify=connection.verify)
    return httpx.AsyncHTTPTransport(verify=verify, limits=connection.limits, proxy=proxy)


def _ssl_context(settings: Settings, connection: ConnectionSettings[Any]) -> ssl.SSLContext | None:
    """Make what TLS is spoken with; None where it is not spoken, since loading the certificates takes 20 ms."""
    if settings.endpoint.startswith("http://"):
        return None
    context = httpx.create_ssl_context(verify=connection.verify)
    context.set_alpn_protocols(["http/1.1"])  # as httpx does; a context that offers HTTP/2 would be answered in it
    return context


def _proxy(settings: Settings, connection: ConnectionSettings[Any]) -> httpx.Proxy | None:
    proxy = connection.proxy if connection.proxy is not None else environment_proxy(settings.endpoint, getproxies())
    if proxy is None or isinstance(proxy, httpx.Proxy):
        return proxy
    try:
        made = httpx.Proxy(proxy)
    except (ValueError, TypeError, httpx.InvalidURL):
        made = None
    if made is None or not made.url.host:
        # The URL of a proxy often holds a password: it is not repeated.
        raise ArgumentError("proxy", "expected a URL such as 'http://localhost:8030' or 'socks5://…'")
    if made.url.scheme.startswith("socks") and find_spec("socksio") is None:
        raise ArgumentError("proxy", "names a SOCKS proxy, for which the package httpx[socks] has to be installed")
    return made


def environment_proxy(endpoint: str, proxies: Mapping[str, str]) -> str | None:
    """Tell which proxy the environment wants for the endpoint, by the rules of httpx.

    Args:
        endpoint: The endpoint.
        proxies: By scheme, with ``all`` for the rest and ``no`` for exceptions, as ``urllib.request.getproxies`` gives.
    """
    url = httpx.URL(endpoint)
    for entry in (name.strip() for name in proxies.get("no", "").split(",")):
        if entry == "*" or (entry and _is_exempt(entry, url)):
            return None
    proxy = proxies.get(url.scheme) or proxies.get("all")
    if not proxy:
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _is_exempt(entry: str, url: httpx.URL) -> bool:
    if _is_address(entry):
        return url.host == entry.strip("[]")
    scheme, _, name = entry.rpartition("://")
    if not scheme and name.lower() != "localhost":
        name = f"*{name}"  # a bare name stands for its subdomains too
    try:
        named = httpx.URL(f"{scheme or 'all'}://{name}")
    except httpx.InvalidURL:
        return False
    if named.scheme not in {"all", url.scheme} or named.port not in {None, url.port}:
        return False
    if named.host.startswith("*."):
        return url.host.endswith(named.host[1:])
    if named.host.startswith("*"):
        return f".{url.host}".endswith(f".{named.host[1:]}")
    return named.host in {"", url.host}


def _is_address(entry: str) -> bool:
    try:
        ipaddress.ip_address(entry.strip("[]"))
    except ValueError:
        return False
    return True
