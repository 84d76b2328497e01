"""Which path and method reach which controller, and whether a token is needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from cachet_sdk.testing.v3 import (
    component_groups,
    components,
    general,
    incident_templates,
    incidents,
    metrics,
    refusals,
    schedules,
    subscribers,
    updates,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from cachet_sdk.testing.http import Answer
    from cachet_sdk.testing.v3.call import Call

    Controller = Callable[[Call], Answer]


class _Resource(Protocol):
    def index(self, call: Call) -> Answer: ...
    def show(self, call: Call) -> Answer: ...
    def store(self, call: Call) -> Answer: ...
    def update(self, call: Call) -> Answer: ...
    def destroy(self, call: Call) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Action:
    """What answers a method on a path; ``guarded`` when only a token's caller gets through."""

    controller: Controller
    guarded: bool


def _reads(controller: Controller) -> dict[str, Action]:
    return {"GET": Action(controller, guarded=False)}


def _writes(**controllers: Controller) -> dict[str, Action]:
    return {method: Action(controller, guarded=True) for method, controller in controllers.items()}


def _resource(name: str, module: _Resource) -> dict[tuple[str, ...], dict[str, Action]]:
    return {
        (name,): _reads(module.index) | _writes(POST=module.store),
        (name, "*"): _reads(module.show) | _writes(PUT=module.update, PATCH=module.update, DELETE=module.destroy),
    }


#: Actions by method, by path: every second segment is an id.
_ROUTES: dict[tuple[str, ...], dict[str, Action]] = {
    ("ping",): _reads(general.ping),
    ("version",): _reads(general.version),
    ("status",): _reads(general.status),
    **_resource("components", components),
    **_resource("component-groups", component_groups),
    **_resource("incidents", incidents),
    ("incidents", "*", "updates"): _reads(updates.index_of_incident) | _writes(POST=updates.store_for_incident),
    ("incidents", "*", "updates", "*"): _reads(updates.show_of_incident)
    | _writes(PUT=updates.update_of_incident, PATCH=updates.update_of_incident, DELETE=updates.destroy_of_incident),
    **_resource("incident-templates", incident_templates),
    **_resource("metrics", metrics),
    ("metrics", "*", "points"): _reads(metrics.index_points) | _writes(POST=metrics.store_point),
    ("metrics", "*", "points", "*"): _reads(metrics.show_point) | _writes(DELETE=metrics.destroy_point),
    **_resource("schedules", schedules),
    ("schedules", "*", "updates"): _reads(updates.index_of_schedule) | _writes(POST=updates.store_for_schedule),
    ("schedules", "*", "updates", "*"): _reads(updates.show_of_schedule)
    | _writes(PUT=updates.update_of_schedule, PATCH=updates.update_of_schedule, DELETE=updates.destroy_of_schedule),
    ("subscribers",): _writes(GET=subscribers.index, POST=subscribers.store),
    ("subscribers", "*"): _writes(
        GET=subscribers.show, PUT=subscribers.update, PATCH=subscribers.update, DELETE=subscribers.destroy
    ),
}


def route(method: str, path: str, prefix: str) -> tuple[Action, tuple[str, ...]]:
    """Return the action for a request, and the ids in its path.

    Raises:
        Refusal: 404 for an unknown path, 405 for a method that it does not have.
    """
    segments = path.removeprefix(prefix + "/").strip("/").split("/") if path.startswith(prefix + "/") else []
    actions = _ROUTES.get(tuple("*" if position % 2 else name for position, name in enumerate(segments)))
    if actions is None:
        raise refusals.no_route(path)
    action = actions.get("GET" if method == "HEAD" else method)
    if action is None:
        raise _not_allowed(method, path, actions)
    return action, tuple(segments[1::2])


def _not_allowed(method: str, path: str, actions: dict[str, Action]) -> refusals.Refusal:
    supported = ", ".join(name for method in actions for name in (("GET", "HEAD") if method == "GET" else (method,)))
    return refusals.Refusal(
        405,
        f"The {method} method is not supported for route {path.strip('/')}. Supported methods: {supported}.",
        headers=(("Allow", supported),),
    )
