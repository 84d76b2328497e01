"""``CachetV1``: a request's way through the server: method, route, time zone, row, token, Accept, handler."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, tzinfo
from email.utils import format_datetime
from functools import partial
from typing import TYPE_CHECKING

from cachet_sdk.testing.http import Answer, Request
from cachet_sdk.testing.v1 import components, dates, php, routes
from cachet_sdk.testing.v1.context import Call, Settings
from cachet_sdk.testing.v1.database import settle
from cachet_sdk.testing.v1.errors import Refusal, accepts_json, error_answer
from cachet_sdk.testing.v1.inputs import Inputs
from cachet_sdk.testing.v1.release_2_3 import reworded
from cachet_sdk.testing.v1.store import IncidentTemplate, Row, Store, Table

if TYPE_CHECKING:
    from collections.abc import Callable


class CachetV1:
    """The v1 API in memory.

    Args:
        token: The API token that it accepts.
        settings: How the server is set up.
        clock: Tells the time; a naive time counts as UTC. Default: the real one.
        on_list: Called after the rows of a list were counted, and before they are read.
    """

    prefix = "/api/v1"

    def __init__(
        self,
        *,
        token: str,
        settings: Settings | None = None,
        clock: Callable[[], datetime] | None = None,
        on_list: Callable[[Request], None] | None = None,
    ) -> None:
        self._settings = settings or Settings()
        # MariaDB compares without regard to case.
        self._token = token.casefold()
        self._clock = clock
        self._on_list = on_list
        self._zone = dates.zone_named(self._settings.time_zone)
        self._lock = threading.Lock()
        self._store = Store()

    @property
    def is_2_3(self) -> bool:
        """Return whether this is Cachet 2.3."""
        return self._settings.is_2_3

    def handle(self, request: Request) -> Answer:
        """Answer one request."""
        try:
            answer = self._answer(request)
        except Refusal as refusal:
            if self._settings.is_2_3:
                refusal = reworded(refusal)
            answer = error_answer(refusal, request.headers.get("accept", ""))
        # As any web server in front of PHP; by the same clock as the dates in the body.
        headers = (("Date", format_datetime(self._now(), usegmt=True)), *answer.headers)
        return Answer(answer.status, headers, b"" if request.method == "HEAD" else answer.body)

    def reset(self) -> None:
        """Forget every row and start ids at 1 again."""
        with self._lock:
            self._store = Store()

    def add_incident_template(self, name: str, template: str, slug: str | None = None) -> int:
        """Add a template, which this API has no request for."""
        now = self._now()
        with self._lock:
            table = self._store.templates
            slug = php.slug(name) if slug is None else slug
            row = IncidentTemplate(
                id=table.next_id(), created_at=now, updated_at=now, name=name, slug=slug, template=template
            )
            return table.add(row).id

    def save_on_dashboard(self, component_id: int) -> None:
        """Save a component without tags, as the dashboard of 2.3 does."""
        with self._lock:
            table = self._store.components
            components.save_on_dashboard(table.rows[component_id])
            table.touch()

    def _answer(self, request: Request) -> Answer:
        segments = _segments(request.path, self.prefix)
        if request.method == "OPTIONS":
            return self._options(request, segments)
        inputs = Inputs(request)
        method = _method(request, inputs)
        route = routes.find(segments, method, is_2_3=self._settings.is_2_3)
        zone = self._zone_of(request)
        token = request.headers.get("x-cachet-token", "").casefold()
        origin = _origin(request)
        with self._lock:
            call = Call(
                store=self._store,
                settings=self._settings,
                inputs=inputs,
                zone=zone,
                now=self._now(),
                guest=token != self._token,
                origin=origin,
                counted=partial(self._between, request),
                url=f"{origin}{self.prefix}/{'/'.join(segments)}",
            )
            # Rows are looked up first: a guest who writes to an id that does not exist gets 404.
            rows = [_table(self._store, name).find(text) for name, text in route.names(segments)]
            needs_token = route.protected or (self._settings.always_authenticate and not route.public)
            if needs_token and call.guest:
                raise Refusal(401)
            if not accepts_json(request.headers.get("accept", "")):
                raise Refusal(406)
            try:
                document = route.handler(call, *rows)
            finally:
                settle(self._store, three_byte_characters=self._settings.is_2_3)
        if document is None:
            return Answer(204, (("Content-Type", "text/html; charset=UTF-8"),) if self.is_2_3 else ())
        answer = Answer.of_json(200, document)
        cors = request.headers.get("origin") if route.method == "GET" else None
        extra = [*call.headers, *([("Access-Control-Allow-Origin", cors)] if cors else [])]
        return Answer(200, (*answer.headers, *extra), answer.body)

    def _options(self, request: Request, segments: tuple[str, ...]) -> Answer:
        allow = routes.allowed(segments, is_2_3=self._settings.is_2_3)
        if not allow:
            raise Refusal(404)
        origin = request.headers.get("origin")
        if origin is None or "access-control-request-method" not in request.headers:
            return Answer(200, (("Allow", allow), ("Content-Type", "text/html; charset=UTF-8")))
        return Answer(204, (("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Methods", allow)))

    def _between(self, request: Request) -> None:
        """Let others in after the rows of a list were counted and before they are read."""
        if self._on_list is None:
            return
        self._lock.release()
        try:
            self._on_list(request)
        finally:
            self._lock.acquire()

    def _zone_of(self, request: Request) -> tzinfo:
        name = request.headers.get("time-zone", "")
        return dates.zone_named(name) if name else self._zone

    def _now(self) -> datetime:
        now = self._clock() if self._clock else datetime.now(UTC)
        aware = now.replace(tzinfo=UTC) if now.tzinfo is None else now.astimezone(UTC)
        return aware.replace(microsecond=0)


def _segments(path: str, prefix: str) -> tuple[str, ...]:
    """The path below the prefix, split; a slash at its end counts for nothing."""
    below = path.removeprefix(prefix)
    if below == path or not below.startswith("/"):
        raise Refusal(404)
    return tuple(below.rstrip("/")[1:].split("/"))


def _method(request: Request, inputs: Inputs) -> str:
    """The method, which a POST may override for clients that know no PUT."""
    if request.method != "POST":
        return request.method
    override = request.headers.get("x-http-method-override") or inputs.raw("_method")
    return override.upper() if isinstance(override, str) and override else "POST"


def _origin(request: Request) -> str:
    """Scheme and host for links: whatever the client, or a proxy, or anybody says."""
    scheme, _, host = request.origin.partition("://")
    scheme = request.headers.get("x-forwarded-proto", scheme).split(",")[0].strip()
    return f"{scheme}://{request.headers.get('x-forwarded-host', host).split(',')[0].strip()}"


def _table(store: Store, name: str) -> Table[Row]:
    table: Table[Row] = getattr(store, name)
    return table
