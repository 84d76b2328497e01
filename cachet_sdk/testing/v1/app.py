"""``CachetV1``: handles a request in the server's order: method, route, time zone, row, token, Accept, handler."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, tzinfo
from email.utils import format_datetime
from functools import partial
from typing import TYPE_CHECKING

from cachet_sdk.testing.http import Request, Response
from cachet_sdk.testing.v1 import components, dates, php, routes
from cachet_sdk.testing.v1.context import Call, Settings
from cachet_sdk.testing.v1.database import fix_up
from cachet_sdk.testing.v1.errors import HttpError, accepts_json, error_response
from cachet_sdk.testing.v1.inputs import Inputs
from cachet_sdk.testing.v1.release_2_3 import with_2_3_messages
from cachet_sdk.testing.v1.store import IncidentTemplate, Row, Store, Table

if TYPE_CHECKING:
    from collections.abc import Callable


class CachetV1:
    """An in-memory model of the API of Cachet 2.

    Args:
        token: The API token to accept.
        settings: The server's settings.
        clock: Returns the current time; a naive time counts as UTC. Defaults to the system clock.
        on_list: Called after the rows of a list are counted and before they are read.
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
        # MariaDB's comparison ignores case.
        self._token = token.casefold()
        self._clock = clock
        self._on_list = on_list
        self._zone = dates.get_zone(self._settings.time_zone)
        self._lock = threading.Lock()
        self._store = Store()

    @property
    def is_2_3(self) -> bool:
        """Whether this is Cachet 2.3."""
        return self._settings.is_2_3

    def handle(self, request: Request) -> Response:
        """Answer one request."""
        try:
            response = self._respond(request)
        except HttpError as error:
            if self._settings.is_2_3:
                error = with_2_3_messages(error)
            response = error_response(error, request.headers.get("accept", ""))
        # A real web server adds it; here it uses the same clock as the dates in the body.
        headers = (("Date", format_datetime(self._now(), usegmt=True)), *response.headers)
        return Response(response.status, headers, b"" if request.method == "HEAD" else response.body)

    def reset(self) -> None:
        """Delete all rows and restart ids at 1."""
        with self._lock:
            self._store = Store()

    def add_incident_template(self, name: str, template: str, slug: str | None = None) -> int:
        """Add a template, which the API cannot create."""
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
            table.discard_views()

    def _respond(self, request: Request) -> Response:
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
                on_list=partial(self._call_on_list, request),
                url=f"{origin}{self.prefix}/{'/'.join(segments)}",
            )
            # Rows are looked up first: a guest who writes to an id that does not exist gets 404.
            rows = [_table(self._store, name).find(text) for name, text in route.row_ids(segments)]
            needs_token = route.protected or (self._settings.always_authenticate and not route.public)
            if needs_token and call.guest:
                raise HttpError(401)
            if not accepts_json(request.headers.get("accept", "")):
                raise HttpError(406)
            try:
                document = route.handler(call, *rows)
            finally:
                fix_up(self._store, three_byte_characters=self._settings.is_2_3)
        if document is None:
            return Response(204, (("Content-Type", "text/html; charset=UTF-8"),) if self.is_2_3 else ())
        response = Response.json(200, document)
        cors_origin = request.headers.get("origin") if route.method == "GET" else None
        extra_headers = [*call.headers, *([("Access-Control-Allow-Origin", cors_origin)] if cors_origin else [])]
        return Response(200, (*response.headers, *extra_headers), response.body)

    def _options(self, request: Request, segments: tuple[str, ...]) -> Response:
        allow = routes.allowed(segments, is_2_3=self._settings.is_2_3)
        if not allow:
            raise HttpError(404)
        origin = request.headers.get("origin")
        if origin is None or "access-control-request-method" not in request.headers:
            return Response(200, (("Allow", allow), ("Content-Type", "text/html; charset=UTF-8")))
        return Response(204, (("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Methods", allow)))

    def _call_on_list(self, request: Request) -> None:
        """Call the hook without the lock, so that it can send requests to this server."""
        if self._on_list is None:
            return
        self._lock.release()
        try:
            self._on_list(request)
        finally:
            self._lock.acquire()

    def _zone_of(self, request: Request) -> tzinfo:
        name = request.headers.get("time-zone", "")
        return dates.get_zone(name) if name else self._zone

    def _now(self) -> datetime:
        now = self._clock() if self._clock else datetime.now(UTC)
        aware = now.replace(tzinfo=UTC) if now.tzinfo is None else now.astimezone(UTC)
        return aware.replace(microsecond=0)


def _segments(path: str, prefix: str) -> tuple[str, ...]:
    """Return the segments of the path below the prefix; a trailing slash is ignored."""
    below = path.removeprefix(prefix)
    if below == path or not below.startswith("/"):
        raise HttpError(404)
    return tuple(below.rstrip("/")[1:].split("/"))


def _method(request: Request, inputs: Inputs) -> str:
    """Return the method, which a POST may override for clients that cannot send a PUT."""
    if request.method != "POST":
        return request.method
    override = request.headers.get("x-http-method-override") or inputs.raw("_method")
    return override.upper() if isinstance(override, str) and override else "POST"


def _origin(request: Request) -> str:
    """Return the scheme and host for links; the forwarded headers are trusted from anyone, as on the real server."""
    scheme, _, host = request.origin.partition("://")
    scheme = request.headers.get("x-forwarded-proto", scheme).split(",")[0].strip()
    return f"{scheme}://{request.headers.get('x-forwarded-host', host).split(',')[0].strip()}"


def _table(store: Store, name: str) -> Table[Row]:
    table: Table[Row] = getattr(store, name)
    return table
