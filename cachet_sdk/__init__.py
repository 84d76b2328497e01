"""The typed Python SDK for Cachet, the open source status page.

>>> with Client(endpoint, api_token) as client:
...     component = client.components.create(name="API", status=1)
"""

from cachet_sdk._version import __version__
from cachet_sdk.aio.detection import async_detect_version
from cachet_sdk.client import AsyncClient, Client
from cachet_sdk.core.http.rate_limit import RateLimit
from cachet_sdk.detection import detect_version
from cachet_sdk.errors import (
    ArgumentError,
    AuthenticationError,
    BadRequestError,
    BatchError,
    CachetError,
    ClientStateError,
    ConfigurationError,
    EndpointNotFoundError,
    HTTPError,
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
    "AuthenticationError",
    "BadRequestError",
    "BatchError",
    "CachetError",
    "Client",
    "ClientStateError",
    "ConfigurationError",
    "EndpointNotFoundError",
    "HTTPError",
    "NotFoundError",
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
