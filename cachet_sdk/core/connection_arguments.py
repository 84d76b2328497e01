"""Builds connection settings from the arguments of a client, and refuses arguments that would have no effect."""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import httpx

from cachet_sdk.core.http.connection import DEFAULT_LIMITS, Auth, ConnectionSettings, chosen_proxy
from cachet_sdk.core.request_headers import check_auth, check_headers
from cachet_sdk.core.setup import warn_if_insecure
from cachet_sdk.errors import ArgumentError, short_repr
from cachet_sdk.options import EventHooks, Settings

TransportT = TypeVar("TransportT", httpx.BaseTransport, httpx.AsyncBaseTransport)
ClientT = TypeVar("ClientT", httpx.Client, httpx.AsyncClient)


def build_connection_settings(
    settings: Settings,
    transport_kind: type[TransportT],
    client_kind: type[ClientT],
    *,
    sends_token: bool = True,
    verify_tls: bool | str | os.PathLike[str] | ssl.SSLContext = True,
    headers: Mapping[str, str] | None = None,
    auth: Auth | None = None,
    proxy: str | httpx.URL | httpx.Proxy | None = None,
    trust_env: bool = True,
    http2: bool = False,
    limits: httpx.Limits = DEFAULT_LIMITS,
    transport: TransportT | None = None,
    http_client: ClientT | None = None,
    event_hooks: EventHooks | None = None,
) -> ConnectionSettings[TransportT, ClientT]:
    """Check the arguments, and warn about those that would let others read the token.

    Raises:
        ArgumentError: Names the argument.
    """
    version = settings.version if sends_token else None
    if transport is not None and not isinstance(transport, transport_kind):
        raise ArgumentError("transport", f"expected an httpx.{transport_kind.__name__}, got {short_repr(transport)}")
    if http_client is not None:
        _check_client(http_client, client_kind, version)
    _check_switch("trust_env", trust_env)
    _check_switch("http2", http2)
    _check_limits(limits)
    verify = _resolve_verify(verify_tls)
    check_auth(auth, version)
    hooks = _resolve_hooks(event_hooks)
    if transport is not None or http_client is not None:
        replacement = "transport" if http_client is None else "http_client"
        ignored = {
            "verify_tls": verify_tls is not True,
            "proxy": proxy is not None,
            "trust_env": not trust_env,
            "http2": http2,
            "limits": limits != DEFAULT_LIMITS,
            "transport": transport is not None and http_client is not None,
        }
        for argument, is_passed in ignored.items():
            if is_passed:
                raise ArgumentError(
                    argument,
                    f"has no effect with {replacement}, which opens its own connections; configure it there instead",
                )
    elif http2 and find_spec("h2") is None:
        raise ArgumentError("http2", "requires the package h2; install httpx[http2]")
    connection = ConnectionSettings(
        verify=verify,
        headers=check_headers(headers, version, has_auth=auth is not None),
        auth=auth,
        proxy=proxy,
        trust_env=trust_env,
        http2=http2,
        limits=limits,
        transport=transport,
        http_client=http_client,
        event_hooks=hooks,
    )
    if transport is None and http_client is None:
        warn_if_insecure(settings, verifies=verify_tls is not False, proxy=chosen_proxy(settings, connection))
    return connection


def _check_client(http_client: httpx.Client | httpx.AsyncClient, kind: type, version: str | None) -> None:
    if not isinstance(http_client, kind):
        raise ArgumentError("http_client", f"expected an httpx.{kind.__name__}, got {short_repr(http_client)}")
    if http_client.is_closed:
        raise ArgumentError("http_client", "is closed; pass an open one, and close it after this client")
    if http_client.auth is not None:
        check_auth(http_client.auth, version, "http_client")


def _check_switch(argument: str, value: bool) -> None:
    if not isinstance(value, bool):
        raise ArgumentError(argument, f"expected True or False, got {short_repr(value)}")


def _check_limits(limits: httpx.Limits) -> None:
    if not isinstance(limits, httpx.Limits):
        raise ArgumentError("limits", f"expected an httpx.Limits, got {short_repr(limits)}")
    if limits.max_connections is not None and limits.max_connections < 1:
        raise ArgumentError("limits", f"expected at least 1 for max_connections, got {limits.max_connections}")


def _resolve_hooks(event_hooks: EventHooks | None) -> EventHooks:
    hooks: EventHooks = {} if event_hooks is None else event_hooks
    if not isinstance(hooks, Mapping) or not all(
        name in {"request", "response"} and isinstance(functions, list | tuple) and all(map(callable, functions))
        for name, functions in hooks.items()
    ):
        raise ArgumentError("event_hooks", "expected lists of functions under 'request' and 'response'")
    return hooks


def _resolve_verify(verify_tls: bool | str | os.PathLike[str] | ssl.SSLContext) -> bool | ssl.SSLContext:
    if isinstance(verify_tls, bool | ssl.SSLContext):
        return verify_tls
    if not isinstance(verify_tls, str | os.PathLike) or not os.fspath(verify_tls):
        raise ArgumentError(
            "verify_tls",
            "expected True, False, the path of a file or folder of trusted certificates, or an ssl.SSLContext, "
            f"got {short_repr(verify_tls)}",
        )
    path = Path(verify_tls)
    try:
        return ssl.create_default_context(capath=path) if path.is_dir() else ssl.create_default_context(cafile=path)
    except (OSError, ValueError) as error:
        is_read = isinstance(error, ssl.SSLError)
        problem = "contains no certificate in PEM format" if is_read else "is not a readable file or folder"
        raise ArgumentError("verify_tls", f"{short_repr(str(path))} {problem}") from error
