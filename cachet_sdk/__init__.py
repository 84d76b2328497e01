"""The typed Python SDK for Cachet, the open source status page.

>>> from cachet_sdk import Client
>>> with Client(endpoint, api_token) as client:
...     component = client.components.create(name="API", status=1)
"""

from logging import NullHandler as _NullHandler
from logging import getLogger as _getLogger
from typing import TYPE_CHECKING

from cachet_sdk._version import __version__
from cachet_sdk.core.lazy import load as _load

if TYPE_CHECKING:
    from cachet_sdk.aio.detection import async_detect_version
    from cachet_sdk.client import AsyncClient, AsyncClientOptions, Client, ClientOptions
    from cachet_sdk.core.http.capture import CapturedResponse
    from cachet_sdk.core.http.rate_limit import RateLimit
    from cachet_sdk.core.outcomes import Batch, Outcome
    from cachet_sdk.detection import detect_version
    from cachet_sdk.errors import (
        ArgumentError,
        AuthenticationError,
        BadRequestError,
        BatchError,
        CachetError,
        CachetWarning,
        ClientStateError,
        ConfigurationError,
        EndpointNotFoundError,
        HTTPError,
        InsecureWarning,
        NotFoundError,
        PaginationError,
        PermissionDeniedError,
        RateLimitError,
        RedirectError,
        ResponseTooLargeError,
        ServerError,
        TimeoutError,  # noqa: A004  (the builtin's subclass)
        TransportError,
        UnexpectedResponseError,
        UnsupportedError,
        WebhookPayloadError,
        WebhookVerificationError,
    )
    from cachet_sdk.options import RetryPolicy

__all__ = [
    "ArgumentError",
    "AsyncClient",
    "AsyncClientOptions",
    "AuthenticationError",
    "BadRequestError",
    "Batch",
    "BatchError",
    "CachetError",
    "CachetWarning",
    "CapturedResponse",
    "Client",
    "ClientOptions",
    "ClientStateError",
    "ConfigurationError",
    "EndpointNotFoundError",
    "HTTPError",
    "InsecureWarning",
    "NotFoundError",
    "Outcome",
    "PaginationError",
    "PermissionDeniedError",
    "RateLimit",
    "RateLimitError",
    "RedirectError",
    "ResponseTooLargeError",
    "RetryPolicy",
    "ServerError",
    "TimeoutError",
    "TransportError",
    "UnexpectedResponseError",
    "UnsupportedError",
    "WebhookPayloadError",
    "WebhookVerificationError",
    "__version__",
    "async_detect_version",
    "detect_version",
]

# Loaded on first access, because every run of pytest imports this package for its plugin.
_MODULES = {
    "ArgumentError": "errors",
    "AsyncClient": "client",
    "AsyncClientOptions": "client",
    "AuthenticationError": "errors",
    "BadRequestError": "errors",
    "Batch": "core.outcomes",
    "BatchError": "errors",
    "CachetError": "errors",
    "CachetWarning": "errors",
    "CapturedResponse": "core.http.capture",
    "Client": "client",
    "ClientOptions": "client",
    "ClientStateError": "errors",
    "ConfigurationError": "errors",
    "EndpointNotFoundError": "errors",
    "HTTPError": "errors",
    "InsecureWarning": "errors",
    "NotFoundError": "errors",
    "Outcome": "core.outcomes",
    "PaginationError": "errors",
    "PermissionDeniedError": "errors",
    "RateLimit": "core.http.rate_limit",
    "RateLimitError": "errors",
    "RedirectError": "errors",
    "ResponseTooLargeError": "errors",
    "RetryPolicy": "options",
    "ServerError": "errors",
    "TimeoutError": "errors",
    "TransportError": "errors",
    "UnexpectedResponseError": "errors",
    "UnsupportedError": "errors",
    "WebhookPayloadError": "errors",
    "WebhookVerificationError": "errors",
    "async_detect_version": "aio.detection",
    "detect_version": "detection",
}


if not TYPE_CHECKING:
    # Hidden from type checkers, which would accept every misspelled name.
    def __getattr__(name: str) -> object:
        return _load(__name__, _MODULES, name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})


# Without this handler, programs that do not configure logging would print retries to standard error.
_getLogger(__name__).addHandler(_NullHandler())
