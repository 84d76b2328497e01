"""Headers and authentication that callers add to each request. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

import httpx

from cachet_sdk.errors import ArgumentError, short_repr

_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_VALUE = re.compile(r"[\x21-\x7e]([\x20-\x7e\t]*[\x21-\x7e])?|")

#: Headers that this package sets itself, each with the reason or the alternative.
_RESERVED = {
    "accept": "responses are read as JSON",
    "accept-encoding": "this package reads gzip only",
    "connection": "httpx sets it",
    "content-length": "httpx sets it",
    "content-type": "requests are JSON",
    "time-zone": "pass timezone= instead",
    "transfer-encoding": "httpx sets it",
    "user-agent": "pass user_agent= instead",
}


def check_headers(headers: Mapping[str, str] | None, version: str | None, *, has_auth: bool) -> dict[str, str]:
    """Refuse invalid headers, and those that this package sets itself.

    Args:
        headers: The caller's headers.
        version: The API version, which determines the token's header. None if no token is sent.
        has_auth: Whether ``auth`` is passed, which sets ``Authorization``.

    Raises:
        ArgumentError: Names the header, never its value.
    """
    if headers is None:
        return {}
    if not isinstance(headers, Mapping):
        raise ArgumentError("headers", f"expected a mapping of names to values, got a {type(headers).__name__}")
    taken = _RESERVED | _token_header(version)
    if has_auth:
        taken["authorization"] = "auth= sets it"
    checked: dict[str, str] = {}
    for name, value in headers.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise ArgumentError("headers", f"{short_repr(name)} is not a valid header name")
        if not isinstance(value, str) or not _VALUE.fullmatch(value):
            raise ArgumentError("headers", f"the value of {name} must be printable ASCII text without spaces around it")
        if name.lower() in taken:
            raise ArgumentError("headers", f"{name} cannot be set: {taken[name.lower()]}")
        checked[name] = value
    return checked


def merge_headers(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Return all headers. A new one replaces an old one with the same name, ignoring case."""
    replaced = {name.lower() for name in new}
    return {**{name: value for name, value in old.items() if name.lower() not in replaced}, **new}


def check_auth(auth: object, version: str | None, argument: str = "auth") -> None:
    """Refuse invalid authentication, and authentication that would replace the API token.

    Raises:
        ArgumentError: Names the argument, never its value.
    """
    if auth is None:
        return
    if not isinstance(auth, httpx.Auth) and not callable(auth) and not _is_basic(auth):
        raise ArgumentError(
            "auth", f"expected a user name and a password, an httpx.Auth or a function, got a {type(auth).__name__}"
        )
    if version == "3":
        raise ArgumentError(
            argument,
            "authentication would replace the Authorization header, in which Cachet 3 expects its API token; "
            "use a gateway that accepts another header, and pass it with headers=",
        )


def _is_basic(auth: object) -> bool:
    if not isinstance(auth, tuple):
        return False
    parts = cast("tuple[object, ...]", auth)
    return len(parts) == 2 and all(isinstance(part, str | bytes) for part in parts)


def _token_header(version: str | None) -> dict[str, str]:
    if version is None:
        return {}
    return {
        "authorization" if version == "3" else "x-cachet-token": "it carries the API token; pass api_token= instead"
    }
