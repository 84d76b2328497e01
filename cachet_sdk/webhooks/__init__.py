"""Receive the webhooks of Cachet 3: verify a delivery's signature, and parse it into a typed event.

>>> from cachet_sdk import webhooks
>>> body = b'{"event":"component_status_changed","body":{"component_id":1,"old_status":1,"new_status":3}}'
>>> headers = {"Signature": webhooks.sign(body, "s3cr3t")}
>>> match webhooks.unwrap(body, headers, "s3cr3t"):
...     case webhooks.ComponentStatusChanged(body=change):
...         print(change.component_id, change.new_status.name)
1 PARTIAL_OUTAGE

It needs no web framework and does no I/O. ``signature`` verifies deliveries, ``delivery`` parses them, and ``events``
and ``bodies`` define their types.
"""

from cachet_sdk.errors import WebhookPayloadError, WebhookVerificationError
from cachet_sdk.webhooks.bodies import (
    ComponentBody,
    ComponentStatusBody,
    IncidentBody,
    MetricBody,
    MetricPointBody,
    SubscriberBody,
)
from cachet_sdk.webhooks.delivery import Headers, parse, unwrap
from cachet_sdk.webhooks.events import (
    ComponentCreated,
    ComponentDeleted,
    ComponentStatusChanged,
    ComponentUpdated,
    Event,
    IncidentCreated,
    IncidentDeleted,
    IncidentUpdated,
    KnownEvent,
    MetricCreated,
    MetricDeleted,
    MetricPointCreated,
    MetricPointDeleted,
    MetricUpdated,
    SubscriberCreated,
    SubscriberUnsubscribed,
    SubscriberVerified,
    UnknownEvent,
)
from cachet_sdk.webhooks.signature import sign, verify

__all__ = [
    "ComponentBody",
    "ComponentCreated",
    "ComponentDeleted",
    "ComponentStatusBody",
    "ComponentStatusChanged",
    "ComponentUpdated",
    "Event",
    "Headers",
    "IncidentBody",
    "IncidentCreated",
    "IncidentDeleted",
    "IncidentUpdated",
    "KnownEvent",
    "MetricBody",
    "MetricCreated",
    "MetricDeleted",
    "MetricPointBody",
    "MetricPointCreated",
    "MetricPointDeleted",
    "MetricUpdated",
    "SubscriberBody",
    "SubscriberCreated",
    "SubscriberUnsubscribed",
    "SubscriberVerified",
    "UnknownEvent",
    "WebhookPayloadError",
    "WebhookVerificationError",
    "parse",
    "sign",
    "unwrap",
    "verify",
]
