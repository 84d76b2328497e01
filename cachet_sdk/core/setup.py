"""From the doors' arguments to settings, all checked before anything is sent."""

from __future__ import annotations

import ssl
import warnings
from datetime import tzinfo
from typing import Any, TypeVar

import httpx

from cachet_sdk import options as _options
from cachet_sdk._version import __version__
from cachet_sdk.core.http.connection import ConnectionSettings, EventHooks, Proxy
from cachet_sdk.errors import ArgumentError, short_repr
from cachet_sdk.options import Secret, Settings

TransportT = TypeVar("TransportT", httpx.BaseTransport, httpx.AsyncBaseTransport)

#: The ``User-Agent`` header, unless a caller has another.
USER_AGENT = f"cachet_sdk/{__version__}"


def resolve_settings(
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
    """Check what a client is set up with.

    Raises:
        ConfigurationError: naming what cannot be right.
    """
    address = _options.resolve_endpoint(endpoint)
    if timeout is not None and not isinstance(timeout, httpx.Timeout):
        _options.check_seconds("timeout", timeout)
    if total_timeout is not None:
        _options.check_seconds("total_timeout", total_timeout)
    _options.check_number("max_response_bytes", max_response_bytes, at_least=1, whole=True)
    return Settings(
        endpoint=address,
        token=_options.resolve_token(secret),
        version=_options.resolve_version(address, version),
        timezone=_options.resolve_timezone(timezone),
        timeout=timeout,
        total_timeout=total_timeout,
        retry=_options.RetryPolicy(max_retries=max_retries),
        max_response_bytes=max_response_bytes,
        user_agent=_options.check_user_agent(user_agent or USER_AGENT),
    )


def build_connection_settings(
    settings: Settings,
    verify_tls: bool | ssl.SSLContext,
    proxy: Proxy | None,
    limits: httpx.Limits,
    transport: TransportT | None,
    kind: type[TransportT],
    event_hooks: EventHooks | None,
) -> ConnectionSettings[TransportT, Any]:
    """Check what a connection is made with, and warn of what would let others read the token.

    Raises:
        ArgumentError: naming the argument.
    """
    if not isinstance(verify_tls, bool | ssl.SSLContext):
        raise ArgumentError("verify_tls", f"expected True, False or an ssl.SSLContext, got {short_repr(verify_tls)}")
    if not isinstance(limits, httpx.Limits):
        raise ArgumentError("limits", f"expected an httpx.Limits, got {short_repr(limits)}")
    if limits.max_connections is not None and limits.max_connections < 1:
        raise ArgumentError("limits", f"expected at least 1 for max_connections, got {limits.max_connections}")
    if transport is not None and not isinstance(transport, kind):
        raise ArgumentError("transport", f"expected an httpx.{kind.__name__}, got {short_repr(transport)}")
    _check_hooks(event_hooks or {})
    if transport is None:
        _warn_of_dangers(settings, verify_tls)
    return ConnectionSettings(
        verify=verify_tls, proxy=proxy, limits=limits, transport=transport, event_hooks=event_hooks or {}
    )


def _check_hooks(event_hooks: EventHooks) -> None:
    for name, hooks in event_hooks.items():
        if name not in {"request", "response"} or not all(callable(hook) for hook in hooks):
            raise ArgumentError("event_hooks", "expected lists of functions under 'request' and 'response'")


def _warn_of_dangers(settings: Settings, verify_tls: bool | ssl.SSLContext) -> None:
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
