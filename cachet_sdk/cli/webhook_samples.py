"""A sample delivery of each event of Cachet 3, modelled on those of a real server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

_AT = "2026-11-23T11:19:12.000000Z"
_TIMES: dict[str, JsonValue] = {"updated_at": _AT, "created_at": _AT}
_COMPONENT: dict[str, JsonValue] = {
    "id": 1,
    "name": "Website",
    "description": "Where people buy things",
    "status": 1,
    "link": "https://example.com",
    "order": 1,
    "enabled": True,
    **_TIMES,
}
_INCIDENT: dict[str, JsonValue] = {
    "id": 1,
    "guid": "5f0fcd9c-6bb4-4b0b-9d5c-53d8d9c7b3a4",
    "name": "Payments fail",
    "message": "Cards are refused.",
    "status": 1,
    "visible": 1,
    "stickied": False,
    "notifications": False,
    **_TIMES,
}
_METRIC: dict[str, JsonValue] = {
    "id": 1,
    "name": "Response time",
    "suffix": "ms",
    "description": "",
    "default_value": 0,
    "calc_type": 1,
    "display_chart": True,
    "places": 2,
    "threshold": 5,
    **_TIMES,
}
_POINT: dict[str, JsonValue] = {"id": 1, "metric_id": 1, "value": 212.5, "counter": 1, **_TIMES}
_SUBSCRIBER: dict[str, JsonValue] = {"id": 1, "email": "somebody@example.com", "global": True, **_TIMES}

#: Body of a delivery by event.
SAMPLES: dict[str, dict[str, JsonValue]] = {
    "component_created": _COMPONENT,
    "component_updated": _COMPONENT,
    "component_deleted": {**_COMPONENT, "deleted_at": _AT},
    "component_status_changed": {"component_id": 1, "old_status": 1, "new_status": 4, "source": "manual"},
    "incident_created": _INCIDENT,
    "incident_updated": {**_INCIDENT, "status": 4},
    "incident_deleted": {**_INCIDENT, "deleted_at": _AT},
    "metric_created": _METRIC,
    "metric_updated": _METRIC,
    "metric_deleted": _METRIC,
    "metric_point_created": _POINT,
    "metric_point_deleted": _POINT,
    "subscriber_created": _SUBSCRIBER,
    "subscriber_unsubscribed": _SUBSCRIBER,
    "subscriber_verified": {**_SUBSCRIBER, "verified_at": _AT},
}


def sample_body(event: str, changes: Mapping[str, JsonValue]) -> bytes:
    """Return the raw body of a sample delivery, with JSON escaped as by PHP.

    Args:
        event: Name of the event.
        changes: Fields to change or add.
    """
    document = {"event": event, "body": {**SAMPLES[event], **changes}}
    return json.dumps(document, separators=(",", ":")).replace("/", "\\/").encode("ascii")
