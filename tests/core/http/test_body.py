"""Bodies: what is sent, and answers gathered up to a limit."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import pytest

from cachet_sdk.core.http.body import NO_BODY, BodyTooLargeError, BodyUnreadableError, RequestBody, ResponseBody

TEXT = b'{"data": "Pong!"}' * 50


def collect(encoding: str | None, content: bytes, *, limit: int = 10_000, piece: int = 7) -> bytes:
    collector = ResponseBody(encoding, limit)
    for start in range(0, len(content), piece):
        collector.add(content[start : start + piece])
    return collector.content()


async def test_a_body_is_given_to_either_flavour_as_often_as_it_is_sent() -> None:
    body = RequestBody(b"{}")

    assert list(body) == list(body) == [b"{}"]
    assert [piece async for piece in body] == [b"{}"]
    assert list(NO_BODY) == [piece async for piece in NO_BODY] == []


@pytest.mark.parametrize("encoding", [None, "", "identity", " Identity "])
def test_a_plain_answer_is_gathered_as_it_is(encoding: str | None) -> None:
    assert collect(encoding, TEXT) == TEXT


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", " GZIP "])
def test_a_gzipped_answer_is_unpacked(encoding: str) -> None:
    assert collect(encoding, gzip.compress(TEXT)) == TEXT


def test_a_deflated_answer_is_unpacked() -> None:
    assert collect("deflate", zlib.compress(TEXT)) == TEXT


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, deflate"])
def test_an_encoding_that_was_not_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(BodyUnreadableError, match="was not requested"):
        ResponseBody(encoding, 100)


def test_an_answer_may_be_as_long_as_the_limit_and_no_longer() -> None:
    assert collect(None, b"x" * 100, limit=100) == b"x" * 100
    with pytest.raises(BodyTooLargeError):
        collect(None, b"x" * 101, limit=100)


def test_a_compressed_answer_is_measured_unpacked() -> None:
    packed = gzip.compress(b"x" * 100)

    assert collect("gzip", packed, limit=100) == b"x" * 100
    with pytest.raises(BodyTooLargeError):
        collect("gzip", packed, limit=99)


def test_a_bomb_is_not_unpacked_further_than_the_limit() -> None:
    bomb = gzip.compress(b"\0" * 20_000_000)
    collector = ResponseBody("gzip", 100_000)

    tracemalloc.start()
    with pytest.raises(BodyTooLargeError):
        collector.add(bomb)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(bomb) < 100_000
    assert most < 1_000_000


def test_bytes_behind_the_end_of_a_compressed_answer_are_ignored_and_counted() -> None:
    packed = gzip.compress(TEXT)

    assert collect("gzip", packed + b"more") == TEXT
    with pytest.raises(BodyTooLargeError):
        collect("gzip", packed + b"x" * 10_000)


def test_an_answer_that_is_cut_off_is_refused() -> None:
    with pytest.raises(BodyUnreadableError, match="truncated"):
        collect("gzip", gzip.compress(TEXT)[:-9])


def test_an_answer_that_only_says_that_it_is_compressed_is_refused() -> None:
    with pytest.raises(BodyUnreadableError, match="not compressed as its header declares"):
        collect("gzip", TEXT)


def test_an_empty_answer_needs_no_compression() -> None:
    assert collect("gzip", b"") == b""
