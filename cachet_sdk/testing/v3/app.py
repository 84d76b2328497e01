"""``CachetV3``: settings, tokens, the order of checks, and one lock for everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from cachet_sdk.testing.http import Response
from cachet_sdk.testing.v3 import http_errors
from cachet_sdk.testing.v3.call import Call, Settings
from cachet_sdk.testing.v3.dates import in_zone
from cachet_sdk.testing.v3.http_errors import HttpError
from cachet_sdk.testing.v3.inputs import spoofed_method
from cachet_sdk.testing.v3.routing import Action, route
from cachet_sdk.testing.v3.store import Store
from cachet_sdk.testing.v3.throttling import Throttle
from cachet_sdk.testing.v3.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cachet_sdk.testing.http import Request
    from cachet_sdk.testing.v3.tokens import Caller

_CORS = ("Access-Control-Allow-Origin", "*")
_NOT_FOUND_PAGE = b"<!DOCTYPE html>\n<html><head><title>Not Found</title></head><body>404 Not Found</body></html>\n"


def _utc_now() -> datetime:
    return datetime.now(UTC)


class CachetV3:
    """An in-memory model of Cachet 3, which responds like a real one.

    Args:
        token: The main token, ``<id>|<secret>`` or only the secret. It has all abilities.
        clock: Returns the current time as an aware datetime. Defaults to the system clock.
        rate_limit: Requests per minute: per address for reads, per user for all other calls. None for no limit.
        api_protected: Whether reads need a token, too.
        api_enabled: Whether the API is enabled; if not, every route is a 404.
        database: The kind of database: with SQLite, a metric's ``default_value`` is a number, with MariaDB a string
            such as ``"1.500"``.
        timezone: The server's time zone, in which dates are stored and shown, without an offset.
        major_outage_threshold: The percentage of components in major outage from which the system is in major outage.
        debug: Whether errors contain ``exception``, ``file``, ``line`` and ``trace``.
        prefix: The path of the API, without a trailing slash.
        on_list: Called before the rows of a list are read.

    Example:
        >>> from cachet_sdk.testing.http import Request
        >>> app = CachetV3(token="1|secret")
        >>> app.handle(Request("GET", "/api/ping")).body
        b'{"data":"Pong!"}'
    """

    def __init__(
        self,
        *,
        token: str,
        clock: Callable[[], datetime] | None = None,
        rate_limit: int | None = 300,
        api_protected: bool = False,
        api_enabled: bool = True,
        database: Literal["sqlite", "mariadb"] = "sqlite",
        timezone: str = "UTC",
        major_outage_threshold: float = 25,
        debug: bool = False,
        prefix: str = "/api",
        on_list: Callable[[Request], None] | None = None,
    ) -> None:
        self.prefix = prefix
        #: The rows. Tests may change what the API cannot change, as an operator would on the dashboard.
        self.store: Store = Store()
        self._settings = Settings(
            zone=UTC if timezone == "UTC" else ZoneInfo(timezone),
            database=database,
            api_enabled=api_enabled,
            api_protected=api_protected,
            major_outage_threshold=major_outage_threshold,
            debug=debug,
        )
        self._clock = clock or _utc_now
        self._on_list = on_list
        self._throttle = Throttle(rate_limit)
        self._lock = Lock()
        self._tokens = Tokens()
        self.add_token(token)

    def add_token(
        self,
        token: str,
        *,
        abilities: Iterable[str] = ("*",),
        user: int = 1,
        expires_at: datetime | None = None,
    ) -> None:
        """Accept another token.

        Args:
            token: ``<id>|<secret>``, or only the secret.
            abilities: Such as ``components.manage`` or ``incidents.delete``; ``*`` grants all.
            user: The id of the token's user; a user's tokens share a rate limit.
            expires_at: When the token expires, as an aware datetime. Defaults to never.

        Example:
            >>> CachetV3(token="1|secret").add_token(
            ...     "2|other", abilities=["components.manage"]
            ... )
        """
        self._tokens.add(token, abilities, user, expires_at)

    def reset(self) -> None:
        """Delete all rows and restart ids at 1; tokens stay valid."""
        with self._lock:
            self.store = Store()
            self._throttle.reset()

    def handle(self, request: Request) -> Response:
        """Handle a request. Thread-safe.

        Args:
            request: The request as it arrived.

        Returns:
            The response that a Cachet 3 would send.
        """
        with self._lock:
            response = self._respond(request)
        body = b"" if request.method == "HEAD" else response.body
        return replace(response, headers=(*response.headers, _CORS), body=body)

    def _respond(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(204, (("Access-Control-Allow-Methods", "*"), ("Access-Control-Allow-Headers", "*")))
        try:
            action, keys = route(spoofed_method(request), request.path, self.prefix)
        except HttpError as error:
            return self._route_error(request, error)
        try:
            return self._dispatch(request, action, keys)
        except HttpError as error:
            return error.to_response(debug=self._settings.debug)

    def _call_on_list(self, request: Request) -> None:
        """Call the hook without the lock, so that it can send requests to this server."""
        if self._on_list is None:
            return
        self._lock.release()
        try:
            self._on_list(request)
        finally:
            self._lock.acquire()

    def _route_error(self, request: Request, error: HttpError) -> Response:
        if error.status == 404 and "text/html" in request.headers.get("accept", ""):
            return Response(404, (("Content-Type", "text/html; charset=utf-8"),), _NOT_FOUND_PAGE)
        return error.to_response(debug=self._settings.debug)

    def _dispatch(self, request: Request, action: Action, keys: tuple[str, ...]) -> Response:
        moment = self._clock()
        if not self._settings.api_enabled:
            raise http_errors.not_found()
        caller = self._tokens.caller(request.headers.get("authorization", ""), moment)
        if caller.token is None and (action.needs_token or self._settings.api_protected):
            raise http_errors.unauthenticated()
        rate_limit_headers = self._throttle.count(_rate_limit_key(action, caller), moment)
        now = in_zone(moment, self._settings.zone)
        call = Call(request, keys, self.store, self._settings, caller, now, partial(self._call_on_list, request))
        try:
            response = action.controller(call)
        except HttpError as error:
            response = error.to_response(debug=self._settings.debug)
        return replace(response, headers=(*response.headers, *rate_limit_headers))


def _rate_limit_key(action: Action, caller: Caller) -> str:
    # Reads are counted per address, even with a token. All requests here come from the same address.
    return f"user {caller.token.user}" if action.needs_token and caller.token is not None else "address"
