"""The signature of a delivery: HMAC-SHA256 over the body's raw bytes, in hexadecimal. Pure."""

from __future__ import annotations

import hmac
import re

from cachet_sdk.errors import ArgumentError, CachetError, WebhookVerificationError

# bytes.fromhex alone would let white space inside through.
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


def verify(body: bytes, signature: str | None, secret: str | bytes) -> None:
    """Check that a delivery was signed with the subscription's secret.

    The comparison takes the same time wherever the two differ. Delivery time or order is not part of what is signed:
    an old delivery verifies for as long as the secret stays the same.

    Args:
        body: The request's body, byte for byte as it arrived.
        signature: The value of the ``Signature`` header, in either case; None when there was none.
        secret: The secret of the webhook subscription; text counts as UTF-8.

    Raises:
        WebhookVerificationError: when the signature is missing, is not one, or does not belong to this body and secret.
        ArgumentError: for a body that is text, and for an empty secret: both are mistakes on this side, which would
            refuse every delivery, or let anybody make one.

    Example:
        >>> from cachet_sdk.webhooks import sign, verify
        >>> verify(b"{}", sign(b"{}", "s3cr3t"), "s3cr3t")
        >>> verify(b"{ }", sign(b"{}", "s3cr3t"), "s3cr3t")
        Traceback (most recent call last):
        cachet_sdk.errors.WebhookVerificationError: the signature is not that of this body with this secret
    """
    refusal = find_refusal(body, signature, secret)
    del secret  # a traceback may show what this frame holds
    if refusal is not None:
        raise refusal


def find_refusal(body: bytes, signature: str | None, secret: str | bytes) -> CachetError | None:
    """Return the error that a delivery is refused with, or None for one that is signed.

    Whoever raises it has to forget the secret first: neither it nor the right signature is in a frame of the error's.
    """
    try:
        expected = _digest(body, secret)
        given = None if signature is None else _as_text(signature).strip()
    except ArgumentError as error:
        return _without_frames(error)
    if not given:
        return WebhookVerificationError("the delivery has no signature")
    if not _SHA256.fullmatch(given):
        return WebhookVerificationError("the signature is not a SHA-256 in hexadecimal")
    if not hmac.compare_digest(bytes.fromhex(given), expected):
        return WebhookVerificationError("the signature is not that of this body with this secret")
    return None


def sign(body: bytes, secret: str | bytes) -> str:
    """Sign a body as Cachet does; for tests of a receiver.

    Args:
        body: The bytes to be sent.
        secret: The secret of the webhook subscription; text counts as UTF-8.

    Returns:
        The value for the ``Signature`` header.

    Raises:
        ArgumentError: for a body that is text, and for an empty secret.
    """
    try:
        return _digest(body, secret).hex()
    except ArgumentError as error:
        refusal = _without_frames(error)
    del secret
    raise refusal


def _without_frames(error: ArgumentError) -> ArgumentError:
    error.__context__ = None  # a UnicodeEncodeError holds the text that it is about
    return error.with_traceback(None)


def _digest(body: bytes, secret: str | bytes) -> bytes:
    if not isinstance(body, bytes | bytearray):
        raise ArgumentError(
            "body",
            f"expected the request's raw bytes, got {type(body).__name__}; the signature is over the bytes as they "
            "arrived, which decoded text or parsed JSON cannot give back for certain",
        )
    return hmac.digest(_key(secret), body, "sha256")


def _key(secret: str | bytes) -> bytes:
    if not isinstance(secret, str | bytes):
        raise ArgumentError("secret", f"expected text or bytes, got {type(secret).__name__}")
    if isinstance(secret, str):
        try:
            # An environment variable that is not UTF-8 arrives with its bytes escaped.
            secret = secret.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:  # its text would show the secret
            raise ArgumentError("secret", "cannot be written as UTF-8") from None
    if not secret:
        raise ArgumentError("secret", "is empty: anybody could sign with it")
    return secret


def _as_text(signature: str) -> str:
    if not isinstance(signature, str):
        raise ArgumentError("signature", f"expected the header's text, got {type(signature).__name__}")
    return signature
