"""``verify`` and ``sign``."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cachet_sdk import ArgumentError, CachetError
from cachet_sdk.webhooks import WebhookVerificationError, sign, verify
from tests.webhooks.recorded import DELIVERIES, SECRET, Delivery

BODY = DELIVERIES[0].body
SIGNATURE = DELIVERIES[0].headers["Signature"]


@pytest.mark.parametrize("delivery", DELIVERIES, ids=lambda delivery: delivery.name)
def test_recorded_signatures_verify_and_sign_reproduces_them(delivery: Delivery) -> None:
    verify(delivery.body, delivery.headers["Signature"], SECRET)
    assert sign(delivery.body, SECRET) == delivery.headers["Signature"]


@pytest.mark.parametrize("delivery", DELIVERIES, ids=lambda delivery: delivery.name)
def test_a_delivery_does_not_verify_with_the_signature_of_another(delivery: Delivery) -> None:
    for other in DELIVERIES:
        if other.body != delivery.body:
            with pytest.raises(WebhookVerificationError):
                verify(delivery.body, other.headers["Signature"], SECRET)


@given(position=st.integers(0, len(BODY) - 1), bit=st.integers(0, 7))
def test_a_flipped_bit_of_the_body_is_detected(position: int, bit: int) -> None:
    changed = bytearray(BODY)
    changed[position] ^= 1 << bit
    with pytest.raises(WebhookVerificationError):
        verify(bytes(changed), SIGNATURE, SECRET)


@given(body=st.binary(), secret=st.binary(min_size=1) | st.text(st.characters(codec="utf-8"), min_size=1))
def test_a_signed_body_verifies(body: bytes, secret: bytes | str) -> None:
    verify(body, sign(body, secret), secret)


def test_the_same_json_encoded_differently_is_refused() -> None:
    rewritten = BODY.replace(b"\\/", b"/")
    assert rewritten != BODY
    with pytest.raises(WebhookVerificationError):
        verify(rewritten, SIGNATURE, SECRET)


def test_another_secret_is_refused() -> None:
    for secret in ("s3cr3T", "s3cr3t\n", " s3cr3t", b"s3cr3t\0"):
        # HMAC pads keys with zero bytes, so the last one is the same key.
        if secret == b"s3cr3t\0":
            verify(BODY, SIGNATURE, secret)
        else:
            with pytest.raises(WebhookVerificationError):
                verify(BODY, SIGNATURE, secret)


def test_a_secret_is_text_or_its_utf_8_bytes() -> None:
    assert sign(BODY, "schlüssel") == sign(BODY, "schlüssel".encode())


def test_a_secret_from_the_environment_may_be_other_bytes_than_utf_8() -> None:
    assert sign(BODY, b"\xff\xfe".decode("utf-8", "surrogateescape")) == sign(BODY, b"\xff\xfe")


@pytest.mark.parametrize("signature", [SIGNATURE.upper(), f"  {SIGNATURE}", f"{SIGNATURE}\r\n"])
def test_case_and_surrounding_white_space_of_a_signature_are_ignored(signature: str) -> None:
    verify(BODY, signature, SECRET)


@pytest.mark.parametrize("signature", [None, "", "   "])
def test_a_missing_signature_is_refused(signature: str | None) -> None:
    with pytest.raises(WebhookVerificationError, match="no signature"):
        verify(BODY, signature, SECRET)


@pytest.mark.parametrize(
    "signature",
    [
        SIGNATURE[:-1],
        SIGNATURE + "0",
        f"sha256={SIGNATURE}",
        f"{SIGNATURE}, {SIGNATURE}",
        f"{SIGNATURE[:32]} {SIGNATURE[32:]}",
        "z" * 64,
        "٣" * 64,
        "\ud800" * 64,
    ],
)
def test_a_signature_that_is_not_a_sha_256_is_refused(signature: str) -> None:
    with pytest.raises(WebhookVerificationError, match="not a SHA-256"):
        verify(BODY, signature, SECRET)


def test_a_body_of_text_is_refused_with_the_reason() -> None:
    with pytest.raises(ArgumentError, match=r"body: expected the request's raw bytes, got str; the signature covers"):
        verify(BODY.decode(), SIGNATURE, SECRET)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused for callers without a type checker


def test_a_parsed_body_is_refused() -> None:
    with pytest.raises(ArgumentError, match="got dict"):
        verify(DELIVERIES[0].document, SIGNATURE, SECRET)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused for callers without a type checker


def test_a_signature_of_bytes_is_refused() -> None:
    with pytest.raises(ArgumentError, match="signature: expected the header's text, got bytes"):
        verify(BODY, SIGNATURE.encode(), SECRET)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # an ASGI scope's own headers


@pytest.mark.parametrize("secret", ["", b""])
def test_an_empty_secret_is_refused_even_if_the_signature_matches(secret: str | bytes) -> None:
    with pytest.raises(ArgumentError, match="secret: is empty"):
        verify(BODY, hmac.new(b"", BODY, hashlib.sha256).hexdigest(), secret)


def test_a_secret_that_was_not_configured_is_refused() -> None:
    with pytest.raises(ArgumentError, match="secret: expected text or bytes, got NoneType"):
        verify(BODY, SIGNATURE, None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # os.environ.get


def test_no_error_shows_the_secret_or_the_valid_signature() -> None:
    for secret, signature in ((SECRET, "0" * 64), (SECRET, None), ("hush\ud800", SIGNATURE)):
        with pytest.raises(CachetError) as caught:
            verify(BODY + b" ", signature, secret)
        shown = f"{caught.value!r} {caught.value.__dict__} {caught.value.__cause__!r}"
        assert caught.value.__suppress_context__ or caught.value.__context__ is None
        assert "s3cr3t" not in shown
        assert "hush" not in shown
        assert sign(BODY + b" ", SECRET) not in shown
