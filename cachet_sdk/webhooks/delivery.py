"""From a request to an event. Pure: whoever receives the request passes its body and headers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, cast

from pydantic import ValidationError

from cachet_sdk.core.json_types import parse_json
from cachet_sdk.core.models.base import ensure_built, summarize
from cachet_sdk.errors import ArgumentError, CachetError, WebhookPayloadError, WebhookVerificationError
from cachet_sdk.webhooks.events import KINDS, Event, KnownEvent, UnknownEvent
from cachet_sdk.webhooks.signature import find_refusal

#: What the header is called, and what it is called in a WSGI environment.
_NAMES = frozenset({"signature", "http_signature"})


class Headers(Protocol):
    """Headers of a request: a dictionary, or what Starlette, Flask, Django and ``http.server`` have for one.

    A WSGI environment is one too, as is Django's ``request.META``: the name is ``HTTP_SIGNATURE`` there.
    """

    def items(self) -> Iterable[tuple[str, str]]:
        """Give names and values; names in any case."""
        ...


def unwrap(body: bytes, headers: Headers | Iterable[tuple[bytes, bytes]], secret: str | bytes) -> Event:
    """Check a delivery and read it.

    Args:
        body: The request's body, byte for byte as it arrived.
        headers: The request's headers; those of an ASGI scope, pairs of bytes, will do.
        secret: The secret of the webhook subscription; text counts as UTF-8.

    Returns:
        The event; ``UnknownEvent`` when this package has no type for it.

    Raises:
        WebhookVerificationError: when it was not signed with this secret; answer 401, and do nothing.
        WebhookPayloadError: when it was, but is no event.
        ArgumentError: for a body that is text, for what holds no headers, and for an empty secret.

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
        refusal: CachetError | None = error.with_traceback(None)
    else:
        refusal = find_refusal(body, signature, secret)
    del secret  # a traceback may show what this frame holds
    if refusal is not None:
        raise refusal
    return parse(body)


def parse(body: bytes | str) -> Event:
    """Read a delivery without checking it: one that comes from your own queue, say.

    Args:
        body: The request's body.

    Returns:
        The event; ``UnknownEvent`` when this package has no type for it. Fields that it does not know are kept in
        ``event.body.attrs``.

    Raises:
        WebhookPayloadError: when it is no event.

    Example:
        >>> from cachet_sdk.webhooks import parse
        >>> parse(b'{"event":"moon_full","body":{"moons":1}}')
        UnknownEvent(event='moon_full', body={'moons': 1})
    """
    if not isinstance(body, str | bytes | bytearray):
        raise ArgumentError("body", f"expected the request's bytes, got {type(body).__name__}")
    try:
        document: object = parse_json(body)
    except (ValueError, TypeError) as error:  # TypeError: half of a surrogate pair, which is no text to parse
        raise WebhookPayloadError(f"the delivery is not JSON: {error}") from None
    name = cast("dict[str, object]", document).get("event") if isinstance(document, dict) else None
    if not isinstance(name, str):
        raise WebhookPayloadError('the delivery is not an object with the name of an "event"')
    kind: type[KnownEvent | UnknownEvent] = KINDS.get(name, UnknownEvent)
    ensure_built(kind)
    try:
        return kind.model_validate(document)
    except ValidationError as error:
        raise WebhookPayloadError(f"the delivery is no {name}: {summarize(error)}", event=name) from None


def _signature(headers: Headers | Iterable[tuple[bytes, bytes]]) -> str | None:
    items = getattr(headers, "items", None)
    try:
        pairs = cast("Iterable[tuple[object, object]]", items() if callable(items) else headers)
        found = [_text(value) for name, value in pairs if _text(name).lower() in _NAMES]
    except (TypeError, ValueError):
        raise ArgumentError(
            "headers", f"expected the request's headers, as a mapping or as pairs, got {type(headers).__name__}"
        ) from None
    if len(found) > 1:
        # One that verifies among others that do not is nothing that Cachet sends.
        raise WebhookVerificationError(f"the delivery has {len(found)} signatures")
    return found[0] if found else None


def _text(part: object) -> str:
    """Read a part of a header: text as it is, bytes as the one encoding that holds any of them."""
    return part.decode("latin-1") if isinstance(part, bytes) else str(part)
