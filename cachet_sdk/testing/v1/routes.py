"""Routes: which handler responds to which path and method."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from cachet_sdk.testing.v1 import (
    component_groups,
    components,
    general,
    incident_updates,
    incident_writes,
    incidents,
    metric_points,
    metrics,
    schedules,
    subscribers,
    templates,
)
from cachet_sdk.testing.v1.errors import HttpError
from cachet_sdk.testing.v1.php import Json

#: Called with the request and the rows named in the path; None means 204.
Handler = Callable[..., Json]
_VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one path.

    Attributes:
        segments: The path, split; ``{incidents}`` is a placeholder for the id of a row of that table.
        method: The method, in upper case.
        handler: Returns the response.
        public: Whether guests may use it even with ``always_authenticate``.
        protected: Whether it always needs a token.
    """

    segments: tuple[str, ...]
    method: str
    handler: Handler
    public: bool = False
    protected: bool = False

    def matches(self, segments: tuple[str, ...]) -> bool:
        """Return whether a path of the same length matches this route."""
        pairs = zip(self.segments, segments, strict=True)
        return all(own == other or (own[0] == "{" and other) for own, other in pairs)

    def row_ids(self, segments: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """Return the table and the text of each id in a path."""
        for own, other in zip(self.segments, segments, strict=True):
            if own[0] == "{":
                yield own[1:-1], other


def _resource(path: str, module: object, table: str) -> Iterator[Route]:
    """Return the routes of a resource for those of its five actions that the module has."""
    one = f"{path}/{{{table}}}"
    for method, name, where in (
        ("GET", "index", path),
        ("POST", "create", path),
        ("GET", "show", one),
        ("PUT", "update", one),
        ("DELETE", "delete", one),
    ):
        handler = getattr(module, name, None)
        if handler is not None:
            yield Route(tuple(where.split("/")), method, handler, protected=method != "GET")


@cache
def _routes(is_2_3: bool) -> dict[tuple[int, str], list[Route]]:
    """Return the routes by the length and first segment of their paths, in order of precedence."""
    found: list[Route] = [
        Route(("ping",), "GET", general.ping, public=not is_2_3),
        Route(("version",), "GET", general.version, public=not is_2_3),
        Route(("status",), "GET", general.status, public=not is_2_3),
        # Before components, which would match "groups" as an id; likewise templates before incidents.
        *_resource("components/groups", component_groups, "groups"),
        *_resource("components", components, "components"),
        *([] if is_2_3 else _resource("incidents/templates", templates, "templates")),
        *([] if is_2_3 else _resource("incidents/{incidents}/updates", incident_updates, "updates")),
        Route(("incidents",), "POST", incident_writes.create, protected=True),
        Route(("incidents", "{incidents}"), "PUT", incident_writes.update, protected=True),
        *_resource("incidents", incidents, "incidents"),
        *_resource("metrics/{metrics}/points", metric_points, "points"),
        *_resource("metrics", metrics, "metrics"),
        *([] if is_2_3 else _resource("schedules", schedules, "schedules")),
        Route(("subscribers",), "GET", subscribers.index, protected=True),
        Route(("subscribers",), "POST", subscribers.create, protected=True),
        Route(("subscribers", "{subscribers}"), "DELETE", subscribers.delete, protected=True),
        Route(("subscriptions", "{subscriptions}"), "DELETE", subscribers.delete_subscription, protected=True),
    ]
    index: dict[tuple[int, str], list[Route]] = {}
    for route in found:
        index.setdefault((len(route.segments), route.segments[0]), []).append(route)
    return index


def _matching(segments: tuple[str, ...], *, is_2_3: bool) -> list[Route]:
    candidates = _routes(is_2_3).get((len(segments), segments[0]), ())
    return [route for route in candidates if route.matches(segments)]


def find(segments: tuple[str, ...], method: str, *, is_2_3: bool) -> Route:
    """Return the route of a request.

    Raises:
        HttpError: 404 for an unknown path; 405 with the allowed methods for another method.
    """
    matching = _matching(segments, is_2_3=is_2_3)
    wanted = "GET" if method == "HEAD" else method
    for route in matching:
        if route.method == wanted:
            return route
    if not matching:
        raise HttpError(404)
    raise HttpError(405, allow=allowed(segments, is_2_3=is_2_3))


def allowed(segments: tuple[str, ...], *, is_2_3: bool) -> str:
    """Return the methods of a path, or "" if there is no such path."""
    methods = {route.method for route in _matching(segments, is_2_3=is_2_3)}
    return ", ".join(verb for verb in _VERBS if verb in methods or (verb == "HEAD" and "GET" in methods))
