"""Everything that this package raises, in one tree.

::

    CachetError
    ├── ConfigurationError (ValueError)      refused here, before anything was sent
    │   ├── ArgumentError                    an argument is wrong; names it
    │   ├── UnsupportedError                 the server has no way to do this
    │   └── ClientStateError                 an unbound resource, a closed client
    ├── HTTPError                            the server refused
    │   ├── BadRequestError                  400, 422
    │   ├── AuthenticationError              401
    │   ├── PermissionDeniedError            403
    │   ├── NotFoundError                    404: no such row
    │   ├── EndpointNotFoundError            404: no such route, so the endpoint is wrong
    │   ├── RateLimitError                   429, with ``retry_after``
    │   ├── RedirectError                    3xx: another endpoint has to be used
    │   └── ServerError                      5xx
    ├── UnexpectedResponseError              an answer, but not one of Cachet's
    │   ├── ResponseTooLargeError            longer than ``max_response_bytes``
    │   └── PaginationError                  pages that contradict each other
    ├── BatchError                           some of many items failed
    ├── WebhookVerificationError             a delivery that was not signed with the secret
    ├── WebhookPayloadError (ValueError)     a delivery that was, but is no event
    └── TransportError                       no answer
        └── TimeoutError (builtin too)       not in time

Every error tells with ``maybe_applied`` whether the server may have carried the request out, and no message,
attribute or pickle of an error holds the API token.

Warnings::

    CachetWarning (UserWarning)
    └── InsecureWarning                      plain http, or certificates that are not verified
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
    """The root of all errors of this package.

    Attributes:
        message: What happened, in one sentence or two.
        maybe_applied: True when the server may have carried the request out although this error was raised.
            Always False for reads, and for anything refused before it was sent.
    """

    maybe_applied: bool = False

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __reduce__(self) -> tuple[Any, ...]:
        # The default would call __init__ with the message alone, which the subclasses do not take.
        return _restore, (type(self), self.args, self.__dict__.copy())


def _restore(cls: type[CachetError], args: tuple[Any, ...], state: dict[str, Any]) -> CachetError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class ConfigurationError(CachetError, ValueError):
    """Something is wrong on this side; nothing was sent."""


class ArgumentError(ConfigurationError):
    """An argument that cannot be right.

    Attributes:
        argument: The name of the argument.
    """

    def __init__(self, argument: str, problem: str) -> None:
        super().__init__(f"{argument}: {problem}")
        self.argument = argument


class UnsupportedError(ConfigurationError):
    """The server has no way to do what was asked, and would silently do nothing or something else."""


class ClientStateError(ConfigurationError):
    """A resource without a client, or a client that is closed, was asked to do something."""


class _AnswerError(CachetError):
    """What errors with an answer in hand share."""

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


class HTTPError(_AnswerError):
    """The server refused the request.

    Attributes:
        status_code: The HTTP status.
        messages: The server's own reasons, as a list of sentences; empty when it gave none.
        method: The HTTP method of the request.
        url: The URL of the request.
        response: The answer, with its body read; the request in it holds no token.
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
    """The server found the request's content wrong (400; 422 on Cachet 3)."""


class AuthenticationError(HTTPError):
    """The token is missing or not accepted (401). Cachet accepts any token on public reads: see the manual page."""


class PermissionDeniedError(HTTPError):
    """The token is valid but may not do this (403)."""


class NotFoundError(HTTPError):
    """There is no such row (404)."""


class EndpointNotFoundError(HTTPError):
    """There is no such route (404): the endpoint is wrong, or this version of Cachet does not have it.

    Not a ``NotFoundError``: code that creates what it does not find must not do so at a wrong address.
    """


class RateLimitError(HTTPError):
    """Too many requests (429).

    Attributes:
        retry_after: Seconds to wait, as the server told; None when it did not.
        limit: Requests allowed per window, when told.
        remaining: Requests left in the window, when told.
        reset_at: When the window ends, in seconds since the epoch, when told.
    """

    retry_after: float | None = None
    limit: int | None = None
    remaining: int | None = None
    reset_at: float | None = None


class RedirectError(HTTPError):
    """The server answered with a redirect, which is not followed: a write would arrive as a read.

    Attributes:
        location: The address that the server named, without what follows its path; use it as the endpoint.
    """

    location: str | None = None


class ServerError(HTTPError):
    """The server failed (5xx)."""


class UnexpectedResponseError(_AnswerError):
    """An answer came that Cachet would not give: a login page, a proxy's HTML, cut-off JSON.

    Attributes:
        status_code: The HTTP status; 0 when the data did not come from an answer.
        method: The HTTP method of the request.
        url: The URL of the request.
        excerpt: The first characters of the body.
    """

    excerpt: str = ""


class ResponseTooLargeError(UnexpectedResponseError):
    """The answer is longer than ``max_response_bytes``; reading stopped there."""


class PaginationError(UnexpectedResponseError):
    """The pages of a list contradict each other: they repeat, never end, or lie about totals."""


class TransportError(CachetError):
    """No answer came: no connection, a connection that broke, or an attempt that took too long.

    Attributes:
        method: The HTTP method of the request.
        url: The URL of the request.
        attempts: How many times the request was tried.
    """

    def __init__(self, message: str, *, method: str, url: str, maybe_applied: bool, attempts: int = 1) -> None:
        super().__init__(message)
        self.method = method
        self.url = url
        self.maybe_applied = maybe_applied
        self.attempts = attempts


class AnyOutcome(Protocol):
    """A :class:`cachet_sdk.Outcome` of whatever kind."""

    @property
    def input(self) -> object:
        """The item, as it was passed."""
        ...

    @property
    def result(self) -> object:
        """What the server answered; None after a failure."""
        ...

    @property
    def error(self) -> CachetError | None:
        """Why it failed; None after a success."""
        ...


class AnyBatch(Protocol):
    """A :class:`cachet_sdk.Batch` of whatever kind, which this module cannot import: batches raise errors."""

    @property
    def results(self) -> Sequence[object]:
        """What the server answered to the items that succeeded, in order."""
        ...

    @property
    def failures(self) -> Sequence[AnyOutcome]:
        """The items that failed, with why, in order."""
        ...

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[AnyOutcome]: ...
    def __getitem__(self, index: int, /) -> AnyOutcome: ...


class BatchError(CachetError):
    """Some of many items failed.

    Attributes:
        batch: Every outcome with its input, in order; see :class:`cachet_sdk.Batch`.
    """

    def __init__(self, message: str, *, batch: AnyBatch, maybe_applied: bool) -> None:
        super().__init__(message)
        self.batch: AnyBatch = batch
        self.maybe_applied = maybe_applied


class WebhookVerificationError(CachetError):
    """A webhook delivery is not signed, or not with this secret: somebody else may have sent or changed it."""


class WebhookPayloadError(CachetError, ValueError):
    """A webhook delivery is not JSON, or not shaped like an event.

    Attributes:
        event: The name of the event, when it could be read. No other part of the delivery is in the error.
    """

    def __init__(self, message: str, *, event: str | None = None) -> None:
        super().__init__(message)
        self.event = event


class TimeoutError(TransportError, builtins.TimeoutError):  # noqa: A001  (the name that users look for; it is the builtin's subclass)
    """The answer did not come in time."""


class CachetWarning(UserWarning):
    """The root of this package's warnings."""


class InsecureWarning(CachetWarning):
    """A client is set up so that others can read its API token: over plain http, or without verified certificates."""


def short_repr(value: object) -> str:
    """Write a wrong value for a message, cut short; for a value that cannot be written, its type."""
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001  (somebody else's __repr__, or an int of thousands of digits)
        text = f"<{type(value).__name__}>"
    return text if len(text) <= 80 else f"{text[:77]}..."


def bounded(text: str, limit: int = 500) -> str:
    """Return a text that a server or a caller chose, cut to a length that a message can hold."""
    return text if len(text) <= limit else f"{text[:limit]}…"
