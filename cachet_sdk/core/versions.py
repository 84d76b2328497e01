"""Detects the version of Cachet's API from a server's responses. Pure."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

import httpx
from pydantic_core import from_json

from cachet_sdk.core.http.response import ApiResponse, unexpected
from cachet_sdk.core.json_types import is_array, is_object
from cachet_sdk.core.setup import USER_AGENT, check_timeouts
from cachet_sdk.errors import CachetError, HTTPError, RateLimitError, RedirectError, ServerError
from cachet_sdk.options import (
    DEFAULT_MAX_RESPONSE_BYTES,
    DEFAULT_TOTAL_TIMEOUT,
    RetryPolicy,
    Secret,
    Settings,
    resolve_endpoint,
)

#: The values of a client's ``version``.
ApiVersion: TypeAlias = Literal["1", "3"]


@dataclass(frozen=True, slots=True)
class AnonymousSettings(Settings):
    """Settings without a token."""

    def credentials(self) -> tuple[tuple[bytes, bytes], ...]:
        """Return no headers."""
        return ()

    @property
    def exposes_token(self) -> bool:
        """Whether the token would be sent unencrypted. There is none."""
        return False

    @property
    def uses_plain_http(self) -> bool:
        """Whether others could read the token. There is none."""
        return False


def anonymous_settings(endpoint: str | None, timeout: float | httpx.Timeout | None) -> AnonymousSettings:
    """Return the settings for a detection.

    Raises:
        ConfigurationError: Names the invalid argument.
    """
    check_timeouts(timeout, None)
    return AnonymousSettings(
        endpoint=resolve_endpoint(endpoint),
        token=Secret(secrets.token_hex()),  # never sent
        version="1",
        timezone=None,
        timeout=timeout,
        total_timeout=DEFAULT_TOTAL_TIMEOUT,
        retry=RetryPolicy(),
        max_response_bytes=DEFAULT_MAX_RESPONSE_BYTES,
        user_agent=USER_AGENT,
    )


def version_paths(endpoint: str) -> tuple[str, ...]:
    """Return the paths below an endpoint at which a server may report its version."""
    path = urlsplit(endpoint).path.rstrip("/")
    if re.search(r"/(api|v1)$", path):
        return ("/version",)
    # The address of a status page, perhaps in a folder, or of an API that a proxy serves under another path.
    below = ("/api/v1/version", "/api/version")
    return (*below, "/version") if path else below


def version_from_response(response: ApiResponse) -> ApiVersion:
    """Return the API version from the response in which a server reports its own version.

    Raises:
        UnexpectedResponseError: If it does not report a version of Cachet.
    """
    data = response.document.get("data") if is_object(response.document) else None
    if isinstance(data, str):
        return "1"
    if is_object(data) and isinstance(data.get("version"), str):
        return "3"
    raise response.unexpected("does not state a version of Cachet")


def version_from_error(status: int, content: bytes) -> ApiVersion | None:
    """Return the API version from the structure of an error response, or None if it is unclear.

    Cachet 2 fails to report its version if it cannot look up newer ones, and Cachet 3 may be configured to require a
    token for every request.
    """
    try:
        document = from_json(content)
    except ValueError:
        return None
    if not is_object(document):
        return None
    errors = document.get("errors")
    if status in {401, 429, 500} and is_array(errors) and errors:
        known = all(is_object(error) and {"id", "status", "title"} <= error.keys() for error in errors)
        return "1" if known else None
    return "3" if status == 401 and document.get("message") == "Unauthenticated." else None


def not_cachet_error(error: HTTPError) -> CachetError:
    """Return the error for a response without a version. Redirects, rate limits and server errors are kept."""
    if isinstance(error, RedirectError | RateLimitError | ServerError):
        return error
    content = error.response.content if error.response is not None else b""
    return unexpected("is not from Cachet", error.method, error.url, error.status_code, content)
