"""Routes: which controller handles which path and method, and whether a token is needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from cachet_sdk.testing.v3 import (
    component_groups,
    components,
    general,
    http_errors,
    incident_templates,
    incidents,
    metrics,
    schedules,
    subscribers,
    updates,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from cachet_sdk.testing.http import Response
    from cachet_sdk.testing.v3.call import Call

    Controller = Callable[[Call], Response]


class _Resource(Protocol):
    def index(self, call: Call) -> Response: ...
    def show(self, call: Call) -> Response: ...
    def store(self, call: Call) -> Response: ...
    def update(self, call: Call) -> Response: ...
    def destroy(self, call: Call) -> Response: ...


@dataclass(frozen=True, slots=True)
class Action:
    """The controller for a method of a path."""

    controller: Controller
    needs_token: bool


def _public(controller: Controller) -> dict[str, Action]:
    return {"GET": Action(controller, needs_token=False)}


def _protected(**controllers: Controller) -> dict[str, Action]:
    return {method: Action(controller, needs_token=True) for method, controller in controllers.items()}


def _resource(name: str, module: _Resource) -> dict[tuple[str, ...], dict[str, Action]]:
    return {
        (name,): _public(module.index) | _protected(POST=module.store),
        (name, "*"): _public(module.show) | _protected(PUT=module.update, PATCH=module.update, DELETE=module.destroy),
    }


#: Actions by path and method; every second segment is an id.
_ROUTES: dict[tuple[str, ...], dict[str, Action]] = {
    ("ping",): _public(general.ping),
    ("version",): _public(general.version),
    ("status",): _public(general.status),
    **_resource("components", components),
    **_resource("component-groups", component_groups),
    **_resource("incidents", incidents),
    ("incidents", "*", "updates"): _public(updates.index_for_incident) | _protected(POST=updates.store_for_incident),
    ("incidents", "*", "updates", "*"): _public(updates.show_for_incident)
    | _protected(
        PUT=updates.update_for_incident, PATCH=updates.update_for_incident, DELETE=updates.destroy_for_incident
    ),
    **_resource("incident-templates", incident_templates),
    **_resource("metrics", metrics),
    ("metrics", "*", "points"): _public(metrics.index_points) | _protected(POST=metrics.store_point),
    ("metrics", "*", "points", "*"): _public(metrics.show_point) | _protected(DELETE=metrics.destroy_point),
    **_resource("schedules", schedules),
    ("schedules", "*", "updates"): _public(updates.index_for_schedule) | _protected(POST=updates.store_for_schedule),
    ("schedules", "*", "updates", "*"): _public(updates.show_for_schedule)
    | _protected(
        PUT=updates.update_for_schedule, PATCH=updates.update_for_schedule, DELETE=updates.destroy_for_schedule
    ),
    ("subscribers",): _protected(GET=subscribers.index, POST=subscribers.store),
    ("subscribers", "*"): _protected(
        GET=subscribers.show, PUT=subscribers.update, PATCH=subscribers.update, DELETE=subscribers.destroy
    ),
}


def route(method: str, path: str, prefix: str) -> tuple[Action, tuple[str, ...]]:
    """Return the action for a request, and the ids in its path.

    Raises:
        HttpError: 404 for an unknown path, 405 for a method that it does not support.
    """
    segments = path.removeprefix(prefix + "/").strip("/").split("/") if path.startswith(prefix + "/") else []
    actions = _ROUTES.get(tuple("*" if position % 2 else name for position, name in enumerate(segments)))
    if actions is None:
        raise http_errors.route_not_found(path)
    action = actions.get("GET" if method == "HEAD" else method)
    if action is None:
        raise _not_allowed(method, path, actions)
    return action, tuple(segments[1::2])


def _not_allowed(method: str, path: str, actions: dict[str, Action]) -> http_errors.HttpError:
    supported = ", ".join(name for method in actions for name in (("GET", "HEAD") if method == "GET" else (method,)))
    return http_errors.HttpError(
        405,
        f"The {method} method is not supported for route {path.strip('/')}. Supported methods: {supported}.",
        headers=(("Allow", supported),),
    )
