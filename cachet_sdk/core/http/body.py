"""Bodies: those that are sent, and answers read no further than the limit. Pure but for the iterating itself."""

from __future__ import annotations

import io
import zlib
from collections.abc import AsyncIterator, Iterator

import httpx


class RequestBody(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A request's body, for either flavour. Cheaper than the streams that httpx makes of bytes."""

    __slots__ = ("content",)

    def __init__(self, content: bytes) -> None:
        self.content: bytes = content

    def __iter__(self) -> Iterator[bytes]:
        if self.content:
            yield self.content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self.content:
            yield self.content


NO_BODY = RequestBody(b"")


class BodyTooLargeError(Exception):
    """A body is longer than is read."""


class BodyUnreadableError(Exception):
    """A body is not in the encoding that it says it is in."""


class ResponseBody:
    """Gathers the pieces of an answer, decompressed, up to a limit.

    httpx would inflate a whole piece before anybody can count: 64 kB can be 66 MB. Here no more comes out than allowed.
    What it holds is not in its repr, so that no traceback shows it.
    """

    __slots__ = ("_buffer", "_inflate", "_limit", "_received")

    def __init__(self, encoding: str | None, limit: int) -> None:
        self._buffer = io.BytesIO()
        self._received = 0
        self._limit = limit
        self._inflate = None
        # Some servers name a charset here, or that there is no encoding.
        if encoding and (encoding := encoding.strip().lower()) not in {"identity", "none", "utf-8"}:
            if encoding not in {"gzip", "x-gzip", "deflate"}:
                raise BodyUnreadableError(f"has the encoding {encoding!r}, which was not asked for")
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)

    def add(self, piece: bytes) -> None:
        """Take in the next piece.

        Raises:
            BodyTooLargeError: when the limit is passed.
            BodyUnreadableError: when it is not what it says it is.
        """
        # What comes counts as well as what comes out: empty blocks, or bytes behind the end, could go on for ever.
        self._received += len(piece)
        if self._inflate is not None:
            try:
                piece = b"" if self._inflate.eof else self._inflate.decompress(piece, self._room() + 1)
            except zlib.error:
                raise BodyUnreadableError("is not compressed the way it says") from None
        if self._received > self._limit or len(piece) > self._room():
            raise BodyTooLargeError
        self._buffer.write(piece)

    def content(self) -> bytes:
        """Give what was gathered.

        Raises:
            BodyUnreadableError: when compressed data ends too early.
        """
        if self._inflate is not None and self._received and not self._inflate.eof:
            raise BodyUnreadableError("is compressed and cut off")
        return self._buffer.getvalue()

    def _room(self) -> int:
        return self._limit - self._buffer.tell()
