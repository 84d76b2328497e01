"""Builds exceptions from error responses. They state who responded and what to do next. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from pydantic_core import from_json

from cachet_sdk.core.http.rate_limit import parse_header_number
from cachet_sdk.core.http.redact import redact_text
from cachet_sdk.core.http.response import is_too_dense, unexpected
from cachet_sdk.core.http.retry import may_have_been_applied, parse_retry_after
from cachet_sdk.core.json_types import is_array, is_object
from cachet_sdk.errors import (
    AuthenticationError,
    BadRequestError,
    EndpointNotFoundError,
    HTTPError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    RedirectError,
    ServerError,
    UnexpectedResponseError,
    bounded,
)

if TYPE_CHECKING:
    import httpx

_ERRORS: dict[int, type[HTTPError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    422: BadRequestError,
    429: RateLimitError,
}

#: How many of the server's messages an error repeats at most.
_MOST_MESSAGES = 20
#: Cachet 3's message for an unknown route, unlike that for a missing row.
_NO_ROUTE = re.compile(r"The route .* could not be found")
#: Cachet 2's message for an unknown route. Cachet 2.3 also sends it for a missing row, so the path must have no id.
_NO_ROUTE_OR_ROW = re.compile(r"The requested resource could not be found but may be available")
#: The content of pages that let only browsers pass, such as Cloudflare's, with status 403 or 503.
_CHALLENGE = re.compile(
    rb"cdn-cgi/challenge-platform|cf[-_]chl|jschl|<title>\s*(just a moment|attention required|checking your browser)",
    re.IGNORECASE,
)
#: Names of login pages in their addresses.
_LOGIN = re.compile(r"log-?in|sign-?in|sso|saml|oauth|authorize|cdn-cgi/access", re.IGNORECASE)


def http_error(
    method: str,
    url: str,
    response: httpx.Response,
    content: bytes,
    *,
    endpoint: str = "",
    redact: Callable[[bytes], bytes] = bytes,
) -> HTTPError | UnexpectedResponseError:
    """Return the error for an unsuccessful status.

    Args:
        method: The HTTP method.
        url: The full URL.
        response: The response, already redacted.
        content: Its body, already redacted.
        endpoint: The endpoint with which the URL begins.
        redact: Removes the token from texts in which it becomes visible only after JSON is parsed.
    """
    status, headers = response.status_code, response.headers
    if 300 <= status < 400:
        return _redirect(method, url, response, endpoint)
    if status < 200:
        return unexpected("is not final", method, url, status, content)
    messages = [bounded(redact_text(text, redact)) for text in _messages(content)[:_MOST_MESSAGES]]
    retry_after = parse_retry_after(headers.get("Retry-After"))
    kind = _ERRORS.get(status, ServerError if status >= 500 else HTTPError)
    page = None if messages else _page_text(headers.get("Content-Type", ""), content)
    if status == 404 and (page is not None or _is_no_route(messages, url.removeprefix(endpoint))):
        kind = EndpointNotFoundError
    reason = " ".join(messages) if messages else f"a page that begins {page!r}" if page else ""
    is_challenge = headers.get("cf-mitigated") == "challenge" or _CHALLENGE.search(content[:20_000]) is not None
    hint = _hint(kind, headers, page, is_challenge=is_challenge)
    error = kind(
        bounded(
            f"{status} {_phrase(status)}: {method} {bounded(url)}"
            + (f": {bounded(reason)}" if reason else "")
            + (f" ({hint})" if hint else ""),
            2000,
        ),
        method=method,
        url=url,
        status_code=status,
        messages=messages,
        response=response,
        maybe_applied=may_have_been_applied(method, status, retry_after),
    )
    if isinstance(error, RateLimitError):
        error.retry_after = retry_after
        error.limit = parse_header_number(headers.get("X-RateLimit-Limit"))
        error.remaining = parse_header_number(headers.get("X-RateLimit-Remaining"))
        error.reset_at = parse_header_number(headers.get("X-RateLimit-Reset"))
    return error


def _is_no_route(messages: list[str], path: str) -> bool:
    message = messages[0] if messages else ""
    has_id = re.search(r"/\d+(/|$)", path.partition("?")[0]) is not None
    return _NO_ROUTE.match(message) is not None or (_NO_ROUTE_OR_ROW.match(message) is not None and not has_id)


def _hint(kind: type[HTTPError], headers: httpx.Headers, page: str | None, *, is_challenge: bool) -> str | None:
    """Return what to do next if the address is wrong, or if something other than Cachet refused the request."""
    challenge = headers.get("WWW-Authenticate", "")
    if kind is AuthenticationError and re.match(r"(basic|digest|ntlm|negotiate)\b", challenge, re.IGNORECASE):
        return (
            f"a gateway in front of Cachet requires credentials ({bounded(challenge, 100)}): pass auth=(user, password)"
        )
    if kind is EndpointNotFoundError:
        return (
            "there is no such route: the endpoint is wrong, or this version of Cachet does not have it; "
            "cachet_sdk.detect_version(address) finds the API"
        )
    if page is not None and (is_challenge or issubclass(kind, AuthenticationError | PermissionDeniedError)):
        return "a gateway in front of Cachet refused the request: pass its credentials with headers= or auth="
    if headers.get("Proxy-Authenticate"):
        return "the proxy requires credentials: put the user name and password into its URL"
    return None


def is_missing_row(response: httpx.Response, content: bytes) -> bool:
    """Return whether a 404 means that a row does not exist, and not that a gateway has no such page."""
    return response.status_code == 404 and _page_text(response.headers.get("Content-Type", ""), content) is None


def _page_text(content_type: str, content: bytes) -> str | None:
    """Return the beginning of the visible text of an HTML page, or None if the response is not a page."""
    start = content[:400].lstrip().lower()
    if "html" not in content_type.lower() and not start.startswith((b"<!doctype html", b"<html")):
        return None
    text = content[:20_000].decode("utf-8", "replace")
    title = re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
    shown = title[1] if title else re.sub(r"(?is)<(script|style)\b.*?</\1>|<[^>]*>", " ", text)
    return " ".join(shown.split())[:120]


def _redirect(method: str, url: str, response: httpx.Response, endpoint: str) -> RedirectError:
    address = _address(url, response.headers.get("Location"))
    path = url[len(endpoint) :].split("?", maxsplit=1)[0] if endpoint and url.startswith(endpoint) else ""
    if address is None:
        remedy = "it has no Location header"
    elif _LOGIN.search(urlsplit(address).path) or _LOGIN.search(urlsplit(address).hostname or ""):
        remedy = f"{address!r} looks like a login page: exempt the API from it, or pass headers= or auth="
    else:
        base = address.rstrip("/").removesuffix(path).rstrip("/") if path else address
        if base == endpoint:
            remedy = f"it points to {address!r}, so something in front of Cachet rewrites its URLs"
        else:
            address = base
            remedy = f"it points to {address!r}: if that is the API of your Cachet, use it as the endpoint"
    error = RedirectError(
        f"{response.status_code} {_phrase(response.status_code)}: {method} {bounded(url)}: redirects are not "
        f"followed, because a write would arrive as a read; {remedy}",
        method=method,
        url=url,
        status_code=response.status_code,
        response=response,
    )
    error.location = address
    return error


def _address(url: str, location: str | None) -> str | None:
    """Return the target of a redirect without its query, which may contain a session."""
    try:
        address = re.split(r"[?#]", urljoin(url, location or ""))[0]
        return bounded(address) if location and urlsplit(address).hostname else None
    except ValueError:  # brackets that do not contain an IPv6 address
        return None


def _messages(content: bytes) -> list[str]:
    """Return the server's messages in the body of an error. Cachet 2 nests them, and Cachet 3 maps fields to them."""
    if is_too_dense(content):
        return []
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
