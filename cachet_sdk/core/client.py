# Made by "make sync" from aio/client.py: edit that file instead of this one.
"""The base of all clients: their arguments, and their connection pool."""

from __future__ import annotations

import json as _json
import os
import ssl
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import tzinfo
from types import EllipsisType, TracebackType
from typing import ClassVar, Literal, NoReturn, Self

import httpx
from pydantic import JsonValue

from cachet_sdk.core.connection_arguments import build_connection_settings
from cachet_sdk.core.http.capture import CapturedResponse, capture
from cachet_sdk.core.http.connection import DEFAULT_LIMITS
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.misuse import WithOnly
from cachet_sdk.core.setup import resolve_settings, update_settings
from cachet_sdk.errors import ArgumentError, ConfigurationError, short_repr
from cachet_sdk.options import (
    DEFAULT_MAX_RESPONSE_BYTES,
    DEFAULT_MAX_RETRIES,
    DEFAULT_TIMEOUT,
    DEFAULT_TOTAL_TIMEOUT,
    EventHooks,
    RetryPolicy,
    to_secret,
)

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class BaseClient(WithOnly):
    """Base class of the clients of all API versions, without managers."""

    _VERSION: ClassVar[Literal["1", "3"]]

    def __init__(
        self,
        endpoint: str | None = None,
        api_token: str | None = None,
        *,
        verify_tls: bool | str | os.PathLike[str] | ssl.SSLContext = True,
        timeout: float | httpx.Timeout | None = DEFAULT_TIMEOUT,
        total_timeout: float | None = DEFAULT_TOTAL_TIMEOUT,
        max_retries: int = DEFAULT_MAX_RETRIES,
        retry: RetryPolicy | None = None,
        timezone: str | tzinfo | None = None,
        user_agent: str | None = None,
        headers: Mapping[str, str] | None = None,
        auth: httpx.Auth | tuple[str | bytes, str | bytes] | Callable[[httpx.Request], httpx.Request] | None = None,
        proxy: str | httpx.URL | httpx.Proxy | None = None,
        trust_env: bool = True,
        http2: bool = False,
        limits: httpx.Limits = DEFAULT_LIMITS,
        transport: httpx.BaseTransport | None = None,
        http_client: httpx.Client | None = None,
        event_hooks: EventHooks | None = None,
        max_response_bytes: int = DEFAULT_MAX_RESPONSE_BYTES,
    ) -> None:
        """Create a client. Nothing is sent yet.

        Args:
            endpoint: The API's address, such as ``https://status.example.com/api/v1`` for Cachet 2 or
                ``https://status.example.com/api`` for Cachet 3. Defaults to the environment variable
                ``CACHET_ENDPOINT``.
            api_token: The API token. Defaults to the environment variable ``CACHET_API_TOKEN``.
            verify_tls: Whether to verify the server's certificate. Or the path of a file or folder of trusted
                certificate authorities, or an ``ssl.SSLContext``, which may also contain a client certificate.
            timeout: Seconds that an attempt may wait to connect, to send, and for each next piece of the response. An
                ``httpx.Timeout`` sets each separately. None waits forever.
            total_timeout: Seconds that a call may take, including all attempts and the waits between them. None for
                no limit.
            max_retries: How many times to retry a failed request if that is safe.
            retry: The complete retry policy, including ``max_retries``.
            timezone: A time zone, such as ``"Europe/Oslo"``, to convert times to. Times that you pass must then be
                aware. By default times are naive, in the server's own zone. **For Cachet 3, pass the zone that the
                server is configured for** (its ``APP_TIMEZONE``), because its API does not expose it.
            user_agent: The ``User-Agent`` header. Defaults to ``cachet_sdk/`` and the version.
            headers: Headers to send with every request, for example those that a gateway in front of Cachet requires.
            auth: Authentication for a gateway in front of Cachet, as in httpx: a user name and a password, an
                ``httpx.Auth``, or a function that changes the request. Not for Cachet 3, whose token requires the
                ``Authorization`` header.
            proxy: URL of a proxy. Defaults to the proxy set in the environment (``HTTPS_PROXY``, ``NO_PROXY`` etc.).
            trust_env: Whether to use proxies and trusted certificates from environment variables.
            http2: Whether to offer HTTP/2. Requires ``httpx[http2]``.
            limits: How many connections to open and keep alive.
            transport: An httpx transport to use instead of the network, for example a mock in tests. It is closed
                with the client.
            http_client: An httpx client to use, with its own transports, proxies, TLS settings, authentication, hooks
                and cookies. It is not closed with this client.
            event_hooks: Functions to call with each request and response, as in httpx: lists of functions under
                ``"request"`` and ``"response"``.
            max_response_bytes: The largest response to read, in bytes after decompression.

        Raises:
            ConfigurationError: If the endpoint or token is missing, if a value is invalid, or if an argument has no
                effect together with another one. It is a ``ValueError``.
        """
        try:
            settings = resolve_settings(
                endpoint=endpoint,
                api_token=to_secret(api_token),
                version=self._VERSION,
                timeout=timeout,
                total_timeout=total_timeout,
                max_retries=max_retries,
                retry=retry,
                timezone=timezone,
                user_agent=user_agent,
                max_response_bytes=max_response_bytes,
            )
            connection = build_connection_settings(
                settings,
                httpx.BaseTransport,
                httpx.Client,
                verify_tls=verify_tls,
                headers=headers,
                auth=auth,
                proxy=proxy,
                trust_env=trust_env,
                http2=http2,
                limits=limits,
                transport=transport,
                http_client=http_client,
                event_hooks=event_hooks,
            )
            self._connect(Transport(settings, connection))
        except ConfigurationError as error:
            # Crash reports include the variables of each frame, and with them passwords.
            raise error.with_traceback(None) from error.__cause__
        finally:
            del endpoint, api_token, headers, auth, proxy

    def _connect(self, transport: Transport) -> None:
        """Create the managers."""
        self._transport = transport

    @property
    def endpoint(self) -> str:
        """The address of the API, without a trailing slash."""
        return self._transport.settings.endpoint

    def with_options(
        self,
        *,
        timeout: float | httpx.Timeout | EllipsisType | None = ...,
        total_timeout: float | EllipsisType | None = ...,
        max_retries: int | EllipsisType = ...,
        headers: Mapping[str, str] | EllipsisType = ...,
    ) -> Self:
        """Return a client with other options that shares the connections of this one.

        This client keeps its options. Closing it also closes the shared connections. The returned client does not need
        to be closed.

        Args:
            timeout: Seconds that an attempt may wait, as for a new client.
            total_timeout: Seconds that a call may take, as for a new client.
            max_retries: How many times to retry a failed request if that is safe.
            headers: Headers to send in addition to those of this client. They replace headers of the same name.

        Raises:
            ConfigurationError: If a value is invalid.

        Example:
            >>> impatient = client.with_options(timeout=2, max_retries=0)
            >>> impatient.ping()
            True
        """
        transport = self._transport
        settings, connection = update_settings(
            transport.settings,
            transport.connection,
            timeout=timeout,
            total_timeout=total_timeout,
            max_retries=max_retries,
            headers=headers,
        )
        derived = type(self).__new__(type(self))
        derived.__dict__.update(self.__dict__)
        derived._connect(Transport(settings, connection, transport.sender))  # noqa: SLF001  (its own class)
        return derived

    def capture_responses(self) -> AbstractContextManager[list[CapturedResponse]]:
        """Collect the metadata of the server's responses: statuses, headers, attempts, times.

        Within the ``with`` block, all calls of this client and of clients derived from it by :meth:`with_options` are
        recorded: those of the same thread or task, and of tasks and bulk operations started there. Calls elsewhere in
        the program are not recorded, so a client can be shared.

        Returns:
            A context manager that yields a list. Each call adds one item, even if the server refuses it. After the
            block the list no longer changes.

        Example:
            >>> with client.capture_responses() as responses:
            ...     component = client.components.get(1)
            >>> (
            ...     responses[0].status_code,
            ...     responses[0].headers["Content-Type"],
            ...     responses[0].attempts,
            ... )
            (200, 'application/json', 1)
        """
        return capture(self._transport.sender)

    def request(
        self, method: str, path: str, *, params: Mapping[str, str | int | bool] | None = None, json: JsonValue = None
    ) -> JsonValue:
        """Send a raw request, for endpoints without a manager. Retries and errors are those of all other calls.

        Args:
            method: ``GET``, ``POST``, ``PUT``, ``PATCH`` or ``DELETE``.
            path: The path below the endpoint, such as ``/components``.
            params: The query parameters.
            json: The request body. Defaults to none.

        Returns:
            The JSON of the response, or None for a response without a body.

        Raises:
            ArgumentError: For a bad argument, before anything is sent.

        Example:
            >>> client.request("GET", "/ping")
            {'data': 'Pong!'}
        """
        if method not in _METHODS:
            raise ArgumentError("method", f"expected one of {', '.join(_METHODS)}, got {short_repr(method)}")
        if not path.startswith("/") or not path.isascii() or not path.isprintable() or set(" ?#") & set(path):
            raise ArgumentError("path", f"expected a path such as '/components', got {short_repr(path)}")
        try:
            body = None if json is None else _json.dumps(json, allow_nan=False).encode()
        except (TypeError, ValueError) as error:
            raise ArgumentError("json", f"cannot be encoded as JSON: {error}") from None
        response = self._transport.request(method, path, query=tuple((params or {}).items()), body=body)
        return response.document

    def close(self) -> None:
        """Close the connections. The client cannot be used afterwards."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        name = f"{type(self).__module__}.{type(self).__qualname__}"
        raise TypeError(
            f"cannot pickle or copy a {name}: it contains connections and the API token. Share one client between "
            "threads, create one in each process, and use with_options() for other options"
        )

    def __repr__(self) -> str:
        name = f"{type(self).__module__}.{type(self).__qualname__}"
        transport: Transport | None = self.__dict__.get("_transport")
        return f"<{name}, not set up>" if transport is None else f"<{name} {transport.settings.endpoint}>"
