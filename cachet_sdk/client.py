"""``Client()`` and ``AsyncClient()``: factories that choose the client class of an API version.

The code of a version is imported when its first client is created, which keeps the import fast.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Literal, TypedDict, Unpack, overload

import httpx

from cachet_sdk import v1, v3
from cachet_sdk.errors import ConfigurationError
from cachet_sdk.options import EventHooks, RetryPolicy, resolve_version


class CommonOptions(TypedDict, total=False):
    """The keyword arguments that sync and async clients share."""

    timeout: float | httpx.Timeout | None
    total_timeout: float | None
    max_retries: int
    retry: RetryPolicy | None
    timezone: str | tzinfo | None
    user_agent: str | None
    headers: Mapping[str, str] | None
    auth: httpx.Auth | tuple[str | bytes, str | bytes] | Callable[[httpx.Request], httpx.Request] | None
    proxy: str | httpx.URL | httpx.Proxy | None
    trust_env: bool
    http2: bool
    limits: httpx.Limits
    event_hooks: EventHooks | None
    max_response_bytes: int


class ClientOptions(CommonOptions, total=False):
    """The keyword arguments of :func:`cachet_sdk.Client`, to annotate your own functions that pass them on."""

    transport: httpx.BaseTransport | None
    http_client: httpx.Client | None


class AsyncClientOptions(CommonOptions, total=False):
    """The keyword arguments of :func:`cachet_sdk.AsyncClient`, to annotate your own functions that pass them on."""

    transport: httpx.AsyncBaseTransport | None
    http_client: httpx.AsyncClient | None


@overload
def Client(
    endpoint: str | None = None,
    api_token: str | None = None,
    *,
    version: Literal["3"],
    verify_tls: bool | str | os.PathLike[str] | ssl.SSLContext = True,
    **options: Unpack[ClientOptions],
) -> v3.Client: ...
@overload
def Client(
    endpoint: str | None,
    api_token: str | None,
    version: Literal["3"],
    verify_tls: bool | str | os.PathLike[str] | ssl.SSLContext = True,
    **options: Unpack[ClientOptions],
) -> v3.Client: ...
@overload
def Client(
    endpoint: str | None = None,
    api_token: str | None = None,
    version: Literal["1"] | None = None,
    verify_tls: bool | str | os.PathLike[str] | ssl.SSLContext = True,
    **options: Unpack[ClientOptions],
) -> v1.Client: ...
@overload
def Client(
    endpoint: str | None = None,
    api_token: str | None = None,
    version: str | None = None,
    verify_tls: bool | str | os.PathLike[str] | ssl.SSLContext = True,
    **options: Unpack[ClientOptions],
) -> v1.Client | v3.Client: ...
def Client(  # noqa: N802
    endpoint: str | None = None,
    api_token: str | None = None,
    version: str | None = None,
    verify_tls: bool | str | os.PathLike[str] | ssl.SSLContext = True,
    **options: Unpack[ClientOptions],
) -> v1.Client | v3.Client:
    """Create a sync client for the API version of an endpoint.

    If you know the version, you can also use the classes :class:`cachet_sdk.v1.Client` and
    :class:`cachet_sdk.v3.Client`. They take the same arguments except ``version``, and their signatures list them all.

    Args:
        endpoint: The API's address, such as ``https://status.example.com/api/v1``. Defaults to the environment
            variable ``CACHET_ENDPOINT``.
        api_token: The API token. Defaults to the environment variable ``CACHET_API_TOKEN``.
        version: The API's version: ``"1"`` for Cachet 2, ``"3"`` for Cachet 3, whose endpoints end in ``/api``.
            Defaults to ``"1"`` if the endpoint's path contains ``/v1``, and is required otherwise. To detect it, use
            :func:`cachet_sdk.detect_version`.
        verify_tls: Whether to verify the server's certificate. Or the path of a file or folder of trusted certificate
            authorities, or an ``ssl.SSLContext``.
        **options: All other arguments of :class:`cachet_sdk.v1.Client`.

    Returns:
        A :class:`cachet_sdk.v1.Client` or a :class:`cachet_sdk.v3.Client`. Close it, or use it in a ``with``
        statement.

    Raises:
        ConfigurationError: If the endpoint, token or version is missing, if a value is invalid, or if an argument has
            no effect together with another one. It is a ``ValueError``.

    Example:
        >>> with Client(endpoint, api_token) as client:
        ...     client.ping()
        True
    """
    try:
        chosen = v3.Client if resolve_version(endpoint, version) == "3" else v1.Client
        return chosen(endpoint, api_token, verify_tls=verify_tls, **options)
    except ConfigurationError as error:
        # Crash reports include the variables of each frame, and with them passwords.
        raise error.with_traceback(None) from error.__cause__
    finally:
        del endpoint, api_token, options


@overload
def AsyncClient(
    endpoint: str | None = None,
    api_token: str | None = None,
    *,
    version: Literal["3"],
    verify_tls: bool | str | os.PathLike[str] | ssl.SSLContext = True,
    **options: Unpack[AsyncClientOptions],
) -> v3.AsyncClient: ...
@overload
def AsyncClient(
    endpoint: str | None,
    api_token: str | None,
    version: Literal["3"],
    verify_tls: bool | str | os.PathLike[str] | ssl.SSLContext = True,
    **options: Unpack[AsyncClientOptions],
) -> v3.AsyncClient: ...
@overload
def AsyncClient(
    endpoint: str | None = None,
    api_token: str | None = None,
    version: Literal["1"] | None = None,
    verify_tls: bool | str | os.PathLike[str] | ssl.SSLContext = True,
    **options: Unpack[AsyncClientOptions],
) -> v1.AsyncClient: ...
@overload
def AsyncClient(
    endpoint: str | None = None,
    api_token: str | None = None,
    version: str | None = None,
    verify_tls: bool | str | os.PathLike[str] | ssl.SSLContext = True,
    **options: Unpack[AsyncClientOptions],
) -> v1.AsyncClient | v3.AsyncClient: ...
def AsyncClient(  # noqa: N802
    endpoint: str | None = None,
    api_token: str | None = None,
    version: str | None = None,
    verify_tls: bool | str | os.PathLike[str] | ssl.SSLContext = True,
    **options: Unpack[AsyncClientOptions],
) -> v1.AsyncClient | v3.AsyncClient:
    """Create an async client for the API version of an endpoint.

    Args:
        endpoint: The API's address, as for :func:`cachet_sdk.Client`.
        api_token: The API token, as for :func:`cachet_sdk.Client`.
        version: The API's version, as for :func:`cachet_sdk.Client`.
        verify_tls: How to verify the server's certificate, as for :func:`cachet_sdk.Client`.
        **options: All other arguments of :class:`cachet_sdk.v1.AsyncClient`.

    Returns:
        A :class:`cachet_sdk.v1.AsyncClient` or a :class:`cachet_sdk.v3.AsyncClient`. Close it with ``aclose``, or use
        it in an ``async with`` statement.

    Raises:
        ConfigurationError: As for :func:`cachet_sdk.Client`.
    """
    try:
        chosen = v3.AsyncClient if resolve_version(endpoint, version) == "3" else v1.AsyncClient
        return chosen(endpoint, api_token, verify_tls=verify_tls, **options)
    except ConfigurationError as error:
        raise error.with_traceback(None) from error.__cause__
    finally:
        del endpoint, api_token, options
