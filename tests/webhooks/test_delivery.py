"""``unwrap``, with the headers of several libraries."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from email.message import Message
from http.client import HTTPMessage
from typing import Any

import httpx
import pytest
from starlette.datastructures import Headers as StarletteHeaders
from werkzeug.datastructures import EnvironHeaders
from werkzeug.datastructures import Headers as WerkzeugHeaders
from werkzeug.test import create_environ

from cachet_sdk import ArgumentError, webhooks
from cachet_sdk.webhooks import WebhookPayloadError, WebhookVerificationError, sign, unwrap
from tests.leaks import traces_of
from tests.webhooks.recorded import DELIVERIES, SECRET, Delivery

BODY = DELIVERIES[0].body
SIGNATURE = DELIVERIES[0].headers["Signature"]


def http_server_headers(headers: dict[str, str]) -> Message:
    message = HTTPMessage()
    for name, value in headers.items():
        message[name] = value
    return message


def wsgi_headers(headers: dict[str, str]) -> EnvironHeaders:
    return EnvironHeaders(create_environ(headers=headers))


def asgi_headers(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]


HEADER_TYPES: list[Callable[[dict[str, str]], webhooks.Headers | list[tuple[bytes, bytes]]]] = [
    dict,
    asgi_headers,
    httpx.Headers,
    StarletteHeaders,
    WerkzeugHeaders,
    wsgi_headers,
    http_server_headers,
]


@pytest.mark.parametrize("make", HEADER_TYPES, ids=lambda make: f"{make.__module__}.{make.__name__}")
@pytest.mark.parametrize("spell", [str, str.lower, str.upper], ids=["as-sent", "lower", "upper"])
def test_headers_of_any_library_in_any_case_are_accepted(
    make: Callable[[dict[str, str]], webhooks.Headers | list[tuple[bytes, bytes]]], spell: Callable[[str], str]
) -> None:
    for delivery in DELIVERIES:
        headers = make({spell(name): value for name, value in delivery.headers.items()})
        assert unwrap(delivery.body, headers, SECRET).event == delivery.name


@pytest.mark.parametrize("delivery", DELIVERIES, ids=lambda delivery: delivery.name)
def test_a_delivery_with_another_secret_is_refused(delivery: Delivery) -> None:
    with pytest.raises(WebhookVerificationError):
        unwrap(delivery.body, delivery.headers, "other")


def test_a_delivery_without_a_signature_is_refused() -> None:
    with pytest.raises(WebhookVerificationError, match="no signature"):
        unwrap(BODY, {"Content-Type": "application/json"}, SECRET)


def test_two_signatures_are_refused_even_if_one_is_valid() -> None:
    with pytest.raises(WebhookVerificationError, match="2 signatures"):
        unwrap(BODY, StarletteHeaders(raw=[(b"signature", SIGNATURE.encode()), (b"signature", b"0" * 64)]), SECRET)


def test_a_wrong_signature_is_reported_before_an_invalid_body() -> None:
    with pytest.raises(WebhookVerificationError):
        unwrap(b"{", {"Signature": "0" * 64}, SECRET)


def test_a_signed_body_that_is_not_an_event_is_a_payload_error() -> None:
    with pytest.raises(WebhookPayloadError):
        unwrap(b"{", {"Signature": sign(b"{", SECRET)}, SECRET)


def test_a_wsgi_environment_is_accepted() -> None:
    environ = create_environ(headers={"Signature": SIGNATURE})
    assert unwrap(DELIVERIES[0].body, environ, SECRET).event == DELIVERIES[0].name


@pytest.mark.parametrize("headers", [None, 5, "Signature: 0", [1, 2], ["Signature"]])
def test_a_value_that_is_not_headers_is_refused(headers: Any) -> None:
    with pytest.raises(ArgumentError, match="^headers: expected the request's headers, as a mapping or as pairs, got"):
        unwrap(BODY, headers, SECRET)


def test_names_and_values_that_are_not_text_are_ignored() -> None:
    odd: dict[Any, Any] = {1: 2, None: None}
    with pytest.raises(WebhookVerificationError, match="no signature"):
        unwrap(BODY, odd, SECRET)


def test_a_number_that_is_too_large_is_refused() -> None:
    with pytest.raises(WebhookPayloadError, match="too large"):
        webhooks.parse(b'{"event":"metric_point_created","body":{"id":1,"metric_id":1,"value":1e999}}')


@pytest.mark.parametrize(
    ("body", "headers", "secret"),
    [
        (b"{}", {}, "a-secret-value"),
        (b"{}", {"Signature": "0" * 64}, "a-secret-value"),
        (b"{}", {"Signature": "short"}, b"a-secret-value"),
        (b"{}", [(b"Signature", b"1"), (b"signature", b"2")], "a-secret-value"),
        (b"{}", 7, "a-secret-value"),
        ("{}", {"Signature": "0" * 64}, "a-secret-value"),
        (b"{}", {"Signature": "0" * 64}, "a-secret-value\ud900"),
    ],
)
def test_no_frame_of_an_error_contains_the_secret_or_the_valid_signature(body: Any, headers: Any, secret: Any) -> None:
    with pytest.raises((WebhookVerificationError, ArgumentError)) as caught:
        unwrap(body, headers, secret)
    assert "a-secret-value" not in traces_of(caught.value)
    valid = hmac.digest(b"a-secret-value", b"{}", "sha256")
    assert repr(valid)[2:-1] not in traces_of(caught.value)
    assert valid.hex() not in traces_of(caught.value)
