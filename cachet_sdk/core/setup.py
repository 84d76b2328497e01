"""Builds settings from the arguments of a client. Everything is checked before anything is sent."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Mapping
from dataclasses import replace
from datetime import tzinfo
from types import EllipsisType
from typing import TypeVar

import httpx

from cachet_sdk import options as _options
from cachet_sdk._version import __version__
from cachet_sdk.core.http.connection import ConnectionSettings
from cachet_sdk.core.request_headers import check_headers, merge_headers
from cachet_sdk.errors import ArgumentError, InsecureWarning, short_repr
from cachet_sdk.options import DEFAULT_MAX_RETRIES, RetryPolicy, Secret, Settings, is_loopback

SettingsT = TypeVar("SettingsT", bound=Settings)
TransportT = TypeVar("TransportT")
ClientT = TypeVar("ClientT")

_PACKAGE = __name__.partition(".")[0]

#: The default ``User-Agent`` header.
USER_AGENT = f"cachet_sdk/{__version__}"


def resolve_settings(
    *,
    endpoint: str | None,
    api_token: Secret | None,
    version: str,
    timeout: float | httpx.Timeout | None,
    total_timeout: float | None,
    max_retries: int,
    retry: RetryPolicy | None,
    timezone: str | tzinfo | None,
    user_agent: str | None,
    max_response_bytes: int,
) -> Settings:
    """Check a client's settings.

    Raises:
        ConfigurationError: Names the invalid argument.
    """
    address = _options.resolve_endpoint(endpoint)
    check_timeouts(timeout, total_timeout)
    _options.check_number("max_response_bytes", max_response_bytes, at_least=1, whole=True)
    return Settings(
        endpoint=address,
        token=_options.resolve_token(api_token),
        version=_options.resolve_version(address, version),
        timezone=_options.resolve_timezone(timezone),
        timeout=timeout,
        total_timeout=total_timeout,
        retry=_resolve_retry(max_retries, retry),
        max_response_bytes=max_response_bytes,
        user_agent=_options.check_user_agent(user_agent or USER_AGENT),
    )


def update_settings(
    settings: Settings,
    connection: ConnectionSettings[TransportT, ClientT],
    *,
    timeout: float | httpx.Timeout | EllipsisType | None,
    total_timeout: float | EllipsisType | None,
    max_retries: int | EllipsisType,
    headers: Mapping[str, str] | EllipsisType,
) -> tuple[Settings, ConnectionSettings[TransportT, ClientT]]:
    """Return a client's settings with some options replaced. ``...`` keeps an option.

    Raises:
        ArgumentError: Names the argument.
    """
    timeout = settings.timeout if isinstance(timeout, EllipsisType) else timeout
    total_timeout = settings.total_timeout if isinstance(total_timeout, EllipsisType) else total_timeout
    check_timeouts(timeout, total_timeout)
    retry = settings.retry
    if not isinstance(max_retries, EllipsisType):
        retry = replace(retry, max_retries=max_retries)
    if not isinstance(headers, EllipsisType):
        more = check_headers(headers, settings.version, has_auth=connection.auth is not None)
        connection = replace(connection, headers=merge_headers(connection.headers, more))
    return replace(settings, timeout=timeout, total_timeout=total_timeout, retry=retry), connection


def check_timeouts(timeout: float | httpx.Timeout | None, total_timeout: float | None) -> None:
    """Refuse invalid timeouts.

    Raises:
        ArgumentError: Names the argument.
    """
    if isinstance(timeout, httpx.Timeout):
        for seconds in timeout.as_dict().values():
            if seconds is not None:
                _options.check_seconds("timeout", seconds)
    elif timeout is not None:
        _options.check_seconds("timeout", timeout)
    if total_timeout is not None:
        _options.check_seconds("total_timeout", total_timeout)


def _resolve_retry(max_retries: int, retry: RetryPolicy | None) -> RetryPolicy:
    policy = RetryPolicy(max_retries=max_retries)
    if retry is None:
        return policy
    if not isinstance(retry, RetryPolicy):
        raise ArgumentError("retry", f"expected a cachet_sdk.RetryPolicy, got {short_repr(retry)}")
    if max_retries not in {DEFAULT_MAX_RETRIES, retry.max_retries}:
        raise ArgumentError("max_retries", "has no effect with retry; pass retry=RetryPolicy(max_retries=…) alone")
    return retry


def warn_if_insecure(settings: Settings, *, verifies: bool, proxy: httpx.Proxy | None) -> None:
    """Warn about settings that let others read the token. The warning points to the caller's line.

    Args:
        settings: The client's settings.
        verifies: Whether certificates are verified.
        proxy: The proxy between the client and its server.
    """
    dangers: list[str] = []
    if not verifies:
        dangers.append(
            "verify_tls=False: anyone between here and the server can read the API token; "
            "pass the path of the CA certificate that issued the server's certificate instead"
        )
    if settings.exposes_token:
        dangers.append(
            "the endpoint is plain HTTP: anyone between here and the server can read the API token; use https"
        )
    elif settings.uses_plain_http and proxy is not None and not is_loopback(proxy.url.host):
        dangers.append(
            f"the endpoint is plain HTTP on this machine, but requests go through the proxy {proxy.url.host}, which "
            "can read the API token, as can anyone in between; list this host in NO_PROXY, or pass trust_env=False "
            "or another proxy="
        )
    for danger in dangers:
        warnings.warn(danger, InsecureWarning, stacklevel=_caller_stacklevel())


def _caller_stacklevel() -> int:
    """Return the stack level of the caller: constructors, factories and helpers have different numbers of frames."""
    level, frame = 0, inspect.currentframe()
    while frame is not None and str(frame.f_globals.get("__name__")).partition(".")[0] == _PACKAGE:
        level, frame = level + 1, frame.f_back
    return level
