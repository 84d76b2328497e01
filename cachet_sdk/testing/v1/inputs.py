"""A request's input: query and body merged, trimmed and sanitized as by Cachet's input layer."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, NoReturn, cast

from cachet_sdk.testing.v1 import php

if TYPE_CHECKING:
    from cachet_sdk.testing.http import Request
    from cachet_sdk.testing.v1.php import Json

_REMOVED = re.compile(r"</?script[^>]*>|javascript\s*:|vbscript\s*:|document\.cookie", re.IGNORECASE)
_CALLS = re.compile(r"\b(alert|eval|exec|expression|passthru|system)(\s*)\((.*?)\)", re.IGNORECASE | re.DOTALL)
#: The sanitizer mistakes this for a tag with attributes: `x < 3 && y > 4` becomes `x < 3> 4`.
_COMPARISON = re.compile(r"<(\s*\w+)\s+&&[^<>]*>")
_SUSPECT = re.compile(r"[<(:.]")


def clean(value: Json) -> Json:
    """Trim and sanitize strings, also in arrays, and drop nulls in arrays; harmless tags such as ``<b>`` are kept."""
    if isinstance(value, str):
        text = value.strip(php.BLANKS)
        if _SUSPECT.search(text):
            text = _REMOVED.sub("[removed]", text)
            text = _CALLS.sub(r"\1\2&#40;\3&#41;", text)
            text = _COMPARISON.sub(r"<\1>", text)
        return text
    if isinstance(value, list):
        kept = {str(index): clean(item) for index, item in enumerate(value) if item is not None}
        return php.array(kept)
    if isinstance(value, dict):
        return php.array({key: clean(item) for key, item in value.items() if item is not None})
    return value


def _reject_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _parse_finite(digits: str) -> float:
    value = float(digits)
    if math.isinf(value):
        raise ValueError(digits)
    return value


def _body_fields(request: Request) -> dict[str, Json]:
    """Return the fields of the body; anything but a JSON object or a form counts as empty, without an error."""
    if not request.body:
        return {}
    content_type = request.headers.get("content-type", "").lower()
    if "/json" in content_type or "+json" in content_type:
        try:
            document = json.loads(request.body, parse_constant=_reject_constant, parse_float=_parse_finite)
        except (ValueError, RecursionError):
            return {}
        fields = cast("dict[str, Json]", document) if isinstance(document, dict) else {}
        return {key: php.array(value) for key, value in fields.items()}
    if content_type.startswith("application/x-www-form-urlencoded"):
        return php.parse_query(request.body.decode("utf-8", "replace"))
    return {}


class Inputs:
    """The fields of one request; values in the body take precedence over those in the query string."""

    __slots__ = ("_values", "query")

    def __init__(self, request: Request) -> None:
        self.query: dict[str, Json] = php.parse_query(request.query)
        self._values = {**self.query, **_body_fields(request)}

    def raw(self, name: str) -> Json:
        """Return a field as sent, None if it is missing."""
        return self._values.get(name)

    def get(self, name: str, default: Json = None) -> Json:
        """Return a field, trimmed and sanitized, or the default if the request does not contain it."""
        return clean(self._values[name]) if name in self._values else default

    def given(self, *names: str) -> dict[str, Json]:
        """Return those of the fields that are not null, trimmed and sanitized."""
        found = {name: self._values[name] for name in names if self._values.get(name) is not None}
        return {name: clean(value) for name, value in found.items()}
