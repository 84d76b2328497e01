"""Requests as bytes, answers as JSON or as errors. Pure: sends nothing."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from pydantic_core import from_json

from cachet_sdk.core.http.rate_limit import whole
from cachet_sdk.core.http.retry import may_have_been_applied, parse_retry_after
from cachet_sdk.core.json_types import is_array, is_object
from cachet_sdk.errors import (
    AuthenticationError,
    BadRequestError,
    HTTPError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    RedirectError,
    ServerError,
    UnexpectedResponseError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx
    from pydantic import JsonValue

#: How many characters of a body an error shows.
EXCERPT_LENGTH = 200

_ERRORS: dict[int, type[HTTPError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    422: BadRequestError,
    429: RateLimitError,
}


class ApiResponse:
    """A successful answer: its JSON, and enough around it to say what is wrong with it."""

    __slots__ = ("_redact", "content", "document", "headers", "method", "status_code", "url")

    def __init__(
        self,
        method: str,
        url: str,
        status_code: int,
        headers: Mapping[str, str],
        content: bytes,
        document: JsonValue,
        redact: Callable[[bytes], bytes] = bytes,
    ) -> None:
        self.method: str = method
        self.url: str = url
        self.status_code: int = status_code
        self.headers: Mapping[str, str] = headers
        self.content: bytes = content
        self.document: JsonValue = document
        self._redact = redact

    def unexpected(
        self, problem: str, kind: type[UnexpectedResponseError] = UnexpectedResponseError
    ) -> UnexpectedResponseError:
        """Make the error that says that this answer is not what Cachet gives."""
        return unexpected(problem, self.method, self.url, self.status_code, self._redact(self.content), kind)


def parse(
    method: str,
    url: str,
    status_code: int,
    headers: Mapping[str, str],
    content: bytes,
    redact: Callable[[bytes], bytes] = bytes,
) -> ApiResponse:
    """Read the answer to a request that succeeded. ``conceal`` takes the token out of what an error shows.

    Raises:
        UnexpectedResponseError: when it holds no JSON, or none at all where there must be some.
    """
    document: JsonValue = None
    if status_code != HTTPStatus.NO_CONTENT:
        try:
            document = from_json(content, allow_inf_nan=False)
        except ValueError:
            content = redact(content)
            del headers  # a traceback may show what this frame holds
            raise unexpected("is not JSON", method, url, status_code, content) from None
    return ApiResponse(method, url, status_code, headers, content, document, redact)


def unexpected(
    problem: str,
    method: str,
    url: str,
    status_code: int,
    content: bytes,
    kind: type[UnexpectedResponseError] = UnexpectedResponseError,
) -> UnexpectedResponseError:
    """Make the error for an answer that is none of Cachet's."""
    excerpt = content[: EXCERPT_LENGTH * 4].decode("utf-8", "replace")[:EXCERPT_LENGTH]
    shown = f"; it begins {excerpt!r}" if excerpt else "; it is empty"
    error = kind(
        f"{method} {url}: the answer {problem} (status {status_code}){shown}",
        method=method,
        url=url,
        status_code=status_code,
        # A proxy or a broken server answered, perhaps after Cachet had done its work.
        maybe_applied=method != "GET",
    )
    error.excerpt = excerpt
    return error


def error_of(method: str, url: str, response: httpx.Response, content: bytes) -> HTTPError | UnexpectedResponseError:
    """Make the error for a status that is not a success. The response must hold no token any more."""
    status, headers = response.status_code, response.headers
    messages = _messages(content)
    retry_after = parse_retry_after(headers.get("Retry-After"))
    if 300 <= status < 400:
        return _redirect(method, url, response)
    if status < 200:
        return unexpected("is not a final one", method, url, status, content)
    kind = _ERRORS.get(status, ServerError if status >= 500 else HTTPError)
    error = kind(
        f"{status} {_phrase(status)}: {method} {url}" + (f": {' '.join(messages)}" if messages else ""),
        method=method,
        url=url,
        status_code=status,
        messages=messages,
        response=response,
        maybe_applied=may_have_been_applied(method, status, retry_after),
    )
    if isinstance(error, RateLimitError):
        error.retry_after = retry_after
        error.limit = whole(headers.get("X-RateLimit-Limit"))
        error.remaining = whole(headers.get("X-RateLimit-Remaining"))
        error.reset_at = whole(headers.get("X-RateLimit-Reset"))
    return error


def _redirect(method: str, url: str, response: httpx.Response) -> RedirectError:
    location = response.headers.get("Location")
    # Only what can be an endpoint is shown: a redirect's query may carry a session of somebody's.
    address = re.split(r"[?#]", location)[0] if location else None
    remedy = (
        f"it names {address!r}: if that is your Cachet, use it as the endpoint" if address else "it names no address"
    )
    error = RedirectError(
        f"{response.status_code} {_phrase(response.status_code)}: {method} {url}: redirects are not followed, "
        f"since a write would arrive as a read; {remedy}",
        method=method,
        url=url,
        status_code=response.status_code,
        response=response,
    )
    error.location = address
    return error


def _messages(content: bytes) -> list[str]:
    """Find the server's own reasons in an error's body: Cachet 2 nests them, Cachet 3 keys them by field."""
    try:
        document = from_json(content)
    except ValueError:
        return []
    if not is_object(document):
        return []
    errors = document.get("errors")
    found: list[object] = []
    if is_array(errors):
        for error in errors:
            if is_object(error):
                meta = error.get("meta")
                details = meta.get("details") if is_object(meta) else None
                found.extend(details if is_array(details) and details else [error.get("detail")])
    elif is_object(errors):
        for reasons in errors.values():
            found.extend(reasons if is_array(reasons) else [reasons])
    return [text for text in found or [document.get("message")] if isinstance(text, str) and text]


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown Status"
