"""Input of requests: query strings, JSON and forms; strings are trimmed, and empty ones become null."""

from __future__ import annotations

import json
import re
from email.parser import BytesParser
from email.policy import HTTP
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from cachet_sdk.testing.v3.values import Json, php_array

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cachet_sdk.testing.http import Request

_NAME = re.compile(r"([^\[]+)((?:\[[^\]]*\])*)")
_BRACKETS = re.compile(r"\[([^\]]*)\]")
_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"


def parse_query(query: str) -> dict[str, Json]:
    """Parse a query string with PHP's brackets: ``filter[a]=1&x[]=2`` is ``{"filter": {"a": "1"}, "x": ["2"]}``."""
    return _clean_map(_nest(parse_qsl(query, keep_blank_values=True, errors="replace")))


def parse_body(request: Request) -> dict[str, Json]:
    """Return the fields of a body; one that cannot be parsed counts as empty, and is never a 400."""
    content_type = request.headers.get("content-type", "").lower()
    if "/json" in content_type or "+json" in content_type:
        return _clean_map(_json_object(request.body))
    if content_type.startswith(_FORM):
        return parse_query(request.body.decode("utf-8", "replace"))
    if content_type.startswith(_MULTIPART) and request.method == "POST":
        return _clean_map(_nest(_multipart(request.headers["content-type"], request.body)))
    return {}


def spoofed_method(request: Request) -> str:
    """Return the method, which a form may override: posted with ``_method=PUT``, it is a PUT."""
    content_type = request.headers.get("content-type", "").lower()
    if request.method != "POST" or not content_type.startswith((_FORM, _MULTIPART)):
        return request.method
    method = parse_body(request).get("_method")
    return method.upper() if isinstance(method, str) else request.method


def _json_object(body: bytes) -> dict[str, Json]:
    try:
        decoded: Json = json.loads(body.decode("utf-8"), parse_constant=_reject_constant)
    except (ValueError, RecursionError):
        return {}
    return decoded if isinstance(decoded, dict) else {}


def _reject_constant(name: str) -> Json:
    raise ValueError(name)


def _multipart(content_type: str, body: bytes) -> list[tuple[str, str]]:
    message = BytesParser(policy=HTTP).parsebytes(
        b"Content-Type: " + content_type.encode("latin-1") + b"\r\n\r\n" + body
    )
    pairs: list[tuple[str, str]] = []
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            pairs.append((name, content.decode("utf-8", "replace")))
    return pairs


def _nest(pairs: Iterable[tuple[str, str]]) -> dict[str, Json]:
    tree: dict[str, Json] = {}
    for name, value in pairs:
        match = _NAME.match(name)
        if match is None:
            continue
        target, last = tree, match.group(1)
        for segment in _BRACKETS.findall(match.group(2)):
            inner = target.get(last)
            if not isinstance(inner, dict):
                inner = {}
                target[last] = inner
            target, last = inner, segment or str(len(inner))
        target[last] = value
    return tree


def _clean_map(values: dict[str, Json]) -> dict[str, Json]:
    return {key: php_array(_clean(value)) for key, value in values.items()}


def _clean(value: Json) -> Json:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    return value
