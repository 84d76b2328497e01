"""Parses successful responses: JSON, or an error if the response is not from Cachet. Pure."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from pydantic_core import from_json

from cachet_sdk.errors import UnexpectedResponseError, bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import JsonValue

#: How many characters of a body an error shows at most.
EXCERPT_LENGTH = 200
#: Some servers on Windows, and PHP files saved with it, send this before the JSON.
_BOM = b"\xef\xbb\xbf"

#: Responses up to this length are parsed whatever they hold.
_SHORT = 256 * 1024
#: The fewest bytes of a response, on average, for each list and each object in it. Those of Cachet take some 25.
_BYTES_EACH = 16
#: How a list or an object within another one begins; a text that holds brackets does not look so.
_OPENINGS = (b",{", b",[", b":{", b":[", b"[{", b"[[", b", {", b", [", b": {", b": [")


def is_too_dense(content: bytes) -> bool:
    """Whether a body holds so many lists and objects for its length that to parse it would take far more memory.

    An empty object takes two bytes there, and 64 in Python.
    """
    return len(content) > _SHORT and sum(map(content.count, _OPENINGS)) * _BYTES_EACH > len(content)


class ApiResponse:
    """A successful response: its JSON, and what an error about it needs.

    Attributes:
        document: The parsed JSON; None for a response without a body.
        pool: The pool it came from, for the transport to recognize.
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
        """Return the error for a response that is not what Cachet sends."""
        return unexpected(problem, self.method, self.url, self.status_code, self._redact(self.content), kind)


def parse(
    method: str,
    url: str,
    status_code: int,
    headers: Mapping[str, str],
    content: bytes,
    redact: Callable[[bytes], bytes] = bytes,
) -> ApiResponse:
    """Parse the response to a request that succeeded. ``redact`` removes the token from what an error shows.

    Raises:
        UnexpectedResponseError: If it is not JSON.
    """
    document: JsonValue = None
    if is_too_dense(content):
        content = redact(content)
        del headers  # a traceback may show what this frame holds
        raise unexpected("holds more lists and objects than any Cachet's", method, url, status_code, content)
    if status_code != HTTPStatus.NO_CONTENT:
        try:
            document = from_json(content.removeprefix(_BOM), allow_inf_nan=False)
        except ValueError:
            content = redact(content)
            del headers  # a traceback may show this frame's variables
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
        # A proxy or a broken server answered, perhaps after Cachet had carried the request out.
        maybe_applied=method != "GET",
    )
    error.excerpt = excerpt
    return error
