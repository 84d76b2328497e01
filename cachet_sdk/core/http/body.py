"""Request bodies, and response bodies up to a size limit. Pure."""

from __future__ import annotations

import io
import zlib
from collections.abc import AsyncIterator, Iterator

import httpx


class RequestBody(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of a request, for sync and async httpx. Cheaper than the streams that httpx creates from bytes."""

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
    """A body is longer than the limit."""


class BodyUnreadableError(Exception):
    """A body is not in the encoding that its header declares."""


class ResponseBody:
    """Collects the pieces of a response, decompressed, up to a limit.

    httpx would decompress a whole piece before checking its size: 64 kB can become 66 MB. Here decompression stops at
    the limit. The repr does not contain the content, so that no traceback shows it.
    """

    __slots__ = ("_buffer", "_inflate", "_limit", "_received")

    def __init__(self, encoding: str | None, limit: int) -> None:
        self._buffer = io.BytesIO()
        self._received = 0
        self._limit = limit
        self._inflate = None
        # Some servers send a charset or "none" as the encoding.
        if encoding and (encoding := encoding.strip().lower()) not in {"identity", "none", "utf-8"}:
            if encoding not in {"gzip", "x-gzip", "deflate"}:
                raise BodyUnreadableError(f"has the encoding {encoding!r}, which was not requested")
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)

    def add(self, piece: bytes) -> None:
        """Add the next piece.

        Raises:
            BodyTooLargeError: If the limit is exceeded.
            BodyUnreadableError: If it is not in the declared encoding.
        """
        # Compressed bytes count, too: empty blocks, or bytes after the end, could go on forever.
        self._received += len(piece)
        if self._inflate is not None:
            try:
                piece = b"" if self._inflate.eof else self._inflate.decompress(piece, self._remaining() + 1)
            except zlib.error:
                raise BodyUnreadableError("is not compressed as its header declares") from None
        if self._received > self._limit or len(piece) > self._remaining():
            raise BodyTooLargeError
        self._buffer.write(piece)

    def content(self) -> bytes:
        """Return the whole body.

        Raises:
            BodyUnreadableError: If compressed data ends too early.
        """
        if self._inflate is not None and self._received and not self._inflate.eof:
            raise BodyUnreadableError("is compressed and truncated")
        return self._buffer.getvalue()

    def _remaining(self) -> int:
        return self._limit - self._buffer.tell()
