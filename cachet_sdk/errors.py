"""The exceptions that this package raises, in one tree.

::

    CachetError
    ├── ConfigurationError (ValueError)      refused before anything was sent
    │   ├── ArgumentError                    an invalid argument, which it names
    │   ├── UnsupportedError                 the server does not support the operation
    │   └── ClientStateError                 an unbound resource, a closed client
    ├── HTTPError                            the server refused the request
    │   ├── BadRequestError                  400, 422
    │   ├── AuthenticationError              401
    │   ├── PermissionDeniedError            403
    │   ├── NotFoundError                    404: no such resource
    │   ├── EndpointNotFoundError            404: no such route, so the endpoint is wrong
    │   ├── RateLimitError                   429, with retry_after
    │   ├── RedirectError                    3xx: use another endpoint
    │   └── ServerError                      5xx
    ├── UnexpectedResponseError              a response that is not from Cachet
    │   ├── ResponseTooLargeError            longer than max_response_bytes
    │   └── PaginationError                  pages that contradict each other
    ├── BatchError                           some items of a bulk operation failed
    ├── WebhookVerificationError             a delivery that was not signed with the secret
    ├── WebhookPayloadError (ValueError)     a signed delivery that is not an event
    └── TransportError                       no response
        └── TimeoutError (builtin too)       no response in time

The attribute ``maybe_applied`` of every error states whether the server may have carried out the request. No message,
attribute or pickle of an error contains the API token.

Warnings::

    CachetWarning (UserWarning)
    └── InsecureWarning                      plain HTTP, or unverified certificates
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import httpx

__all__ = [
    "ArgumentError",
    "AuthenticationError",
    "BadRequestError",
    "BatchError",
    "CachetError",
    "CachetWarning",
    "ClientStateError",
    "ConfigurationError",
    "EndpointNotFoundError",
    "HTTPError",
    "InsecureWarning",
    "NotFoundError",
    "PaginationError",
    "PermissionDeniedError",
    "RateLimitError",
    "RedirectError",
    "ResponseTooLargeError",
    "ServerError",
    "TimeoutError",
    "TransportError",
    "UnexpectedResponseError",
    "UnsupportedError",
    "WebhookPayloadError",
    "WebhookVerificationError",
]


class CachetError(Exception):
    """The base class of this package's exceptions.

    Attributes:
        message: What happened, in one or two sentences.
        maybe_applied: Whether the server may have carried out the request although this error was raised. Always False
            for reads, and for calls refused before anything was sent.
    """

    maybe_applied: bool = False

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __reduce__(self) -> tuple[Any, ...]:
        # By default, unpickling would call __init__ with the message alone, which subclasses do not accept.
        return _restore, (type(self), self.args, self.__dict__.copy())


def _restore(cls: type[CachetError], args: tuple[Any, ...], state: dict[str, Any]) -> CachetError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class ConfigurationError(CachetError, ValueError):
    """The call was refused before anything was sent."""


class ArgumentError(ConfigurationError):
    """An invalid argument.

    Attributes:
        argument: The name of the argument.
    """

    def __init__(self, argument: str, problem: str) -> None:
        super().__init__(f"{argument}: {problem}")
        self.argument = argument


class UnsupportedError(ConfigurationError):
    """The server does not support the operation: it would silently do nothing, or something else."""


class ClientStateError(ConfigurationError):
    """A closed client, or a resource that is not bound to a client, was used."""


class _ResponseError(CachetError):
    """The base class of errors about a response."""

    def __init__(
        self,
        message: str,
        *,
        method: str,
        url: str,
        status_code: int,
        response: httpx.Response | None = None,
        maybe_applied: bool = False,
    ) -> None:
        super().__init__(message)
        self.method = method
        self.url = url
        self.status_code = status_code
        self.response = response
        self.maybe_applied = maybe_applied


class HTTPError(_ResponseError):
    """The server refused the request.

    Attributes:
        status_code: The HTTP status.
        messages: The server's own messages. Empty if there are none.
        method: The HTTP method of the request.
        url: The URL of the request.
        response: The response, with its body read. Its request does not contain the token.
    """

    def __init__(
        self,
        message: str,
        *,
        method: str,
        url: str,
        status_code: int,
        messages: list[str] | None = None,
        response: httpx.Response | None = None,
        maybe_applied: bool = False,
    ) -> None:
        super().__init__(
            message,
            method=method,
            url=url,
            status_code=status_code,
            response=response,
            maybe_applied=maybe_applied,
        )
        self.messages: list[str] = messages or []


class BadRequestError(HTTPError):
    """The server rejected the content of the request (400, or 422 on Cachet 3)."""


class AuthenticationError(HTTPError):
    """The token is missing or not accepted (401). Cachet 2 accepts any token on public reads."""


class PermissionDeniedError(HTTPError):
    """The token is valid, but lacks the permission (403)."""


class NotFoundError(HTTPError):
    """There is no such resource (404)."""


class EndpointNotFoundError(HTTPError):
    """There is no such route (404): the endpoint is wrong, or this version of Cachet does not have the route.

    It is not a ``NotFoundError``, so that code that creates missing resources does not do so at a wrong address.
    """


class RateLimitError(HTTPError):
    """Too many requests (429).

    Attributes:
        retry_after: Seconds to wait, as stated by the server. None if not stated.
        limit: Requests allowed per window. None if not stated.
        remaining: Requests left in the window. None if not stated.
        reset_at: End of the window, in seconds since the epoch. None if not stated.
    """

    retry_after: float | None = None
    limit: int | None = None
    remaining: int | None = None
    reset_at: float | None = None


class RedirectError(HTTPError):
    """The server responded with a redirect, which is not followed because a write would arrive as a read.

    Attributes:
        location: The target of the redirect, without its query. Use it as the endpoint.
    """

    location: str | None = None


class ServerError(HTTPError):
    """The server failed (5xx)."""


class UnexpectedResponseError(_ResponseError):
    """The response is not from Cachet: a login page, a proxy's HTML, truncated JSON.

    Attributes:
        status_code: The HTTP status. 0 if the data did not come from a response.
        method: The HTTP method of the request.
        url: The URL of the request.
        excerpt: The first characters of the response body.
    """

    excerpt: str = ""


class ResponseTooLargeError(UnexpectedResponseError):
    """The response is longer than ``max_response_bytes``. Reading stopped there."""


class PaginationError(UnexpectedResponseError):
    """The pages of a list contradict each other: they repeat, never end, or have wrong totals."""


class TransportError(CachetError):
    """No response arrived: no connection, a broken connection, or a timeout.

    Attributes:
        method: The HTTP method of the request.
        url: The URL of the request.
        attempts: The number of attempts made.
    """

    def __init__(self, message: str, *, method: str, url: str, maybe_applied: bool, attempts: int = 1) -> None:
        super().__init__(message)
        self.method = method
        self.url = url
        self.maybe_applied = maybe_applied
        self.attempts = attempts


class AnyOutcome(Protocol):
    """Any :class:`cachet_sdk.Outcome`."""

    @property
    def input(self) -> object:
        """The item, as it was passed."""
        ...

    @property
    def result(self) -> object:
        """The result of a success. None after a failure."""
        ...

    @property
    def error(self) -> CachetError | None:
        """The error of a failure. None after a success."""
        ...


class AnyBatch(Protocol):
    """Any :class:`cachet_sdk.Batch`. This module cannot import that class, because batches raise errors."""

    @property
    def results(self) -> Sequence[object]:
        """The results of the items that succeeded, in order."""
        ...

    @property
    def failures(self) -> Sequence[AnyOutcome]:
        """The outcomes of the items that failed, in order."""
        ...

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[AnyOutcome]: ...
    def __getitem__(self, index: int, /) -> AnyOutcome: ...


class BatchError(CachetError):
    """Some items of a bulk operation failed.

    Attributes:
        batch: The outcome of every item, in order. See :class:`cachet_sdk.Batch`.
    """

    def __init__(self, message: str, *, batch: AnyBatch, maybe_applied: bool) -> None:
        super().__init__(message)
        self.batch: AnyBatch = batch
        self.maybe_applied = maybe_applied


class WebhookVerificationError(CachetError):
    """A webhook delivery was not signed with this secret: it may have been forged or altered."""


class WebhookPayloadError(CachetError, ValueError):
    """A webhook delivery is not JSON, or does not have the structure of an event.

    Attributes:
        event: The name of the event, if it could be read. The error contains no other part of the delivery.
    """

    def __init__(self, message: str, *, event: str | None = None) -> None:
        super().__init__(message)
        self.event = event


class TimeoutError(TransportError, builtins.TimeoutError):  # noqa: A001  (the name users expect)
    """The response did not arrive in time."""


class CachetWarning(UserWarning):
    """The base class of this package's warnings."""


class InsecureWarning(CachetWarning):
    """A client's settings let others read its API token: plain HTTP, or unverified certificates."""


def short_repr(value: object) -> str:
    """Return a short repr of a value for a message, or its type if the repr fails."""
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001  (a foreign __repr__, or an int with thousands of digits)
        text = f"<{type(value).__name__}>"
    return text if len(text) <= 80 else f"{text[:77]}..."


def bounded(text: str, limit: int = 500) -> str:
    """Return text from a server or a caller, truncated for a message."""
    return text if len(text) <= limit else f"{text[:limit]}…"
