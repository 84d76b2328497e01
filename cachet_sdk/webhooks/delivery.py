"""Verifies and parses deliveries. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, cast

from pydantic import ValidationError

from cachet_sdk.core.json_types import parse_json
from cachet_sdk.core.models.base import ensure_built, summarize
from cachet_sdk.errors import ArgumentError, CachetError, WebhookPayloadError, WebhookVerificationError
from cachet_sdk.webhooks.events import EVENT_TYPES, Event, KnownEvent, UnknownEvent
from cachet_sdk.webhooks.signature import verification_error

#: The header's name, and its key in a WSGI environment.
_HEADER_NAMES = frozenset({"signature", "http_signature"})


class Headers(Protocol):
    """A request's headers: a dictionary, or the headers object of Starlette, Flask, Django or ``http.server``.

    A WSGI environment and Django's ``request.META`` are accepted too; there the name is ``HTTP_SIGNATURE``.
    """

    def items(self) -> Iterable[tuple[str, str]]:
        """Return the names and values; names are case-insensitive."""
        ...


def unwrap(body: bytes, headers: Headers | Iterable[tuple[bytes, bytes]], secret: str | bytes) -> Event:
    """Verify a delivery and parse it.

    Args:
        body: The request's body, byte for byte as it arrived.
        headers: The request's headers; the pairs of bytes of an ASGI scope are accepted too.
        secret: The secret of the webhook subscription; text is encoded as UTF-8.

    Returns:
        The event; ``UnknownEvent`` if this SDK has no type for it.

    Raises:
        WebhookVerificationError: If it was not signed with this secret; respond with 401, and do nothing.
        WebhookPayloadError: If it was signed, but is not an event.
        ArgumentError: If the body is text, ``headers`` is not a request's headers, or the secret is empty.

    Example:
        >>> from cachet_sdk.webhooks import sign, unwrap
        >>> body = b'{"event":"component_deleted","body":{"id":7}}'
        >>> event = unwrap(body, {"signature": sign(body, "s3cr3t")}, "s3cr3t")
        >>> type(event).__name__, event.body.id
        ('ComponentDeleted', 7)
    """
    try:
        signature = _signature(headers)
    except CachetError as error:
        failure: CachetError | None = error.with_traceback(None)
    else:
        failure = verification_error(body, signature, secret)
    del secret  # a traceback may show this frame's variables
    if failure is not None:
        raise failure
    return parse(body)


def parse(body: bytes | str) -> Event:
    """Parse a delivery without verifying it, such as one that you verified before queueing it.

    Args:
        body: The request's body.

    Returns:
        The event; ``UnknownEvent`` if this SDK has no type for it. Unknown fields are kept in
        ``event.body.attrs``.

    Raises:
        WebhookPayloadError: If it is not an event.

    Example:
        >>> from cachet_sdk.webhooks import parse
        >>> parse(b'{"event":"moon_full","body":{"moons":1}}')
        UnknownEvent(event='moon_full', body={'moons': 1})
    """
    if not isinstance(body, str | bytes | bytearray):
        raise ArgumentError("body", f"expected the request's bytes, got {type(body).__name__}")
    try:
        document: object = parse_json(body)
    except (ValueError, TypeError) as error:  # TypeError: a lone surrogate
        raise WebhookPayloadError(f"the delivery is not JSON: {error}") from None
    name = cast("dict[str, object]", document).get("event") if isinstance(document, dict) else None
    if not isinstance(name, str):
        raise WebhookPayloadError('the delivery is not an object with an "event" name')
    event_type: type[KnownEvent | UnknownEvent] = EVENT_TYPES.get(name, UnknownEvent)
    ensure_built(event_type)
    try:
        return event_type.model_validate(document)
    except ValidationError as error:
        raise WebhookPayloadError(f"the delivery is not a valid {name}: {summarize(error)}", event=name) from None


def _signature(headers: Headers | Iterable[tuple[bytes, bytes]]) -> str | None:
    items = getattr(headers, "items", None)
    try:
        pairs = cast("Iterable[tuple[object, object]]", items() if callable(items) else headers)
        found = [_text(value) for name, value in pairs if _text(name).lower() in _HEADER_NAMES]
    except (TypeError, ValueError):
        raise ArgumentError(
            "headers", f"expected the request's headers, as a mapping or as pairs, got {type(headers).__name__}"
        ) from None
    if len(found) > 1:
        # Cachet sends exactly one; refuse even if one of several is valid.
        raise WebhookVerificationError(f"the delivery has {len(found)} signatures")
    return found[0] if found else None


def _text(part: object) -> str:
    """Decode part of a header: text unchanged, bytes as Latin-1, which can decode any bytes."""
    return part.decode("latin-1") if isinstance(part, bytes) else str(part)
