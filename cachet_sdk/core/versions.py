"""How the versions of Cachet's API are told apart by what a server answers. Pure."""

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
from cachet_sdk.core.setup import USER_AGENT, check_times
from cachet_sdk.errors import CachetError, HTTPError, RateLimitError, RedirectError, ServerError
from cachet_sdk.options import (
    DEFAULT_MAX_RESPONSE_BYTES,
    DEFAULT_TOTAL_TIMEOUT,
    RetryPolicy,
    Secret,
    Settings,
    resolve_endpoint,
)

#: What a client's ``version`` can be.
ApiVersion: TypeAlias = Literal["1", "3"]


@dataclass(frozen=True, slots=True)
class GuestSettings(Settings):
    """Settings of somebody who has no token, and sends none."""

    def credentials(self) -> tuple[tuple[bytes, bytes], ...]:
        """Give no headers."""
        return ()

    @property
    def is_plain_http(self) -> bool:
        """Whether the token would travel unencrypted: there is none."""
        return False

    @property
    def speaks_http(self) -> bool:
        """Whether others could read the token: there is none."""
        return False


def guest_settings(endpoint: str | None, timeout: float | httpx.Timeout | None) -> GuestSettings:
    """Check what a server is asked with.

    Raises:
        ConfigurationError: naming what cannot be right.
    """
    check_times(timeout, None)
    return GuestSettings(
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


def candidates(endpoint: str) -> tuple[str, ...]:
    """Name the paths under an endpoint where a server may tell its version."""
    path = urlsplit(endpoint).path.rstrip("/")
    if re.search(r"/(api|v1)$", path):
        return ("/version",)
    # The address of a page, maybe in a folder; or of an API that a proxy has under another path.
    below = ("/api/v1/version", "/api/version")
    return (*below, "/version") if path else below


def version_of_answer(answer: ApiResponse) -> ApiVersion:
    """Tell the API's version from a server's answer about its own.

    Raises:
        UnexpectedResponseError: when that is no Cachet's.
    """
    data = answer.document.get("data") if is_object(answer.document) else None
    if isinstance(data, str):
        return "1"
    if is_object(data) and isinstance(data.get("version"), str):
        return "3"
    raise answer.unexpected("does not tell a version of Cachet's")


def version_of_refusal(status: int, content: bytes) -> ApiVersion | None:
    """Tell the API's version from the form of a refusal; None where it does not tell.

    A Cachet 2 that cannot reach the place where it looks for newer versions fails when it is asked for its own, and a
    Cachet 3 may be set up to answer nobody without a token.
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


def no_cachet(error: HTTPError) -> CachetError:
    """Give the error for a refusal that tells no version; a redirect, a limit or a failure says enough itself."""
    if isinstance(error, RedirectError | RateLimitError | ServerError):
        return error
    content = error.response.content if error.response is not None else b""
    return unexpected("is none of Cachet's", error.method, error.url, error.status_code, content)
