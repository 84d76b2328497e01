"""Parses the JSON of successful responses. Raises an error if a response is not from Cachet. Pure."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from pydantic_core import from_json

from cachet_sdk.errors import UnexpectedResponseError, bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import JsonValue

#: How many characters of a response body an error shows at most.
EXCERPT_LENGTH = 200
#: The byte order mark, which some servers on Windows, and PHP files saved with it, send before the JSON.
_BOM = b"\xef\xbb\xbf"

#: Responses up to this length, in bytes, are parsed in any case.
_SHORT = 256 * 1024
#: The fewest bytes per list or object in a response, on average. In Cachet's responses it is about 25.
_MIN_BYTES_PER_CONTAINER = 16
#: How a list or an object begins within another one. Brackets within texts rarely look like this.
_OPENINGS = (b",{", b",[", b":{", b":[", b"[{", b"[[", b", {", b", [", b": {", b": [")


def is_too_dense(content: bytes) -> bool:
    """Return whether a body has so many lists and objects that parsing it would take a multiple of its size.

    An empty object takes two bytes in JSON, and 64 in Python.
    """
    return len(content) > _SHORT and sum(map(content.count, _OPENINGS)) * _MIN_BYTES_PER_CONTAINER > len(content)


class ApiResponse:
    """A successful response: its JSON, and what errors about it contain.

    Attributes:
        document: The parsed JSON. None for a response without a body.
        pool: The pool that it came from, for the transport.
    """

    __slots__ = ("_redact", "content", "document", "headers", "method", "pool", "status_code", "url")

    def __init__(
        self,
        method: str,
        url: str,
        status_code: int,
        headers: Mapping[str, str],
        content: bytes,
        document: JsonValue,
        redact: Callable[[bytes], bytes] = bytes,
    ) -> None:
        self.method: str = method
        self.url: str = url
        self.status_code: int = status_code
        self.headers: Mapping[str, str] = headers
        self.content: bytes = content
        self.document: JsonValue = document
        self.pool: object = None
        self._redact = redact

    def unexpected(
        self, problem: str, kind: type[UnexpectedResponseError] = UnexpectedResponseError
    ) -> UnexpectedResponseError:
        """Return the error for a response that is not from Cachet."""
        return unexpected(problem, self.method, self.url, self.status_code, self._redact(self.content), kind)


def parse(
    method: str,
    url: str,
    status_code: int,
    headers: Mapping[str, str],
    content: bytes,
    redact: Callable[[bytes], bytes] = bytes,
) -> ApiResponse:
    """Parse the response to a request that succeeded. ``redact`` removes the token from errors.

    Raises:
        UnexpectedResponseError: If it is not JSON.
    """
    document: JsonValue = None
    if is_too_dense(content):
        content = redact(content)
        del headers  # a traceback may show the variables of this frame
        raise unexpected("contains more lists and objects than Cachet sends", method, url, status_code, content)
    if status_code != HTTPStatus.NO_CONTENT:
        try:
            document = from_json(content.removeprefix(_BOM), allow_inf_nan=False)
        except ValueError:
            content = redact(content)
            del headers  # as above
            raise unexpected("is not JSON", method, url, status_code, content) from None
    return ApiResponse(method, url, status_code, headers, content, document, redact)


def unexpected(
    problem: str,
    method: str,
    url: str,
    status_code: int,
    content: bytes,
    kind: type[UnexpectedResponseError] = UnexpectedResponseError,
) -> UnexpectedResponseError:
    """Return the error for a response that is not from Cachet."""
    excerpt = content[: EXCERPT_LENGTH * 4].decode("utf-8", "replace")[:EXCERPT_LENGTH]
    shown = f"; it begins {excerpt!r}" if excerpt else "; it is empty"
    error = kind(
        f"{method} {bounded(url)}: the response {bounded(problem)} (status {status_code}){shown}",
        method=method,
        url=url,
        status_code=status_code,
        # A proxy or a broken server responded, perhaps after Cachet had carried out the request.
        maybe_applied=method != "GET",
    )
    error.excerpt = excerpt
    return error
