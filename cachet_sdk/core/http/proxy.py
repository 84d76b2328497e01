"""Which proxy a client uses: the caller's, or the one set in the environment. Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TypeAlias

import httpx

from cachet_sdk.errors import ArgumentError

#: The type of ``proxy``.
Proxy: TypeAlias = "str | httpx.URL | httpx.Proxy"


def parse_proxy(proxy: Proxy) -> httpx.Proxy:
    """Return a proxy as an ``httpx.Proxy``.

    Raises:
        ArgumentError: If it is not the URL of a proxy. The message omits the URL, which often contains a password.
    """
    if isinstance(proxy, httpx.Proxy):
        return proxy
    try:
        parsed = httpx.Proxy(proxy)
    except (ValueError, TypeError, httpx.InvalidURL):
        parsed = None
    if parsed is None or not parsed.url.host:
        raise ArgumentError("proxy", "expected a URL such as 'http://localhost:8030' or 'socks5://…'")
    if parsed.url.scheme.startswith("socks") and find_spec("socksio") is None:
        raise ArgumentError("proxy", "is a SOCKS proxy, which requires the package httpx[socks]")
    return parsed


def environment_proxy(endpoint: str, proxies: Mapping[str, str]) -> str | None:
    """Return the proxy set in the environment for an endpoint, by the rules of httpx, requests and curl.

    Args:
        endpoint: The endpoint.
        proxies: Proxies by scheme, plus ``all`` and the exceptions ``no``, as from ``urllib.request.getproxies``.
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
    if (network := _network(entry)) is not None:
        address = _network(url.host)
        return address is not None and address.version == network.version and address[0] in network
    scheme, _, name = entry.rpartition("://")
    if not scheme and name.lower() != "localhost":
        name = f"*{name}"  # a bare name includes its subdomains
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


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    """Return an address or a range such as ``10.0.0.0/8``, or None for a name."""
    try:
        return ipaddress.ip_network(text.strip("[]"), strict=False)
    except ValueError:
        return None
