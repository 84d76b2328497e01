"""HTTP/1.1 as bytes: strict with heads, exact about where bodies end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cachet_sdk.core.framing import (
    LONGEST_LINE,
    ChunkedBody,
    ProtocolProblem,
    SizedBody,
    UnsizedBody,
    body_of,
    read_head,
    write_head,
)


def test_a_request_head_is_written_line_by_line() -> None:
    head = write_head("GET", b"/api/v1/ping?x=1", [(b"Host", b"status.test"), (b"Accept", b"*/*")])
    assert head == b"GET /api/v1/ping?x=1 HTTP/1.1\r\nHost: status.test\r\nAccept: */*\r\n\r\n"


@pytest.mark.parametrize("value", [b"a\r\nX-Other: b", b"a\nb", b"a\rb"])
def test_a_header_with_a_line_break_is_refused(value: bytes) -> None:
    with pytest.raises(ValueError, match="line break"):
        write_head("GET", b"/", [(b"X-Cachet-Token", value)])


def test_an_answer_head_gives_status_headers_and_persistence() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Empty:\r\nContent-Length:  2 \r\n\r\n"
    assert read_head(head) == (
        200,
        [(b"Content-Type", b"application/json"), (b"X-Empty", b""), (b"Content-Length", b"2")],
        True,
    )


@pytest.mark.parametrize(
    "head",
    [b"HTTP/1.1 204\r\n\r\n", b"HTTP/1.1 204 \r\n\r\n", b"HTTP/1.1 204 Gone away \xe9\r\n\r\n"],
)
def test_a_reason_may_be_anything_or_nothing(head: bytes) -> None:
    assert read_head(head)[0] == 204


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.0 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nCONNECTION: Keep-Alive, Close\r\n\r\n",
    ],
)
def test_a_connection_that_ends_is_not_used_again(head: bytes) -> None:
    assert read_head(head)[2] is False


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"HTTP/2 200 OK\r\n\r\n",
        b"HTTP/1.1 20 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\n\n\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nName : value\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: b\0c\r\n\r\n",
    ],
)
def test_what_is_no_answer_head_is_refused(head: bytes) -> None:
    with pytest.raises(ProtocolProblem):
        read_head(head)


@pytest.mark.parametrize(
    ("status", "headers"),
    [(204, []), (304, [(b"Content-Length", b"5")]), (200, [(b"Content-Length", b"0")])],
)
def test_some_answers_have_no_body(status: int, headers: list[tuple[bytes, bytes]]) -> None:
    assert body_of(status, headers).done


def test_a_body_without_a_length_ends_with_the_connection() -> None:
    body = body_of(200, [])
    assert isinstance(body, UnsizedBody)
    assert body.ends_with_connection
    assert body.take(b"all of it") == b"all of it"
    assert not body.done
    body.end()
    assert body.done


@pytest.mark.parametrize(
    "headers",
    [
        [(b"Content-Length", b"5"), (b"Content-Length", b"6")],
        [(b"Content-Length", b"5, 5")],
        [(b"Content-Length", b"-1")],
        [(b"Content-Length", b"+5")],
        [(b"Content-Length", b"0x5")],
        [(b"Content-Length", b"")],
        [(b"Content-Length", b"9" * 16)],
        [(b"Transfer-Encoding", b"chunked"), (b"Content-Length", b"5")],
        [(b"Transfer-Encoding", b"gzip, chunked")],
        [(b"Transfer-Encoding", b"chunked"), (b"transfer-encoding", b"chunked")],
        [(b"Transfer-Encoding", b"identity")],
    ],
)
def test_a_length_that_can_be_read_in_two_ways_is_refused(headers: list[tuple[bytes, bytes]]) -> None:
    with pytest.raises(ProtocolProblem):
        body_of(200, headers)


def test_a_length_told_twice_alike_is_one_length() -> None:
    assert isinstance(body_of(200, [(b"Content-Length", b"5"), (b"content-length", b"5")]), SizedBody)


def test_bytes_behind_a_sized_body_are_told_apart() -> None:
    body = SizedBody(5)
    assert (body.take(b"abc"), body.done) == (b"abc", False)
    assert (body.take(b"deXY"), body.done, body.rest) == (b"de", True, b"XY")


@pytest.mark.parametrize("body", [SizedBody(5), ChunkedBody()])
def test_a_body_cut_off_is_a_problem(body: SizedBody | ChunkedBody) -> None:
    with pytest.raises(ProtocolProblem, match="before the answer was complete"):
        body.end()


@given(
    st.lists(st.binary(min_size=1, max_size=40), max_size=6),
    st.lists(st.integers(1, 30), min_size=1, max_size=20),
    st.sampled_from([b"", b";name=value", b" "]),
    st.sampled_from([b"", b"Trailer: x\r\n"]),
    st.binary(max_size=10),
)
def test_a_chunked_body_is_the_same_however_it_arrives(
    chunks: list[bytes], steps: list[int], extension: bytes, trailer: bytes, rest: bytes
) -> None:
    wire = b"".join(b"%x%b\r\n%b\r\n" % (len(chunk), extension, chunk) for chunk in chunks)
    wire += b"0\r\n" + trailer + b"\r\n" + rest
    body = ChunkedBody()
    got, position, turn = b"", 0, 0
    while position < len(wire) and not body.done:
        step = steps[turn % len(steps)]
        got += body.take(wire[position : position + step])
        position, turn = position + step, turn + 1
    assert body.done
    assert got == b"".join(chunks)
    assert rest.startswith(body.rest)


@pytest.mark.parametrize(
    "wire", [b"zz\r\n", b"\r\n", b"-1\r\n", b"5\r\nabcdeXY", b"5\r\nabcde\rX", b"1 2\r\n", b"f" * 16 + b"\r\n"]
)
def test_broken_chunks_are_refused(wire: bytes) -> None:
    with pytest.raises(ProtocolProblem):
        ChunkedBody().take(wire)


def test_trailers_without_an_end_are_refused() -> None:
    body = ChunkedBody()
    assert body.take(b"0\r\n" + b"X: y\r\n" * 1_000) == b""
    with pytest.raises(ProtocolProblem, match="too long"):
        body.take(b"X: y\r\n" * 2_000)


def test_a_chunk_line_without_an_end_is_refused() -> None:
    with pytest.raises(ProtocolProblem, match="too long"):
        ChunkedBody().take(b"5;" + b"x" * LONGEST_LINE)


def test_a_header_that_goes_on_in_the_next_line_is_one_header() -> None:
    _, headers, _ = read_head(b"HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\td\r\nE: f\r\n\r\n")
    assert headers == [(b"A", b"b c d"), (b"E", b"f")]


def test_chunks_of_one_byte_are_read_and_chunks_of_next_to_nothing_are_refused() -> None:
    body = ChunkedBody()
    assert body.take(b"1\r\nx\r\n" * 100_000) == b"x" * 100_000
    with pytest.raises(ProtocolProblem, match="more around the chunks than in them"):
        for _ in range(100):
            body.take(b"1;" + b"e" * 9_000 + b"\r\nx\r\n")
