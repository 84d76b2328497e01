"""The settings of a client: endpoint, token, API version, time zone, timeouts. Checked before anything is sent."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import TypeAlias
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import httpx

from cachet_sdk.errors import ArgumentError, ConfigurationError, short_repr

#: Seconds that an attempt may wait to connect, to send, and for each next piece of the response.
DEFAULT_TIMEOUT = 30.0
#: Seconds that a call may take, including all attempts and the waits between them.
DEFAULT_TOTAL_TIMEOUT = 120.0
#: How many times a failed request is retried if that is safe.
DEFAULT_MAX_RETRIES = 2
#: The largest response to read, in bytes after decompression.
DEFAULT_MAX_RESPONSE_BYTES = 64 * 1024 * 1024

VERSIONS = ("1", "3")

#: The type of ``event_hooks``: lists of functions under ``"request"`` and ``"response"``. An async client requires
#: async functions.
EventHooks: TypeAlias = Mapping[str, Sequence[Callable[[httpx.Request], object] | Callable[[httpx.Response], object]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How often and after which waits failed requests are retried if that is safe.

    The waits follow exponential backoff with full jitter: each is a random part of an upper bound that doubles every
    time. Which requests are safe to retry is not configurable: a create that may have been carried out never is.

    Attributes:
        max_retries: The number of attempts after the first.
        first_wait: The upper bound of the first wait, in seconds.
        longest_wait: The upper bound of every wait, in seconds.
        longest_retry_after: The longest ``Retry-After`` to honor, in seconds. A longer one raises the error at once.
            Its ``retry_after`` states the wait.
        statuses: The HTTP statuses after which a request may be retried.

    Raises:
        ArgumentError: If a number is invalid.

    Example:
        >>> from cachet_sdk import RetryPolicy
        >>> RetryPolicy(max_retries=5, first_wait=0.1).longest_wait
        8.0
    """

    max_retries: int = DEFAULT_MAX_RETRIES
    first_wait: float = 0.5
    longest_wait: float = 8.0
    longest_retry_after: float = 60.0
    statuses: frozenset[int] = frozenset({429, 502, 503, 504})

    def __post_init__(self) -> None:
        check_number("max_retries", self.max_retries, at_least=0, whole=True)
        for name in ("first_wait", "longest_wait", "longest_retry_after"):
            check_number(name, getattr(self, name), at_least=0)


class Secret:
    """A string that is hidden in its repr and cannot be pickled."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the string itself."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    def __reduce__(self) -> str:
        raise TypeError("a secret cannot be pickled")


@dataclass(frozen=True, slots=True)
class Settings:
    """A client's settings, checked and complete.

    Attributes:
        endpoint: The API's address without a trailing slash.
        token: The API token.
        version: The version of the API, ``"1"`` or ``"3"``.
        timezone: The zone that times are converted to. None leaves them naive, as the server sends them.
        timeout: The timeouts of one attempt.
        total_timeout: Seconds for a call with all its attempts. None for no limit.
        retry: The retry policy.
        max_response_bytes: The largest response to read.
        user_agent: The ``User-Agent`` header.
    """

    endpoint: str
    token: Secret
    version: str
    timezone: tzinfo | None
    timeout: float | httpx.Timeout | None
    total_timeout: float | None
    retry: RetryPolicy
    max_response_bytes: int
    user_agent: str

    def credentials(self) -> tuple[tuple[bytes, bytes], ...]:
        """Return the header that contains the token."""
        if self.version == "3":
            return ((b"Authorization", b"Bearer " + self.token.reveal().encode("ascii")),)
        return ((b"X-Cachet-Token", self.token.reveal().encode("ascii")),)

    @property
    def exposes_token(self) -> bool:
        """Whether the token would be sent unencrypted to another machine."""
        return self.uses_plain_http and not is_loopback(urlsplit(self.endpoint).hostname or "")

    @property
    def uses_plain_http(self) -> bool:
        """Whether anyone between this machine and the server can read the token."""
        return self.endpoint.lower().startswith("http:")


def resolve_version(endpoint: str | None, version: str | None) -> str:
    """Return the API version from the argument, or else from the endpoint.

    Raises:
        ConfigurationError: If the endpoint does not determine it, or this package does not support the version.
    """
    if version is not None:
        if version not in VERSIONS:
            raise ArgumentError(
                "version", f"{short_repr(version)} is not a version of Cachet's API; {_version_hint(version)}"
            )
        if version == "3" and endpoint is not None and urlsplit(endpoint).path.endswith("/api/v1"):
            raise ArgumentError("endpoint", "ends in /api/v1, which is for Cachet 2; use /api for Cachet 3")
        return version
    path = urlsplit(resolve_endpoint(endpoint)).path
    if re.search(r"/v1(/|$)", path):
        return "1"
    raise ConfigurationError(
        "endpoint: the API version cannot be determined from the URL, since it does not end in /api/v1. "
        "Pass version='1' for Cachet 2, or version='3' for Cachet 3, whose endpoints end in /api."
    )


def _version_hint(version: object) -> str:
    """Return a suggestion for a value that is not a version, such as the release ``"2.4"`` or a number."""
    release = re.fullmatch(r"(?:cachet)?\s*v?([123])(?:\.[\w.+-]*)?", short_repr(version).strip("'\" "), re.IGNORECASE)
    if release is None:
        return "use '1' for Cachet 2, or '3' for Cachet 3"
    return "use '3', a str, for Cachet 3" if release[1] == "3" else "use '1', a str, for Cachet 2"


def resolve_endpoint(endpoint: str | None) -> str:
    """Return the endpoint from the argument or from ``CACHET_ENDPOINT``, checked.

    Raises:
        ConfigurationError: If it is missing or invalid.
    """
    if endpoint is None:
        endpoint = os.environ.get("CACHET_ENDPOINT")
    if not endpoint:
        raise ConfigurationError("endpoint: none given; pass endpoint= or set the environment variable CACHET_ENDPOINT")
    if not isinstance(endpoint, str):
        raise ArgumentError("endpoint", f"expected a URL as a str, got {type(endpoint).__name__}")
    try:
        parts = urlsplit(endpoint)
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError:
        parts, port_is_valid = urlsplit(""), False
    # The endpoint may contain a password, so no message below repeats it.
    if parts.username is not None or parts.password is not None:
        raise ArgumentError("endpoint", "contains credentials; pass Cachet's API token as api_token, others as auth")
    if parts.scheme not in {"http", "https"} or not parts.hostname or not port_is_valid:
        raise ArgumentError("endpoint", "expected an absolute URL such as 'https://status.example.com/api/v1'")
    if "?" in endpoint or "#" in endpoint:
        raise ArgumentError("endpoint", "contains a query or a fragment; it must end with the API's path")
    if re.search(r"[\s\x00-\x1f\x7f]", endpoint):
        raise ArgumentError("endpoint", "contains whitespace or a control character")
    return endpoint.rstrip("/")


def to_secret(api_token: str | None) -> Secret | None:
    """Wrap a token before anything else is done, so that no traceback shows it."""
    return None if api_token is None else Secret(api_token)


def resolve_token(api_token: Secret | None) -> Secret:
    """Return the token from the argument or from ``CACHET_API_TOKEN``, checked.

    Raises:
        ConfigurationError: If it is missing, or is not a valid HTTP header.
    """
    secret = api_token or Secret(os.environ.get("CACHET_API_TOKEN") or "")
    if not isinstance(secret.reveal(), str):
        raise ArgumentError("api_token", f"expected a str, got {type(secret.reveal()).__name__}")
    if not secret.reveal():
        raise ConfigurationError(
            "api_token: none given; pass api_token= or set the environment variable CACHET_API_TOKEN"
        )
    if not re.fullmatch(r"[\x21-\x7e]+", secret.reveal()):
        raise ArgumentError(
            "api_token", "contains whitespace, a line break or a character that is not allowed in HTTP headers"
        )
    return secret


def resolve_timezone(timezone: str | tzinfo | None) -> tzinfo | None:
    """Return a time zone by its name.

    Raises:
        ArgumentError: If the zone is unknown.
    """
    if timezone is None or isinstance(timezone, tzinfo):
        return timezone
    if not isinstance(timezone, str):
        raise ArgumentError(
            "timezone", f"expected a name such as 'Europe/Oslo' or a tzinfo, got {short_repr(timezone)}"
        )
    try:
        return ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ArgumentError(
            "timezone",
            f"{short_repr(timezone)} is unknown; use a name such as 'Europe/Oslo', or install the package tzdata",
        ) from error


def check_number(argument: str, value: float | None, *, at_least: float, whole: bool = False) -> None:
    """Refuse anything but a number of at least a minimum.

    Raises:
        ArgumentError: Names the argument.
    """
    kinds = (int,) if whole else (int, float)
    if value is None or isinstance(value, bool) or not isinstance(value, kinds) or not value >= at_least:
        raise ArgumentError(
            argument, f"expected {'a whole' if whole else 'a'} number of at least {at_least:g}, got {short_repr(value)}"
        )


#: The longest timeout in seconds, about thirty years: sockets and locks do not accept longer ones.
LONGEST_TIMEOUT = 1_000_000_000


def check_seconds(argument: str, value: float) -> None:
    """Refuse an invalid timeout.

    Raises:
        ArgumentError: Names the argument.
    """
    check_number(argument, value, at_least=0.001)
    if value > LONGEST_TIMEOUT:
        raise ArgumentError(argument, f"expected at most {LONGEST_TIMEOUT} seconds, or None for no limit")


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine."""
    return (
        host in {"localhost", "::1"} or host.endswith(".localhost") or re.fullmatch(r"127(\.\d+){3}", host) is not None
    )


def check_user_agent(user_agent: str) -> str:
    """Refuse an invalid header value.

    Raises:
        ArgumentError: Names the argument.
    """
    if not isinstance(user_agent, str) or not re.fullmatch(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?", user_agent):
        raise ArgumentError(
            "user_agent",
            f"expected printable ASCII text without spaces around it, got {short_repr(user_agent)}",
        )
    return user_agent
