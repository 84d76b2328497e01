"""HTTP/1.1 as bytes: a request's head, an answer's head, and where an answer's body ends. Pure and strict.

httpx brings its own, general and slower by a third of a call. Status pages need little of HTTP, so that little is here;
what two readers could understand differently (RFC 9112, 6.3) is refused and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

#: The longest head of an answer, in bytes.
LONGEST_HEAD = 100 * 1024
#: The longest line that tells a chunk's size, and all the trailers together, in bytes.
LONGEST_LINE = 16 * 1024
#: How many bytes may stand around each byte of the content, where it comes in chunks: lines of sizes and extensions.
MOST_AROUND = 16

_TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_HEAD = re.compile(rb"HTTP/1\.([01]) ([1-9][0-9][0-9])(?: [^\r\n\0]*)?\r\n((?:" + _TOKEN + rb":[^\r\n\0]*\r\n)*)\r\n")
#: A line that goes on in the next one, as servers once wrote long ones (RFC 9112, 5.2).
_FOLD = re.compile(rb"\r\n[ \t]+")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n\0]*)?")


class ProtocolProblem(Exception):  # noqa: N818  (for inside: becomes httpx's RemoteProtocolError)
    """What came is not HTTP/1.1, or not clearly."""


Headers = list[tuple[bytes, bytes]]


def write_head(method: str, target: bytes, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Write a request's head.

    Raises:
        ValueError: when a header holds a line break.
    """
    lines = [b"%b: %b\r\n" % header for header in headers]
    head = b"%b %b HTTP/1.1\r\n%b\r\n" % (method.encode("ascii"), target, b"".join(lines))
    if head.count(b"\n") != len(lines) + 2 or head.count(b"\r") != len(lines) + 2:
        raise ValueError("a header holds a line break")
    return head


def read_head(head: bytes) -> tuple[int, Headers, bool]:
    """Read an answer's head, its empty line included.

    Returns:
        The status, the headers, and whether the connection may stay open afterwards.

    Raises:
        ProtocolProblem: when it is none.
    """
    if b"\r\n " in head or b"\r\n\t" in head:
        head = _FOLD.sub(b" ", head)
    match = _HEAD.fullmatch(head)
    if match is None:
        raise ProtocolProblem("the answer is not HTTP/1.1")
    headers: Headers = []
    persistent = match[1] == b"1"
    for line in match[3].split(b"\r\n")[:-1]:
        name, _, value = line.partition(b":")
        value = value.strip(b" \t")
        headers.append((name, value))
        if len(name) == 10 and name.lower() == b"connection" and b"close" in value.lower():
            persistent = False
    return int(match[2]), headers, persistent


class Body:
    """The bytes behind a head, fed in as they come.

    Attributes:
        done: Whether the body is complete.
        rest: What came behind its end; nothing, if the server behaves.
    """

    done: bool = False
    rest: bytes = b""
    #: Whether the end is told by closing, so that nothing can follow.
    ends_with_connection: bool = False

    def take(self, data: bytes) -> bytes:
        """Take in what came; give what of it is the body's."""
        raise NotImplementedError

    def end(self) -> None:
        """Take in that the connection was closed.

        Raises:
            ProtocolProblem: when the body is not complete.
        """
        raise ProtocolProblem("the connection was closed before the answer was complete")


class SizedBody(Body):
    """A body whose length is known."""

    done: bool
    rest: bytes

    def __init__(self, length: int) -> None:
        self._left = length
        self.done = length == 0

    def take(self, data: bytes) -> bytes:
        """Take in what came; give what of it is the body's."""
        if len(data) > self._left:
            data, self.rest = data[: self._left], data[self._left :]
        self._left -= len(data)
        self.done = self._left == 0
        return data


class UnsizedBody(Body):
    """A body that ends where the connection does."""

    ends_with_connection: bool = True

    def take(self, data: bytes) -> bytes:
        """Take in what came; all of it is the body's."""
        return data

    def end(self) -> None:
        """Take in that the connection was closed: the body is complete, as far as anybody can tell."""
        self.done = True


class ChunkedBody(Body):
    """A body in pieces that tell their lengths."""

    done: bool
    rest: bytes

    def __init__(self) -> None:
        self._pending: bytes = b""
        self._around: int = 0  # bytes so far that are not the content's
        self._left = 0  # of the chunk that is being read
        self._in_trailers = False
        self._trailers = 0  # bytes of them so far

    def take(self, data: bytes) -> bytes:
        """Take in what came; give what of it is the body's.

        Raises:
            ProtocolProblem: when it is not chunked as it should be.
        """
        self._around += len(data)
        data = self._pending + data
        self._pending = b""
        pieces: list[bytes] = []
        position = 0
        while position < len(data) and not self.done:
            if self._left > 2:
                piece = data[position : position + self._left - 2]
                pieces.append(piece)
                position += len(piece)
                self._left -= len(piece)
                if self._left > 2:
                    break
            if self._left:
                # The two bytes that end a chunk.
                ending = data[position : position + self._left]
                if ending != b"\r\n"[2 - self._left :][: len(ending)]:
                    raise ProtocolProblem("a chunk does not end where it should")
                position += len(ending)
                self._left -= len(ending)
                continue
            end = data.find(b"\r\n", position)
            if end < 0:
                break
            self._line(data[position:end])
            position = end + 2
        if self.done:
            self.rest = data[position:]
        else:
            self._pending = data[position:]
            if len(self._pending) > LONGEST_LINE:
                raise ProtocolProblem("a chunk's size is too long a line")
        content = b"".join(pieces)
        # Counted down by what they may carry: sizes, extensions and pauses could go on for ever.
        self._around = max(0, self._around - (MOST_AROUND + 1) * len(content))
        if self._around > LONGEST_HEAD:
            raise ProtocolProblem("there is more around the chunks than in them")
        return content

    def _line(self, line: bytes) -> None:
        if self._in_trailers:
            self.done = not line
            self._trailers += len(line) + 2
            if self._trailers > LONGEST_LINE:
                raise ProtocolProblem("the trailers are too long")
            return
        match = _CHUNK.fullmatch(line)
        if match is None:
            raise ProtocolProblem("a chunk's size is not a number")
        size = int(match[1], 16)
        if size:
            self._left = size + 2
        else:
            self._in_trailers = True


def body_of(status: int, headers: Headers) -> Body:
    """Tell how an answer's body ends.

    Raises:
        ProtocolProblem: when it says so in two ways, or in one that is unknown.
    """
    lengths = {value for name, value in headers if name.lower() == b"content-length"}
    codings = [value.lower() for name, value in headers if name.lower() == b"transfer-encoding"]
    if status in {204, 304}:
        return SizedBody(0)
    if codings:
        if codings != [b"chunked"] or lengths:
            raise ProtocolProblem("the answer's length is told in two ways, or in an unknown one")
        return ChunkedBody()
    if not lengths:
        return UnsizedBody()
    length = lengths.pop()
    if lengths or not re.fullmatch(rb"[0-9]{1,15}", length):
        raise ProtocolProblem("the answer's length is not one number")
    return SizedBody(int(length))
