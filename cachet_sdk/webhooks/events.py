"""The fifteen events of Cachet 3, and ``UnknownEvent`` for events of newer versions.

``Event`` is their union: ``match event: case ComponentStatusChanged(): …`` narrows it for type checkers. Cachet has no
events for schedules, component groups, incident templates and updates.
"""

# ruff: noqa: PYI064  (Final[Literal["…"]] is a field; pydantic takes Final = "…" for a class variable)

from __future__ import annotations

from typing import Annotated, Final, Literal, get_args

from pydantic import AfterValidator, Field, JsonValue
from pydantic_core import PydanticCustomError

from cachet_sdk.webhooks.bodies import (
    ComponentBody,
    ComponentStatusBody,
    Delivered,
    IncidentBody,
    MetricBody,
    MetricPointBody,
    SubscriberBody,
)


class ComponentCreated(Delivered):
    """A component was created."""

    event: Final[Literal["component_created"]]
    body: Final[ComponentBody]


class ComponentUpdated(Delivered):
    """A component was updated."""

    event: Final[Literal["component_updated"]]
    body: Final[ComponentBody]


class ComponentDeleted(Delivered):
    """A component was deleted."""

    event: Final[Literal["component_deleted"]]
    body: Final[ComponentBody]


class ComponentStatusChanged(Delivered):
    """A component's status changed; sent after ``ComponentUpdated``, in addition to it."""

    event: Final[Literal["component_status_changed"]]
    body: Final[ComponentStatusBody]


class IncidentCreated(Delivered):
    """An incident was created, visible to visitors or not."""

    event: Final[Literal["incident_created"]]
    body: Final[IncidentBody]


class IncidentUpdated(Delivered):
    """An incident was updated, or an incident update changed its status; incident updates have no own event."""

    event: Final[Literal["incident_updated"]]
    body: Final[IncidentBody]


class IncidentDeleted(Delivered):
    """An incident was deleted."""

    event: Final[Literal["incident_deleted"]]
    body: Final[IncidentBody]


class MetricCreated(Delivered):
    """A metric was created."""

    event: Final[Literal["metric_created"]]
    body: Final[MetricBody]


class MetricUpdated(Delivered):
    """A metric was updated."""

    event: Final[Literal["metric_updated"]]
    body: Final[MetricBody]


class MetricDeleted(Delivered):
    """A metric was deleted."""

    event: Final[Literal["metric_deleted"]]
    body: Final[MetricBody]


class MetricPointCreated(Delivered):
    """A point was added; not sent if it only incremented the counter of an earlier one."""

    event: Final[Literal["metric_point_created"]]
    body: Final[MetricPointBody]


class MetricPointDeleted(Delivered):
    """A point was deleted."""

    event: Final[Literal["metric_point_deleted"]]
    body: Final[MetricPointBody]


class SubscriberCreated(Delivered):
    """Someone subscribed."""

    event: Final[Literal["subscriber_created"]]
    body: Final[SubscriberBody]


class SubscriberUnsubscribed(Delivered):
    """Someone unsubscribed, or was removed."""

    event: Final[Literal["subscriber_unsubscribed"]]
    body: Final[SubscriberBody]


class SubscriberVerified(Delivered):
    """Someone verified their e-mail address."""

    event: Final[Literal["subscriber_verified"]]
    body: Final[SubscriberBody]


#: Any event for which this SDK has a type.
KnownEvent = (
    ComponentCreated
    | ComponentUpdated
    | ComponentDeleted
    | ComponentStatusChanged
    | IncidentCreated
    | IncidentUpdated
    | IncidentDeleted
    | MetricCreated
    | MetricUpdated
    | MetricDeleted
    | MetricPointCreated
    | MetricPointDeleted
    | SubscriberCreated
    | SubscriberUnsubscribed
    | SubscriberVerified
)

#: Event types by name.
EVENT_TYPES: Final[dict[str, type[KnownEvent]]] = {
    get_args(kind.model_fields["event"].annotation)[0]: kind for kind in get_args(KnownEvent)
}


def _require_unknown(name: str) -> str:
    # So that at most one member of the union Event matches a delivery.
    if name in EVENT_TYPES:
        raise PydanticCustomError("known_event", "is the name of a known event")
    return name


class UnknownEvent(Delivered):
    """An event for which this SDK has no type, such as one of a newer server."""

    event: Final[Annotated[str, AfterValidator(_require_unknown)]]
    """Name, as sent."""
    body: Final[Annotated[JsonValue, Field(default=None)]]
    """Body, as sent."""


#: Any event.
Event = KnownEvent | UnknownEvent
