"""Webhook code that type checkers must accept, with the types that they must infer. It is never run."""

from __future__ import annotations

from datetime import datetime
from http.server import BaseHTTPRequestHandler
from typing import assert_never, assert_type

import flask
import starlette.requests

from cachet_sdk import CachetError, WebhookPayloadError, WebhookVerificationError, webhooks
from cachet_sdk.v3.enums import ComponentStatus, IncidentStatus


def a_case_narrows_the_type(event: webhooks.Event) -> None:
    match event:
        case webhooks.ComponentStatusChanged():
            assert_type(event.body.new_status, ComponentStatus | int)
            assert_type(event.body.component_id, int)
            assert_type(event.body.source, str | None)
        case webhooks.IncidentCreated(body=incident) | webhooks.IncidentUpdated(body=incident):
            assert_type(incident, webhooks.IncidentBody)
            assert_type(incident.status, IncidentStatus | int | None)
            assert_type(incident.published_at, datetime | None)
        case webhooks.UnknownEvent():
            assert_type(event.event, str)
        case _:
            assert_type(event.body.id, int)


def headers_may_have_any_type(body: bytes, environ: dict[str, object], pairs: list[tuple[bytes, bytes]]) -> None:
    assert_type(webhooks.unwrap(body, pairs, "s3cr3t"), webhooks.Event)
    webhooks.unwrap(body, {"Signature": "0"}, b"s3cr3t")


def isinstance_narrows_the_type(event: webhooks.Event) -> int | None:
    if isinstance(event, webhooks.SubscriberCreated | webhooks.SubscriberVerified):
        assert_type(event.body, webhooks.SubscriberBody)
        return event.body.id
    return None


def a_match_can_be_exhaustive(event: webhooks.Event) -> str:  # noqa: PLR0911  (a branch for each kind of event)
    match event:
        case webhooks.ComponentCreated() | webhooks.ComponentUpdated() | webhooks.ComponentDeleted():
            return event.body.name
        case webhooks.ComponentStatusChanged():
            return f"{event.body.new_status}"
        case webhooks.IncidentCreated() | webhooks.IncidentUpdated() | webhooks.IncidentDeleted():
            return event.body.name
        case webhooks.MetricCreated() | webhooks.MetricUpdated() | webhooks.MetricDeleted():
            return event.body.suffix
        case webhooks.MetricPointCreated() | webhooks.MetricPointDeleted():
            return f"{event.body.value}"
        case webhooks.SubscriberCreated() | webhooks.SubscriberUnsubscribed() | webhooks.SubscriberVerified():
            return event.body.email or ""
        case webhooks.UnknownEvent():
            return event.event
        case _:
            assert_never(event)


def the_event_name_narrows_the_type(event: webhooks.KnownEvent) -> None:
    if event.event == "component_status_changed":
        assert_type(event, webhooks.ComponentStatusChanged)


def headers_of_every_framework_are_accepted(
    body: bytes,
    plain: dict[str, str],
    asgi: starlette.requests.Request,
    wsgi: flask.Request,
    handler: BaseHTTPRequestHandler,
) -> list[webhooks.Event]:
    return [
        webhooks.unwrap(body, plain, "secret"),
        webhooks.unwrap(body, asgi.headers, b"secret"),
        webhooks.unwrap(body, wsgi.headers, "secret"),
        webhooks.unwrap(body, handler.headers, "secret"),
    ]


def a_header_may_be_missing(body: bytes, headers: dict[str, str]) -> webhooks.Event:
    webhooks.verify(body, headers.get("Signature"), "secret")
    return webhooks.parse(body)


def errors_are_cachet_errors(error: WebhookPayloadError | WebhookVerificationError) -> CachetError:
    if isinstance(error, WebhookPayloadError):
        assert_type(error.event, str | None)
    return error
