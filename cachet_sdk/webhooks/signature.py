"""Signatures of deliveries: the HMAC-SHA256 of the raw body, in hexadecimal. Pure."""

from __future__ import annotations

import hmac
import re

from cachet_sdk.errors import ArgumentError, CachetError, WebhookVerificationError

# bytes.fromhex alone would accept white space.
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


def verify(body: bytes, signature: str | None, secret: str | bytes) -> None:
    """Verify that a delivery was signed with the subscription's secret.

    The comparison takes constant time. The signature covers no timestamp and no sequence number: an old delivery stays
    valid as long as the secret stays the same.

    Args:
        body: The request's body, byte for byte as it arrived.
        signature: The value of the ``Signature`` header, in upper or lower case; None if there was none.
        secret: The secret of the webhook subscription; text is encoded as UTF-8.

    Raises:
        WebhookVerificationError: If the signature is missing, malformed, or does not match the body and the secret.
        ArgumentError: If the body is text, so that no signature could match, or if the secret is empty, so that anyone
            could forge deliveries.

    Example:
        >>> from cachet_sdk.webhooks import sign, verify
        >>> verify(b"{}", sign(b"{}", "s3cr3t"), "s3cr3t")
        >>> verify(b"{ }", sign(b"{}", "s3cr3t"), "s3cr3t")
        Traceback (most recent call last):
        cachet_sdk.errors.WebhookVerificationError: the signature does not match the body and the secret
    """
    failure = verification_error(body, signature, secret)
    del secret  # a traceback may show this frame's variables
    if failure is not None:
        raise failure


def verification_error(body: bytes, signature: str | None, secret: str | bytes) -> CachetError | None:
    """Return the error for a delivery, or None if its signature is valid.

    The caller must delete the secret before raising the error: no frame of its traceback may contain the secret or a
    valid signature.
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
        return WebhookVerificationError("the signature does not match the body and the secret")
    return None


def sign(body: bytes, secret: str | bytes) -> str:
    """Sign a body as Cachet does, to test a receiver.

    Args:
        body: The bytes to be sent.
        secret: The secret of the webhook subscription; text is encoded as UTF-8.

    Returns:
        The value for the ``Signature`` header.

    Raises:
        ArgumentError: If the body is text or the secret is empty.
    """
    try:
        return _digest(body, secret).hex()
    except ArgumentError as error:
        failure = _without_frames(error)
    del secret
    raise failure


def _without_frames(error: ArgumentError) -> ArgumentError:
    error.__context__ = None  # a UnicodeEncodeError contains its text, which is the secret
    return error.with_traceback(None)


def _digest(body: bytes, secret: str | bytes) -> bytes:
    if not isinstance(body, bytes | bytearray):
        raise ArgumentError(
            "body",
            f"expected the request's raw bytes, got {type(body).__name__}; the signature covers exactly these bytes, "
            "which decoded text or parsed JSON may not reproduce",
        )
    return hmac.digest(_key(secret), body, "sha256")


def _key(secret: str | bytes) -> bytes:
    if not isinstance(secret, str | bytes):
        raise ArgumentError("secret", f"expected text or bytes, got {type(secret).__name__}")
    if isinstance(secret, str):
        try:
            # Environment variables that are not UTF-8 contain surrogate escapes.
            secret = secret.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:  # it contains the secret
            raise ArgumentError("secret", "cannot be encoded as UTF-8") from None
    if not secret:
        raise ArgumentError("secret", "is empty: anyone could sign with it")
    return secret


def _as_text(signature: str) -> str:
    if not isinstance(signature, str):
        raise ArgumentError("signature", f"expected the header's text, got {type(signature).__name__}")
    return signature
