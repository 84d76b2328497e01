"""The application: settings, tokens, the order of checks, and one lock around it all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from cachet_sdk.testing.http import Answer
from cachet_sdk.testing.v3 import refusals
from cachet_sdk.testing.v3.call import Call, Settings
from cachet_sdk.testing.v3.dates import in_zone
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
_HTML = b"<!DOCTYPE html>\n<html><head><title>Not Found</title></head><body>404 Not Found</body></html>\n"


def _utc_now() -> datetime:
    return datetime.now(UTC)


class CachetV3:
    """An embedded Cachet 3: answers requests like the real one, from memory.

    Args:
        token: The main token, ``<id>|<secret>`` or a bare secret. It may do everything.
        clock: Tells the time; an aware datetime. The system's clock by default.
        rate_limit: Requests a minute, for reads by address and for the rest by user; None for no limit.
        api_protected: Whether reads need a token, too.
        api_enabled: Whether there is an API at all; without, every route of it is a 404.
        database: The database behind it. It shows in a metric's ``default_value``: a number, or text like ``"1.500"``.
        timezone: The server's time zone: dates are stored and shown in it, without an offset.
        major_outage_threshold: Percent of components in major outage that make it the system's status.
        debug: Whether errors carry ``exception``, ``file``, ``line`` and ``trace``.
        prefix: Where the API lives, without a slash at the end.
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
        #: The rows. Tests may change them where the API cannot, as an operator would in the dashboard.
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
        """Make another token valid.

        Args:
            token: ``<id>|<secret>``, or a bare secret.
            abilities: What it may do: ``components.manage``, ``incidents.delete`` …; ``*`` is everything.
            user: Whose it is; the tokens of a user share a rate limit.
            expires_at: When it stops being valid; an aware datetime.

        Example:
            >>> CachetV3(token="1|secret").add_token("2|other", abilities=["components.manage"])
        """
        self._tokens.add(token, abilities, user, expires_at)

    def reset(self) -> None:
        """Forget every row and start ids at 1 again; tokens stay."""
        with self._lock:
            self.store = Store()
            self._throttle.reset()

    def handle(self, request: Request) -> Answer:
        """Answer a request. Safe to call from several threads.

        Args:
            request: The request as it arrived.

        Returns:
            The answer that a Cachet 3 would give.
        """
        with self._lock:
            answer = self._answer(request)
        body = b"" if request.method == "HEAD" else answer.body
        return replace(answer, headers=(*answer.headers, _CORS), body=body)

    def _answer(self, request: Request) -> Answer:
        if request.method == "OPTIONS":
            return Answer(204, (("Access-Control-Allow-Methods", "*"), ("Access-Control-Allow-Headers", "*")))
        try:
            action, keys = route(spoofed_method(request), request.path, self.prefix)
        except refusals.Refusal as refusal:
            return self._no_such_route(request, refusal)
        try:
            return self._admit(request, action, keys)
        except refusals.Refusal as refusal:
            return refusal.answer(debug=self._settings.debug)

    def _before_rows(self, request: Request) -> None:
        """Let others in before the rows of a list are read."""
        if self._on_list is None:
            return
        self._lock.release()
        try:
            self._on_list(request)
        finally:
            self._lock.acquire()

    def _no_such_route(self, request: Request, refusal: refusals.Refusal) -> Answer:
        if refusal.status == 404 and "text/html" in request.headers.get("accept", ""):
            return Answer(404, (("Content-Type", "text/html; charset=utf-8"),), _HTML)
        return refusal.answer(debug=self._settings.debug)

    def _admit(self, request: Request, action: Action, keys: tuple[str, ...]) -> Answer:
        moment = self._clock()
        if not self._settings.api_enabled:
            raise refusals.hidden()
        caller = self._tokens.caller(request.headers.get("authorization", ""), moment)
        if caller.token is None and (action.guarded or self._settings.api_protected):
            raise refusals.unauthenticated()
        counted = self._throttle.count(_bucket(action, caller), moment)
        now = in_zone(moment, self._settings.zone)
        call = Call(request, keys, self.store, self._settings, caller, now, partial(self._before_rows, request))
        try:
            answer = action.controller(call)
        except refusals.Refusal as refusal:
            answer = refusal.answer(debug=self._settings.debug)
        return replace(answer, headers=(*answer.headers, *counted))


def _bucket(action: Action, caller: Caller) -> str:
    # Reads are counted by address, even with a token. The embedded server knows one address.
    return f"user {caller.token.user}" if action.guarded and caller.token is not None else "address"
