"""Request bodies, and response bodies that are collected up to a limit."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import pytest

from cachet_sdk.core.http.body import NO_BODY, BodyTooLargeError, BodyUnreadableError, RequestBody, ResponseBody

TEXT = b'{"data": "Pong!"}' * 50


def collect(encoding: str | None, content: bytes, *, limit: int = 10_000, chunk: int = 7) -> bytes:
    collector = ResponseBody(encoding, limit)
    for start in range(0, len(content), chunk):
        collector.add(content[start : start + chunk])
    return collector.content()


async def test_a_request_body_can_be_iterated_repeatedly_sync_and_async() -> None:
    body = RequestBody(b"{}")

    assert list(body) == list(body) == [b"{}"]
    assert [chunk async for chunk in body] == [b"{}"]
    assert list(NO_BODY) == [chunk async for chunk in NO_BODY] == []


@pytest.mark.parametrize("encoding", [None, "", "identity", " Identity "])
def test_an_uncompressed_response_is_collected_unchanged(encoding: str | None) -> None:
    assert collect(encoding, TEXT) == TEXT


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", " GZIP "])
def test_a_gzipped_response_is_decompressed(encoding: str) -> None:
    assert collect(encoding, gzip.compress(TEXT)) == TEXT


def test_a_deflated_response_is_decompressed() -> None:
    assert collect("deflate", zlib.compress(TEXT)) == TEXT


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, deflate"])
def test_an_encoding_that_was_not_requested_is_refused(encoding: str) -> None:
    with pytest.raises(BodyUnreadableError, match="was not requested"):
        ResponseBody(encoding, 100)


def test_a_response_may_be_as_long_as_the_limit_and_no_longer() -> None:
    assert collect(None, b"x" * 100, limit=100) == b"x" * 100
    with pytest.raises(BodyTooLargeError):
        collect(None, b"x" * 101, limit=100)


def test_the_limit_applies_to_the_decompressed_length() -> None:
    compressed = gzip.compress(b"x" * 100)

    assert collect("gzip", compressed, limit=100) == b"x" * 100
    with pytest.raises(BodyTooLargeError):
        collect("gzip", compressed, limit=99)


def test_a_decompression_bomb_is_not_decompressed_beyond_the_limit() -> None:
    bomb = gzip.compress(b"\0" * 20_000_000)
    collector = ResponseBody("gzip", 100_000)

    tracemalloc.start()
    with pytest.raises(BodyTooLargeError):
        collector.add(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(bomb) < 100_000
    assert peak < 1_000_000


def test_bytes_after_the_end_of_a_compressed_response_are_ignored_but_count_towards_the_limit() -> None:
    compressed = gzip.compress(TEXT)

    assert collect("gzip", compressed + b"more") == TEXT
    with pytest.raises(BodyTooLargeError):
        collect("gzip", compressed + b"x" * 10_000)


def test_a_truncated_response_is_refused() -> None:
    with pytest.raises(BodyUnreadableError, match="truncated"):
        collect("gzip", gzip.compress(TEXT)[:-9])


def test_a_response_that_is_declared_but_not_compressed_is_refused() -> None:
    with pytest.raises(BodyUnreadableError, match="not compressed as its header declares"):
        collect("gzip", TEXT)


def test_an_empty_response_need_not_be_compressed() -> None:
    assert collect("gzip", b"") == b""
